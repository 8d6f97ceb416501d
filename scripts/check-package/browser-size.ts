/**
 * The weight of the entry for browsers stays within what is recorded here, whole and as `ticker$` alone. Growth is no
 * fault, but nobody should bring it unseen: who means it raises the figure in the same commit
 * (`docs/adr/0013-browser-size.md`; `npm run size` says where the bytes are).
 */
import { pageBytes, tickerAlone, wholeEntry } from './page-bytes'

const budgets = [
  { what: 'whole entry', code: wholeEntry, gzipBytes: 85_900 },
  { what: 'ticker$ alone', code: tickerAlone, gzipBytes: 83_000 },
] as const

export async function browserSize(root: string): Promise<readonly string[]> {
  const problems: string[] = []
  for (const { what, code, gzipBytes } of budgets) {
    const { gzip, minified } = await pageBytes(root, code)
    console.log(`for a page, without rxjs, ${what}: ${gzip} bytes gzip of ${gzipBytes}, ${minified} minified`)
    if (gzip > gzipBytes)
      problems.push(
        `dist/browser.js: ${what} is ${gzip} bytes gzip, ${gzip - gzipBytes} over its budget; npm run size shows ` +
          'where they are, the budget stands in scripts/check-package/browser-size.ts',
      )
  }
  return problems
}
