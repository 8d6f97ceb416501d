/**
 * Where the members of the objects in a frame's text stand, so that edits can be made by cutting. It reads the compact
 * JSON that exchanges write and the blanks of others; what it cannot read has no members.
 */

export interface Member {
  /** Of the key's opening quote. */
  readonly keyStart: number
  /** Behind the key's closing quote. */
  readonly keyEnd: number
  readonly valueStart: number
  readonly valueEnd: number
  /** Which object of the frame it belongs to, in order of their openings. */
  readonly object: number
}

interface OpenObject {
  readonly object: number
  readonly closing: '}' | ']'
  key: { readonly start: number; readonly end: number } | undefined
  valueStart: number
}

const tokenPattern = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g

/** In order of their ends, so that a member stands behind those that are inside it. */
export function membersOf(text: string): readonly Member[] {
  const members: Member[] = []
  const open: OpenObject[] = []
  let objects = 0
  for (const { 0: token, index } of text.matchAll(tokenPattern)) {
    const inner = open.at(-1)
    const end = index + token.length
    if (token === '{' || token === '[') {
      begin(inner, index)
      open.push({
        object: token === '{' ? objects++ : -1,
        closing: token === '{' ? '}' : ']',
        key: undefined,
        valueStart: -1,
      })
    } else if (token === '}' || token === ']') {
      open.pop()
      finish(open.at(-1), end)
    } else if (token === ':' || token === ',') {
      continue
    } else if (inner?.closing === '}' && inner.key === undefined) {
      inner.key = { start: index, end }
    } else {
      begin(inner, index)
      finish(inner, end)
    }
  }
  return members

  function begin(inner: OpenObject | undefined, at: number): void {
    if (inner?.key !== undefined && inner.valueStart === -1) inner.valueStart = at
  }

  function finish(inner: OpenObject | undefined, at: number): void {
    if (inner?.key === undefined || inner.valueStart === -1) return
    const { key, valueStart, object } = inner
    members.push({ keyStart: key.start, keyEnd: key.end, valueStart, valueEnd: at, object })
    inner.key = undefined
    inner.valueStart = -1
  }
}
