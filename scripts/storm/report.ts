/** The table of `npm run storm`: a line a client, its dials in each trial and the most of them in any one second. */
import { table } from '../../bench/harness/table'
import { mostInAnyWindow } from '../chaos/windows'
import { treatments } from './storm-server'
import type { Trial } from './trial'
import type { Outcome } from './verdicts'

const count = (value: number): string => value.toLocaleString('en-US')

export function stormReport(outcomes: readonly Outcome[], seconds: number): string {
  const rows = outcomes.map(({ client, trials }) => [
    client.managers === 1 ? client.name : `${client.name} (one process)`,
    ...treatments.map((treatment) => cell(trials.find((trial) => trial.treatment === treatment))),
  ])
  const notes = outcomes.flatMap(({ client, trials, missing }) =>
    missing !== undefined
      ? [`  ${client.name}: not tried, ${missing}`]
      : trials.flatMap(({ treatment, note, failure }) => {
          const said = failure === undefined ? note : `not counted, ${failure}`
          return said === undefined ? [] : [`  ${client.name}, ${treatment}: ${said}`]
        }),
  )
  return [
    `Dials in ${seconds} s as the server counted them; beside them the most in any one second.`,
    '',
    table(['', ...treatments], rows),
    '',
    ...notes,
  ].join('\n')
}

function cell(trial: Trial | undefined): string {
  if (trial === undefined || trial.failure !== undefined) return '–'
  return `${count(trial.dialsAtMs.length)} (${count(mostInAnyWindow(trial.dialsAtMs, 1000))})`
}
