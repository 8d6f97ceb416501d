/**
 * The slow parse: JSON text to values whose numbers keep their digits (`NumberText`).
 *
 * `JSON.parse` judges the grammar, so that the slow way takes exactly the texts that the fast way takes; the second
 * pass only builds. It has no recursion, so nesting is bounded by the frame's size and not by the stack. Of a key that
 * comes twice the last value holds, as in `JSON.parse`. ADR 0005 says why this is no library.
 */
import { NumberText } from './number-text'

export type LosslessResult =
  | { readonly value: unknown; readonly hasProtoKey: boolean }
  /** Why it is no JSON, in the engine's words, shortened. */
  | { readonly reason: string }

const maxReason = 120

export function parseLossless(text: string): LosslessResult {
  try {
    JSON.parse(text)
  } catch (error) {
    return { reason: error instanceof Error ? error.message.slice(0, maxReason) : 'unreadable' }
  }
  return build(text)
}

/** Brackets, strings, and everything else between commas, colons and blanks. */
const tokenPattern = /[{}[\]]|"[^"\\]*(?:\\.[^"\\]*)*"|[^\s,:{}[\]"]+/g

type Container = unknown[] | Record<string, unknown>

/** Only for valid JSON: nothing is checked here. */
function build(text: string): LosslessResult {
  // The document is the one element of a list, so that its value needs no case of its own.
  const document: unknown[] = []
  const open: Container[] = []
  let into: Container = document
  let key: string | undefined
  let hasProtoKey = false

  const put = (value: unknown): void => {
    if (Array.isArray(into)) into.push(value)
    else if (key === '__proto__') {
      hasProtoKey = true
      // An assignment would change the prototype; JSON.parse makes an own property too.
      Object.defineProperty(into, key, { value, writable: true, enumerable: true, configurable: true })
    } else into[key as string] = value
    key = undefined
  }
  const enter = (container: Container): void => {
    put(container)
    open.push(into)
    into = container
  }

  const tokens = new RegExp(tokenPattern)
  for (let found = tokens.exec(text); found !== null; found = tokens.exec(text)) {
    const token = found[0]
    switch (token[0]) {
      case '{':
        enter({})
        break
      case '[':
        enter([])
        break
      case '}':
      case ']':
        into = open.pop() ?? document
        break
      case '"':
        if (key === undefined && !Array.isArray(into)) key = readString(token)
        else put(readString(token))
        break
      case 't':
        put(true)
        break
      case 'f':
        put(false)
        break
      case 'n':
        put(null)
        break
      default:
        put(new NumberText(token))
    }
  }
  return { value: document[0], hasProtoKey }
}

function readString(token: string): string {
  return token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1)
}
