import { nodePlatform } from '../src/node'
import { wsSocket } from '../src/transport/ws-socket'

describe('nodePlatform', () => {
  const before = { ...process.env }
  afterEach(() => {
    process.env = { ...before }
  })

  it.each<[Record<string, string>, object]>([
    [{}, {}],
    [{ UPBIT_URL: '', UPBIT_REGION: '' }, {}],
    [{ UPBIT_URL: 'ws://a.invalid' }, { url: 'ws://a.invalid' }],
    [{ UPBIT_REGION: 'sg' }, { region: 'sg' }],
    [
      {
        UPBIT_URL: 'ws://a.invalid',
        UPBIT_REGION: 'sg',
        UPBIT_REST_URL: 'http://a.invalid',
        UPBIT_ACCESS_KEY: 'a',
        UPBIT_SECRET_KEY: 's',
        UPBIT_OTHER: 'x',
      },
      {
        url: 'ws://a.invalid',
        region: 'sg',
        restUrl: 'http://a.invalid',
        accessKey: 'a',
        secretKey: 's',
      },
    ],
  ])('C1.2 reads %j', (variables, defaults) => {
    process.env = { ...variables }
    expect(nodePlatform.defaults()).toEqual(defaults)
  })

  it('C8.1 warns as the process does, under a type and a code', () => {
    const emit = jest.spyOn(process, 'emitWarning').mockImplementation(() => {})
    nodePlatform.warn('It failed.', 'HANDLER_FAILED')
    expect(emit.mock.calls).toEqual([['It failed.', { type: 'UpbitWarning', code: 'HANDLER_FAILED' }]])
    emit.mockRestore()
  })

  it('dials with ws', () => {
    expect(nodePlatform.openSocket).toBe(wsSocket)
  })
})
