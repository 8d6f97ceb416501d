import { copyFileSync } from 'node:fs'
import { checkPage } from './support/check-page.mjs'

copyFileSync('index.html', 'dist/index.html')
checkPage({ folder: 'dist', script: 'main.js' })
