/** Everything that is said, as text, by each way in which somebody might print it; and a search for secrets in it. */
import { inspect } from 'node:util'

/** The tokens that a client was seen to send, by whatever way. */
export class SentTokens {
  readonly tokens: string[] = []

  get last(): string {
    return this.tokens.at(-1) ?? ''
  }

  note(headers: Readonly<Record<string, string>> = {}): void {
    const { authorization } = headers
    if (authorization !== undefined) this.tokens.push(authorization.replace('Bearer ', ''))
  }

  /** Each token, and the two parts of it that are of use: who the key is, and the signature. */
  get secrets(): readonly string[] {
    return this.tokens.flatMap((token) => [token, ...token.split('.').slice(1)])
  }
}

export class Overheard {
  readonly texts = new Set<string>()

  readonly hear = (...values: readonly unknown[]): void => {
    for (const value of values) {
      this.texts.add(inspect(value, { depth: 6, showHidden: true, getters: true, maxStringLength: 5_000 }))
      this.texts.add(inspect(value))
      this.texts.add(String(value))
      // Of a function there is none.
      const json = JSON.stringify(value, withoutCycles()) as string | undefined
      if (json !== undefined) this.texts.add(json)
    }
  }

  /** Where secrets stand first, with what is before them; empty where none was told. */
  telling(secrets: readonly string[]): readonly string[] {
    const told = [...new Set(secrets)].filter((secret) => secret !== '')
    const places = [...this.texts].flatMap((text) =>
      told.flatMap((secret) => {
        const at = text.indexOf(secret)
        return at < 0 ? [] : [text.slice(Math.max(0, at - 300), at + secret.length)]
      }),
    )
    // A thousand of them take jest minutes to print.
    return places.slice(0, 10)
  }
}

function withoutCycles(): (key: string, value: unknown) => unknown {
  const seen = new Set<unknown>()
  return (_, value) => {
    if (typeof value === 'bigint') return String(value)
    if (typeof value !== 'object' || value === null) return value
    if (seen.has(value)) return undefined
    seen.add(value)
    return value
  }
}
