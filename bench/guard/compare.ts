/**
 * Whether figures are worse than those on record. Pure: it neither measures nor reads. All figures are costs, so more
 * is worse. A machine that does other things too makes single figures worse than they are; so what looks worse is
 * measured again, and only what is worse twice counts.
 */

/** Figures by name: a ratio to a base of the same run, or kB. */
export type Figures = Readonly<Record<string, number>>

/** Above the record by more than this share is worse, below it better. */
export const allowedShare = 0.25

export type Judgement = 'as recorded' | 'better' | 'worse' | 'not recorded' | 'not measured'

export interface Compared {
  readonly name: string
  readonly now: number | undefined
  readonly recorded: number | undefined
  /** 0.1: a tenth more than recorded. */
  readonly change: number | undefined
  readonly judgement: Judgement
  /** It looked worse once, and this is the second look. */
  readonly again: boolean
}

/** A figure that should be there. */
export interface Watched {
  readonly name: string
  /**
   * Most of it is the system's work, a wake-up for each message, which is as much on both sides: where that costs more, as
   * on another kernel, the ratio goes to 1. So it is held against 1 where the record is below.
   */
  readonly goesTo1?: boolean
}

/** Every one that should be there, in that order. */
export function compare(
  watched: readonly Watched[],
  recorded: Figures,
  now: Figures,
  again = false,
): readonly Compared[] {
  return watched.map((item) => compareOne(item, recorded[item.name], now[item.name], again))
}

/** The names that look worse: to be measured again. */
export function suspects(compared: readonly Compared[]): readonly string[] {
  return compared.filter(({ judgement }) => judgement === 'worse').map(({ name }) => name)
}

/** The first look, with the second in the place of what looked worse. */
export function afterSecondLook(
  first: readonly Compared[],
  second: readonly Compared[],
): readonly Compared[] {
  return first.map((compared) =>
    compared.judgement === 'worse'
      ? (second.find(({ name }) => name === compared.name) ?? compared)
      : compared,
  )
}

/** What must not be: worse twice, or a figure that guards nothing since it is not there. */
export function faults(compared: readonly Compared[]): readonly Compared[] {
  return compared.filter(({ judgement }) => judgement !== 'as recorded' && judgement !== 'better')
}

function compareOne(
  { name, goesTo1 = false }: Watched,
  recorded: number | undefined,
  now: number | undefined,
  again: boolean,
): Compared {
  const found = { name, now: usable(now), recorded: usable(recorded), again }
  if (found.now === undefined) return { ...found, change: undefined, judgement: 'not measured' }
  if (found.recorded === undefined) return { ...found, change: undefined, judgement: 'not recorded' }
  const change = found.now / found.recorded - 1
  const isForgiven = goesTo1 && found.now <= 1 + allowedShare
  return { ...found, change, judgement: isForgiven && change > 0 ? 'as recorded' : judge(change) }
}

/** A median of nothing is no figure. */
function usable(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) && value > 0 ? value : undefined
}

function judge(change: number): Judgement {
  if (change > allowedShare) return 'worse'
  return change < -allowedShare ? 'better' : 'as recorded'
}
