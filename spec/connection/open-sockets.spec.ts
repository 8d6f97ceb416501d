import { NEVER, Subject } from 'rxjs'
import { OpenSockets } from '../../src/connection/open-sockets'
import type { Socket } from '../../src/transport/socket'

function socket(): { socket: Socket; gone(): void } {
  const pongs = new Subject<void>()
  return {
    socket: {
      frames$: NEVER,
      pongs$: pongs,
      send: () => {},
      close: () => {},
      terminate: () => {},
      reference: () => {},
    },
    gone: () => pongs.complete(),
  }
}

/** What `none$` does, from now on. */
function watch(sockets: OpenSockets): string[] {
  const log: string[] = []
  sockets.none$.subscribe({ next: () => log.push('none'), complete: () => log.push('complete') })
  return log
}

describe('OpenSockets', () => {
  it('tells at once where no socket is open', () => {
    expect(watch(new OpenSockets())).toEqual(['none', 'complete'])
  })

  it('tells when the last one is gone, and not when it was left', () => {
    const sockets = new OpenSockets()
    const first = socket()
    const second = socket()
    sockets.opened(first.socket)
    sockets.opened(second.socket)
    const log = watch(sockets)
    first.gone()
    expect(log).toEqual([])
    second.gone()
    expect(log).toEqual(['none', 'complete'])
  })

  it('counts anew after that', () => {
    const sockets = new OpenSockets()
    const first = socket()
    sockets.opened(first.socket)
    first.gone()
    const second = socket()
    sockets.opened(second.socket)
    const log = watch(sockets)
    expect(log).toEqual([])
    second.gone()
    expect(log).toEqual(['none', 'complete'])
  })
})
