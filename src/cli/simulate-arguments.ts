/** What `upbit-rx simulate` is asked for, checked. */
import { simulateOptions } from './option-table'
import type { NumberRange } from './read-number'
import { readNumber } from './read-number'
import { readOptions } from './read-options'
import { shownUrl } from '../base/shown-url'
import { UsageError } from './usage-error'

export interface SimulateArguments {
  readonly kind: 'simulate'
  /** 0: any free port. */
  readonly port: number
  readonly seed?: number
  readonly markets?: number
  readonly rate?: number
  readonly replay?: string
}

const ranges = {
  port: {
    least: 0,
    most: 65_535,
    whole: true,
    allowed: 'a port from 0 (any free one) to 65535',
    example: 9000,
  },
  seed: {
    least: 0,
    most: Number.MAX_SAFE_INTEGER,
    whole: true,
    allowed: 'a whole number from 0',
    example: 7,
  },
  markets: { least: 1, most: 855, whole: true, allowed: 'a number of markets from 1 to 855', example: 100 },
  rate: { least: 0.001, most: 1000, allowed: 'a factor from 0.001 to 1000', example: 10 },
} as const satisfies Record<string, NumberRange>

export function readSimulateArguments(args: readonly string[]): SimulateArguments {
  const { values, rest } = readOptions('simulate', simulateOptions, args)
  const [extra] = rest
  if (extra !== undefined) {
    const shown = shownUrl(extra)
    throw new UsageError(
      `\`upbit-rx simulate\` takes no '${shown}', since it serves every market; did you mean \`upbit-rx watch ${shown} --simulate\`?`,
    )
  }
  const { replay } = values
  for (const option of ['seed', 'markets', 'rate'] as const) {
    if (replay !== undefined && values[option] !== undefined) {
      throw new UsageError(
        `--${option} shapes the invented market, and --replay serves a recording; keep one of them.`,
      )
    }
  }
  const number = (option: keyof typeof ranges): number | undefined => {
    const text = values[option]
    return text === undefined ? undefined : readNumber(option, text, ranges[option])
  }
  const [seed, markets, rate] = [number('seed'), number('markets'), number('rate')]
  return {
    kind: 'simulate',
    port: number('port') ?? 0,
    ...(seed === undefined ? {} : { seed }),
    ...(markets === undefined ? {} : { markets }),
    ...(rate === undefined ? {} : { rate }),
    ...(replay === undefined ? {} : { replay }),
  }
}
