import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ObjectArrayType } from '../../src/protocol/event-codec'
import { eventCodecs, eventDefinitions, eventKind } from '../../src/protocol/events'
import type { Fields } from '../../src/protocol/field'
import { publicTypes } from '../../src/protocol/wire'

describe('eventKind', () => {
  it('knows every public type, and the nine candles as one kind', () => {
    const kinds = publicTypes.map(eventKind)
    expect(kinds.slice(0, 3)).toEqual(['ticker', 'trade', 'orderbook'])
    expect(new Set(kinds.slice(3))).toEqual(new Set(['candle']))
    expect(kinds).toHaveLength(12)
  })

  it.each([
    'myOrder',
    'myAsset',
    'announcement',
    'indicator',
    'candle',
    'candle.7m',
    'candle.1d',
    'Ticker',
    '',
    '__proto__',
    'constructor',
    'toString',
    undefined,
    null,
    5,
    {},
    ['ticker'],
  ])('knows no %p', (type) => {
    expect(eventKind(type)).toBeUndefined()
  })

  it('leads to a table and a codec for each kind', () => {
    expect(Object.keys(eventCodecs)).toEqual(Object.keys(eventDefinitions))
    for (const kind of Object.values(eventCodecs)) expect(kind.decode({})._tag).toBe('Left')
  })
})

describe('docs/protocol.md', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'protocol.md'), 'utf8')

  /** `trade_price` (tp), and behind an optional field's key that it is optional. */
  function named(fields: Fields): string[] {
    return Object.entries(fields).flatMap(([name, { key, optional, codec }]) =>
      codec instanceof ObjectArrayType
        ? [`\`${name}\` (${key}) of `, ...named(codec.fields as Fields)]
        : [`\`${name}\` (${key}${optional ? ', optional' : ')'}`],
    )
  }

  it.each([
    ['ticker', '`ticker`'],
    ['trade', '`trade`'],
    ['orderbook', '`orderbook`'],
    ['candle', '`candle.{unit}`'],
  ] as const)('names every field of a %s with its SIMPLE key, and no other', (kind, type) => {
    const row = page.split('\n').find((line) => line.startsWith(`| ${type} `) && line.includes('(ty)')) ?? ''
    const fields = named(eventDefinitions[kind])
    expect(fields.filter((field) => !row.includes(field))).toEqual([])
    expect(row.match(/`\w+` \(\w+/g)).toHaveLength(fields.length)
  })
})
