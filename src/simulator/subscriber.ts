/**
 * A connection's subscription over time: a message replaces the whole set and the format, brings one SNAPSHOT per
 * item in two bursts, and lets up to two frames of the replaced set through. Observed 2026-09; the bursts came about
 * 10-20 ms and 170 ms after the request, server time.
 */
import type { WireFormat } from '../protocol/wire'
import type { Audience, Listener, Origin } from './audience'
import type { Broadcast } from './broadcast'
import type { KeyHolder } from './key-holder'
import { isOfAccount } from './key-holder'
import type { ItemSet, SubscribedItem } from './subscription'
import { everyCode, itemKey } from './subscription'
import type { ExchangeSwitches } from './switches'
import type { OwnTimers } from './timers'

/** How long a frame of a replaced set may still come. */
const lingerMs = 300

export interface SubscriberHost {
  readonly random: () => number
  readonly switches: ExchangeSwitches
  readonly snapshotDelaysMs: readonly [number, number]
  readonly audience: Audience
  /** What to send as SNAPSHOT. */
  snapshot(item: SubscribedItem): Broadcast | undefined
  /** Whether REALTIME frames come before the SNAPSHOT, which is then the state at the request. */
  realtimeFirst(): boolean
  /** The set was replaced: these codes have more or fewer listeners. */
  demandChanged(codes: Iterable<string>): void
}

interface OldSet {
  readonly items: ItemSet
  readonly format: WireFormat
  left: number
}

export class Subscriber implements Listener {
  items: ItemSet = new Map()
  format: WireFormat = 'DEFAULT'
  private old: OldSet | undefined

  constructor(
    private readonly host: SubscriberHost,
    private readonly timers: OwnTimers,
    private readonly send: (text: string, format: WireFormat) => void,
    /** Whose orders and balances it hears of. */
    private readonly holder?: KeyHolder,
  ) {}

  /** Replaces the set and the format, and sends the snapshots that the items ask for. */
  subscribe(items: ItemSet, format: WireFormat): void {
    const { switches, random, snapshotDelaysMs } = this.host
    const left = switches.stragglers === 'seeded' ? Math.floor(random() * 3) : switches.stragglers
    this.dismissOld()
    const old = left > 0 ? { items: this.items, format: this.format, left } : undefined
    this.format = format
    this.replace(items, old)

    const bursts: [SubscribedItem[], SubscribedItem[]] = [[], []]
    const early = new Map<SubscribedItem, Broadcast | undefined>()
    for (const item of [...items.values()].flat()) {
      if (item.type === 'myAsset') this.holder?.assetsAsked()
      if (!item.hasSnapshot) continue
      if (this.host.realtimeFirst()) {
        early.set(item, this.host.snapshot(item))
        item.live = true
      }
      if (!item.onlyRealtime) bursts[random() < 0.5 ? 0 : 1].push(item)
    }
    bursts.forEach((burst, index) => {
      if (burst.length === 0) return
      this.timers.after(snapshotDelaysMs[index] as number, () => this.sendSnapshots(burst, early))
    })
  }

  /** Loses these items; returns how many. */
  forget(isLost: (item: SubscribedItem) => boolean): number {
    const kept = [...this.items].map(([key, items]) => [key, items.filter((item) => !isLost(item))] as const)
    const before = [...this.items.values()].flat().length
    this.dismissOld()
    this.replace(new Map(kept.filter(([, items]) => items.length > 0)))
    return before - [...this.items.values()].flat().length
  }

  /** Ends every stream. */
  clear(): void {
    this.dismissOld()
    this.replace(new Map())
  }

  deliver(broadcast: Broadcast, origin: Origin): number {
    if (broadcast.pocketId !== undefined && this.holder?.hears(broadcast) !== true) return 0
    const items = itemsOf(this.items, broadcast)
    if (items === undefined) return this.deliverOld(broadcast)
    let sent = 0
    for (const item of items) {
      if (!isFor(broadcast, item) || (origin === 'market' && !item.live)) continue
      this.send(broadcast.text(this.format, item), this.format)
      sent++
    }
    return sent
  }

  private sendSnapshots(
    burst: SubscribedItem[],
    early: ReadonlyMap<SubscribedItem, Broadcast | undefined>,
  ): void {
    // The order over codes and types is unspecified, so nobody may learn to rely on one.
    for (let last = burst.length - 1; last > 0; last--) {
      const other = Math.floor(this.host.random() * (last + 1))
      ;[burst[last], burst[other]] = [burst[other] as SubscribedItem, burst[last] as SubscribedItem]
    }
    for (const item of burst) {
      // A replaced set keeps its timers; its items are no longer here.
      if (this.items.get(itemKey(item.type, item.code))?.includes(item) !== true) continue
      item.live = true
      const snapshot = early.has(item) ? early.get(item) : this.host.snapshot(item)
      if (snapshot !== undefined) this.send(snapshot.text(this.format, item), this.format)
    }
  }

  private replace(items: ItemSet, old?: OldSet): void {
    const before = this.items
    this.items = items
    this.host.audience.join(this, items.keys())
    if (old === undefined) {
      this.leave([...before.keys()])
    } else {
      this.old = old
      this.timers.after(lingerMs, () => {
        if (this.old === old) this.dismissOld()
      })
    }
    this.host.demandChanged(codesOf(before, items))
  }

  private deliverOld(broadcast: Broadcast): number {
    const { old } = this
    if (old === undefined) return 0
    const item = itemsOf(old.items, broadcast)?.find((candidate) => isFor(broadcast, candidate))
    if (item === undefined) return 0
    const format = this.host.switches.stragglerFormat === 'old' ? old.format : this.format
    this.send(broadcast.text(format, item), format)
    old.left--
    if (old.left === 0) this.dismissOld()
    return 1
  }

  private dismissOld(): void {
    if (this.old === undefined) return
    const { items } = this.old
    this.old = undefined
    this.leave([...items.keys()])
    this.host.demandChanged(codesOf(items))
  }

  private leave(keys: readonly string[]): void {
    this.host.audience.leave(
      this,
      keys.filter((key) => !this.items.has(key)),
    )
  }
}

/** The markets of the items: no feed has anything for those of an account. */
function codesOf(...sets: readonly ItemSet[]): ReadonlySet<string> {
  const items = sets.flatMap((set) => [...set.values()].flat())
  return new Set(
    items.filter(({ type, code }) => code !== everyCode && !isOfAccount(type)).map(({ code }) => code),
  )
}

function itemsOf(items: ItemSet, { type, code }: Broadcast): readonly SubscribedItem[] | undefined {
  return (
    items.get(itemKey(type, code)) ?? (type === 'myOrder' ? items.get(itemKey(type, everyCode)) : undefined)
  )
}

/** Whether an item asks for this frame: its level or category, and its flags against the frame's stream type. */
function isFor(broadcast: Broadcast, item: SubscribedItem): boolean {
  if (broadcast.level !== undefined && broadcast.level !== item.level) return false
  const { category, combination } = broadcast
  if (combination !== undefined && combination !== item.combination) return false
  if (category !== undefined && item.categories?.includes(category) === false) return false
  if (!item.hasSnapshot) return true
  if (broadcast.stream === 'REALTIME') return !item.onlySnapshot
  return broadcast.stream !== 'SNAPSHOT' || !item.onlyRealtime
}
