/** The frames that are fuzzed: as the exchange wrote them, with their members found once. */
import { byteText } from './byte-text'
import type { EditedFrame } from './frame-edits'
import { membersOf } from './members'

export interface SourceFrame extends EditedFrame {
  readonly origin: 'exchange' | 'recordings'
}

export function corpus(exchange: readonly string[], recorded: readonly string[]): readonly SourceFrame[] {
  const from =
    (origin: SourceFrame['origin']) =>
    (text: string): SourceFrame => ({ origin, text, members: membersOf(text) })
  return [...exchange.map(byteText).map(from('exchange')), ...recorded.map(from('recordings'))]
}
