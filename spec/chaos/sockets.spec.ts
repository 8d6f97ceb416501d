/** The chaos over real sockets, a short one: what the network does is only here. `npm run chaos` has the long one. */
import { faultKinds } from '../../scripts/chaos/fault-kinds'
import { roundsOf } from '../../scripts/chaos/rounds'
import { playSockets } from '../../scripts/chaos/run-real'

/** What may stand open for long before it is noticed is in the long run. */
const short = [
  'delay',
  'jitter',
  'narrow',
  'reset',
  'refuse',
  'corrupt',
  'flap',
  'cut',
  'doubled',
  'burst',
  'malformed',
  'private-cut',
  'private-close',
  'private-401-nonce',
  'private-dial-reset',
  'private-doubled',
  'private-late',
  'private-reordered',
  'private-lost',
  'private-format-flip',
  'private-resubscribed',
  'order-answer-lost',
  'order-refused',
  'cancel-answer-lost',
]

it('C4 C5 C6.2 C7 C12 keeps every promise over real sockets, through a proxy that does what networks do', async () => {
  const speed = 10
  const durationMs = 20_000
  const kinds = faultKinds.filter(({ name }) => short.includes(name))
  const rounds = roundsOf({ seed: 20_261_126, faults: 60, durationMs, kinds })
  const report = await playSockets({ seed: 1, rounds, perSecond: 20, speed, progress: () => {} })
  expect(report.violations).toEqual([])
  expect(report.epochs).toBeGreaterThan(1)
  expect(report.trades.delivered).toBeGreaterThan(100)
  expect(report.account.bySocket + report.account.byRest).toBeGreaterThan(20)
}, 60_000)
