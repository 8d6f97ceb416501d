/**
 * Shows the text of a fused reader: `npx tsx scripts/show-reader.ts trade`, or `ticker`, `orderbook`, `candle`. It is made
 * as in a process, from a frame; the frame is one of the embedded exchange, which writes keys in the order of the wire.
 */
import { format } from 'prettier'
import { eventDefinitions } from '../src/protocol/events'
import type { EventKind } from '../src/protocol/events'
import { readerSource } from '../src/protocol/fused/reader-source'
import { shapeOf } from '../src/protocol/fused/shape'
import { aCandle, anOrderbook, aTicker, aTrade } from '../src/simulator/builders'
import { encodeEvent } from '../src/simulator/encode'
import { defaultSwitches } from '../src/simulator/switches'

const events = {
  ticker: aTicker,
  trade: aTrade,
  orderbook: anOrderbook,
  candle: () => aCandle('1m'),
} as const

const [, , kind = 'trade'] = process.argv
if (!isKind(kind))
  throw new Error(`There is no ${kind}; allowed: ${Object.keys(eventDefinitions).join(', ')}.`)
const event = events[kind]()
const element = JSON.parse(encodeEvent(event, 'DEFAULT', defaultSwitches)) as Record<string, unknown>
const shape = shapeOf(kind, 'full', element)
if (shape === undefined) throw new Error('The frame teaches nothing.')
const text = await format(readerSource(event.type, shape, false), {
  parser: 'babel',
  semi: false,
  singleQuote: true,
  printWidth: 110,
})
process.stdout.write(text)

function isKind(name: string): name is EventKind {
  return Object.hasOwn(eventDefinitions, name)
}
