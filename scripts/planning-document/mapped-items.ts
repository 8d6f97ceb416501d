/**
 * What `docs/planning-document.md` says of each item of the planning document. An item is a list item under a heading
 * with the section's number: its state, the beginning of the item's own words, and below it, each under its label, the
 * files, the specs with their titles and the commands that show it.
 *
 *     - **done** 「전체 애플리케이션에서 단 하나의 …」 One connection.
 *       - code: [manager.ts](../src/manager.ts)
 *       - spec: [c1.spec.ts](../spec/contract/c1.spec.ts) “C1.1 one connection a target”
 *       - run: `npx jest spec/contract/c1.spec.ts`
 */
import { posix } from 'node:path'
import type { Token } from 'markdown-it'
import MarkdownIt from 'markdown-it'
import { plainText, sectionOf } from './planned-items'

export type State = 'done' | 'partly' | 'not yet'

export interface MappedItem {
  readonly section: string
  /** Of the page, counted from 1. */
  readonly line: number
  /** As written; `undefined` for a word that is no state. */
  readonly state: State | undefined
  /** The beginning of the item, without the mark that it goes on. */
  readonly quote: string
  readonly code: readonly string[]
  readonly specs: readonly { readonly file: string; readonly titles: readonly string[] }[]
  readonly commands: readonly string[]
  readonly hasMissing: boolean
  /** What stands below it and is read by nobody: a label that is none, a title in other quotes. */
  readonly unread: readonly string[]
}

const states: Readonly<Record<string, State>> = {
  done: 'done',
  partly: 'partly',
  'not yet': 'not yet',
  완료: 'done',
  일부: 'partly',
  예정: 'not yet',
}

type Label = 'code' | 'spec' | 'run' | 'instead' | 'missing'

const labels: Readonly<Record<string, Label>> = {
  code: 'code',
  spec: 'spec',
  run: 'run',
  instead: 'instead',
  missing: 'missing',
  코드: 'code',
  스펙: 'spec',
  실행: 'run',
  대신: 'instead',
  '남은 것': 'missing',
}

/** `page` is the path of the page, against which its links are read. */
export function mappedItems(page: string, markdown: string): MappedItem[] {
  const items: { -readonly [K in keyof MappedItem]: MappedItem[K] }[] = []
  let section = ''
  let depth = 0
  let opened: 'heading' | 'item' | undefined
  for (const token of new MarkdownIt().parse(markdown, {})) {
    if (token.type === 'heading_open') opened = 'heading'
    else if (token.type === 'bullet_list_open') depth += 1
    else if (token.type === 'bullet_list_close') depth -= 1
    else if (token.type === 'list_item_open') opened = 'item'
    else if (token.type === 'inline') {
      if (opened === 'heading') section = sectionOf(token.content) ?? ''
      const item = items.at(-1)
      if (opened === 'item' && section !== '') {
        if (depth === 1) items.push({ ...headOf(token), section, line: (token.map?.[0] ?? 0) + 1 })
        else if (item !== undefined) Object.assign(item, detail(page, item, token))
      }
      opened = undefined
    }
  }
  return items
}

function headOf(token: Token): Omit<MappedItem, 'section' | 'line'> {
  const children = token.children ?? []
  const strong = children.findIndex(({ type }) => type === 'strong_open')
  const quote = /「([^」]*)」/.exec(plainText(token))?.[1] ?? ''
  return {
    state: strong < 0 ? undefined : states[children[strong + 1]?.content ?? ''],
    quote: quote.replace(/…$/, '').trim(),
    code: [],
    specs: [],
    commands: [],
    hasMissing: false,
    unread: [],
  }
}

function detail(page: string, item: MappedItem, token: Token): Partial<MappedItem> {
  const text = plainText(token)
  const word = /^([^:]+):/.exec(text)?.[1] ?? ''
  const label = Object.hasOwn(labels, word) ? labels[word] : undefined
  const children = token.children ?? []
  const files = children
    .filter(({ type }) => type === 'link_open')
    .map((link) => posix.normalize(posix.join(posix.dirname(page), String(link.attrGet('href')))))
  switch (label) {
    case 'code':
      return { code: [...item.code, ...files] }
    case 'spec':
      return {
        specs: [...item.specs, ...specsOf(children, files)],
        unread: [...item.unread, ...otherQuotes(text)],
      }
    case 'run':
      return {
        commands: [
          ...item.commands,
          ...children.filter(({ type }) => type === 'code_inline').map(({ content }) => content),
        ],
      }
    case 'missing':
      return { hasMissing: true }
    case 'instead':
      return {}
    case undefined:
      return { unread: [...item.unread, `has a line whose label is none: ${text.slice(0, 40)}`] }
  }
}

/** A title is read in “ ” alone; what else looks like one would prove nothing unseen. */
function otherQuotes(text: string): string[] {
  const rest = text.replace(/“[^”]+”/g, '')
  return /["“”„«»]/.test(rest) ? [`has a title in quotes other than “ ”: ${rest.trim().slice(0, 80)}`] : []
}

/** Each link to a spec, with the titles in “ ” that follow it. */
function specsOf(children: readonly Token[], files: readonly string[]): MappedItem['specs'] {
  const specs = files.map((file): { file: string; titles: string[] } => ({ file, titles: [] }))
  let index = -1
  let text = ''
  const take = (): void => {
    for (const [, title = ''] of text.matchAll(/“([^”]+)”/g)) specs[index]?.titles.push(title)
    text = ''
  }
  for (const { type, content } of children) {
    if (type === 'link_open') {
      take()
      index += 1
    } else text += type === 'softbreak' ? ' ' : content
  }
  take()
  return specs
}
