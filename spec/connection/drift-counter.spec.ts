import { DriftCounter } from '../../src/connection/drift-counter'

describe('DriftCounter', () => {
  const counter = () => {
    const drift: Record<string, number> = Object.create(null) as Record<string, number>
    const told: string[] = []
    return { drift, told, count: new DriftCounter(drift, (name) => told.push(name)) }
  }

  it('counts each name and tells it once', () => {
    const { drift, told, count } = counter()
    for (const name of ['a', 'b', 'a', '__proto__', 'a']) count.count(name)
    expect({ ...drift }).toEqual({ a: 3, b: 1, ['__proto__']: 1 })
    expect(told).toEqual(['a', 'b', '__proto__'])
  })

  it('does not tell again what an earlier session of the connection has told', () => {
    const { drift, told, count } = counter()
    count.count('a')
    new DriftCounter(drift, (name) => told.push(name)).count('a')
    expect(told).toEqual(['a'])
    expect(drift.a).toBe(2)
  })

  it('counts what is beyond a thousand names under one', () => {
    const { drift, told, count } = counter()
    for (let i = 0; i < 1500; i++) count.count(`name ${i}`)
    count.count('name 7')
    expect(Object.keys(drift)).toHaveLength(1001)
    expect(drift['(further names)']).toBe(500)
    expect(drift['name 7']).toBe(2)
    expect(told).toHaveLength(1001)
  })
})
