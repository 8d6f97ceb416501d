import { inspect } from 'node:util'
import { configureUpbit, createUpbit, GlobalWebSocketManager } from '../src/index'
import { checkCredentials, Credentials, credentialsOf } from '../src/credentials'
import { resetShared } from '../src/testing'
import { world } from './support/world'

const keys = { accessKey: 'the-access-key', secretKey: 'the-secret-key' }
const tokenProvider = (): Promise<{ token: string }> => Promise.resolve({ token: 'the-token' })

function thrownBy(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Error('it did not throw')
}

describe('Credentials', () => {
  it('are of one account by access key or provider, and equal with the secret too', () => {
    const own = new Credentials(keys)
    expect([own.isOf({ ...keys }), own.equals({ ...keys })]).toEqual([true, true])
    const rotated = { ...keys, secretKey: 'another' }
    expect([own.isOf(rotated), own.equals(rotated)]).toEqual([true, false])
    expect(own.equals({ ...keys, tokenLifetimeMs: 1 })).toBe(false)
    expect(own.equals({ ...keys, tokenLifetimeMs: 600_000 })).toBe(true)
    const changing = { ...keys }
    const copied = new Credentials(changing)
    changing.accessKey = 'another'
    expect(copied.isOf(keys)).toBe(true)
    expect(own.isOf({ ...keys, accessKey: 'another' })).toBe(false)
    expect(own.isOf({ tokenProvider })).toBe(false)
    const provided = new Credentials({ tokenProvider })
    expect([provided.isOf({ tokenProvider }), provided.equals({ tokenProvider })]).toEqual([true, true])
    expect([provided.isOf(keys), provided.isOf({ tokenProvider: () => tokenProvider() })]).toEqual([
      false,
      false,
    ])
  })
})

describe('checkCredentials', () => {
  it.each([undefined, keys, { ...keys, tokenLifetimeMs: 60_000 }, { tokenProvider }])(
    'passes %#',
    (credentials) => {
      expect(() => checkCredentials(credentials)).not.toThrow()
    },
  )

  it.each<[unknown, string]>([
    ['the-secret-key', 'credentials'],
    [null, 'credentials'],
    [{}, 'credentials.accessKey'],
    [{ accessKey: keys.accessKey }, 'credentials.secretKey'],
    [{ ...keys, secretKey: 'the-secret-key\n' }, 'credentials.secretKey'],
    [{ ...keys, accessKey: 5 }, 'credentials.accessKey'],
    [{ ...keys, tokenLifetimeMs: 0 }, 'credentials.tokenLifetimeMs'],
    [{ ...keys, tokenLifetimeMs: 'the-secret-key' }, 'credentials.tokenLifetimeMs'],
    [{ ...keys, secret: 'x' }, 'credentials'],
    [{ [keys.secretKey]: keys.accessKey }, 'credentials'],
    [{ ...keys, 'the-secret': 'x' }, 'credentials'],
    [{ tokenProvider, 'the-token': 'x' }, 'credentials'],
    [{ tokenProvider: 'the-token' }, 'credentials.tokenProvider'],
    [{ tokenProvider, ...keys }, 'credentials.accessKey'],
    [{ tokenProvider, secretKey: keys.secretKey }, 'credentials.secretKey'],
    [{ tokenProvider, tokenLifetimeMs: 5 }, 'credentials.tokenLifetimeMs'],
  ])('C8.3 refuses %# by its option, and shows no value', (credentials, option) => {
    expect(() => checkCredentials(credentials)).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTION',
        option,
        message: expect.not.stringMatching(/the-/) as string,
        nextStep: expect.not.stringMatching(/the-/) as string,
      }) as Error,
    )
  })

  it.each([
    [{ accesKey: 'a', secretKey: 's' }, 'Did you mean `credentials.accessKey`?'],
    [{ tokenProvidr: tokenProvider }, 'Did you mean `credentials.tokenProvider`?'],
    [{ ...keys, Vp3xSecretKeyOfASpec92: 'x' }, /^Give \{ accessKey, secretKey \}/],
  ])('C2.2 says of a misspelt name what was meant, and never the name: %#', (credentials, nextStep) => {
    expect(() => checkCredentials(credentials)).toThrow(
      expect.objectContaining({
        message:
          '`credentials` has a member whose name is not shown, since it may be a key; allowed: accessKey, secretKey, tokenLifetimeMs, tokenProvider.',
        nextStep: typeof nextStep === 'string' ? nextStep : (expect.stringMatching(nextStep) as string),
      }) as Error,
    )
  })

  it('C8.3 of two ways to tokens it refuses the second, and says to give one', () => {
    expect(() => checkCredentials({ tokenProvider, ...keys })).toThrow(
      expect.objectContaining({
        message: '`credentials.accessKey` has no place beside a tokenProvider.',
      }) as Error,
    )
    // What is `undefined` is not given.
    expect(() => checkCredentials({ ...keys, tokenProvider: undefined })).not.toThrow()
    expect(new Credentials({ ...keys, tokenProvider: undefined }).isOf(keys)).toBe(true)
  })
})

