/** Whose a frame is, by what stands in it: the type and the code that a client must be subscribed to. */

export interface FrameKey {
  readonly type: string
  readonly code: string
  readonly level?: number
}

/** The key of a frame in full or short keys, in a list or not; `undefined` where it is no event's. */
export function frameKeyOf(value: unknown): FrameKey | undefined {
  // A list frame goes to the subscribers of its first element.
  const frame = (Array.isArray(value) ? value[0] : value) as
    Readonly<Record<string, unknown>> | null | undefined
  const type = frame?.type ?? frame?.ty
  const code = frame?.code ?? frame?.cd
  const level = frame?.level ?? frame?.lv
  if (typeof type !== 'string' || typeof code !== 'string') return undefined
  return { type, code, ...(typeof level === 'number' ? { level } : {}) }
}
