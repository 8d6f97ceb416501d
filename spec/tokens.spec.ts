import '../src/index'
import { inspect } from 'node:util'
import { firstValueFrom } from 'rxjs'
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

  it('C8.3 of credentials is kept by their account, and shows no key', () => {
    const account = new Credentials(keys).tokens(realEnvironment)
    expect(account.scope).toBe(new Credentials(keys).account())
    const shown = inspect(accountOf(keys, 'account 1', realEnvironment), { depth: 9, showHidden: true })
    expect(shown).not.toMatch(/the-(access|secret)-key/)
  })
})
