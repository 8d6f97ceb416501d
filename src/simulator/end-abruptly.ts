/** A connection ended with a RST, as a network or a machine ends one that it does not know any more. */
import type { Socket } from 'node:net'

/**
 * Without a RST where an end is just being sent: Node 20 refuses it then (EINVAL), holds the handle for good, and never comes
 * to the end of its process.
 */
export function endAbruptly(socket: Socket): void {
  if (socket.writableEnded && !socket.writableFinished) socket.destroy()
  else socket.resetAndDestroy()
}
