/** The consumers of an account: streams and handlers, quick and slow, with gaps in band, of some markets, of a proxy. */
import type { Observable } from 'rxjs'
import type { Upbit } from '../../../src/index'
import { WebSocketClientProxy } from '../../../src/index'
import { codes } from '../fault-kinds'
import type { AccountDelivery } from './account-book'

export interface AccountPart {
  readonly upbit: Upbit
  readonly name: string
  take(event: AccountDelivery): void
  /** Its stream ended by itself, which none of these may. */
  ended(error: unknown): void
  takes(durationMs: number): PromiseLike<undefined>
}

export interface AccountRole {
  readonly name: string
  readonly of: 'orders' | 'assets'
  readonly codes?: readonly string[]
  readonly gaps?: boolean
  /** Its buffer is so small that it is emptied now and then, and it is brought up to date. */
  readonly isRefilled?: boolean
  play(part: AccountPart): { unsubscribe(): void }
}

const [btc, eth] = codes
/** More than comes of any fault. */
const roomy = { capacity: 50_000, overflow: 'error' } as const
/** Less than comes of a burst. */
const tight = { capacity: 4, overflow: 'reconcile' } as const

export const accountRoles: readonly AccountRole[] = [
  {
    name: 'orders',
    of: 'orders',
    play: (part) => streamed(part, part.upbit.myOrder$({ name: part.name })),
  },
  {
    name: 'orders with gaps',
    of: 'orders',
    gaps: true,
    play: (part) => streamed(part, part.upbit.myOrder$({ name: part.name, gaps: true })),
  },
  {
    name: 'orders of two markets',
    of: 'orders',
    codes: [btc, eth],
    play: (part) => streamed(part, part.upbit.myOrder$([btc, eth], { name: part.name })),
  },
  {
    name: 'orders in their own turn',
    of: 'orders',
    play: (part) => streamed(part, part.upbit.myOrder$({ name: part.name, deliver: 'task', buffer: roomy })),
  },
  {
    name: 'orders slow',
    of: 'orders',
    gaps: true,
    play: (part) =>
      part.upbit.subscribeMyOrder(
        (event) => {
          part.take(event)
          return part.takes(30)
        },
        { name: part.name, gaps: true, buffer: roomy },
      ),
  },
  {
    name: 'orders refilled',
    of: 'orders',
    gaps: true,
    isRefilled: true,
    play: (part) =>
      part.upbit.subscribeMyOrder(
        (event) => {
          part.take(event)
          return part.takes(150)
        },
        { name: part.name, gaps: true, buffer: tight },
      ),
  },
  {
    name: 'orders of a proxy',
    of: 'orders',
    play: (part) => {
      const proxy = new WebSocketClientProxy(part.name, { upbit: part.upbit, keepAlive: true })
      proxy.subscribeMyOrder((event) => part.take(event))
      return { unsubscribe: () => void proxy.cleanup() }
    },
  },
  {
    name: 'assets',
    of: 'assets',
    gaps: true,
    play: (part) => streamed(part, part.upbit.myAsset$({ name: part.name, gaps: true })),
  },
  {
    name: 'assets slow',
    of: 'assets',
    play: (part) =>
      part.upbit.subscribeMyAsset(
        (event) => {
          part.take(event)
          return part.takes(30)
        },
        { name: part.name, buffer: roomy },
      ),
  },
  {
    name: 'assets refilled',
    of: 'assets',
    gaps: true,
    isRefilled: true,
    play: (part) =>
      part.upbit.subscribeMyAsset(
        (event) => {
          part.take(event)
          return part.takes(150)
        },
        { name: part.name, gaps: true, buffer: tight },
      ),
  },
]

function streamed(part: AccountPart, stream$: Observable<AccountDelivery>): { unsubscribe(): void } {
  return stream$.subscribe({
    next: (event) => part.take(event),
    error: (error: unknown) => part.ended(error),
    complete: () => part.ended(undefined),
  })
}
