/** The query of a REST call: its parameters in the order sent, and the checks that every quotation endpoint makes. */
import { quotationErrors } from './answer'

export class Query {
  /** As it was sent, without the question mark. */
  readonly raw: string
  private readonly parameters: URLSearchParams

  constructor(target: string) {
    const mark = target.indexOf('?')
    this.raw = mark === -1 ? '' : target.slice(mark + 1)
    this.parameters = new URLSearchParams(this.raw)
  }

  /** What a token's hash is over: the text before URL encoding. */
  get unencoded(): string {
    try {
      return decodeURIComponent(this.raw)
    } catch {
      return this.raw
    }
  }

  /** A parameter with a value; one that is empty counts as left out. */
  text(name: string): string | undefined {
    const value = this.parameters.get(name)
    return value === null || value === '' ? undefined : value
  }

  required(name: string): string {
    const value = this.text(name)
    if (value === undefined) throw quotationErrors.missing()
    return value
  }

  /** Every value of `states[]`, or the one of `state`. */
  list(name: string): readonly string[] {
    return this.parameters.getAll(`${name}[]`).filter((value) => value !== '')
  }

  integer(name: string, { from, to, otherwise }: { from: number; to: number; otherwise: number }): number {
    const text = this.text(name)
    if (text === undefined) return otherwise
    if (!/^[+-]?\d+$/.test(text)) throw quotationErrors.type()
    const value = Number(text)
    if (value < from || value > to) throw quotationErrors.parameter()
    return value
  }

  boolean(name: string): boolean {
    const text = this.text(name)?.toLowerCase() ?? 'false'
    if (text !== 'true' && text !== 'false') throw quotationErrors.type()
    return text === 'true'
  }

  /** `KRW-BTC,KRW-ETH`; lower case was accepted (observed 2026-09). */
  codes(name: string): readonly string[] {
    return this.required(name)
      .split(',')
      .map((code) => code.trim().toUpperCase())
  }
}
