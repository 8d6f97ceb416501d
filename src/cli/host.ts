/**
 * The surroundings of a command: its streams, its variables, its interrupts, its time. One port, so that a spec owns all
 * of them; `processHost` is the process itself. Nothing else in `cli/` touches `process`.
 */
import type { Writable } from 'node:stream'
import { Observable } from 'rxjs'
import type { Environment } from '../base/environment'
import { realEnvironment } from '../base/environment'

/** A stream to write to; on a terminal it has a size. */
export interface Outlet extends Pick<Writable, 'write' | 'writableLength' | 'writableNeedDrain'> {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
  on(event: 'drain' | 'error' | 'resize', listener: (error: NodeJS.ErrnoException) => void): unknown
  off(event: 'drain' | 'error' | 'resize', listener: (error: NodeJS.ErrnoException) => void): unknown
}

export interface Host {
  readonly stdout: Outlet
  readonly stderr: Outlet
  readonly env: Readonly<Record<string, string | undefined>>
  readonly environment: Environment
  /** `v20.19.0` */
  readonly nodeVersion: string
  /** Ctrl-C, and whoever asks the process to end. */
  readonly interrupts$: Observable<void>
  /** Ends the process at once, whatever still waits. */
  exit(code: number): void
  /** Calls `restore` when the process ends, however it ends; returns what takes that back. */
  atExit(restore: () => void): () => void
}

const signals = ['SIGINT', 'SIGTERM'] as const

export function processHost(): Host {
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    environment: realEnvironment,
    nodeVersion: process.version,
    interrupts$: new Observable((subscriber) => {
      const interrupt = (): void => subscriber.next()
      for (const signal of signals) process.on(signal, interrupt)
      return () => {
        for (const signal of signals) process.off(signal, interrupt)
      }
    }),
    exit: (code) => process.exit(code),
    atExit(restore) {
      process.on('exit', restore)
      return () => void process.off('exit', restore)
    },
  }
}
