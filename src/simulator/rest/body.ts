/** The members of a JSON body, as texts, and the line of them that a token is hashed for. */
import type { Member } from '../trading/new-order'
import { accountErrors } from './answer'

export interface Body {
  /** `market=KRW-BTC&side=bid`: the members in the order sent. */
  readonly hashed: string
  /** A member with its text; one that is empty or null counts as left out. */
  readonly text: Member
}

/** Throws the exchange's error for what is no object in JSON. */
export function parseBody(text: string): Body {
  const members = new Map<string, string>()
  for (const [name, value] of Object.entries(objectOf(text))) {
    if (value !== null) members.set(name, typeof value === 'string' ? value : JSON.stringify(value))
  }
  return {
    hashed: [...members].map(([name, value]) => `${name}=${value}`).join('&'),
    text: (name) => {
      const value = members.get(name)
      return value === '' ? undefined : value
    },
  }
}

function objectOf(text: string): object {
  if (text === '') return {}
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw accountErrors.body()
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw accountErrors.body()
  return parsed
}
