/**
 * What a translation repeats of its page, block by block: headings, paragraphs, lists, tables and code in the same order;
 * in each of them the same inline code and the same numbers. Korean may say a code a second time, and write as a digit
 * what English writes as a word, so it may have more of both.
 */
import type { Token } from 'markdown-it'
import type { PlacedToken } from './markdown-tokens'
import { markdownTokens } from './markdown-tokens'

export interface Page {
  readonly file: string
  readonly text: string
}

/** The first place where the two are not made of the same blocks; from there on nothing can be compared. */
export function shapeProblems(page: Page, translation: Page): string[] {
  const blocks = blocksOf(page.text)
  const translated = blocksOf(translation.text)
  const at = blocks.findIndex((block, index) => nameOf(block) !== nameOf(translated[index]))
  if (at < 0 && blocks.length === translated.length) return []
  const index = at < 0 ? blocks.length : at
  const place = ({ file }: Page, block: PlacedToken | undefined): string =>
    block === undefined ? file : `${file}:${block.line}`
  return [
    `${place(translation, translated[index])} has ${nameOf(translated[index])} where ` +
      `${place(page, blocks[index])} has ${nameOf(blocks[index])}`,
  ]
}

/** Of pages of one shape. */
export function contentProblems(page: Page, translation: Page): string[] {
  const translated = blocksOf(translation.text)
  // What the page itself says, though without the marks of code.
  const known = withoutNames(page.text)
  return blocksOf(page.text).flatMap(({ token, line }, index) => {
    const other = translated[index]
    if (other === undefined || token.type !== 'inline') return []
    const where = `${translation.file}:${other.line}`
    const from = `${page.file}:${line}`
    const numbers = without(numbersOf(token), numbersOf(other.token))
    const more = without(codesOf(other.token), codesOf(token))
    const less = without(codesOf(token), codesOf(other.token))
    const inKorean = more.filter((code) => /\p{Script=Hangul}/u.test(code))
    const unknown = more.filter((code) => !inKorean.includes(code) && !known.includes(code))
    return [
      ...(numbers.length > 0 ? [`${where} lacks a number of ${from}: ${numbers.join(', ')}`] : []),
      ...(less.length > inKorean.length ? [`${where} lacks a code of ${from}: ${less.join(', ')}`] : []),
      ...(unknown.length > 0 ? [`${where} has a code that ${page.file} has not: ${unknown.join(', ')}`] : []),
    ]
  })
}

function blocksOf(text: string): PlacedToken[] {
  return markdownTokens(text).filter(({ token: { type } }) => /_open$|^(?:fence|hr|inline)$/.test(type))
}

function nameOf(block: PlacedToken | undefined): string {
  if (block === undefined) return 'its end'
  const { type, tag } = block.token
  const names: Readonly<Record<string, string>> = { p: 'a paragraph', li: 'an item', tr: 'a row' }
  return names[tag] ?? (type === 'fence' ? 'a block' : type === 'inline' ? 'a text' : tag)
}

function codesOf({ children }: Token): string[] {
  return (children ?? [])
    .filter(({ type }) => type === 'code_inline')
    .map(({ content }) => withoutNames(content))
}

/** Placeholders are translated: `<module>` is as good as `<모듈>`. */
function withoutNames(text: string): string {
  return text.replace(/<[^>]*>/g, '<>')
}

const myriads: Readonly<Record<string, number>> = { 만: 10_000, 억: 100_000_000 }

/** Without ordinals, which Korean may have as words: `2nd`. `1만` is 10,000, `04` is 4. */
function numbersOf({ children }: Token): string[] {
  return (children ?? [])
    .filter(({ type }) => type === 'text')
    .flatMap(({ content }) => [...content.matchAll(/(\d(?:[\d,.]*\d)?)(만|억|(?:st|nd|rd|th)\b)?/g)])
    .filter(([, , unit]) => unit === undefined || unit in myriads)
    .map(([, digits = '', unit = '']) => {
      const plain = digits.replaceAll(',', '').replace(/^0+(?=\d)/, '')
      const times = myriads[unit]
      return times === undefined ? plain : String(Number(plain) * times)
    })
}

/** Those of the first that the second has not, each as often as it is too few. */
function without(all: readonly string[], others: readonly string[]): string[] {
  const rest = [...others]
  return all.filter((one) => {
    const at = rest.indexOf(one)
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
}
