import { ErrorLines } from '../../src/cli/error-lines'
import { fakeHost, turn } from './support/fake-host'

describe('ErrorLines', () => {
  it('tells a problem with the name of the program before it, and concludes without', () => {
    const { stderr } = tellTo()
    expect(stderr.lines).toEqual(['upbit-rx: one', '{"last":true}'])

    function tellTo() {
      const host = fakeHost()
      const lines = new ErrorLines(host)
      lines.tell('one')
      lines.conclude('{"last":true}')
      return host
    }
  })

  it('remembers no lines for a reader who does not take them, but how many there were', async () => {
    const host = fakeHost()
    const lines = new ErrorLines(host)
    host.stderr.block()
    lines.tell('x'.repeat(20_000))
    for (let i = 0; i < 1000; i++) lines.tell('more')
    expect(host.stderr.writableLength).toBeLessThan(21_000)
    host.stderr.release()
    await turn()
    lines.tell('after')
    expect(host.stderr.lines.slice(1)).toEqual([
      'upbit-rx: 1000 more problems were not told: stderr was full.',
      'upbit-rx: after',
    ])
  })

  it('concludes in any case', () => {
    const host = fakeHost()
    const lines = new ErrorLines(host)
    host.stderr.block()
    lines.tell('x'.repeat(20_000))
    lines.tell('left out')
    lines.conclude('summary')
    expect(host.stderr.writableLength).toBeGreaterThan(20_000)
  })

  it('has nobody to tell when stderr is gone', () => {
    const host = fakeHost()
    const lines = new ErrorLines(host)
    expect(() => host.stderr.breakPipe()).not.toThrow()
    expect(() => lines.tell('nobody hears')).not.toThrow()
  })
})
