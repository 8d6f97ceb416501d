/** What garbage collection does to proxies: who is kept, who is cleaned up, and that it is told. */
import type { Subscription } from 'rxjs'
import { filter, Subject, take } from 'rxjs'
import type { UpbitSubscription } from '../src/index'
import { createUpbit, WebSocketClientProxy } from '../src/index'
import { aTicker } from '../src/testing'
import { collectGarbage } from './support/garbage'
import type { World } from './support/world'
import { world } from './support/world'

/** Makes a proxy, and gives what `use` makes of it: here alone it is held. */
function made<T>(
  { upbit }: World,
  use: (proxy: WebSocketClientProxy) => T,
  options: { readonly keepAlive?: boolean } = {},
): { readonly used: T; readonly proxy: WeakRef<WebSocketClientProxy> } {
  const proxy = new WebSocketClientProxy('chart_1', { upbit, ...options })
  return { used: use(proxy), proxy: new WeakRef(proxy) }
}

/** Whether an event still comes. */
function delivers({ exchange, pass }: World, got: readonly unknown[]): boolean {
  const before = got.length
  pass(1000)
  exchange.emit(aTicker())
  return got.length > before
}

describe('the collection of a proxy that nobody holds', () => {
  it('C2.6 ends its handlers, frees its name, and is told: the name, what it had, where it was made', async () => {
    const here = world()
    const got: unknown[] = []
    const { proxy } = made(here, (it) => {
      it.subscribeTicker(['KRW-BTC', 'KRW-ETH'], (event) => void got.push(event))
      it.subscribeTrade('KRW-BTC', () => {}, { name: 'saver' })
      it.consume(new Subject(), () => {})
    })
    expect(delivers(here, got)).toBe(true)
    await collectGarbage()
    expect(proxy.deref()).toBeUndefined()
    expect(here.errors).toMatchObject([{ code: 'PROXY_COLLECTED', proxy: 'chart_1' }])
    const [error] = here.errors
    expect(error?.message).toContain(
      'ticker KRW-BTC +1 (chart_1 ticker KRW-BTC +1 #1), trade KRW-BTC (saver), chart_1 consume',
    )
    expect(error?.madeAt).toMatch(/proxy-scope\.spec\.ts:\d+/)
    expect(error?.nextStep).toContain('cleanup()')
    expect(here.upbit.consumers()).toEqual([])
    expect(delivers(here, got)).toBe(false)
    expect(new WebSocketClientProxy('chart_1', { upbit: here.upbit }).name).toBe('chart_1')
  })

  it('takes its entries off the wire', async () => {
    const here = world()
    here.upbit.subscribeTicker('KRW-ETH', () => {})
    made(here, (it) => it.subscribeTicker('KRW-BTC', () => {}).name)
    here.pass(1000)
    await collectGarbage()
    here.pass(6000)
    expect(here.asked()).toEqual([['ticker KRW-BTC', 'ticker KRW-ETH'], ['ticker KRW-ETH']])
  })

  it('says nothing where nothing was subscribed, or all had been left', async () => {
    const here = world()
    const { proxy } = made(here, (it) => it.subscribeTicker('KRW-BTC', () => {}).unsubscribe())
    await collectGarbage()
    expect(proxy.deref()).toBeUndefined()
    expect(here.errors).toEqual([])
    expect(new WebSocketClientProxy('chart_1', { upbit: here.upbit }).name).toBe('chart_1')
  })

  it('says nothing of one that was cleaned up', async () => {
    const here = world()
    const { proxy } = made(here, (it) => {
      it.subscribeTicker('KRW-BTC', () => {})
      void it.cleanup()
    })
    const next = new WebSocketClientProxy('chart_1', { upbit: here.upbit })
    next.subscribeTicker('KRW-BTC', () => {})
    await collectGarbage()
    expect(proxy.deref()).toBeUndefined()
    expect(here.errors).toEqual([])
    expect([next.name, next.consumers().length]).toEqual(['chart_1', 1])
  })

  it('says nothing after the shutdown of its client', async () => {
    const here = world()
    const { proxy } = made(here, (it) => it.subscribeTicker('KRW-BTC', () => {}).closed)
    await here.upbit.shutdown()
    await collectGarbage()
    expect(proxy.deref()).toBeUndefined()
    expect(here.errors).toEqual([])
  })

  it('a handler at work is not held up, and its proxy not held by it', async () => {
    const here = world()
    let finish = (): void => {}
    const { proxy } = made(
      here,
      (it) => it.subscribeTicker('KRW-BTC', () => new Promise<void>((resolve) => (finish = resolve))).closed,
    )
    here.pass(1000)
    here.exchange.emit([aTicker(), aTicker()])
    await collectGarbage()
    expect(proxy.deref()).toBeUndefined()
    expect(here.upbit.accounting()).toMatchObject({ offered: 2, pending: 1, discarded: 1 })
    finish()
    await collectGarbage()
    expect(here.upbit.accounting()).toMatchObject({ offered: 2, delivered: 1, pending: 0 })
  })
})

