/**
 * The parameters of a call as the exchange reads them, and as it hashes them: the same pairs in the same order, once
 * encoded and once not. Lists of arrays are `name[]=a&name[]=b`, lists of codes one value with commas, and both stay
 * readable in the url (docs.upbit.com `auth`, read 2026-11).
 */

/** What a parameter may be given as; `undefined` is left out. */
export type Parameter = string | number | boolean | readonly string[] | undefined

export interface Query {
  /** What the hash is made of; empty where there are no parameters. */
  readonly plain: string
  /** What goes into the url. */
  readonly encoded: string
}

/** In the order of the members of `parameters`. */
export function queryOf(parameters: Readonly<Record<string, Parameter>>): Query {
  const pairs = Object.entries(parameters).flatMap(([name, value]): [string, string][] => {
    if (value === undefined) return []
    return typeof value === 'object' ? value.map((item) => [`${name}[]`, item]) : [[name, String(value)]]
  })
  return {
    plain: pairs.map(([name, value]) => `${name}=${value}`).join('&'),
    encoded: pairs.map(([name, value]) => `${name}=${encodedValue(value)}`).join('&'),
  }
}

function encodedValue(value: string): string {
  return encodeURIComponent(value).replaceAll('%2C', ',')
}
