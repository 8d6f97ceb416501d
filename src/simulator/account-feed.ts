/**
 * What accounts tell goes to their connections: an account is listened to as long as it has one on `/private`, so that
 * the markets where its orders wait act just as long.
 */
import type { AccountEvent } from './encode'
import type { Pocket } from './trading/pocket'

interface Listening {
  connections: number
  readonly stop: () => void
}

export class AccountFeed {
  private readonly listening = new Map<Pocket, Listening>()

  constructor(private readonly publish: (event: AccountEvent, pocketId: string) => void) {}

  joined(pocket: Pocket): void {
    const listening = this.listening.get(pocket)
    if (listening !== undefined) {
      listening.connections++
      return
    }
    const stop = pocket.listen((event) => this.publish(event, pocket.id))
    this.listening.set(pocket, { connections: 1, stop })
  }

  left(pocket: Pocket): void {
    const listening = this.listening.get(pocket)
    if (listening === undefined || --listening.connections > 0) return
    this.listening.delete(pocket)
    listening.stop()
  }
}
