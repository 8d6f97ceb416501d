import { record } from '../support/recorder'
import type { PageGlobals } from '../../src/transport/page-wake-ups'
import { pageWakeUps$ } from '../../src/transport/page-wake-ups'

/** Event targets that know how many listen to them. */
class Page extends EventTarget {
  listeners = 0
  visibilityState: DocumentVisibilityState = 'visible'

  override addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
    this.listeners++
    super.addEventListener(...args)
  }

  override removeEventListener(...args: Parameters<EventTarget['removeEventListener']>): void {
    this.listeners--
    super.removeEventListener(...args)
  }

  emit(name: string): void {
    this.dispatchEvent(new Event(name))
  }
}

function page(): { readonly window: Page; readonly document: Page; readonly globals: PageGlobals } {
  const window = new Page()
  const document = new Page()
  return { window, document, globals: Object.assign(window, { document }) }
}

describe('pageWakeUps$', () => {
  it('C10.3 emits when the network is back, when the page is shown, and when it becomes visible', () => {
    const { window, document, globals } = page()
    const woken = record(pageWakeUps$(globals))
    window.emit('online')
    window.emit('pageshow')
    document.emit('visibilitychange')
    document.visibilityState = 'hidden'
    document.emit('visibilitychange')
    window.emit('offline')
    expect(woken.values).toEqual([undefined, undefined, undefined])
  })

  it('C1.6 listens to the page only while somebody is subscribed', () => {
    const { window, document, globals } = page()
    const woken$ = pageWakeUps$(globals)
    expect(window.listeners + document.listeners).toBe(0)
    const woken = record(woken$)
    expect([window.listeners, document.listeners]).toEqual([2, 1])
    woken.subscription.unsubscribe()
    expect(window.listeners + document.listeners).toBe(0)
  })

  it('hears what a worker is told, which has no document', () => {
    const worker = new Page()
    const woken = record(pageWakeUps$(worker))
    worker.emit('online')
    expect(woken.values).toHaveLength(1)
  })

  it('is content with a page, or a document, that nobody can listen to, as what stands in for one has it', () => {
    const window = new Page()
    const woken = record(
      pageWakeUps$(Object.assign(window, { document: { visibilityState: 'visible' as const } })),
    )
    window.emit('online')
    expect([woken.values.length, woken.end]).toEqual([1, 'open'])
    const { addEventListener } = new EventTarget()
    expect(record(pageWakeUps$({ addEventListener, document: { addEventListener } })).end).toBe('open')
    const thrower = (): never => {
      throw new Error('There is no page.')
    }
    const listened = { addEventListener: thrower, removeEventListener: thrower }
    expect(record(pageWakeUps$(listened)).end).toBe('open')
    expect(record(pageWakeUps$({ document: listened })).end).toBe('open')
  })

  it('emits nothing where there is no page, as on a server that renders one', () => {
    const woken = record(pageWakeUps$({}))
    expect(woken.end).toBe('open')
    expect(record(pageWakeUps$()).end).toBe('open')
  })
})
