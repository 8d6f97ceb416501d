/** The port `OpenSocket` without a network: `receive(bytes)` is a frame that came. */
import { NEVER, Observable, Subject } from '../libraries.mjs'

export function fakeSocket() {
  const frameSubject = new Subject()
  const sent = []
  const socket = {
    frames$: frameSubject,
    pongs$: NEVER,
    send: (text) => sent.push(text),
    ping() {},
    close() {},
    terminate() {},
    reference() {},
  }
  return {
    openSocket: () => new Observable((subscriber) => subscriber.next(socket)),
    receive: (bytes) => frameSubject.next(bytes),
    /** What the client sent, oldest first. */
    sent,
  }
}
