/**
 * What the search knows of a page. A page of the API is one result, not one for each of its headings, and its lists of
 * names are none: else a word finds twenty headings called Properties before the guide that explains it.
 */
import type { MarkdownEnv } from 'vitepress'

interface Markdown {
  render(source: string, environment: MarkdownEnv): string
}

export function searchedHtml(source: string, environment: MarkdownEnv, markdown: Markdown): string {
  const { relativePath } = environment
  if (!relativePath.startsWith('api/')) return markdown.render(source, environment)
  if (relativePath.endsWith('index.md')) return ''
  return markdown.render(source.replace(/^#{2,6} (.*)$/gm, '**$1**'), environment)
}
