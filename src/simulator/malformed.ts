/** Frames that no client may accept and that none may fall over: one maker, a name for each kind of damage. */
import { aTicker } from './builders'
import { encodeEvent } from './encode'
import { defaultSwitches } from './switches'

/** The ways in which `malformedFrame` breaks a frame. */
export const malformedShapes = [
  'not-json',
  'not-utf8',
  'cut-short',
  'wrong-shape',
  'unknown-type',
  'oversize',
  'proto-key',
  'empty',
] as const

/**
 * A kind of damage. `wrong-shape`: a ticker whose price is a text. `oversize`: over 1 MiB. `proto-key`: a ticker with
 * a `__proto__` key that would pollute a careless merge, and without its price.
 */
export type MalformedShape = (typeof malformedShapes)[number]

const encoder = new TextEncoder()

/** Such a frame's bytes. */
export function malformedFrame(shape: MalformedShape): Uint8Array {
  const text = encodeEvent(aTicker(), 'DEFAULT', defaultSwitches)
  switch (shape) {
    case 'not-json':
      return encoder.encode('<html>Bad Gateway</html>')
    case 'not-utf8':
      // A lone continuation byte inside the code.
      return encoder.encode(text).map((byte) => (byte === 0x4b ? 0xbf : byte))
    case 'cut-short':
      return encoder.encode(text.slice(0, text.length >> 1))
    case 'wrong-shape':
      return encoder.encode(text.replace(/"trade_price":[^,]+/, '"trade_price":"109847000"'))
    case 'unknown-type':
      return encoder.encode('{"type":"weather","code":"KRW-BTC","timestamp":1}')
    case 'oversize':
      return encoder.encode(`${text.slice(0, -1)},"padding":"${'x'.repeat(1_100_000)}"}`)
    case 'proto-key':
      return encoder.encode(text.replace(/"trade_price":[^,]+/, '"__proto__":{"polluted":true}'))
    case 'empty':
      return encoder.encode('')
  }
}
