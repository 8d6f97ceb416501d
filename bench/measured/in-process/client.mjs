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
