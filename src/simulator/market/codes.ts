/**
 * The listed markets: as many, and divided over the quote currencies, as the exchange had in September 2026 (289 in
 * KRW, 328 in BTC, 238 in USDT). The well-known coins come first; the rest have made-up names.
 */
import { seededRandom } from '../../base/seeded-random'

export type Quote = 'KRW' | 'BTC' | 'USDT'

/** A listed market. */
export interface Listing {
  readonly code: string
  readonly quote: Quote
  readonly base: string
  /** 0 for the busiest of its quote currency. */
  readonly rank: number
}

const counts: readonly (readonly [Quote, number])[] = [
  ['KRW', 289],
  ['BTC', 328],
  ['USDT', 238],
]

const known = (
  'BTC ETH XRP SOL DOGE ADA USDT TRX AVAX LINK SHIB DOT BCH NEAR SUI APT PEPE ETC ARB OP ATOM HBAR XLM SAND MANA ' +
  'STX AAVE UNI ALGO FLOW CHZ BAT ANKR IQ AXS GRT IMX SEI ONDO WLD BONK ENS MASK JUP PYTH BLUR MINA EGLD XTZ THETA ' +
  'NEO QTUM ICX ZIL ONT VET IOST WAXP KAVA HIVE STEEM STORJ GAS CVC ARDR LSK POWR SC BORA HUNT MED AERGO MOC CRE ' +
  'DAWN STRAX ELF KNC TFUEL CKB GLM CELO 1INCH WAVES JST CRO XEC'
).split(' ')

const consonants = 'BDFGKLMNPRSTVZ'
const vowels = 'AEIOU'

/** `base` of every coin, the made-up ones after the known ones; the same in every process. */
function coins(count: number): readonly string[] {
  const random = seededRandom('coins')
  const letter = (letters: string): string => letters.charAt(Math.floor(random() * letters.length))
  const names = new Set(known)
  while (names.size < count) {
    const name = letter(consonants) + letter(vowels) + letter(consonants)
    names.add(random() < 0.5 ? name : name + letter(vowels))
  }
  return [...names].slice(0, count)
}

/** The first `count` listings, the quote currencies taking turns. */
export function listings(count: number): readonly Listing[] {
  const bases = coins(330)
  const all = counts.flatMap(([quote, markets]) =>
    bases
      // Bitcoin is priced in USDT, not the other way round.
      .filter((base) => base !== quote && !(quote === 'BTC' && base === 'USDT'))
      .slice(0, markets)
      .map((base, rank): Listing => ({ code: `${quote}-${base}`, quote, base, rank })),
  )
  // A stable sort: by rank, and within a rank KRW first.
  return all.sort((a, b) => a.rank - b.rank).slice(0, count)
}
