/** The server that counts: a connection is a dial, unless it carried a plain request. */
import { once } from 'node:events'
import WebSocket from 'ws'
import { StormServer } from '../../../scripts/storm/storm-server'

describe('the server of a storm', () => {
  it('counts who connects and closes at once', async () => {
    const server = await StormServer.start('accept-then-close')
    const socket = new WebSocket(server.url)
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(1006)
    expect([server.dialsAtMs.length, server.upgrades]).toEqual([1, 1])
    await server.stop()
  })

  it.each([
    ['http-429', 429],
    ['http-401', 401],
  ] as const)('answers every upgrade with its status: %s', async (treatment, status) => {
    const server = await StormServer.start(treatment)
    const socket = new WebSocket(server.url)
    const [error] = (await once(socket, 'error')) as [Error]
    expect(error.message).toContain(String(status))
    expect([server.dialsAtMs.length, server.upgrades]).toEqual([1, 1])
    await server.stop()
  })

  it('answers a plain request and counts no dial', async () => {
    const server = await StormServer.start('http-429')
    const answer = await fetch(`${server.url.replace('ws:', 'http:')}/v1/market/all`)
    expect(await answer.json()).toHaveLength(1)
    expect([server.dialsAtMs.length, server.upgrades]).toEqual([0, 0])
    await server.stop()
  })
})
