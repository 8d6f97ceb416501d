/** The exchange of the benchmarks as the harness sees it: a child that is told what the next connection shall get. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { startChild } from './child'

export interface Plan {
  /** Frames before the measurement, never paced. */
  readonly warm: number
  readonly measured: number
  /** One write a message at this rate; 0: as fast as the client reads. */
  readonly perSecond: number
}

export class Server {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(frameDirectory: string): Promise<Server> {
    const child = startChild('server.mjs', { frameDirectory })
    const [{ port }] = (await answered(child)) as [{ port: number }]
    return new Server(child, `ws://127.0.0.1:${port}`)
  }

  async prepare(plan: Plan): Promise<void> {
    const prepared = answered(this.child)
    this.child.send(plan)
    await prepared
  }

  stop(): void {
    this.child.kill()
  }
}

async function answered(child: ChildProcess): Promise<unknown[]> {
  const gone = new AbortController()
  const exited = once(child, 'exit', { signal: gone.signal }).then(() => {
    throw new Error('the server of the benchmarks has ended')
  })
  // Loses the race quietly when the answer came.
  exited.catch(() => {})
  try {
    return await Promise.race([once(child, 'message', { signal: gone.signal }), exited])
  } finally {
    gone.abort()
  }
}
