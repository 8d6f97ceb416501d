/** Takes secrets out of a text that others wrote: what a server says may echo what it was sent (C8.3). */

/** Shorter ones are no secrets, and half of all words hold them. */
const shortest = 4
/** A part of a secret that is at least so long is hidden too: a text may be cut, by its writer or by a reader. */
const partLength = 8
const hidden = '[hidden]'
/** A token: whoever repeats one may repeat one of long ago, or one that was never seen here. */
const jwt = /eyJ[\w.-]+/g

export function hideSecrets(text: string, secrets: readonly string[]): string {
  const isSecret = new Uint8Array(text.length)
  let found = false
  for (const { 0: token, index } of text.matchAll(jwt)) {
    isSecret.fill(1, index, index + token.length)
    found = true
  }
  for (const secret of secrets) {
    if (secret.length < shortest) continue
    const length = Math.min(partLength, secret.length)
    const parts = new Set<string>()
    for (let at = 0; at + length <= secret.length; at++) parts.add(secret.slice(at, at + length))
    for (let at = 0; at + length <= text.length; at++) {
      if (!parts.has(text.slice(at, at + length))) continue
      isSecret.fill(1, at, at + length)
      found = true
    }
  }
  if (!found) return text
  let shown = ''
  for (let at = 0; at < text.length; at++) {
    if (isSecret[at] === 0) shown += text.charAt(at)
    else if (at === 0 || isSecret[at - 1] === 0) shown += hidden
  }
  return shown
}
