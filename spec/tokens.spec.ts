import '../src/index'
import { inspect } from 'node:util'
import { firstValueFrom } from 'rxjs'
import { virtualTime } from './support/virtual-time'
import { jwtSigner } from '../src/auth/jwt-signer'
import { realEnvironment } from '../src/base/environment'
import { Credentials } from '../src/credentials'
import { accountOf } from '../src/tokens'

const keys = { accessKey: 'the-access-key', secretKey: 'the-secret-key' }

const sign = jwtSigner(keys)

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>
}

describe('accountOf', () => {
  it('signs a new token with a new nonce at each subscription', async () => {
    const account = accountOf(keys, 'account 1', realEnvironment)
    const token$ = account.token$('market=KRW-BTC')
    const [one, other] = [
      claimsOf((await firstValueFrom(token$)).token),
      claimsOf((await firstValueFrom(token$)).token),
    ]
    expect(one.access_key).toBe(keys.accessKey)
    expect(one.query_hash).toBe(other.query_hash)
    expect(one.nonce).not.toBe(other.nonce)
    expect(claimsOf((await firstValueFrom(account.token$())).token)).not.toHaveProperty('query_hash')
  })

  it('asks a provider anew each time, with the query that it has to hash', async () => {
    const queries: unknown[] = []
    const account = accountOf(
      { tokenProvider: (query?: string) => Promise.resolve({ token: `t${queries.push(query)}` }) },
      'account 1',
      realEnvironment,
    )
    await expect(firstValueFrom(account.token$('uuid=a'))).resolves.toMatchObject({ token: 't1' })
    await expect(firstValueFrom(account.token$())).resolves.toMatchObject({ token: 't2' })
    expect(queries).toEqual(['uuid=a', undefined])
  })

  it('takes a token that a provider returns at once', async () => {
    const tokenProvider = (): unknown => ({ token: 'ready' })
    const { token$ } = accountOf({ tokenProvider }, 'account 1', realEnvironment)
    await expect(firstValueFrom(token$())).resolves.toMatchObject({ token: 'ready' })
  })

  it.each<[string, () => unknown]>([
    ['returns a text', () => 'hush'],
    ['rejects', () => Promise.reject(new Error('no'))],
    [
      'throws',
      () => {
        throw new Error('no')
      },
    ],
    ['gives nothing', () => Promise.resolve(undefined)],
    ['gives no text', () => Promise.resolve({ token: 5 })],
    ['gives what no header can hold', () => Promise.resolve({ token: 'hush\r\nx: y' })],
    ['gives no characters', () => Promise.resolve({ token: '' })],
  ])('C8.3 a provider that %s is told without a value of its', async (_, tokenProvider) => {
    const error: unknown = await firstValueFrom(
      accountOf({ tokenProvider }, 'account 1', realEnvironment).token$(),
    ).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'AUTH_REFUSED', option: 'credentials.tokenProvider' })
    expect(inspect(error)).not.toContain('hush')
  })

  it.each([
    [{}, 600_000],
    [{ tokenLifetimeMs: 5000 }, 5000],
  ])('C12.1 signs for ten minutes or as long as it is told: %p', async (more, lifetimeMs) => {
    const { environment } = virtualTime()
    const account = accountOf({ ...keys, ...more }, 'account 1', environment)
    const { expiresAtMs } = await firstValueFrom(account.token$())
    expect(expiresAtMs).toBe(environment.now() + lifetimeMs)
  })

  it.each([
    [undefined, 600_000],
    [1, 1],
    [Infinity, Infinity],
  ])('C12.1 takes the end that a provider names, else ten minutes: %p', async (givenMs, lifetimeMs) => {
    const { environment } = virtualTime()
    const nowMs = environment.now()
    const tokenProvider = (): unknown => ({
      token: 't',
      ...(givenMs === undefined ? {} : { expiresAtMs: nowMs + givenMs }),
    })
    const { expiresAtMs } = await firstValueFrom(accountOf({ tokenProvider }, 'a', environment).token$())
    expect(expiresAtMs).toBe(nowMs + lifetimeMs)
  })

  it.each([
    [0, 'gave a token that ended 0 ms ago'],
    [-5000, 'gave a token that ended 5000 ms ago'],
    [NaN, 'gave an expiresAtMs that is no number'],
  ])('C12.1 takes no token that is over, or never said when: %p', async (leftMs, how) => {
    const { environment } = virtualTime()
    const tokenProvider = (): unknown => ({ token: 'hush', expiresAtMs: environment.now() + leftMs })
    const error: unknown = await firstValueFrom(
      accountOf({ tokenProvider }, 'a', environment).token$(),
    ).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'AUTH_REFUSED', message: `The \`tokenProvider\` ${how}.` })
    expect(inspect(error)).not.toContain('hush')
  })

  it.each([
    ['hush', 'gave a text and not { token }'],
    [undefined, 'gave no token'],
    [{ token: 5 }, 'gave no token'],
    [{ token: '' }, 'gave an empty token'],
    [{ token: 'Bearer hush' }, 'gave a token that begins with "Bearer ", which is put before it here'],
    [{ token: 'hush\n' }, 'gave a token with a space, or what else no header can hold'],
  ])('C12.1 says what a provider gave that is no token: %j', async (given, how) => {
    const error: unknown = await firstValueFrom(
      accountOf({ tokenProvider: () => given }, 'a', realEnvironment).token$(),
    ).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'AUTH_REFUSED', message: `The \`tokenProvider\` ${how}.` })
    expect(inspect(error)).not.toContain('hush')
  })

  it('C8.3 knows the access key that the token of a provider names, and of other tokens nothing', async () => {
    const given = [
      sign('1'),
      jwtSigner({ accessKey: 'another-access-key', secretKey: 's' })('2'),
      'no-jwt',
      'a.b.c',
      `a.${Buffer.from('5').toString('base64url')}.c`,
      `a.${Buffer.from('{"access_key":5}').toString('base64url')}.c`,
      `a.${Buffer.from('{"access_key":"열쇠-access-key"}').toString('base64url')}.c`,
    ]
    let next = 0
    const account = accountOf({ tokenProvider: () => ({ token: given[next++] }) }, 'a', realEnvironment)
    expect(account.keys?.()).toEqual([])
    while (next < given.length) await firstValueFrom(account.token$())
    expect(account.keys?.()).toEqual([keys.accessKey, 'another-access-key', '열쇠-access-key'])
  })

  it('C8.3 remembers a few keys of a provider, each once, and the newest', async () => {
    let next = 0
    const tokenProvider = (): unknown => ({
      token: jwtSigner({ accessKey: `key ${Math.floor(next++ / 3)}`, secretKey: 's' })('n'),
    })
    const account = accountOf({ tokenProvider }, 'a', realEnvironment)
    while (next < 90) await firstValueFrom(account.token$())
    expect(account.keys?.()).toEqual(Array.from({ length: 16 }, (_, at) => `key ${at + 14}`))
  })

  it.each([
    ['a token that it gave before', () => sign('1'), /^the signer failed with \[hidden\]/],
    ['the access key of such a token', () => keys.accessKey, /^the signer failed with \[hidden\]$/],
    ['a token that it did not give', () => sign('of elsewhere'), /^the signer failed with \[hidden\]$/],
    ['what is as long as a key', () => 'Vp3x'.repeat(10), /^the signer failed with \[hidden\]$/],
  ])('C8.3 shows of the error of a provider no %s', async (_, secret, message) => {
    let isGiven = false
    const tokenProvider = (): unknown => {
      if (isGiven) {
        const text = `the signer failed with ${secret()}`
        throw Object.assign(new Error(text, { cause: new Error(text) }), { code: text, config: { secret } })
      }
      isGiven = true
      return { token: sign('1') }
    }
    const account = accountOf({ tokenProvider }, 'a', realEnvironment)
    await firstValueFrom(account.token$())
    const error: unknown = await firstValueFrom(account.token$()).catch((reason: unknown) => reason)
    expect((error as Error).cause).toMatchObject({
      message: expect.stringMatching(message) as string,
      code: expect.stringMatching(message) as string,
      cause: { message: expect.stringMatching(message) as string },
    })
    expect(inspect(error, { showHidden: true })).not.toContain(secret())
  })

  it.each(['token', 'expiresAtMs'])(
    'C8.3 takes a %s that throws when it is read for none, and shows nothing of it',
    async (name) => {
      const given = Object.defineProperty({ token: 'a' }, name, {
        get() {
          throw new Error('Vp3xSecret')
        },
      })
      const { token$ } = accountOf({ tokenProvider: () => given }, 'a', realEnvironment)
      const error: unknown = await firstValueFrom(token$()).catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'AUTH_REFUSED', option: 'credentials.tokenProvider' })
      expect(inspect(error, { showHidden: true })).not.toContain('Vp3x')
    },
  )

  it('C8.3 shows of the error of a provider what is no key', async () => {
    const text =
      'the signer at http://127.0.0.1:9000/sign answered 503 to 0ca02b8a-12ab-4d5c-9f0e-0123456789ab'
    const tokenProvider = (): unknown => {
      throw new Error(text)
    }
    const error: unknown = await firstValueFrom(
      accountOf({ tokenProvider }, 'a', realEnvironment).token$(),
    ).catch((reason: unknown) => reason)
    expect((error as Error).cause).toMatchObject({ message: text })
  })

  it('waits 10 s for a provider, and no longer', () => {
    const time = virtualTime()
    const errors: unknown[] = []
    const tokenProvider = (): unknown => new Promise(() => {})
    accountOf({ tokenProvider }, 'a', time.environment)
      .token$()
      .subscribe({ error: (error: unknown) => errors.push(error) })
    time.pass(9999)
    expect(errors).toEqual([])
    time.pass(1)
    expect(errors).toEqual([
      expect.objectContaining({
        code: 'AUTH_REFUSED',
        message: 'The `tokenProvider` gave no token in 10 s.',
      }),
    ])
  })

  it('C8.3 of credentials is kept by their account, and shows no key', () => {
    const account = new Credentials(keys).tokens(realEnvironment)
    expect(account.scope).toBe(new Credentials(keys).account())
    const shown = inspect(accountOf(keys, 'account 1', realEnvironment), { depth: 9, showHidden: true })
    expect(shown).not.toMatch(/the-(access|secret)-key/)
  })
})
