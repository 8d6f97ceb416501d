/** What the exchange told of an account, whoever heard it: the figures that every event of it is held against. */
import type { MyAssetFrame, MyOrderFrame } from '../../../src/testing'

/** What was told of one order, in the turn in which it happened. */
export interface ToldOrder {
  /** When it was made, ms of the world's time. */
  readonly madeAtMs: number
  readonly frames: MyOrderFrame[]
  /** A fault has sent frames of it again: in which turn they came is nobody's word. */
  isShuffled: boolean
}

export class Chronicle {
  readonly assetIds = new Set<string>()
  /** Orders of which a consumer had something else than the opening by the socket: it came for all of them alike. */
  readonly laterBySocket = new Set<string>()
  readonly #orders = new Map<string, ToldOrder>()

  add(frame: MyOrderFrame | MyAssetFrame, nowMs: number): void {
    if (frame.type === 'myAsset') return void this.assetIds.add(frame.asset_uuid)
    const told = this.#orders.get(frame.uuid)
    if (told === undefined) {
      this.#orders.set(frame.uuid, { madeAtMs: nowMs, frames: [frame], isShuffled: false })
    } else told.frames.push(frame)
  }

  order(uuid: string): ToldOrder | undefined {
    return this.#orders.get(uuid)
  }

  /** These come once more, or late, or in another turn. */
  shuffled(frames: readonly (MyOrderFrame | MyAssetFrame)[]): void {
    for (const frame of frames) {
      const told = frame.type === 'myOrder' ? this.#orders.get(frame.uuid) : undefined
      if (told !== undefined) told.isShuffled = true
    }
  }
}
