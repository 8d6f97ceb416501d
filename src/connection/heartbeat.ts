/**
 * Proof of life (C10.3): silence is no death, since a quiet market sends nothing; a missing answer is. A ping every
 * 30 s keeps the exchange's idle cut away (60 s seen 2026-09) and finds a half-open connection.
 */
import { Observable, Subscription } from 'rxjs'
import type { Environment } from '../base/environment'
import { pingText } from '../protocol/request'
import type { Socket } from '../transport/socket'
import { steadyClock } from '../base/steady-clock'

const pingEveryMs = 30_000
/** Dead when nothing at all has come for this long after a ping. */
const pongWithinMs = 10_000
/** A browser has no ping frame; the text's answer comes on the exchange's own ten-second beat. */
const textAnswerWithinMs = 25_000
/** Short against sleep: a jump of the clock between two ticks is a machine that slept, and is checked at once. */
const tickMs = 5000
const sleepMs = 5000
/** A page that comes and goes checks no more often. */
const checkEveryMs = 5000

export interface HeartbeatPorts {
  readonly environment: Environment
  /** Rises with every frame and every pong. */
  readonly signs: () => number
  /** Emits when the line is to be checked at once. */
  readonly wakeUps$: Observable<unknown>
  /** A ping frame goes out, which a pong will answer. */
  readonly pinged?: () => void
  /** Whether a text `PING` may go, which the exchange may count as a message; it is counted then. `isExtra`: before its time. */
  readonly keepsAlive: (isExtra: boolean) => boolean
}

/** Pings and watches until unsubscribed; terminates a socket judged dead. Never emits. */
export function heartbeat$(
  socket: Socket,
  { environment, signs, wakeUps$, pinged, keepsAlive }: HeartbeatPorts,
): Observable<never> {
  return new Observable<never>((subscriber) => {
    const now = steadyClock(environment)
    const answerWithinMs = socket.ping === undefined ? textAnswerWithinMs : pongWithinMs
    let pingedAtMs = now()
    /** How many signs there were at the last ping, while it has no answer. */
    let signsBefore: number | undefined
    /** Timers that are always late, as in a hidden page, must not put the verdict off for ever. */
    let hasAskedAgain = false

    const waits = (): void => {
      pingedAtMs = now()
      signsBefore = signs()
    }
    const ping = (): void => {
      waits()
      if (socket.ping !== undefined) {
        pinged?.()
        socket.ping()
      } else if (keepsAlive(false)) socket.send(pingText)
      // Else as many messages are under way as there may be, and their answers are waited for.
    }
    const tick = (lateMs: number): void => {
      if (signs() !== signsBefore) {
        signsBefore = undefined
        hasAskedAgain = false
      }
      // After a sleep the wait that ran through it proves nothing: ask again, once.
      if (lateMs > sleepMs && !hasAskedAgain) {
        hasAskedAgain = signsBefore !== undefined
        ping()
      } else if (leftMs() <= 0) {
        if (signsBefore !== undefined) return socket.terminate()
        ping()
      }
      schedule()
    }
    const leftMs = (): number =>
      pingedAtMs + (signsBefore === undefined ? pingEveryMs : answerWithinMs) - now()
    const schedule = (): void => {
      const delayMs = Math.max(0, Math.min(tickMs, leftMs()))
      const dueMs = now() + delayMs
      timer = environment.timer$(delayMs).subscribe(() => tick(now() - dueMs))
    }
    /** Nothing while a ping is out, whose wait must not begin anew; nor twice in a moment, since a text counts. */
    const check = (): void => {
      if (signs() !== signsBefore) signsBefore = undefined
      if (signsBefore !== undefined || now() - pingedAtMs < checkEveryMs) return
      if (socket.ping !== undefined) ping()
      else if (keepsAlive(true)) {
        waits()
        socket.send(pingText)
      } else return
      timer.unsubscribe()
      schedule()
    }
    let timer = new Subscription()
    schedule()
    subscriber.add(() => timer.unsubscribe())
    subscriber.add(wakeUps$.subscribe(check))
  })
}
