import { readdirSync } from 'node:fs'
import { checkPage } from './support/check-page.mjs'

const script = readdirSync('dist/assets').find((name) => name.endsWith('.js'))
checkPage({ folder: 'dist', script: `assets/${script}` })
