/** What the chaos itself may not do: blame the client for a line that it killed, or name faults that came at other times. */
import type { PlannedFault } from '../../scripts/chaos/fault-plan'
import { violationText } from '../../scripts/chaos/report'
import type { Round } from '../../scripts/chaos/rounds'
import { runVirtual } from '../../scripts/chaos/run-virtual'

const fault = (atMs: number, kind: string, parameters: PlannedFault['parameters'] = {}): PlannedFault => ({
  atMs,
  kind,
  parameters,
})
const run = { seed: 1, perSecond: 20, settleMs: 3000, progress: () => {} }

it('C4 trades that a dead line swallows are nobody’s fault, though the gap of the line before it ends meanwhile', async () => {
  // Back-fill is slow, so that the gap of the cut ends when the line after it is dead.
  const plan = [
    fault(3000, 'rest-slow', { delayMs: 3000, forMs: 10_000 }),
    fault(5000, 'cut'),
    fault(7000, 'stall'),
  ]
  const { violations } = await runVirtual({ ...run, rounds: [{ side: 'public', durationMs: 20_000, plan }] })
  expect(violations).toEqual([])
})

it('names the faults before a violation by when they were done, though there was calm between the rounds', async () => {
  const rounds: readonly Round[] = [1, 2].map((status) => ({
    side: 'public',
    durationMs: 2000,
    plan: [fault(1000, 'status', { status })],
  }))
  const { inflicted } = await runVirtual({ ...run, rounds })
  const [first, second] = inflicted.map(({ atMs }) => atMs) as [number, number]
  // The calm alone is 15 s.
  expect(second - first).toBeGreaterThan(15_000)
  const told = (atMs: number): string =>
    violationText(
      { violations: [{ promise: 'C4', what: 'silence', atMs }], violationCount: 1, inflicted },
      'again',
    )
  expect(told(second - 1)).not.toContain('"status":2')
  expect(told(second)).toMatch(/after .* status \{"status":1\}\n.*after .* status \{"status":2\}\n/)
})
