/**
 * Row `reconnect`: how soon after the server's answer to an upgrade everything that is wanted has been asked for again,
 * and how soon the first event is delivered. Counted by the server's clock, which is the machine's.
 */
import type { ChildProcess } from 'node:child_process'
import { listings } from '../../src/simulator/market/codes'
import type * as Testing from '../../src/testing'
import type { Bench, Row, RowReport } from '../harness/bench'
import type { Values } from '../harness/child'
import { startChild } from '../harness/child'
import { figure, table } from '../harness/table'

const markets = 855
const reconnects = 60
const quickReconnects = 10
/** What a session is open, of the wall: longer than the ten seconds of a stable one, in the client's own time. */
const openMs = 600
const speed = 20
const boundMs = 120_000

/** What is asked of them (issue: the resend within 5 ms of the opening, the first event within 20 ms of its arrival). */
const bars = { resendMs: 5, firstEventMs: 20 } as const
const labels = {
  resendMs: 'upgrade answered → the whole request is there',
  firstEventMs: 'first event written → delivered',
} as const

export const reconnectRow: Row = { name: 'reconnect', measure }

async function measure({ quick, workspace, progress }: Bench): Promise<RowReport> {
  const wanted = quick ? quickReconnects : reconnects
  progress.round(`reconnect: ${wanted} reconnects`)
  const { rounds, bytes } = await reconnected(wanted, workspace.build)
  progress.done()
  const names = Object.keys(bars) as (keyof typeof bars)[]
  const rows = names.map((name) => {
    const sorted = rounds.map((values) => values[name] ?? NaN).sort((one, other) => one - other)
    const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN
    const verdict = at(0.99) <= bars[name] ? 'kept' : 'missed'
    return [
      labels[name],
      figure(at(0)),
      figure(at(0.5)),
      figure(at(0.99)),
      figure(at(1)),
      `${bars[name]} (${verdict})`,
    ]
  })
  const text = [
    `reconnect: ${rounds.length} reconnects, ${bytes.toLocaleString('en-US')} bytes asked for again. ms.`,
    '',
    table(['', 'least', 'median', 'p99', 'most', 'bar'], rows),
  ]
  return { text: text.join('\n'), measured: new Map([['upbit-rx', { id: 'upbit-rx', peer: false, rounds }]]) }
}

async function reconnected(
  wanted: number,
  build: Bench['workspace']['build'],
): Promise<{ readonly rounds: readonly Values[]; readonly bytes: number }> {
  const codes = listings(markets).map(({ code }) => code)
  const frame = await firstFrame(build.testing)
  const server = startChild('reconnect/server.mjs', { openMs, frame })
  const clients: ChildProcess[] = []
  try {
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no ${wanted} reconnects in ${boundMs / 1000} s`)),
        boundMs,
      )
      const rounds: Values[] = []
      let resendMs: number | undefined
      let bytes = 0
      const end = (work: () => void): void => {
        clearTimeout(timer)
        work()
      }
      server.on('message', (message: { port?: number; resentUs?: number; bytes?: number }) => {
        if (message.port !== undefined) {
          const url = `ws://127.0.0.1:${message.port}`
          const client = startChild('reconnect/client.mjs', { url, codes, speed, ...build })
          clients.push(client)
          client.on('message', ({ deliveredUs, failure }: { deliveredUs?: number; failure?: string }) => {
            if (failure !== undefined) return end(() => reject(new Error(failure)))
            // The first connection is none that was lost.
            if (deliveredUs !== undefined && resendMs !== undefined && clients.length > 0) {
              rounds.push({ resendMs, firstEventMs: deliveredUs / 1000 })
            }
            if (rounds.length > wanted) end(() => resolve({ rounds: rounds.slice(1), bytes }))
          })
          client.once('exit', () => end(() => reject(new Error('the client has ended'))))
          return
        }
        resendMs = (message.resentUs ?? NaN) / 1000
        bytes = message.bytes ?? bytes
      })
      server.once('exit', () => end(() => reject(new Error('the server has ended'))))
    })
  } finally {
    for (const child of [server, ...clients]) child.kill('SIGKILL')
  }
}

/** A ticker as the exchange spells it, with room for the clock. */
async function firstFrame(testing: string): Promise<string> {
  const { aTicker } = (await import(testing)) as typeof Testing
  return JSON.stringify(aTicker({ acc_trade_volume_24h: 0 }))
}
