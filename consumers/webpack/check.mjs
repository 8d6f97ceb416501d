import { copyFileSync } from 'node:fs'
import { checkPage } from './support/check-page.mjs'

for (const name of ['main', 'module']) {
  copyFileSync('support/page.html', `dist/${name}/index.html`)
  checkPage({ folder: `dist/${name}`, script: 'main.js' })
}
