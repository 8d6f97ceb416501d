/**
 * What is known of a proxy where the proxy itself must not be known, so that it can be collected: its name, its client,
 * where it was made, and whose consumers are its own. The manager's consumers lead here, and from here nothing leads to
 * the proxy but a weak reference.
 */
import type { Observable } from 'rxjs'
import type { AccountViewsPorts } from './account-views'
import { UpbitError } from './base/errors'
import type { ConsumeOptions } from './channels/consume'
import type { ConsumerConfig, Membership } from './channels/consumer-config'
import { ownedBy } from './channels/consumer-config'
import type { UpbitSubscription } from './channels/handle'
import type { ConsumerAccount, Counted } from './channels/hub'
import type { Owner } from './channels/owner'
import { TallySum } from './channels/tally-sum'
import type { Upbit } from './client'
import { isSharedInUse, sharedOptions } from './manager-pool'
import type { Tally } from './operators/delivery'
import { platform } from './platform'
import type { Named, ProxyNames } from './proxy-names'
import { sharedProxyNames } from './proxy-names'
import { sharedClient } from './shared'
import type { SnapshotPorts } from './snapshot-ports'

export class ProxyScope implements Owner, Named {
  readonly departed = new TallySum()
  /** Holds the proxy when it is to be kept until `cleanup()`. */
  kept: object | undefined
  readonly #proxy: WeakRef<object>
  readonly #wanted: string
  readonly #madeAt: string
  readonly #isShared: boolean
  /** The client to work through; asked anew each time, since after `resetShared` the shared one is another. */
  readonly #ask: () => Upbit
  /** The one that was worked through last. */
  #client: Upbit | undefined
  /** Where it has its name: of the shared instance's proxies, and of all of the host once that is known. */
  readonly #claims = new Map<ProxyNames, string>()
  #name: string
  #isClosed = false
  /** Told at the first use: telling it makes the shared instance one that is in use. */
  #untold: UpbitError | undefined

  constructor(proxy: object, wanted: string, upbit: Upbit | undefined, madeAt: string) {
    this.#proxy = new WeakRef(proxy)
    this.#wanted = wanted
    this.#madeAt = madeAt
    this.#isShared = upbit === undefined
    this.#ask = asking(upbit)
    this.#name = this.#claim(upbit?.proxyNames ?? sharedProxyNames(), wanted)
    if (this.#isInUse) this.#use()
  }

  get name(): string {
    return this.#name
  }

  /** The client whose end is its end too. */
  get parent(): Owner | undefined {
    return this.#client?.owner
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  get isPrivateAvailable(): boolean {
    if (this.#isInUse) return this.#use().isPrivateAvailable()
    return platform().privateSide !== undefined && sharedOptions().credentials !== undefined
  }

  /** What the snapshots of a proxy need; throws when it is closed. */
  snapshotPorts(): SnapshotPorts {
    return this.#useOpen().snapshotPorts(this)
  }

  /** What the views of an account need; throws when it is closed. */
  accountPorts(): AccountViewsPorts {
    return this.#useOpen().accountPorts(this)
  }

  /** An arrow, since every consumer of the proxy has it: what it refers to is this scope. */
  readonly enrol = (consumer: Omit<ConsumerConfig, 'owner'>): Membership =>
    this.#useOpen().enrol(ownedBy(this, consumer))

  readonly report = (error: UpbitError): void => this.#use().report(ofProxy(this.name, error))

  consume<T>(
    stream$: Observable<T>,
    handler: (value: T) => unknown,
    options: ConsumeOptions<T>,
  ): UpbitSubscription {
    return this.#useOpen().consumeFor(this, this.report, stream$, handler, options)
  }

  get tally(): Tally {
    const sum = new TallySum()
    sum.add(this.departed)
    for (const { tally } of this.#consumers()) sum.add(tally)
    return sum
  }

  get consumers(): readonly ConsumerAccount[] {
    return this.#consumers().map(({ name, tally }) => ({ name, ...tally }))
  }

  endAll(): void {
    if (this.#isInUse) this.#use().manager.end(this)
  }

  close(): void {
    this.#isClosed = true
    this.kept = undefined
    this.forgetNames()
    this.endAll()
  }

  forgetNames(): void {
    for (const [names, name] of this.#claims) names.free(name, this)
    this.#claims.clear()
  }

  giveUpIfCollected(): void {
    if (this.#proxy.deref() === undefined) this.collected()
  }

  /** Nobody can reach the proxy any more. */
  collected(): void {
    if (this.#isClosed) return
    const had = this.#consumers()
    // First: who hears of it may make a proxy of this name.
    this.close()
    if (had.length > 0) this.report(collected(this.name, had, this.#madeAt))
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
    if (client !== this.#client) {
      this.#client = client
      if (this.#isShared && !this.#isClosed) this.#join(client)
    }
    const untold = this.#untold
    this.#untold = undefined
    if (untold !== undefined) client.report(untold)
    return client
  }

  /** The shared instance has a host now, where proxies of other clients have names; or it is another one after a reset. */
  #join(client: Upbit): void {
    const own = sharedProxyNames()
    if (!own.isHeld(this.#name, this)) this.#name = this.#claim(own, this.#wanted)
    this.#name = this.#claim(client.proxyNames, this.#name)
  }

  #claim(names: ProxyNames, wanted: string): string {
    const { name, isFirstClash } = names.claim(wanted, this)
    this.#claims.set(names, name)
    if (isFirstClash) this.#untold = nameTaken(wanted, name, this.#madeAt)
    return name
  }
}

/** Out here, where no proxy is in reach of the closure. */
function asking(upbit: Upbit | undefined): () => Upbit {
  return upbit === undefined ? sharedClient : () => upbit
}

/** A copy that names the proxy: other consumers may have got the same error, and theirs says nothing of this one. */
function ofProxy(proxy: string, error: UpbitError): UpbitError {
  const { code, message, cause, stack } = error
  return Object.assign(new UpbitError(code, message, { cause }), error, { proxy, stack })
}

/** So many are named in a message. */
const shownConsumers = 5

function nameTaken(wanted: string, name: string, madeAt: string): UpbitError {
  return new UpbitError('PROXY_NAME_TAKEN', `There is a live proxy named ${wanted}; this one is ${name}.`, {
    proxy: name,
    madeAt,
    nextStep: `Name each '<module>_<instance>', or call cleanup() of the other one first. Made ${madeAt}.`,
  })
}

function collected(proxy: string, had: readonly Counted[], madeAt: string): UpbitError {
  const what = had
    .slice(0, shownConsumers)
    .map(({ name, receives }) => (receives === undefined ? name : `${receives} (${name})`))
  if (had.length > shownConsumers) what.push(`${had.length - shownConsumers} more`)
  const message = `The proxy ${proxy} was garbage and still subscribed, which has ended: ${what.join(', ')}.`
  return new UpbitError('PROXY_COLLECTED', message, {
    proxy,
    madeAt,
    nextStep:
      'Call its cleanup() when it is done, or make it with { keepAlive: true }: a variable that nothing reads any more ' +
      `holds nothing. Made ${madeAt}.`,
  })
}

function closed(proxy: string): UpbitError {
  return new UpbitError('PROXY_CLOSED', `The proxy ${proxy} has been cleaned up.`, {
    proxy,
    nextStep: 'Make a new WebSocketClientProxy.',
  })
}
