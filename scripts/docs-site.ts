/**
 * The documentation as a site. `build` writes `site/`, for any server of files; `dev` serves it on 127.0.0.1 and shows
 * pages as they are saved. Both work offline: what is built is searched for addresses that a browser would fetch from
 * elsewhere, and dead links, unresolved names and undocumented exports are errors.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, createServer } from 'vitepress'
import { assemble, watchPages } from './docs-site/assemble'
import { outsideUrls } from './docs-site/outside-urls'

/** In the theme's code, and never reached: icons of social links, of which the site has none. */
const unreached = (url: string): boolean => url.startsWith('https://api.iconify.design/simple-icons/${')

const root = join(import.meta.dirname, '..')
const settings = join(root, 'docs')
const output = join(root, 'site')

const [mode, ...rest] = process.argv.slice(2)
if ((mode !== 'build' && mode !== 'dev') || rest.length > 0) {
  console.error('usage: docs-site build | dev')
  process.exit(2)
}

const startMs = performance.now()
const isApiClean = await assemble(root)

if (mode === 'dev') {
  watchPages(root)
  const server = await createServer(settings, { host: '127.0.0.1' })
  await server.listen()
  server.printUrls()
} else {
  await build(settings)
  const files = readdirSync(output, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(html|css|js)$/.test(name),
  )
  const problems = files.flatMap((name) =>
    outsideUrls(readFileSync(join(output, name), 'utf8'))
      .filter((url) => !unreached(url))
      .map((url) => `site/${name} would fetch ${url}`),
  )
  if (!isApiClean) problems.push('the API reference has warnings, see above')
  for (const problem of problems) console.error(problem)
  const pages = files.filter((name) => name.endsWith('.html')).length
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
  console.log(`docs: ${pages} pages in site/, ${problems.length} problems, ${seconds} s`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
