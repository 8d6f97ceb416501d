import * as t from 'io-ts'
import { objectCodec } from '../../src/protocol/event-codec'
import { OrNullType, required } from '../../src/protocol/field'
import { nullable } from '../../src/protocol/nullable'

describe('nullable', () => {
  const codec = objectCodec('order', { note: required('n', nullable(t.string)) })

  it('gives null for null and for what is absent, so that the event always has the field', () => {
    for (const value of [{}, { note: undefined }, { note: null }]) {
      expect(codec.decode(value)).toEqual({ _tag: 'Right', right: { note: null } })
    }
    expect(codec.decode({ note: 'x' })).toEqual({ _tag: 'Right', right: { note: 'x' } })
  })

  it('refuses what its codec refuses', () => {
    for (const note of [5, false, {}]) expect(codec.decode({ note })._tag).toBe('Left')
  })

  it('keeps its codec readable, for drift and for an encoder', () => {
    expect(nullable(t.string)).toBeInstanceOf(OrNullType)
    expect(nullable(t.string).inner).toBe(t.string)
    expect(nullable(t.string).name).toBe('string or null')
  })
})