describe('the collection of a proxy that left from inside a callback', () => {
  it.each<[string, (proxy: WebSocketClientProxy, upbit: World) => unknown]>([
    ['with a snapshot from the wire', (it) => void it.getTickerSnapshot('KRW-BTC').catch(() => {})],
    ['with take(1)', (it) => void it.ticker$('KRW-BTC').pipe(take(1)).subscribe()],
    [
      'by its own unsubscribe',
      (it) => {
        const subscription: Subscription = it.ticker$('KRW-BTC').subscribe(() => subscription.unsubscribe())
      },
    ],
    [
      'as a kept handler with a promise that never settles',
      (it) => {
        const stop = new AbortController()
        const work = (): Promise<never> => {
          stop.abort()
          return new Promise(() => {})
        }
        it.subscribeTicker('KRW-BTC', work, { keepAlive: true, signal: stop.signal })
      },
    ],
  ])('C2.6 %s', async (_, use) => {
    const here = world()
    const { proxy } = made(here, (it) => {
      use(it, here)
      it.subscribeTrade('KRW-BTC', () => {})
    })
    here.pass(1000)
    here.exchange.emit(aTicker())
    await collectGarbage()
    expect(proxy.deref()).toBeUndefined()
    expect(here.errors).toMatchObject([{ code: 'PROXY_COLLECTED' }])
  })

  it('a handler that never comes back is held by nothing of the library', async () => {
    const here = world()
    const held = ((): WeakRef<object> => {
      const big = { rows: new Array<number>(1000) }
      const handle = here.upbit.subscribeTicker('KRW-BTC', () => new Promise(() => big.rows.push(1)))
      here.pass(1000)
      here.exchange.emit(aTicker())
      handle.unsubscribe()
      return new WeakRef(big)
    })()
    await collectGarbage()
    expect(held.deref()).toBeUndefined()
    expect(here.upbit.accounting()).toMatchObject({ offered: 1, pending: 1 })
  })
})

it('a proxy may be made anew where its collection is told', async () => {
  const here = world()
  const names: string[] = []
  here.upbit.errors$.subscribe(({ code, proxy }) => {
    if (code !== 'PROXY_COLLECTED' || proxy === undefined) return
    names.push(new WebSocketClientProxy(proxy, { upbit: here.upbit, keepAlive: true }).name)
  })
  made(here, (it) => it.subscribeTicker('KRW-BTC', () => {}).closed)
  await collectGarbage()
  expect(names).toEqual(['chart_1'])
})

