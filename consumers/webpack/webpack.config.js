const { join } = require('node:path')

module.exports = [
  // Two pages: one of CommonJS, one of ES modules, for the two builds that the package has for browsers.
  page('main', './src/main.js'),
  page('module', './src/module.mjs'),
]

function page(name, entry) {
  return {
    name,
    mode: 'production',
    entry,
    output: { path: join(__dirname, 'dist', name), filename: 'main.js' },
    // The sizes of this package are guarded by its own check.
    performance: { hints: false },
  }
}
