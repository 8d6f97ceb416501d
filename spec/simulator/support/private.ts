/** An account of specs: its token for any call, its events, and an exchange in memory around it. */
import { createHash, createHmac } from 'node:crypto'
import type {
  AccountControls,
  AccountKey,
  MyAssetFrame,
  MyOrderFrame,
  VirtualExchangeOptions,
} from '../../../src/testing'
import { RestBench } from './rest'
import type { Answer, Headers } from './rest'

export const keyA: AccountKey = { accessKey: 'access key A', secretKey: 'secret of A'.padEnd(40, '.') }
export const keyB: AccountKey = { accessKey: 'access key B', secretKey: 'secret of B'.padEnd(40, '.') }

let nonces = 0

/** A token for one call, hashed for `asked` where there is something to hash. */
export function bearer({ accessKey, secretKey }: AccountKey, asked = '', claims: object = {}): Headers {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const hash =
    asked === ''
      ? {}
      : { query_hash: createHash('sha512').update(asked).digest('hex'), query_hash_alg: 'SHA512' }
  const payload = { access_key: accessKey, nonce: `private ${++nonces}`, ...hash, ...claims }
  const signed = `${encode({ alg: 'HS512', typ: 'JWT' })}.${encode(payload)}`
  return {
    Authorization: `Bearer ${signed}.${createHmac('sha512', secretKey).update(signed).digest('base64url')}`,
  }
}

export type Row = Readonly<Record<string, unknown>>

/** What an answer says: its status, and its rows or the name of its error. */
export function said({ status, body }: Answer): [number, unknown] {
  const parsed = JSON.parse(body) as { readonly error?: { readonly name: string } }
  return [status, parsed.error?.name ?? parsed]
}

/** An exchange in memory with two accounts that have nothing yet; what A hears is kept. */
export class PrivateBench extends RestBench {
  readonly heard: (MyOrderFrame | MyAssetFrame)[] = []
  readonly account: AccountControls
  /** Nothing more is heard. */
  readonly deafen: () => void

  constructor(options: VirtualExchangeOptions = {}) {
    super({ accounts: [keyA, keyB], ...options })
    this.account = this.exchange.account()
    this.deafen = this.listen(keyA, (frame) => this.heard.push(frame))
  }

  listen({ accessKey }: AccountKey, listener: (frame: MyOrderFrame | MyAssetFrame) => void): () => void {
    return this.exchange.account(accessKey).listen(listener)
  }

  /** The orders' events, of one order or of all. */
  orderEvents(uuid?: string): readonly MyOrderFrame[] {
    return this.heard.filter(
      (frame): frame is MyOrderFrame =>
        frame.type === 'myOrder' && (uuid === undefined || frame.uuid === uuid),
    )
  }

  states(uuid?: string): readonly string[] {
    return this.orderEvents(uuid).map(({ state }) => state)
  }

  get(path: string, query = '', key = keyA): [number, unknown] {
    return said(this.ask(query === '' ? path : `${path}?${query}`, bearer(key, query)))
  }

  delete(path: string, query = '', key = keyA): [number, unknown] {
    return said(this.ask(query === '' ? path : `${path}?${query}`, bearer(key, query), 'DELETE'))
  }

  post(path: string, members: Row, key = keyA): [number, unknown] {
    const asked = Object.entries(members)
      .map(([name, value]) => `${name}=${String(value)}`)
      .join('&')
    return said(this.ask(path, bearer(key, asked), 'POST', JSON.stringify(members)))
  }

  balance(currency: string, key = keyA): readonly [string, string] | undefined {
    const row = this.exchange.account(key.accessKey).balances.find((held) => held.currency === currency)
    return row === undefined ? undefined : [row.balance, row.locked]
  }
}
