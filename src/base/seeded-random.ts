/**
 * Repeatable chance: the same seed gives the same numbers on every machine. Good enough for jitter and for a market
 * that looks alive, and nothing here is a secret; never use it for keys or nonces.
 */

/** A generator of numbers in [0, 1), a function of `seed` alone. A text as seed gives each of its uses its own. */
export function seededRandom(seed: number | string): () => number {
  let state = hashText(String(seed))
  return () => {
    // An additive step of an odd constant visits all 2^32 states; the two multiplications mix its bits.
    state = (state + 0x9e3779b9) | 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    mixed ^= mixed >>> 15
    return (mixed >>> 0) / 0x1_0000_0000
  }
}

/** A 32-bit number that a text always gives, spread evenly (FNV-1a). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
