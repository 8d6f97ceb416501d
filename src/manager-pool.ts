/**
 * Which managers the process has: one for all clients of a host and account, and which of them is the shared one. Kept for
 * both builds of the package (C1.5), so of a manager it knows only what either build's has.
 */
import { realmSlot } from './base/realm'
import { alreadyConfigured } from './differing-option'
import type { UpbitOptions } from './options'
import type { ResolvedOptions } from './resolved-options'
import { resolveOptions } from './resolved-options'

export interface Pooled {
  readonly options: ResolvedOptions
  readonly isClosed: boolean
  /** How many clients hold it. */
  readonly clients: number
  /** Whether a client with these options is of its host and account. */
  isTargetOf(options: UpbitOptions, resolved: ResolvedOptions): boolean
  /** The first of the given options that differs from its own. */
  differingOption(options: UpbitOptions): keyof UpbitOptions | undefined
  shutdown(): Promise<void>
}

interface SharedSlot {
  /** What `configureUpbit` was given: a function, so that no inspector of `globalThis` shows the keys in it (C8.3). */
  configured: () => UpbitOptions
  /** The shared one, from its first use on. */
  manager: Pooled | undefined
}

/** Isolated ones are not in it. */
const pool = (): Set<Pooled> => realmSlot('managers', () => new Set<Pooled>())

const sharedSlot = (): SharedSlot =>
  realmSlot('shared', (): SharedSlot => ({ configured: () => ({}), manager: undefined }))

/** The manager of the target and account that `options` name, or one of its own when they say so. */
export function pooledManager<M extends Pooled>(
  options: UpbitOptions,
  make: (resolved: ResolvedOptions) => M,
): M {
  const resolved = resolveOptions(options)
  if (options.isolated === true) return make(resolved)
  const existing = standing(options, resolved)
  throwIfDiffering(options, existing)
  // Whoever asks makes managers of one class; the other build's has the same members.
  if (existing !== undefined) return existing as M
  const manager = make(resolved)
  pool().add(manager)
  return manager
}

/** Nobody gets this one any more. */
export function leavePool(manager: Pooled): void {
  pool().delete(manager)
}

/** The shared one; asking is its first use. */
export function sharedManager<M extends Pooled>(make: (resolved: ResolvedOptions) => M): M {
  const shared = sharedSlot()
  if (shared.manager?.isClosed === false) return shared.manager as M
  const manager = pooledManager(shared.configured(), make)
  shared.manager = manager
  return manager
}

/** Whether the shared one has been used, and not shut down since. */
export function isSharedInUse(): boolean {
  return sharedSlot().manager?.isClosed === false
}

/** What the shared one has, or would have if it were used now. No use of it. */
export function sharedOptions(): ResolvedOptions {
  const { manager, configured } = sharedSlot()
  return manager?.isClosed === false ? manager.options : resolveOptions(configured())
}

/** Whether `configureUpbit` has asked for orders, which it may at any time: the connection is not concerned. */
export function isSharedTrading(manager: Pooled): boolean {
  const shared = sharedSlot()
  return shared.manager === manager && shared.configured().trading === true
}

/** Options for the shared one; throws where the one in use has others. */
export function configureShared(options: UpbitOptions): void {
  const shared = sharedSlot()
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  const configured: UpbitOptions = { ...shared.configured(), ...given }
  const isUsed = isSharedInUse()
  // Not used yet, but another client's connection may stand where it will look for one.
  const existing = isUsed ? shared.manager : expected(configured)
  throwIfDiffering(isUsed ? options : configured, existing)
  shared.configured = () => configured
}

/** Forgets the shared one and its options; ends it where no client does. */
export async function forgetShared(): Promise<void> {
  const shared = sharedSlot()
  const { manager } = shared
  shared.manager = undefined
  shared.configured = () => ({})
  if (manager?.clients === 0) await manager.shutdown()
}

/** The one that a client with these options shares, if it is there. */
function standing(options: UpbitOptions, resolved: ResolvedOptions): Pooled | undefined {
  return [...pool()].find((manager) => manager.isTargetOf(options, resolved))
}

/** The one that the shared instance will find; what is wrong in the surroundings may be set right until it looks. */
function expected(configured: UpbitOptions): Pooled | undefined {
  try {
    return standing(configured, resolveOptions(configured))
  } catch {
    return undefined
  }
}

function throwIfDiffering(options: UpbitOptions, existing: Pooled | undefined): void {
  const differing = existing?.differingOption(options)
  if (differing !== undefined) throw alreadyConfigured(differing)
}
