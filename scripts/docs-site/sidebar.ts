/**
 * The sidebar, made from the pages that are there. Folders are groups, in the order of a first reading; inside a group
 * the order is that in which `docs/README.md` links to its pages, then the names.
 */
import type { DefaultTheme } from 'vitepress'
import { urlOf } from './site-link'

export interface ListedPage {
  readonly path: string
  readonly title: string
}

type Language = 'en' | 'ko'

/** The folder of a group, '' for the pages at the top, and its heading. Unknown folders follow under their own name. */
const headings: readonly (readonly [folder: string, names: Readonly<Record<Language, string>>])[] = [
  ['start', { en: 'Start here', ko: '시작하기' }],
  ['guides', { en: 'Guides', ko: '안내서' }],
  ['', { en: 'Concepts', ko: '개념' }],
  ['operators', { en: 'Operators', ko: '연산자' }],
  ['api', { en: 'API', ko: 'API' }],
  ['adr', { en: 'Decisions', ko: '설계 결정' }],
  ['project', { en: 'Project', ko: '프로젝트' }],
]

/** Pages whose group is not their folder. */
const placed: Readonly<Record<string, string>> = {
  'index.md': 'start',
  'docs/index.md': 'start',
  'examples/index.md': 'start',
  'contributing.md': 'project',
  'changelog.md': 'project',
}

/** Of a symbol's folder; what is called comes before what it is made of. */
const kinds = ['functions', 'variables', 'classes', 'interfaces', 'type-aliases']

/** `order` lists places as the reading order links to them, without the folder of a language. */
export function sidebarOf(
  pages: readonly ListedPage[],
  order: readonly string[],
  language: Language,
): DefaultTheme.SidebarItem[] {
  const groups = new Map<string, ListedPage[]>()
  for (const page of inLanguage(pages, language)) {
    const place = placeOf(page)
    const folder = placed[place] ?? (place.includes('/') ? place.replace(/\/.*/, '') : '')
    groups.set(folder, [...(groups.get(folder) ?? []), page])
  }
  const known = headings.map(([folder]) => folder)
  const folders = [...known, ...[...groups.keys()].filter((folder) => !known.includes(folder)).sort()]
  return folders.flatMap((folder) => {
    const listed = groups.get(folder)
    if (listed === undefined) return []
    const text = headings.find(([name]) => name === folder)?.[1][language] ?? folder
    const items = folder === 'api' ? apiItems(listed) : inOrder(listed, order, folder).map(itemOf)
    return [{ text, items, collapsed: ['adr', 'api', 'operators'].includes(folder) }]
  })
}

/** The Korean pages, and of those that are not translated the English ones. */
function inLanguage(pages: readonly ListedPage[], language: Language): readonly ListedPage[] {
  if (language === 'en') return pages.filter(({ path }) => !path.startsWith('ko/'))
  const paths = new Set(pages.map(({ path }) => path))
  return pages.filter(({ path }) => path.startsWith('ko/') || !paths.has(`ko/${path}`))
}

function placeOf({ path }: ListedPage): string {
  return path.replace(/^ko\//, '')
}

function itemOf({ path, title }: ListedPage): DefaultTheme.SidebarItem {
  return { text: title, link: `/${urlOf(path)}` }
}

function inOrder(pages: readonly ListedPage[], order: readonly string[], folder: string): ListedPage[] {
  const rank = (page: ListedPage): number => {
    const place = placeOf(page)
    const index = folder === 'start' ? Object.keys(placed).indexOf(place) : order.indexOf(place)
    if (index >= 0) return index
    // A folder's index opens its group.
    return place === `${folder}/index.md` ? -1 : order.length
  }
  return [...pages].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1))
}

/** Entry points, in each its kinds, in each its names: `api/upbit-rx/operators/functions/switchEpoch.md`. */
function apiItems(pages: readonly ListedPage[]): DefaultTheme.SidebarItem[] {
  const modules = pages.filter(({ path }) => /^api\/.*\/index\.md$/.test(path))
  return modules
    .sort((a, b) => a.path.length - b.path.length || (a.path < b.path ? -1 : 1))
    .map((module) => ({
      ...itemOf(module),
      collapsed: true,
      items: kinds.flatMap((kind) => {
        const folder = module.path.replace(/index\.md$/, `${kind}/`)
        const items = pages
          .filter(({ path }) => path.startsWith(folder))
          .sort((a, b) => a.title.localeCompare(b.title, 'en'))
          .map(itemOf)
        return items.length === 0 ? [] : [{ text: kind.replace('-', ' '), items, collapsed: true }]
      }),
    }))
}
