/** What one step of `upbit-rx doctor` has found. */

/** A step, by what it looks at. */
export const stepNames = [
  'node',
  'proxy',
  'dns',
  'tcp',
  'tls',
  'handshake',
  'ping',
  'frame',
  'rest',
  'limits',
  'clock',
] as const

export type StepName = (typeof stepNames)[number]

export interface Finding {
  readonly step: StepName
  /** `skipped`: there was nothing to look at. */
  readonly outcome: 'ok' | 'fault' | 'skipped'
  /** What was found, in a sentence. */
  readonly found: string
  /** What to do about a fault, in a sentence. */
  readonly advice?: string
  /** How long it took; absent where it took no time. */
  readonly ms?: number
}

/** A step found something wrong: one sentence that says what, one that says what to do. */
export class Fault extends Error {
  override readonly name = 'Fault'

  constructor(
    found: string,
    readonly advice: string,
  ) {
    super(found)
  }
}
