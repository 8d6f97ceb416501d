import { outsideUrls } from '../../../scripts/docs-site/outside-urls'

describe('outsideUrls', () => {
  it.each([
    '<script async src="https://a.example/x.js"></script>',
    "<img alt='' src='//a.example/x.js'>",
    '<link rel="preload" href="https://a.example/x.js" as="font">',
    'body { background: url(https://a.example/x.js) }',
    '@import "https://a.example/x.js";',
    'fetch("https://a.example/x.js")',
    "import('https://a.example/x.js')",
    'new WebSocket("wss://a.example/x.js")',
  ])('finds %s', (text) => {
    expect(outsideUrls(text)).toEqual([expect.stringContaining('//a.example/x.js')])
  })

  it.each([
    '<a href="https://a.example/">a link to follow</a>',
    '<script type="module" src="/assets/app.js"></script>',
    'url(/assets/a.woff2) url(data:image/png;base64,xx)',
    'const url = "https://a.example/"',
  ])('leaves %s', (text) => {
    expect(outsideUrls(text)).toEqual([])
  })
})