describe('a proxy is kept', () => {
  it('by its holder', async () => {
    const here = world()
    const got: unknown[] = []
    const { used } = made(here, (it) => {
      it.subscribeTicker('KRW-BTC', (event) => void got.push(event))
      return it
    })
    await collectGarbage()
    expect(delivers(here, got)).toBe(true)
    expect(used.consumers()).toHaveLength(1)
  })

  it.each<[string, (handle: UpbitSubscription) => unknown]>([
    ['by the handle of a handler', (handle) => handle],
    ['by the `unsubscribe` of a handle alone', (handle) => handle.unsubscribe],
  ])('C2.6 %s, for as long as that is held', async (_, take) => {
    const here = world()
    const got: unknown[] = []
    const holder: { held: unknown } = { held: undefined }
    const { proxy } = made(here, (it) => {
      holder.held = take(it.subscribeTicker('KRW-BTC', (event) => void got.push(event)))
    })
    await collectGarbage()
    expect(delivers(here, got)).toBe(true)
    expect(holder.held).toBeDefined()
    holder.held = undefined
    await collectGarbage()
    expect(proxy.deref()).toBeUndefined()
    expect(here.errors).toMatchObject([{ code: 'PROXY_COLLECTED' }])
  })

  it('by the handle of a `consume`', async () => {
    const here = world()
    const source = new Subject<number>()
    const got: number[] = []
    const { used } = made(here, (it) => it.consume(source, (value) => void got.push(value)))
    await collectGarbage()
    source.next(1)
    expect([got, used.closed]).toEqual([[1], false])
  })

  it.each<[string, (proxy: WebSocketClientProxy, got: unknown[]) => Subscription | UpbitSubscription]>([
    [
      'a live subscription to a stream of it',
      (it, got) => it.ticker$('KRW-BTC').subscribe((e) => got.push(e)),
    ],
    [
      'a live subscription behind operators',
      (it, got) =>
        it
          .ticker$('KRW-BTC')
          .pipe(filter(() => true))
          .subscribe((e) => got.push(e)),
    ],
  ])('C2.6 by %s, which collection never ends', async (_, subscribe) => {
    const here = world()
    const got: unknown[] = []
    const other: unknown[] = []
    const { proxy } = made(here, (it) => {
      subscribe(it, got)
      it.subscribeTicker('KRW-BTC', (event) => void other.push(event))
    })
    await collectGarbage()
    expect(delivers(here, got)).toBe(true)
    expect(other).toHaveLength(1)
    expect(here.errors).toEqual([])
    // Over, it keeps nothing any more.
    proxy.deref()?.unsubscribeAll()
    await collectGarbage()
    expect(proxy.deref()).toBeUndefined()
  })

  it('by a snapshot that is awaited', async () => {
    const here = world()
    const { used } = made(here, (it) => it.getTickerSnapshot('KRW-BTC'))
    await collectGarbage()
    here.pass(1000)
    here.exchange.emit(aTicker())
    await expect(used).resolves.toMatchObject({ code: 'KRW-BTC' })
  })

  it('by a handler that refers to it', async () => {
    const here = world()
    const names: string[] = []
    made(here, (it) => it.subscribeTicker('KRW-BTC', () => void names.push(it.name)).closed)
    await collectGarbage()
    expect(delivers(here, names)).toBe(true)
  })

  it('by `keepAlive` of the proxy, until its cleanup', async () => {
    const here = world()
    const got: unknown[] = []
    const subscribe = (it: WebSocketClientProxy): boolean =>
      it.subscribeTicker('KRW-BTC', (event) => void got.push(event)).closed
    const { proxy } = made(here, subscribe, { keepAlive: true })
    await collectGarbage()
    expect(delivers(here, got)).toBe(true)
    await proxy.deref()?.cleanup()
    await collectGarbage()
    expect(proxy.deref()).toBeUndefined()
    expect(here.errors).toEqual([])
  })

  it('by `keepAlive` of a handler, for as long as that is subscribed', async () => {
    const here = world()
    const got: unknown[] = []
    const stop = new AbortController()
    const { proxy } = made(
      here,
      (it) =>
        it.subscribeTicker('KRW-BTC', (event) => void got.push(event), {
          keepAlive: true,
          signal: stop.signal,
        }).closed,
    )
    await collectGarbage()
    expect(delivers(here, got)).toBe(true)
    stop.abort()
    await collectGarbage()
    expect(proxy.deref()).toBeUndefined()
    expect(here.errors).toEqual([])
  })
})

it('a name that is wanted before its collected proxy has been told of is free, and the collection is told', async () => {
  const here = world()
  const { proxy } = made(here, (it) => it.subscribeTicker('KRW-BTC', () => {}).closed)
  await new Promise((resolve) => setImmediate(resolve))
  await collectGarbage()
  expect(proxy.deref()).toBeUndefined()
  expect(new WebSocketClientProxy('chart_1', { upbit: here.upbit }).name).toBe('chart_1')
  expect(here.errors.map(({ code }) => code)).toEqual(['PROXY_COLLECTED'])
})

it('nothing of a client that nobody holds is held by its proxies', async () => {
  const held = ((): WeakRef<object> => {
    const { exchange } = world()
    const upbit = createUpbit(exchange.options)
    void new WebSocketClientProxy('a_1', { upbit }).cleanup()
    return new WeakRef(upbit)
  })()
  await collectGarbage()
  expect(held.deref()).toBeUndefined()
})
