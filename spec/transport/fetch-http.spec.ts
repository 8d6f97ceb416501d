import { gzipSync } from 'node:zlib'
import { firstValueFrom } from 'rxjs'
import { fetchHttp } from '../../src/transport/fetch-http'
import type { HttpRequest } from '../../src/transport/http'
import type { HttpPeer } from './http-peer'
import { startHttpPeer } from './http-peer'

describe('fetchHttp', () => {
  let peer: HttpPeer
  beforeEach(async () => {
    peer = await startHttpPeer()
  })
  afterEach(() => peer.end())

  const get = (path: string, headers: Record<string, string> = {}): HttpRequest => ({
    method: 'GET',
    url: peer.url + path,
    headers,
  })

  it('emits the one answer, whatever its status, with the names of its headers in lower case', async () => {
    peer.answer = () => ({
      status: 429,
      headers: { 'Remaining-Req': 'group=ticker; min=1; sec=0' },
      body: 'Too many',
    })
    const answers: unknown[] = []
    await new Promise<void>((resolve) => {
      fetchHttp()(get('/v1/ticker')).subscribe({ next: (answer) => answers.push(answer), complete: resolve })
    })
    expect(answers).toEqual([
      {
        status: 429,
        headers: expect.objectContaining({ 'remaining-req': 'group=ticker; min=1; sec=0' }) as unknown,
        body: 'Too many',
      },
    ])
  })

  it('does nothing before it is subscribed, and asks anew at each subscription', async () => {
    const answer$ = fetchHttp()(get('/'))
    expect(peer.asked).toEqual([])
    await firstValueFrom(answer$)
    await firstValueFrom(answer$)
    expect(peer.asked).toHaveLength(2)
  })

  it('sends no Origin, no cookie and no referrer, with whatever method and headers', async () => {
    peer.answer = () => ({ headers: { 'set-cookie': 'session=1; Path=/' } })
    const send = fetchHttp()
    await firstValueFrom(send(get('/', { authorization: 'Bearer x' })))
    await firstValueFrom(
      send({ ...get('/', { 'content-type': 'application/json' }), method: 'POST', body: '{"a":1}' }),
    )
    await firstValueFrom(send({ ...get('/'), method: 'DELETE' }))
    expect(peer.asked.map(({ method, body }) => [method, body])).toEqual([
      ['GET', ''],
      ['POST', '{"a":1}'],
      ['DELETE', ''],
    ])
    for (const { headers } of peer.asked) {
      expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['origin']))
      expect([headers.origin, headers.cookie, headers.referer]).toEqual([undefined, undefined, undefined])
    }
    expect(peer.asked[0]?.headers.authorization).toBe('Bearer x')
  })

  it('sends the url as it is given: the brackets of a list stay what they are', async () => {
    await firstValueFrom(fetchHttp()(get('/v1/orders/open?states[]=wait&to=09%3A00&a=KRW-BTC,KRW-ETH')))
    expect(peer.asked[0]?.path).toBe('/v1/orders/open?states[]=wait&to=09%3A00&a=KRW-BTC,KRW-ETH')
  })

  it('reads what is compressed, and characters that are cut between two pieces', async () => {
    const text = JSON.stringify({ message: '주문을 찾지 못했습니다.'.repeat(5000) })
    peer.answer = () => ({ headers: { 'content-encoding': 'gzip' }, body: gzipSync(text) })
    await expect(firstValueFrom(fetchHttp()(get('/')))).resolves.toMatchObject({ body: text })
  })

  it('an answer over the limit is read no further, compressed or not', async () => {
    const failure = { kind: 'http-failure', cause: { code: 'UNDECODABLE' } }
    peer.answer = () => ({ body: 'x'.repeat(1001) })
    await expect(firstValueFrom(fetchHttp(1000)(get('/')))).rejects.toMatchObject(failure)
    peer.answer = () => ({ headers: { 'content-encoding': 'gzip' }, body: gzipSync('x'.repeat(1e6)) })
    await expect(firstValueFrom(fetchHttp(1000)(get('/')))).rejects.toMatchObject(failure)
    peer.answer = () => ({ body: 'x'.repeat(1000) })
    await expect(firstValueFrom(fetchHttp(1000)(get('/')))).resolves.toMatchObject({ status: 200 })
  })

  it('follows no redirect, so that a token goes nowhere else', async () => {
    peer.answer = ({ path }) => (path === '/a' ? { status: 302, headers: { location: '/b' } } : {})
    await expect(
      firstValueFrom(fetchHttp()(get('/a', { authorization: 'Bearer x' }))),
    ).resolves.toMatchObject({ status: 302 })
    expect(peer.asked).toHaveLength(1)
  })

  it('errors when nobody listens there, when the line is cut, and for a url that is none', async () => {
    const failure = { kind: 'http-failure', cause: { name: 'TypeError' } }
    const { url } = await closedPeer()
    await expect(firstValueFrom(fetchHttp()({ ...get('/'), url }))).rejects.toMatchObject(failure)
    peer.answer = (_request, response) => void response.destroy()
    await expect(firstValueFrom(fetchHttp()(get('/')))).rejects.toMatchObject(failure)
    peer.answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half', () => response.destroy())
      return undefined
    }
    await expect(firstValueFrom(fetchHttp()(get('/')))).rejects.toMatchObject(failure)
    await expect(firstValueFrom(fetchHttp()({ ...get('/'), url: 'nowhere' }))).rejects.toMatchObject(failure)
  })

  it('unsubscribing aborts the request: the server sees the connection dropped', async () => {
    let heard: () => void = () => {}
    const asked = new Promise<void>((resolve) => (heard = resolve))
    peer.answer = () => {
      heard()
      return undefined
    }
    const errors: unknown[] = []
    const subscription = fetchHttp()(get('/')).subscribe({ error: (error) => errors.push(error) })
    await asked
    subscription.unsubscribe()
    await peer.dropped
    expect(errors).toEqual([])
  })
})

async function closedPeer(): Promise<HttpPeer> {
  const peer = await startHttpPeer()
  await peer.end()
  return peer
}
