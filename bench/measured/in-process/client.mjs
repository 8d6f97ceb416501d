/** A client of the package over a fake socket, whose reports make the figure void. */
import { failUnlessTiming, job } from '../job.mjs'
import { fakeSocket } from './fake-socket.mjs'

const { createUpbit } = await import(job.build)

export function fakeClient() {
  const socket = fakeSocket()
  const upbit = createUpbit({
    url: 'ws://bench.invalid',
    openSocket: socket.openSocket,
    isolated: true,
    format: 'DEFAULT',
  })
  upbit.errors$.subscribe(failUnlessTiming)
  return { upbit, socket }
}

/** What its own account says against the figure; `undefined` when just so many were delivered and nothing was lost. */
export function accountFault(upbit, deliveries) {
  const account = upbit.accounting()
  const { rejected, stale, duplicate, unrouted, dropped, failed } = account
  const lost = rejected + stale + duplicate + unrouted + dropped + failed
  if (lost === 0 && account.delivered === deliveries) return undefined
  return `${deliveries} deliveries, by its own account: ${JSON.stringify(account)}`
}
