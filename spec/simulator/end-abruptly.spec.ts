/** A reset where there can be one, and nothing left behind where there cannot. */
import { once } from 'node:events'
import type { AddressInfo, Server, Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import { endAbruptly } from '../../src/simulator/end-abruptly'

let server: Server

async function pair(): Promise<readonly [near: Socket, far: Socket]> {
  server = createServer({ allowHalfOpen: true })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const near = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  const [[far]] = (await Promise.all([once(server, 'connection'), once(near, 'connect')])) as [
    [Socket],
    unknown,
  ]
  return [near, far.resume()]
}

afterEach(() => {
  server.close()
})

it('ends a connection with a reset', async () => {
  const [near, far] = await pair()
  endAbruptly(near)
  const [error] = (await once(far, 'error')) as [NodeJS.ErrnoException]
  expect(error.code).toBe('ECONNRESET')
})

it('holds no handle of a connection whose end is just being sent', async () => {
  const [near, far] = await pair()
  near.end()
  endAbruptly(near)
  await once(far, 'end')
  far.destroy()
  await once(far, 'close')
  expect(process.getActiveResourcesInfo()).not.toContain('TCPSocketWrap')
})
