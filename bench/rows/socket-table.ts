/** The table of the socket rows: a line a contender, a group of columns a type. */
import type { Type } from '../harness/frames'
import { types } from '../harness/frames'
import type { Measured } from '../harness/rounds'
import { valuesOf } from '../harness/rounds'
import { pairedRatios, spreadOf } from '../harness/statistics'
import { figure, ratio, table } from '../harness/table'
import { base, idOf } from './contenders'

export interface Line {
  readonly label: string
  id(type: Type): string
  /** Bytes a frame, where lines differ in them. */
  bytes?(type: Type): string
}

/** Ratios are to what `baseOf` names, by default to `ws` with `JSON.parse`. */
export function socketTable(
  measured: Measured,
  head: string,
  lines: readonly Line[],
  baseOf = (type: Type): string => idOf(type, base, 'DEFAULT'),
): string {
  const withBytes = lines.some(({ bytes }) => bytes !== undefined)
  const columns = [...(withBytes ? ['bytes'] : []), 'µs', 'ratio']
  const rows = lines.map(({ label, id, bytes }) => [
    label,
    ...types.flatMap((type) => {
      const values = valuesOf(measured, id(type))
      const size = withBytes ? [bytes?.(type) ?? ''] : []
      if (values.length === 0) return [...size, '–', 'not measured']
      const ratios = pairedRatios(values, valuesOf(measured, baseOf(type)))
      return [...size, figure(spreadOf(values).median), ratio(spreadOf(ratios))]
    }),
  ])
  const groups = types.map((label) => ({ label, columns: columns.length }))
  return table([head, ...types.flatMap(() => columns)], rows, groups)
}
