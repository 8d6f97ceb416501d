import { copyFileSync } from 'node:fs'
import { checkPage } from './support/check-page.mjs'

copyFileSync('support/page.html', 'dist/index.html')
checkPage({ folder: 'dist', script: 'main.js' })
