import { RefusalMemory } from '../../src/connection/refusal-memory'
import { Suspects } from '../../src/connection/suspects'
import type { ServerError } from '../../src/protocol/control'
import type { StreamKey } from '../../src/registry/stream-key'
import { streamKey } from '../../src/registry/stream-key'

const error: ServerError = { name: 'INVALID_PARAM', message: 'nope' }
const [a, b, c] = ['KRW-A', 'KRW-B', 'KRW-C'].map((code) => streamKey('ticker', code)) as [
  StreamKey,
  StreamKey,
  StreamKey,
]

function suspecting() {
  const memory = new RefusalMemory(() => 0)
  return { memory, suspects: new Suspects(memory) }
}

describe('Suspects', () => {
  it('C9.6 a single one whose request was refused is guilty at the first refusal of a probe', () => {
    const { suspects } = suspecting()
    expect(suspects.suspect([a], error).guilty).toEqual([])
    expect(suspects.next('alone')).toEqual([a])
    expect(suspects.refused(error).guilty).toEqual([{ key: a, error }])
    expect(suspects.ids.size).toBe(0)
  })

  it('C9.6 one of several is probed alone again before it is guilty, and before the others', () => {
    const { suspects } = suspecting()
    suspects.suspect([a, b], error)
    expect(suspects.next('alone')).toEqual([a])
    expect(suspects.refused(error).guilty).toEqual([])
    expect(suspects.next('alone')).toEqual([a])
    expect(suspects.refused(error).guilty).toEqual([{ key: a, error }])
    expect(suspects.next('alone')).toEqual([b])
    expect(suspects.passed().innocent).toEqual([b])
  })

  it('C9.6 one that came back and is refused is probed beside the others, and guilty at the second refusal', () => {
    const { suspects } = suspecting()
    expect(suspects.suspectBack([a], error).guilty).toEqual([])
    expect(suspects.of('in company')).toEqual(new Set([a.id]))
    suspects.next('in company')
    expect(suspects.passed().innocent).toEqual([a])
    expect(suspects.suspectBack([a], error).guilty).toEqual([{ key: a, error }])
    expect(suspects.ids.size).toBe(0)
  })

  it('C9.6 what came back in a message with others that may be to blame proves nothing', () => {
    const { suspects } = suspecting()
    suspects.suspectBack([a])
    suspects.next('in company')
    expect(suspects.refused(error).guilty).toEqual([])
    expect(suspects.next('in company')).toEqual([a])
    expect(suspects.refused(error).guilty).toEqual([{ key: a, error }])
  })

  it('C9.6 who has to go of a group explains it: the rest is probed whole', () => {
    const { memory, suspects } = suspecting()
    memory.refusedAmong(a.id)
    memory.refusedAmong(a.id)
    expect(suspects.suspectBack([a, b, c], error).guilty).toEqual([{ key: a, error }])
    expect(suspects.next('in company')).toEqual([b, c])
  })

  it('C9.6 suspects again what was found guilty and is wanted, where it was found', () => {
    const { suspects } = suspecting()
    suspects.suspect([a], error)
    suspects.next('alone')
    suspects.refused(error)
    suspects.suspectBack([b], error)
    suspects.next('in company')
    suspects.refused(error)
    const wanted = (ids: readonly string[]): readonly StreamKey[] =>
      [a, b, c].filter(({ id }) => ids.includes(id))
    expect(suspects.suspectProven(wanted)).toBe(true)
    expect(suspects.of('alone')).toEqual(new Set([a.id]))
    expect(suspects.of('in company')).toEqual(new Set([b.id]))
    expect(suspects.areKnown).toBe(true)
    suspects.suspect([c])
    expect(suspects.areKnown).toBe(false)
    expect(suspects.ids).toEqual(new Set([a.id, b.id, c.id]))
  })

  it('searches no longer what nobody wants', () => {
    const { suspects } = suspecting()
    suspects.suspect([a, b], error)
    suspects.suspectBack([c], error)
    suspects.retain((id) => id === a.id)
    expect([...suspects.ids]).toEqual([a.id])
  })
})
