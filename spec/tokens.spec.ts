import '../src/index'
import { inspect } from 'node:util'
import { firstValueFrom } from 'rxjs'
import { virtualTime } from './support/virtual-time'
import { realEnvironment } from '../src/base/environment'
import { Credentials } from '../src/credentials'
import { accountOf } from '../src/tokens'

const keys = { accessKey: 'the-access-key', secretKey: 'the-secret-key' }

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
