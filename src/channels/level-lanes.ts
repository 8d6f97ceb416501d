/**
 * Which lane carries which price grouping of a book. Upbit tells two groupings of one code on one connection apart by
 * nothing but the frame, and what it does with both is not documented, so a second one gets a lane of its own (C9.4).
 */
import type { StreamKey } from '../registry/stream-key'

interface Place {
  readonly level: number
  readonly lane: number
  consumers: number
}

export class LevelLanes {
  private readonly placesByCode = new Map<string, Place[]>()

  /** The lane of this entry for one more consumer: 0, the main one, unless another level of its code has that. */
  take({ type, code, level }: StreamKey): number {
    if (type !== 'orderbook') return 0
    const places = this.placesByCode.get(code) ?? []
    this.placesByCode.set(code, places)
    let place = places.find((other) => other.level === level)
    if (place === undefined) {
      let lane = 0
      while (places.some((other) => other.lane === lane)) lane++
      place = { level, lane, consumers: 0 }
      places.push(place)
    }
    place.consumers++
    return place.lane
  }

  /** One consumer less; the last one frees the place. */
  release({ type, code, level }: StreamKey): void {
    const places = type === 'orderbook' ? this.placesByCode.get(code) : undefined
    const place = places?.find((other) => other.level === level)
    if (places === undefined || place === undefined || --place.consumers > 0) return
    places.splice(places.indexOf(place), 1)
    if (places.length === 0) this.placesByCode.delete(code)
  }
}
