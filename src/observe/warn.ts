/** The browser's way to warn, and the only place of the library that writes to the console. */
import type { Warn } from './reporter'

export const consoleWarn: Warn = (message, code) => console.warn(`[upbit-rx] ${code}: ${message}`)
