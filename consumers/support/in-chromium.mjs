/** A folder as a page in a real browser, served on loopback under a policy that allows nothing but itself. */
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { withChromium } from './start-chromium.mjs'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
}
const limitMs = 30_000

export function findChromium() {
  const { CHROMIUM } = process.env
  return (CHROMIUM === undefined ? places : [CHROMIUM]).find((path) => existsSync(path))
}

/** What the page wrote to its console, until `isDone`, and then as it is `beforeEnd`. Rejects for an error of the page or a breach of its policy. */
export async function runInChromium(executablePath, folder, { exchangeUrl, isDone, beforeEnd }) {
  const policy = `default-src 'self'; script-src 'self'; connect-src ${exchangeUrl}`
  const server = await serve(folder, policy)
  const lines = []
  try {
    await withChromium(executablePath, async (context) => {
      const page = await context.newPage()
      await new Promise((resolve, reject) => {
        const limit = setTimeout(() => reject(new Error(`not done: ${lines.join('\n')}`)), limitMs)
        const over = (settle, value) => {
          clearTimeout(limit)
          settle(value)
        }
        page.on('pageerror', (error) => over(reject, error))
        page.on('console', (message) => {
          if (message.type() !== 'log') return over(reject, new Error(message.text()))
          lines.push(message.text())
          if (isDone(lines)) over(resolve)
        })
        page.goto(`${server.url}/?exchange=${encodeURIComponent(exchangeUrl)}`).catch((e) => over(reject, e))
      })
      await beforeEnd()
      await provePolicy(context, server.url)
    })
    return lines
  } finally {
    await server.close()
  }
}

/** A page that something else serves, for as long as `use` takes; its errors are the caller's. */
export async function openPage(executablePath, url, use) {
  await withChromium(executablePath, async (context) => {
    const page = await context.newPage()
    const errors = []
    page.on('pageerror', (error) => errors.push(error))
    await page.goto(url)
    await use(page)
    if (errors.length > 0) throw errors[0]
  })
}

/** A page of the same server that does make code from text: were it allowed, the policy above would prove nothing. */
async function provePolicy(context, url) {
  const page = await context.newPage()
  const said = page.waitForEvent('console', {
    predicate: (message) => message.type() === 'log',
    timeout: limitMs,
  })
  await page.goto(`${url}/policy-proof.html`)
  const text = (await said).text()
  if (text !== 'EvalError') throw new Error(`the policy let code be made from text: ${text}`)
}

const proof = {
  '/policy-proof.html': '<!doctype html><script src="/policy-proof.js"></script>',
  '/policy-proof.js':
    "try { new Function('return 1')(); console.log('made') } catch (error) { console.log(error.name) }",
}

async function serve(folder, policy) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1')
    const path = join(folder, normalize(pathname === '/' ? '/index.html' : pathname))
    const body = proof[pathname] ?? (existsSync(path) ? readFileSync(path) : undefined)
    // The browser asks for an icon by itself; its absence is no error of the page.
    if (body === undefined) return response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end()
    const type = types[extname(pathname === '/' ? '.html' : pathname)] ?? types[extname(path)]
    response
      .writeHead(200, { 'content-type': type ?? 'text/plain', 'content-security-policy': policy })
      .end(body)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  }
}
