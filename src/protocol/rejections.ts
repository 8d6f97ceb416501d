/**
 * The rejections of one list frame, told in a bounded number: a megabyte can hold half a million bad elements, and a
 * report of each would cost more than everything else together. The first ones are told one by one; the rest as one
 * rejection a stream, with their count, so that none is silently left out.
 */
import type { DecodeError } from './decode-error'

/** Enough to see a pattern. */
const mostToldApart = 8
/** More streams than the exchange has markets of a type; codes beyond come from a hostile frame. */
const mostStreams = 1000

interface Rest {
  readonly first: DecodeError
  count: number
}

export class Rejections {
  private told = 0
  private readonly rest = new Map<string, Rest>()

  constructor(private readonly tell: (error: DecodeError) => void) {}

  add(error: DecodeError): void {
    if (this.told < mostToldApart) {
      this.told++
      this.tell(error)
      return
    }
    const { type = '', code = '', ...withoutStream } = error
    const stream = `${type} ${code}`
    const isFull = !this.rest.has(stream) && this.rest.size >= mostStreams
    const key = isFull ? 'further' : stream
    const known = this.rest.get(key)
    if (known !== undefined) known.count++
    else this.rest.set(key, { first: isFull ? withoutStream : error, count: 1 })
  }

  /** The frame has no more elements. */
  end(): void {
    for (const { first, count } of this.rest.values()) this.tell(count === 1 ? first : { ...first, count })
  }
}
