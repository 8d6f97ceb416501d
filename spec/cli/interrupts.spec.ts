import { interrupted$ } from '../../src/cli/interrupts'
import { virtualTime } from '../support/virtual-time'
import { fakeHost } from './support/fake-host'

function pressing() {
  const time = virtualTime()
  const host = fakeHost(time.environment)
  const endings: object[] = []
  const ending$ = interrupted$(host)
  return { time, host, endings, ending$, listen: () => ending$.subscribe((ending) => endings.push(ending)) }
}

describe('C13 Ctrl-C', () => {
  it('ends orderly, with exit code 0', () => {
    const { host, endings, listen } = pressing()
    listen()
    host.press()
    expect(endings).toEqual([{ code: 0 }])
    expect(host.exits).toEqual([])
  })

  it('is remembered while nobody listens yet', () => {
    const { host, endings, listen } = pressing()
    host.press()
    listen()
    expect(endings).toEqual([{ code: 0 }])
  })

  it('ends at once when pressed again', () => {
    const { time, host, endings, listen } = pressing()
    listen()
    host.press()
    time.pass(301)
    host.press()
    expect(endings).toHaveLength(1)
    expect(host.exits).toEqual([130])
  })

  it('that comes twice from one press counts once, also after the command has stopped listening', () => {
    const { time, host, endings, listen } = pressing()
    const listening = listen()
    host.press()
    listening.unsubscribe()
    time.pass(300)
    host.press()
    expect(endings).toHaveLength(1)
    expect(host.exits).toEqual([])
  })

  it('pressed again ends at once also when the command has stopped listening', () => {
    const { time, host, listen } = pressing()
    listen().unsubscribe()
    host.press()
    time.pass(400)
    host.press()
    expect(host.exits).toEqual([130])
  })
})
