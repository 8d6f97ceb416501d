/**
 * What is known of a proxy where the proxy itself must not be known, so that it can be collected: its name, its client,
 * where it was made, and whose consumers are its own. The manager's consumers lead here, and from here nothing leads to
 * the proxy but a weak reference.
 */
import type { Observable } from 'rxjs'
import { UpbitError } from './base/errors'
import type { ConsumeOptions } from './channels/consume'
import type { ConsumerConfig, Membership } from './channels/consumer-config'
import type { UpbitSubscription } from './channels/handle'
import type { ConsumerAccount, Counted } from './channels/hub'
import type { Owner } from './channels/owner'
import { TallySum } from './channels/tally-sum'
import type { Upbit } from './client'
import type { GlobalWebSocketManager } from './manager'
import { isSharedInUse, sharedOptions } from './manager-pool'
import type { Tally } from './operators/delivery'
import type { Named, ProxyNames } from './proxy-names'
import { proxyNamesOf } from './proxy-names'
import { sharedClient } from './shared'

export class ProxyScope implements Owner, Named {
  readonly name: string
  readonly departed = new TallySum()
  /** Holds the proxy when it is to be kept until `cleanup()`. */
  kept: object | undefined
  readonly #proxy: WeakRef<object>
  readonly #madeAt: string
  readonly #names: ProxyNames
  readonly #isShared: boolean
  /** The client to work through; asked anew each time, since after `resetShared` the shared one is another. */
  readonly #ask: () => Upbit
  /** The one that was worked through last. */
  #client: Upbit | undefined
  #isClosed = false
  /** Told at the first use: telling it makes the shared instance one that is in use. */
  #untold: UpbitError | undefined

  constructor(proxy: object, wanted: string, upbit: Upbit | undefined, madeAt: string) {
    this.#proxy = new WeakRef(proxy)
    this.#madeAt = madeAt
    this.#isShared = upbit === undefined
    this.#ask = asking(upbit)
    this.#names = upbit?.proxyNames ?? proxyNamesOf(sharedOptions().url)
    const { name, isFirstClash } = this.#names.claim(wanted, this)
    this.name = name
    if (!isFirstClash) return
    const error = nameTaken(wanted, name, madeAt)
    if (this.#isInUse) this.#use().report(error)
    else this.#untold = error
  }

  /** The client whose end is its end too. */
  get parent(): Owner | undefined {
    return this.#client?.owner
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  get isPrivateAvailable(): boolean {
    const { credentials } = this.#isInUse ? this.#use().manager.options : sharedOptions()
    return credentials !== undefined
  }

  get manager(): GlobalWebSocketManager {
    return this.#use().manager
  }

  /** An arrow, since every consumer of the proxy has it: what it refers to is this scope. */
  readonly enrol = (consumer: Omit<ConsumerConfig, 'owner'>): Membership =>
    this.#useOpen().enrol({ ...consumer, owner: this })

  readonly report = (error: UpbitError): void => this.#use().report(error)

  consume<T>(
    stream$: Observable<T>,
    handler: (value: T) => unknown,
    options: ConsumeOptions<T>,
  ): UpbitSubscription {
    return this.#useOpen().consumeFor(this, stream$, handler, options)
  }

  get tally(): Tally {
    if (this.#isInUse) return this.#use().manager.totalOf(this)
    const sum = new TallySum()
    sum.add(this.departed)
    return sum
  }

  get consumers(): readonly ConsumerAccount[] {
    return this.#consumers().map(({ name, tally }) => ({ name, ...tally }))
  }

  endAll(): void {
    if (this.#isInUse) this.#use().manager.end(this)
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.kept = undefined
    this.#names.free(this.name, this)
    this.endAll()
  }

  giveUpIfCollected(): void {
    if (this.#proxy.deref() === undefined) this.collected()
  }

  /** Nobody can reach the proxy any more. */
  collected(): void {
    if (this.#isClosed) return
    const had = this.#consumers()
    if (had.length > 0) this.report(collected(this.name, had, this.#madeAt))
    this.close()
  }

  /** Whether asking for the client is no first use of the shared one. */
  get #isInUse(): boolean {
    return !this.#isShared || isSharedInUse()
  }

  #consumers(): readonly Counted[] {
    return this.#isInUse ? this.#use().manager.consumersOf(this) : []
  }

  #useOpen(): Upbit {
    if (this.#isClosed) throw closed(this.name)
    return this.#use()
  }

  #use(): Upbit {
    const client = this.#ask()
    this.#client = client
    const untold = this.#untold
    this.#untold = undefined
    if (untold !== undefined) client.report(untold)
    return client
  }
}

/** Out here, where no proxy is in reach of the closure. */
function asking(upbit: Upbit | undefined): () => Upbit {
  return upbit === undefined ? sharedClient : () => upbit
}

function nameTaken(wanted: string, name: string, madeAt: string): UpbitError {
  return new UpbitError('PROXY_NAME_TAKEN', `There is a live proxy named ${wanted}; this one is ${name}.`, {
    proxy: name,
    madeAt,
    nextStep: `Name each '<module>_<instance>', or call cleanup() of the other one first. Made ${madeAt}.`,
  })
}

function collected(proxy: string, had: readonly Counted[], madeAt: string): UpbitError {
  const what = had.map(({ name, receives }) => (receives === undefined ? name : `${receives} (${name})`))
  const message = `The proxy ${proxy} was collected with ${what.length} live subscriptions, which end now: ${what.join(', ')}.`
  return new UpbitError('PROXY_COLLECTED', message, {
    proxy,
    madeAt,
    nextStep: `Call its cleanup(), hold it for as long as it is to receive, or make it with { keepAlive: true }. Made ${madeAt}.`,
  })
}

function closed(proxy: string): UpbitError {
  return new UpbitError('PROXY_CLOSED', `The proxy ${proxy} has been cleaned up.`, {
    proxy,
    nextStep: 'Make a new WebSocketClientProxy; its name is free again.',
  })
}
