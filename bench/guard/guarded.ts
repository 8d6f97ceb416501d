/**
 * What is guarded: ratios of ours to a base that ran in the same rounds, since ratios travel between machines and
 * microseconds do not; and heap, which is the same each time.
 */
import { types } from '../harness/frames'
import type { Measured } from '../harness/rounds'
import { valuesOf } from '../harness/rounds'
import { pairedRatios, spreadOf } from '../harness/statistics'
import { base, idOf, ours } from '../rows/contenders'
import type { Watched } from './compare'

export interface Guarded extends Watched {
  /** The row that measures it. */
  readonly row: string
  /** Who of that row it takes; of a ratio the second is the base. */
  readonly contenders: readonly [string] | readonly [string, string]
  /** Of the values, where it is not CPU time. */
  readonly value?: string
}

export const guarded: readonly Guarded[] = [
  ...['socket', 'paced'].flatMap((row) =>
    types.map((type): Guarded => ({
      name: `${row} ${type}: upbit-rx to ws + JSON.parse`,
      row,
      contenders: [idOf(type, ours, 'DEFAULT'), idOf(type, base, 'DEFAULT')],
      goesTo1: row === 'paced',
    })),
  ),
  fanOut('handlers', 'subscribeTicker'),
  fanOut('streams', 'ticker$().subscribe'),
  fanOut('observers', 'ticker$().subscribe({ next })'),
  heap('handlers', 'subscribeTicker'),
  heap('streams', 'ticker$().subscribe'),
  ...types.map((type): Guarded => ({
    name: `read-path ${type}: fused reader to JSON.parse`,
    row: 'read-path',
    contenders: [`${type} read`, `${type} parse`],
  })),
]

function fanOut(way: string, label: string): Guarded {
  return { name: `fan-out: ${label} to a loop`, row: 'fan-out', contenders: [`${way} 1000`, 'loop 1000'] }
}

function heap(way: string, label: string): Guarded {
  return { name: `heap: kB of 1,000 ${label}`, row: 'heap', contenders: [way], value: 'kB' }
}

/** The median of the rounds; NaN when there was no round. */
export function figureOf({ contenders, value }: Guarded, measured: Measured): number {
  const [own, other] = contenders
  const values = valuesOf(measured, own, value)
  return spreadOf(other === undefined ? values : pairedRatios(values, valuesOf(measured, other, value)))
    .median
}
