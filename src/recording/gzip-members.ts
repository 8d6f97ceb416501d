/**
 * Gzip that may have been cut off, and appended to after that. A cut member yields what it holds; the one appended
 * behind it begins with the header that Node writes, which nothing else in a recording looks like: compressed text has
 * these nine bytes once in 2^72.
 */
import { once } from 'node:events'
import type { Gunzip } from 'node:zlib'
import { constants, createGunzip } from 'node:zlib'

const memberHead = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0])

/** The content of all members, each as far as it goes. Throws zlib's error for damage other than a cut. */
export async function* gunzipMembers(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let member: Member | undefined
  // What may be the beginning of a head that goes on in the next chunk.
  let rest: Buffer = Buffer.alloc(0)
  try {
    for await (const chunk of chunks) {
      let data = Buffer.concat([rest, chunk])
      for (let at = data.indexOf(memberHead); at !== -1; at = data.indexOf(memberHead)) {
        if (at > 0) yield* await (member ??= new Member()).add(data.subarray(0, at))
        if (member !== undefined) yield* await member.end()
        member = new Member()
        yield* await member.add(memberHead)
        data = data.subarray(at + memberHead.length)
      }
      const keep = Math.min(data.length, memberHead.length - 1)
      yield* await (member ??= new Member()).add(data.subarray(0, data.length - keep))
      rest = data.subarray(data.length - keep)
    }
    yield* await (member ??= new Member()).add(rest)
    yield* await member.end()
  } finally {
    member?.close()
  }
}

class Member {
  private readonly gunzip: Gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH })
  private readonly failed: Promise<never>
  private ready: Buffer[] = []

  constructor() {
    this.gunzip.on('data', (data: Buffer) => this.ready.push(data))
    this.failed = new Promise((_, reject) => this.gunzip.on('error', reject))
    // Told where it is waited for, not by the process.
    this.failed.catch(() => {})
  }

  async add(data: Buffer): Promise<Buffer[]> {
    if (data.length === 0) return []
    const taken = new Promise<void>((resolve) => this.gunzip.write(data, () => resolve()))
    await Promise.race([this.failed, taken])
    return this.take()
  }

  async end(): Promise<Buffer[]> {
    const ended = once(this.gunzip, 'end')
    this.gunzip.end()
    await Promise.race([this.failed, ended])
    this.close()
    return this.take()
  }

  close(): void {
    this.gunzip.close()
  }

  private take(): Buffer[] {
    const { ready } = this
    this.ready = []
    return ready
  }
}
