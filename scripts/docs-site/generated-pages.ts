/** Pages that nobody writes: the examples, each with its code, and the list of the decisions. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SitePage } from './site-pages'

export interface GeneratedPage {
  /** Its place on the site. */
  readonly path: string
  readonly text: string
}

export function generatedPages(root: string, pages: readonly SitePage[]): GeneratedPage[] {
  return [examplesPage(root), decisionsPage(pages)]
}

function examplesPage(root: string): GeneratedPage {
  const names = readdirSync(join(root, 'examples'))
    .filter((name) => name.endsWith('.ts'))
    .sort()
  const sections = names.map((name) => {
    const code = readFileSync(join(root, 'examples', name), 'utf8').trimEnd()
    return `## ${name}\n\n\`npm run example -- ${name.slice(0, 2)}\`\n\n\`\`\`\`ts\n${code}\n\`\`\`\`\n`
  })
  const opening =
    '# Examples\n\nEach runs by its number, on an exchange of its own that the command starts; `--live` asks the real one.\n'
  return { path: 'examples/index.md', text: [opening, ...sections].join('\n') }
}

function decisionsPage(pages: readonly SitePage[]): GeneratedPage {
  const decisions = pages.filter(({ path }) => /^adr\/\d/.test(path))
  const links = decisions.map(({ title, path }) => `- [${title}](/${path})`)
  return {
    path: 'adr/index.md',
    text: ['# Decisions', 'What was decided, why, and what was rejected.', links.join('\n'), ''].join('\n\n'),
  }
}
