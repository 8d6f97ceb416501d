import { Screen } from '../../../src/cli/board/screen'
import { fakeHost } from '../support/fake-host'

const escape = '\u001b['
const enter = `${escape}?1049h${escape}?25l${escape}?7l${escape}2J`
const leave = `${escape}?7h${escape}?25h${escape}?1049l`
const update = (text: string): string => `${escape}?2026h${text}${escape}?2026l`
const at = (row: number, line: string): string => `${escape}${row};1H${escape}2K${line}`

function open() {
  const host = fakeHost()
  const screen = new Screen(host)
  /** What was written since the last question. */
  const written = (): string => {
    const { text } = host.stdout
    host.stdout.text = ''
    return text
  }
  return { host, screen, written }
}

describe('Screen', () => {
  it('enters the alternate screen, without cursor and wrapping', () => {
    expect(open().written()).toBe(enter)
  })

  it('draws what has changed, and nothing where nothing has', () => {
    const { screen, written } = open()
    written()
    screen.draw(['a', 'b'])
    expect(written()).toBe(update(at(1, 'a') + at(2, 'b')))
    screen.draw(['a', 'c'])
    expect(written()).toBe(update(at(2, 'c')))
    screen.draw(['a', 'c'])
    expect(written()).toBe('')
  })

  it('draws everything now and then, which mends what others wrote over it', () => {
    const { screen, written } = open()
    for (let i = 0; i < 19; i++) screen.draw(['a', '', 'b'])
    written()
    screen.draw(['a', '', 'b'])
    expect(written()).toBe(update(at(1, 'a') + at(2, '') + at(3, 'b')))
    screen.draw(['a', '', 'b'])
    expect(written()).toBe('')
  })

  it('clears what stood below a board that is shorter now', () => {
    const { screen, written } = open()
    screen.draw(['a', 'b', 'c'])
    written()
    screen.draw(['a'])
    expect(written()).toBe(update(`${escape}2;1H${escape}J`))
  })

  it('draws anew when the window has changed', () => {
    const { host, screen, written } = open()
    screen.draw(['a'])
    written()
    host.stdout.emit('resize')
    screen.draw(['a'])
    expect(written()).toBe(`${escape}2J${update(at(1, 'a'))}`)
  })

  it('knows the size of the window, and a usual one where the terminal does not tell', () => {
    const { host, screen } = open()
    host.stdout.columns = 120
    host.stdout.rows = 40
    expect(screen.size).toEqual({ columns: 120, rows: 40 })
    host.stdout.columns = 0
    host.stdout.rows = 0
    expect(screen.size).toEqual({ columns: 80, rows: 24 })
  })

  it('gives the terminal back, with the last board on it and the cursor below', () => {
    const { host, screen, written } = open()
    screen.draw(['a', 'b'])
    written()
    screen.close()
    expect(written()).toBe(`${leave}a\nb\n`)
    expect(host.restores.size).toBe(0)
    expect(host.stdout.listenerCount('resize')).toBe(0)
    screen.close()
    screen.draw(['late'])
    expect(written()).toBe('')
  })

  it('gives the terminal back however the process ends', () => {
    const { host, screen, written } = open()
    screen.draw(['a'])
    written()
    for (const restore of host.restores) restore()
    expect(written()).toBe(`${leave}a\n`)
  })

  it('skips drawings that a slow terminal has no time for, and closes with the last one', () => {
    const { host, screen, written } = open()
    written()
    host.stdout.block()
    screen.draw(['x'.repeat(20_000)])
    screen.draw(['skipped'])
    screen.draw(['last'])
    host.stdout.release()
    expect(written()).not.toContain('skipped')
    screen.close()
    host.stdout.release()
    expect(host.stdout.text).toBe(`${leave}last\n`)
  })
})
