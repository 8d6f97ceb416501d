import '../src/index'
import { realEnvironment } from '../src/base/environment'
import type { UpbitOptions } from '../src/options'
import { checkOptions } from '../src/options'
import { resolveOptions } from '../src/resolved-options'

describe('checkOptions', () => {
  it('passes all of them, set and undefined', () => {
    const options: UpbitOptions = {
      region: 'kr',
      url: 'ws://a.invalid',
      restUrl: 'http://a.invalid',
      credentials: { accessKey: 'a', secretKey: 's' },
      format: 'SIMPLE',
      lingerMs: 0,
      logger: console,
      isolated: true,
      codeGeneration: false,
      limits: { share: 0.5 },
      openSocket: resolveOptions({}).openSocket,
      sendHttp: resolveOptions({}).sendHttp,
      environment: realEnvironment,
    }
    expect(() => checkOptions(options)).not.toThrow()
    expect(() => checkOptions({ ...options, logger: false })).not.toThrow()
    const unset = Object.fromEntries(Object.keys(options).map((name) => [name, undefined]))
    expect(() => checkOptions(unset)).not.toThrow()
  })

  it.each([
    [{ accessKey: 'Vp3x', secretKey: 's' }, 'There is no `accessKey` here.'],
    [{ apiKey: 'Vp3x' }, 'There is no `apiKey` here.'],
    [{ tokenProvider: () => 'Vp3x' }, 'There is no `tokenProvider` here.'],
    ['Vp3x', "`options` is '…'; allowed: an object."],
  ])('C8.3 says of %j where keys go, and shows none', (options, message) => {
    expect(() => checkOptions(options as UpbitOptions)).toThrow(
      expect.objectContaining({
        message,
        nextStep: expect.stringMatching(/credentials: \{ accessKey/) as string,
      }),
    )
  })

  it.each([Infinity, 2 ** 31, NaN, -1, '5'])('refuses lingerMs %s', (lingerMs) => {
    expect(() => checkOptions({ lingerMs } as UpbitOptions)).toThrow(/lingerMs/)
  })
})
