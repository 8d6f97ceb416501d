import { eventDefinitions } from '../../../src/protocol/events'
import type { EventKind } from '../../../src/protocol/events'
import { readerParameters, readerSource } from '../../../src/protocol/fused/reader-source'
import { shapeOf } from '../../../src/protocol/fused/shape'
import { frameTexts, withMore } from '../frames'

const kinds = Object.keys(eventDefinitions) as EventKind[]

function sourceOf(kind: EventKind, text = frameTexts[kind], isList = false): string {
  const element = JSON.parse(text)
  return readerSource(element.type, shapeOf(kind, 'full', element)!, isList)
}

/** Texts in the source, between quotes of either kind. */
function quoted(source: string): ReadonlySet<string> {
  return new Set(Array.from(source.matchAll(/"([^"\n]*)"|'([^'\n]*)'/g), (match) => match[1] ?? match[2]!))
}

describe('readerSource', () => {
  it.each(kinds)('has no text but the names and words of the table of a %s', (kind) => {
    const { orderbook } = eventDefinitions
    const unitNames = Object.keys(orderbook.orderbook_units.codec.fields)
    const words = Object.values(eventDefinitions[kind]).flatMap(({ codec }) =>
      'values' in codec ? (codec.values as readonly string[]) : [],
    )
    const allowed = new Set([
      ...['use strict', 'socket', '', kind, 'candle.1m'],
      ...[...Object.keys(eventDefinitions[kind]), ...unitNames, ...words],
    ])
    expect([...quoted(sourceOf(kind))].filter((text) => !allowed.has(text))).toEqual([])
  })

  it.each([
    ['as plain as another', 'more'],
    ['that would end a text and begin code', '\\"];process.exit(1)//'],
    ['with the signs of a template', '${process.exit(1)}`'],
    ['with the end of a line', '\\u2028process.exit(1)\\u2029'],
    ['with the end of a comment', '*/process.exit(1)/*'],
    ['of other letters', '가격'],
  ])('has of an unknown key %s nothing but its bytes as numbers', (_, key) => {
    const known = sourceOf('trade')
    const source = sourceOf('trade', withMore(frameTexts.trade, `"${key}":1`))
    expect(source).not.toBe(known)
    const letters = (text: string): ReadonlySet<string> => new Set(text.match(/[^\d\s\-&=()+,]+/g))
    // The lines for a value that nobody asked for are ours as well.
    const unknown = letters(sourceOf('trade', withMore(frameTexts.trade, '"x":1')))
    expect([...letters(source)].filter((text) => !unknown.has(text))).toEqual([])
  })

  it('takes from outside what it says, and declares all else', () => {
    for (const kind of kinds) {
      const source = sourceOf(kind)
      const names = new Set(source.replaceAll(/"[^"\n]*"|'[^'\n]*'|\.\w+|\w+:/g, '').match(/[A-Za-z]\w*/g))
      const declared = new Set(source.match(/(?<=\b(?:let|const) )\w+/g))
      const more = /let (.*)/g
      for (const [, list] of source.matchAll(more))
        for (const name of list!.match(/\w+(?= =)/g) ?? []) declared.add(name)
      const language = [
        'return',
        'function',
        'let',
        'const',
        'if',
        'else',
        'while',
        'for',
        'break',
        'undefined',
      ]
      const own = ['read', 'view', 'start', 'end', 'code', 'epoch', 'receivedAt']
      const literals = ['true', 'false', 'null', 'String', 'Math']
      const known = new Set([...declared, ...language, ...own, ...literals, ...readerParameters])
      expect([kind, [...names].filter((name) => !known.has(name))]).toEqual([kind, []])
    }
  })

  it('differs for a list by its end alone', () => {
    const [bare, listed] = [sourceOf('candle'), sourceOf('candle', frameTexts.candle, true)].map((source) =>
      source.split('\n'),
    )
    const different = bare!.flatMap((line, index) => (line === listed![index] ? [] : [line]))
    expect(bare).toHaveLength(listed!.length)
    expect(different).toEqual(['if (!(view.getUint8(at + 0) === 125)) return undefined', 'at += 1'])
  })

  it('reads the numbers of list elements in place, and calls a reader for those of the frame', () => {
    const book = sourceOf('orderbook')
    // One call a unit's member is left, for the spellings that are not usual.
    expect(book.match(/= readNumber\(view, from\)/g)).toHaveLength(4)
    expect(book.match(/= readNumber\(view, at\)/g)).toHaveLength(3)
    expect(sourceOf('ticker')).not.toContain('readNumber(view, from)')
  })
})
