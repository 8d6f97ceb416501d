/**
 * What the exchange had lost of a living subscription was told as a gap of one epoch where it was asked for (C9.7), and no
 * such gap was told of anything else.
 */
import type { Forgotten, Loss } from './forgotten'
import type { Evidence } from './judge-trades'
import type { KnownGap } from './known-gaps'
import { isOfConnection, isOfOneEpoch, isPublic } from './known-gaps'

export function judgeForgotten(
  { all: losses }: Pick<Forgotten, 'all'>,
  { gaps, violations, slackMs }: Evidence,
): void {
  const isIn = ({ type, code, level, atMs }: Loss, gap: KnownGap): boolean =>
    gap.event === type &&
    gap.code === code &&
    gap.level === level &&
    gap.fromMs <= atMs + slackMs &&
    gap.toMs >= atMs - slackMs
  const told = gaps.all.filter((gap) => isOfConnection(gap) && gap.consumer === undefined)
  for (const loss of losses) {
    if (loss.outcome !== 'told' || told.some((gap) => isIn(loss, gap))) continue
    const { type, code, atMs } = loss
    violations.add(
      'C9.7',
      `${type} ${code} was lost at ${Math.round(atMs)}, the client has heard of it, and no gap was told`,
    )
  }
  for (const gap of gaps.all) {
    if (!isPublic(gap) || !isOfOneEpoch(gap) || losses.some((loss) => isIn(loss, gap))) continue
    violations.add(
      'C9.7',
      `${gap.event} ${gap.code} had a gap within epoch ${gap.epochs[0]}, and nothing was lost`,
    )
  }
}
