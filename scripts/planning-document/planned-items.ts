/**
 * What the planning document asks for, item by item: every list item, each by itself, and every name in the picture of
 * the architecture. An item belongs to the numbered heading above it.
 */
import type { Token } from 'markdown-it'
import MarkdownIt from 'markdown-it'

export interface PlannedItem {
  /** The number of its heading, `4.3` or `2`. */
  readonly section: string
  /** Without marks. */
  readonly text: string
}

export function plannedItems(markdown: string): PlannedItem[] {
  const items: PlannedItem[] = []
  let section = ''
  let opened: 'heading' | 'item' | undefined
  for (const token of new MarkdownIt().parse(markdown, {})) {
    if (token.type === 'heading_open') opened = 'heading'
    else if (token.type === 'list_item_open') opened = 'item'
    else if (token.type === 'fence') {
      items.push(...namesIn(token.content).map((text) => ({ section, text })))
    } else if (token.type === 'inline') {
      if (opened === 'heading') section = sectionOf(token.content) ?? section
      if (opened === 'item') items.push({ section, text: plainText(token) })
      opened = undefined
    }
  }
  return items
}

/** `### 4.3. Stability` is section 4.3. */
export function sectionOf(heading: string): string | undefined {
  return /^(\d+(?:\.\d+)*)\.?\s/.exec(heading)?.[1]
}

/** The text of a line without the marks of emphasis and code, so that two spellings of it are equal. */
export function plainText({ children }: Token): string {
  return (children ?? [])
    .map(({ type, content }) => (type === 'softbreak' ? ' ' : content))
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The words inside the boxes and beside the arrows of a picture made of text. */
function namesIn(picture: string): string[] {
  return picture
    .split('\n')
    .flatMap((line) => line.replace(/[\u2500-\u257f▼]/g, '  ').split(/\s{2,}|•/))
    .map((name) => name.trim())
    .filter((name) => /[a-z]/i.test(name))
}
