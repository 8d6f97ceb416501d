describe('platform', () => {
  it('names the entry point to import from when none was', () => {
    jest.isolateModules(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- a copy in which no entry point was loaded
      const { platform, installPlatform } = require('../src/platform') as typeof platformModule
      expect(() => platform()).toThrow(
        expect.objectContaining({
          code: 'INVALID_OPTION',
          message: expect.stringContaining("'upbit-rx'") as string,
        }) as Error,
      )
      const installed = {
        openSocket: jest.fn(),
        sendHttp: jest.fn(),
        sendsOrigin: false,
        warn: jest.fn(),
        defaults: () => ({}),
      }
      installPlatform(installed)
      expect(platform()).toBe(installed)
    })
  })
})

// Only its type: each spec loads a copy of its own.
import type * as platformModule from '../src/platform'
