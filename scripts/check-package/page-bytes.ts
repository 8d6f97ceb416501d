/** What the entry for browsers costs a page: minified by esbuild, without rxjs, which is the application's own. */
import { gzipSync } from 'node:zlib'
import type { BuildOptions } from 'esbuild'
import { bundle } from './bundle'

export interface PageBytes {
  readonly minified: number
  readonly gzip: number
}

export const wholeEntry = "export * from 'upbit-rx'"
export const tickerAlone = "export { ticker$ } from 'upbit-rx'"

export function pageOptions(options: BuildOptions = {}): BuildOptions {
  return { minify: true, external: ['rxjs', 'rxjs/*'], ...options }
}

export async function pageBytes(root: string, code: string): Promise<PageBytes> {
  const { outputFiles } = await bundle(root, code, pageOptions())
  return bytesOf(outputFiles[0]?.text ?? '')
}

export function bytesOf(text: string): PageBytes {
  return { minified: Buffer.byteLength(text), gzip: gzipSync(text, { level: 9 }).length }
}
