/**
 * Proof of life (C10.3): silence is no death, since a quiet market sends nothing; a missing answer is. A ping every
 * 30 s keeps the exchange's idle cut away (60 s seen 2026-09) and finds a half-open connection.
 */
import { Observable } from 'rxjs'
import type { Environment } from '../base/environment'
import { pingText } from '../protocol/request'
import type { Socket } from '../transport/socket'

const pingEveryMs = 30_000
/** Dead when nothing at all has come for this long after a ping. */
const pongWithinMs = 10_000
/** A browser has no ping frame; the text's answer comes on the exchange's own ten-second beat. */
const textAnswerWithinMs = 25_000
/** Short against sleep: a jump of the clock between two ticks is a machine that slept, and is checked at once. */
const tickMs = 5000
const sleepMs = 5000

export interface Activity {
  /** Rises with every frame and every pong. */
  readonly signs: number
}

/** Pings and watches until unsubscribed; terminates a socket judged dead. Never emits. */
export function heartbeat$(socket: Socket, activity: Activity, environment: Environment): Observable<never> {
  return new Observable<never>((subscriber) => {
    const withinMs = socket.ping === undefined ? textAnswerWithinMs : pongWithinMs
    let pingedAtMs = environment.now()
    let waiting: { readonly sinceMs: number; readonly signs: number } | undefined

    const ping = (nowMs: number): void => {
      pingedAtMs = nowMs
      waiting = { sinceMs: nowMs, signs: activity.signs }
      if (socket.ping === undefined) socket.send(pingText)
      else socket.ping()
    }
    const tick = (expectedMs: number): void => {
      const nowMs = environment.now()
      if (waiting !== undefined && activity.signs !== waiting.signs) waiting = undefined
      const slept = nowMs - expectedMs > sleepMs
      // After a sleep the wait that ran through it proves nothing: ask again.
      if (slept) ping(nowMs)
      else if (waiting !== undefined && nowMs - waiting.sinceMs >= withinMs) return socket.terminate()
      else if (waiting === undefined && nowMs - pingedAtMs >= pingEveryMs) ping(nowMs)
      next()
    }
    const next = (): void => {
      const expectedMs = environment.now() + tickMs
      timer = environment.timer$(tickMs, { referenced: false }).subscribe(() => tick(expectedMs))
    }
    let timer = environment.timer$(tickMs, { referenced: false }).subscribe(() => tick(environment.now()))
    subscriber.add(() => timer.unsubscribe())
  })
}
