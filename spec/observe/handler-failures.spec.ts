import { HandlerFailures } from '../../src/observe/handler-failures'

describe('HandlerFailures', () => {
  it('counts the failures of each consumer in the last minute, whatever others do', () => {
    const failures = new HandlerFailures()
    failures.add('seldom', 1000)
    for (let i = 0; i < 500; i++) failures.add('often', 2000)
    expect(failures.recent(59_000)).toEqual([
      ['seldom', 1],
      ['often', 500],
    ])
    expect(failures.recent(61_500)).toEqual([['often', 500]])
    expect(failures.recent(200_000)).toEqual([])
  })

  it('remembers a thousand names', () => {
    const failures = new HandlerFailures()
    for (let i = 0; i < 1500; i++) failures.add(`consumer ${i}`, 0)
    expect(failures.recent(0)).toHaveLength(1000)
  })
})
