import type { Observable } from 'rxjs'
import type * as browserModule from '../src/browser'
import type * as indexModule from '../src/index'
import type * as platformModule from '../src/platform'
import type * as targetModule from '../src/target'

describe('the entry point for browsers', () => {
  it('exports what the one for Node does, on a platform without environment variables', () => {
    jest.isolateModules(() => {
      /* eslint-disable @typescript-eslint/no-require-imports -- copies, so that one entry installs its platform at a time */
      const browser = require('../src/browser') as typeof browserModule
      const { platform } = require('../src/platform') as typeof platformModule
      const { sendsOriginTo } = require('../src/target') as typeof targetModule
      /* eslint-enable @typescript-eslint/no-require-imports */
      process.env.UPBIT_REGION = 'sg'
      try {
        expect(platform().defaults()).toEqual({})
      } finally {
        delete process.env.UPBIT_REGION
      }
      // C11.1: an Origin goes with everything, and Upbit counts it; a server of the user's does not.
      expect(['api.upbit.com', 'gateway.invalid'].map(sendsOriginTo)).toEqual([true, false])
      const warn = jest.spyOn(console, 'warn').mockImplementation(() => {})
      platform().warn('It failed.', 'HANDLER_FAILED')
      expect(warn).toHaveBeenCalledTimes(1)
      warn.mockRestore()
      // A content security policy refuses code from text, and the refusal is better told here than there.
      expect(
        browser.createUpbit({ isolated: true, codeGeneration: false }).manager.options.codeGeneration,
      ).toBe(false)
      expect(() => browser.createUpbit({ isolated: true, codeGeneration: true })).toThrow(
        expect.objectContaining({ code: 'INVALID_OPTION', option: 'codeGeneration' }) as Error,
      )
      expect(() => browser.createUpbit({ credentials: { accessKey: 'a', secretKey: 's' } })).toThrow(
        expect.objectContaining({
          code: 'INVALID_OPTION',
          option: 'credentials',
          nextStep: expect.stringContaining('gateway') as string,
        }) as Error,
      )
      // An account's streams need a key or a token, and a page has no place for either.
      const needsGateway = expect.objectContaining({
        code: 'PRIVATE_UNAVAILABLE',
        nextStep: expect.stringContaining('gateway') as string,
      }) as Error
      const handler = (): void => {}
      const page = browser.createUpbit({ isolated: true })
      for (const each of [page, browser, new browser.WebSocketClientProxy('page_1', { upbit: page })]) {
        for (const name of ['myOrder$', 'myAsset$', 'announcement$'] as const)
          expect(() => each[name]()).toThrow(needsGateway)
        for (const name of ['subscribeMyOrder', 'subscribeMyAsset', 'subscribeAnnouncement'] as const)
          expect(() => each[name](handler)).toThrow(needsGateway)
        const failures: unknown[] = []
        const views: readonly Observable<unknown>[] = [each.openOrders$(), each.balances$()]
        for (const view$ of views) view$.subscribe({ error: (error: unknown) => failures.push(error) })
        expect(failures).toEqual([needsGateway, needsGateway])
      }
      expect(page.isPrivateAvailable()).toBe(false)
      // Nothing of the browser is touched before a dial.
      const upbit = browser.createUpbit({ isolated: true })
      const rsi = { type: 'rsi', params: { period: 14 } } as const
      for (const indicator$ of [browser.indicator$, upbit.indicator$]) {
        expect(() => indicator$('KRW-BTC', '5m', rsi)).toThrow(
          expect.objectContaining({ code: 'PRIVATE_UNAVAILABLE' }) as Error,
        )
      }
      expect(upbit.manager.options.url).toBe('wss://api.upbit.com/websocket/v1')
      expect(upbit.manager.options.codeGeneration).toBe(false)
      // To the exchange a page has one REST call in ten seconds; to a gateway that is named it has its own.
      const byRest = [
        {},
        { url: 'wss://gateway.invalid' },
        { restUrl: 'https://api.upbit.com' },
        { restUrl: 'https://gateway.invalid' },
      ]
      expect(
        byRest.map(
          (options) => browser.createUpbit({ isolated: true, ...options }).manager.options.snapshotsByRest,
        ),
      ).toEqual([false, false, false, true])
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- the same copy, loaded last
      const index = require('../src/index') as typeof indexModule
      expect(Object.keys(browser).sort()).toEqual(Object.keys(index).sort())
    })
  })
})
