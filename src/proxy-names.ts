/**
 * The names of the live proxies of one host, so that no two of them are one in errors and metrics. A second proxy of a
 * name becomes `name#2`; that is told once a name, for as long as there is a live proxy of it.
 */
import { realmSlot } from './base/realm'

/** What has a name here. */
export interface Named {
  /** Whether nobody can use it any more: it gives its name up when asked. */
  giveUpIfCollected(): void
  /** It gives up its names wherever it has some, and claims them anew at its next use. */
  forgetNames(): void
}

export interface ClaimedName {
  readonly name: string
  /** Whether it is not the wanted one, and nobody has been told of that yet. */
  readonly isFirstClash: boolean
}

export class ProxyNames {
  readonly #holders = new Map<string, Named>()
  readonly #clashes = new Set<string>()

  claim(wanted: string, holder: Named): ClaimedName {
    let name = wanted
    for (let number = 2; this.#isTaken(name); number++) name = `${wanted}#${number}`
    this.#holders.set(name, holder)
    const isFirstClash = name !== wanted && !this.#clashes.has(wanted)
    if (isFirstClash) this.#clashes.add(wanted)
    return { name, isFirstClash }
  }

  /** Whether `name` is this holder's. */
  isHeld(name: string, holder: Named): boolean {
    return this.#holders.get(name) === holder
  }

  /** Makes all names free, those that their holders have elsewhere too. */
  clear(): void {
    for (const holder of [...this.#holders.values()]) holder.forgetNames()
  }

  /** The name is free at once; of no effect where another has it by now. */
  free(name: string, holder: Named): void {
    if (this.#holders.get(name) !== holder) return
    this.#holders.delete(name)
    const [wanted = name] = name.split('#')
    const isWanted = (other: string): boolean => other === wanted || other.startsWith(`${wanted}#`)
    if (this.#clashes.has(wanted) && ![...this.#holders.keys()].some(isWanted)) this.#clashes.delete(wanted)
  }

  #isTaken(name: string): boolean {
    // Between the collection of a proxy and the word of it any time may pass.
    this.#holders.get(name)?.giveUpIfCollected()
    return this.#holders.has(name)
  }
}

/** Those of the proxies of the shared instance: it has no host before its first use. */
export function sharedProxyNames(): ProxyNames {
  return realmSlot('sharedProxyNames', () => new ProxyNames())
}

/** One for all clients of a host but the isolated ones, which have their own. */
export function proxyNamesOf(url: string): ProxyNames {
  const { host } = new URL(url)
  const byHost = realmSlot('proxyNames', () => new Map<string, ProxyNames>())
  let names = byHost.get(host)
  if (names === undefined) byHost.set(host, (names = new ProxyNames()))
  return names
}
