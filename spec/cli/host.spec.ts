import { processHost } from '../../src/cli/host'

describe('processHost', () => {
  it('is the process itself', () => {
    const host = processHost()
    expect(host.stdout).toBe(process.stdout)
    expect(host.stderr).toBe(process.stderr)
    expect(host.env).toBe(process.env)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('listens to %s while somebody listens to it', (signal) => {
    const before = process.listenerCount(signal)
    let interrupts = 0
    const listening = processHost().interrupts$.subscribe(() => interrupts++)
    expect(process.listenerCount(signal)).toBe(before + 1)
    const [own] = process.listeners(signal).slice(-1)
    own?.(signal)
    expect(interrupts).toBe(1)
    listening.unsubscribe()
    expect(process.listenerCount(signal)).toBe(before)
  })

  it('restores at the end of the process, unless that is taken back', () => {
    const before = process.listenerCount('exit')
    const forget = processHost().atExit(() => {})
    expect(process.listenerCount('exit')).toBe(before + 1)
    forget()
    expect(process.listenerCount('exit')).toBe(before)
  })

  it('ends the process with a code', () => {
    const exit = jest.spyOn(process, 'exit').mockImplementation(() => undefined as never)
    processHost().exit(3)
    expect(exit).toHaveBeenCalledWith(3)
    exit.mockRestore()
  })
})