describe('credentialsOf', () => {
  it('takes both keys or none', () => {
    expect(credentialsOf('a', 's')).toEqual({ accessKey: 'a', secretKey: 's' })
    expect(credentialsOf(undefined, undefined)).toBeUndefined()
    expect(() => credentialsOf('a', undefined)).toThrow(/UPBIT_SECRET_KEY/)
    expect(() => credentialsOf(undefined, 's')).toThrow(/UPBIT_ACCESS_KEY/)
  })

  it.each([
    ['the-access-key', 'the-secret-key\n', 'UPBIT_SECRET_KEY'],
    ['the-access-key ', 'the-secret-key', 'UPBIT_ACCESS_KEY'],
    ['the access key', 'the-secret-key', 'UPBIT_ACCESS_KEY'],
  ])('names the variable that has a space or a line break, and not what is in it: %#', (...given) => {
    const [accessKey, secretKey, variable] = given
    const error = thrownBy(() => credentialsOf(accessKey, secretKey))
    expect(error).toMatchObject({
      code: 'INVALID_OPTION',
      option: variable,
      nextStep: `Set ${variable} without it: a file that it is read from may end with a line break.`,
    })
    expect(`${(error as Error).message} ${inspect(error)}`).not.toMatch(/the[- ]/)
  })
})

afterEach(() => resetShared())

it('C8.3 no key is in anything that an inspector shows', () => {
  const { client, exchange } = world()
  const upbit = client({ credentials: keys })
  configureUpbit({ ...exchange.sharedOptions, credentials: keys })
  const shared = GlobalWebSocketManager.shared()
  const everything = [
    shared,
    upbit,
    upbit.manager,
    upbit.manager.options,
    GlobalWebSocketManager,
    globalThis,
    exchange,
  ]
  for (const value of everything) {
    const shown = inspect(value, { depth: 12, showHidden: true, getters: true, maxArrayLength: 50 })
    expect(shown).not.toMatch(/the-access-key|the-secret-key/)
  }
  const { options } = client({
    url: 'ws://user:the-secret-key@a.invalid/?token=the-access-key',
    restUrl: 'http://b.invalid/the-secret-path',
  }).manager
  expect(inspect(options)).toContain('a.invalid')
  expect(inspect(options)).toContain("restUrl: 'http://b.invalid/…'")
  expect(inspect(options, { showHidden: true, getters: true }) + JSON.stringify(options)).not.toMatch(/the-/)
  expect(JSON.stringify(upbit.manager.options.credentials)).toBe('{}')
  const realm = (globalThis as Record<symbol, unknown>)[Symbol.for('upbit-rx/0')]
  expect(inspect(realm, { depth: 12, showHidden: true, getters: true })).not.toMatch(/the-/)
})

describe('C1.1 the account', () => {
  it('is a part of what is shared: one connection an account', () => {
    const { client, upbit, exchange, pass } = world()
    const [first, again, other] = [keys, { ...keys }, { ...keys, accessKey: 'b' }].map((credentials) =>
      client({ credentials }),
    ) as [ReturnType<typeof client>, ReturnType<typeof client>, ReturnType<typeof client>]
    expect(first.manager).toBe(again.manager)
    expect(first.manager).not.toBe(other.manager)
    expect(first.manager).not.toBe(upbit.manager)
    for (const each of [first, again, other, upbit]) each.ticker$('KRW-BTC').subscribe()
    pass(5000)
    expect(exchange.dials).toHaveLength(3)
    expect(first.manager.consumers()).toHaveLength(2)
  })

  it('C1.3 another secret for the same account is ALREADY_CONFIGURED', () => {
    const { client } = world()
    client({ credentials: keys })
    expect(() => client({ credentials: { ...keys, secretKey: 'another' } })).toThrow(
      expect.objectContaining({ code: 'ALREADY_CONFIGURED', option: 'credentials' }) as Error,
    )
  })

  it('C1.2 is that of the environment where the options name none', () => {
    const before = { ...process.env }
    Object.assign(process.env, { UPBIT_ACCESS_KEY: keys.accessKey, UPBIT_SECRET_KEY: keys.secretKey })
    try {
      const { client, exchange } = world()
      expect(client().isPrivateAvailable()).toBe(true)
      expect(client().manager).toBe(client({ credentials: keys }).manager)
      expect(createUpbit(exchange.options).isPrivateAvailable()).toBe(true)
    } finally {
      process.env = before
    }
  })
})
