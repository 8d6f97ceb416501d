/** The surroundings of a command in a spec's hands: streams that can be held up or closed, presses of Ctrl-C, the time. */
import { Writable } from 'node:stream'
import { Subject } from 'rxjs'
import type { Environment } from '../../../src/base/environment'
import { realEnvironment } from '../../../src/base/environment'
import type { Host } from '../../../src/cli/host'

export class FakeOutlet extends Writable {
  text = ''
  isTTY = false
  columns = 80
  rows = 24
  private isBlocked = false
  private held: (() => void) | undefined

  constructor() {
    super({ decodeStrings: false, highWaterMark: 16 * 1024 })
  }

  get lines(): string[] {
    return this.text.split('\n').slice(0, -1)
  }

  /** From now on it takes nothing more than its own buffer holds. */
  block(): void {
    this.isBlocked = true
  }

  release(): void {
    this.isBlocked = false
    this.held?.()
    this.held = undefined
  }

  /** The reader goes away. */
  breakPipe(code = 'EPIPE'): void {
    this.emit('error', Object.assign(new Error(`write ${code}`), { code }))
    this.release()
  }

  override _write(chunk: string, _encoding: string, done: (error?: Error | null) => void): void {
    const take = (): void => {
      this.text += chunk
      done()
    }
    if (this.isBlocked) this.held = take
    else take()
  }
}

export interface FakeHost extends Host {
  readonly stdout: FakeOutlet
  readonly stderr: FakeOutlet
  /** Ctrl-C. */
  press(): void
  /** The codes of `exit`, which ends nothing here. */
  readonly exits: number[]
  /** What is to be done when the process ends. */
  readonly restores: Set<() => void>
}

export function fakeHost(
  environment: Environment = realEnvironment,
  env: Readonly<Record<string, string>> = {},
): FakeHost {
  const interruptSubject = new Subject<void>()
  const exits: number[] = []
  const restores = new Set<() => void>()
  return {
    stdout: new FakeOutlet(),
    stderr: new FakeOutlet(),
    env,
    environment,
    nodeVersion: process.version,
    interrupts$: interruptSubject.asObservable(),
    press: () => interruptSubject.next(),
    exits,
    exit: (code) => void exits.push(code),
    restores,
    atExit(restore) {
      restores.add(restore)
      return () => void restores.delete(restore)
    },
  }
}

/** A turn of the event loop: what streams do in ticks and promises in microtasks is done. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
