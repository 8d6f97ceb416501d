/**
 * What may have become of a request that changes something. From the moment at which it goes out until its answer is
 * read, and after an end that says nothing, nobody can tell whether it was carried out.
 */
import type { UpbitError } from '../../base/errors'
import type { AttemptWatch } from '../rest-call'
import { isRefusal } from './refusals'

/** Watches the attempts of one call. An attempt is lost when it is over and may have been carried out. */
export class Sending implements AttemptWatch {
  #isUnderWay = false
  #hasLostAttempt = false

  /** `again` tells of a failed attempt whether there may be another one. */
  constructor(private readonly again: (error: UpbitError) => boolean) {}

  /** Whether an attempt, lost or under way, may have been carried out. */
  get isUnknown(): boolean {
    return this.#isUnderWay || this.#hasLostAttempt
  }

  get hasLostAttempt(): boolean {
    return this.#hasLostAttempt
  }

  sent(): void {
    this.#isUnderWay = true
  }

  failed(error: UpbitError): boolean {
    if (this.#isUnderWay && !isRefusal(error)) this.lost()
    this.#isUnderWay = false
    return this.again(error)
  }

  /** What came says of an attempt that it may have been carried out after all. */
  lost(): void {
    this.#hasLostAttempt = true
  }

  /** What came tells what has become of all attempts. */
  settle(): void {
    this.#isUnderWay = false
    this.#hasLostAttempt = false
  }
}
