/** What is known of the set on the wire, for whoever looks into it. */
export interface WireState {
  /** What this session was sent last. */
  readonly sent: readonly string[]
  /** What was accepted last, in this session or one before. */
  readonly accepted: readonly string[]
  /** The message that is neither accepted nor refused yet: what it added, and when it went. */
  readonly unresolved?: { readonly added: readonly string[]; readonly sent_at_ms: number }
}
