/** One file of a recording, open for appending: plain, or gzip where its name ends in `.gz`. */
import { closeSync, fstatSync, openSync, readSync, statSync, write } from 'node:fs'
import { promisify } from 'node:util'
import type { Gzip } from 'node:zlib'
import { constants, createGzip } from 'node:zlib'
import { isGzipContent, isGzipName } from '../recording/recording-files'

export interface RecordingFile {
  readonly path: string
  /** How large it is on the disk. */
  readonly size: number
  /** Whether what was written waits for a flush. */
  readonly isBuffered: boolean
  write(data: Buffer): Promise<void>
  /** Resolves when all that was written can be read by others, after a crash of this process too. */
  flush(): Promise<void>
  /** Flushes, and gives the file back. Once: a second call does nothing. */
  close(): Promise<void>
}

const writeSome = promisify(write)

/**
 * Opens at once, so that a file that cannot be written is told at the call. `isNew`: it must not be there yet. Throws the
 * system's error.
 */
export function openRecordingFile(path: string, isNew = false): RecordingFile {
  if (!isNew) checkKind(path)
  const file = new PlainFile(path, openSync(path, isNew ? 'ax' : 'a'))
  return isGzipName(path) ? new GzipFile(file) : file
}

/** Plain lines behind compressed ones, or the other way round, would leave a file that nothing reads. */
export class OtherKindError extends Error {}

function checkKind(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats?.isFile() !== true || stats.size === 0) return
  const first = Buffer.alloc(1)
  const descriptor = openSync(path, 'r')
  try {
    readSync(descriptor, first)
  } finally {
    closeSync(descriptor)
  }
  const isGzip = isGzipContent(first[0])
  if (isGzip === isGzipName(path)) return
  const name = isGzip ? 'does not end' : 'ends'
  throw new OtherKindError(`it holds ${isGzip ? 'gzip' : 'no gzip'}, and its name ${name} in .gz`)
}

class PlainFile implements RecordingFile {
  readonly isBuffered = false
  size: number
  private isClosed = false

  constructor(
    readonly path: string,
    private readonly descriptor: number,
  ) {
    this.size = fstatSync(descriptor).size
  }

  async write(data: Buffer): Promise<void> {
    let rest = data
    while (rest.length > 0) {
      const { bytesWritten } = await writeSome(this.descriptor, rest)
      this.size += bytesWritten
      rest = rest.subarray(bytesWritten)
    }
  }

  flush(): Promise<void> {
    return Promise.resolve()
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- a failure is to reject, not to throw
  async close(): Promise<void> {
    // The system may have given its number to another file.
    if (this.isClosed) return
    this.isClosed = true
    closeSync(this.descriptor)
  }
}

/**
 * A member of its own is appended. A flush ends a block, so that a file cut behind it yields all before it; each costs
 * some bytes, and the compressor what it knew of the block.
 */
class GzipFile implements RecordingFile {
  readonly isBuffered = true
  private readonly gzip: Gzip = createGzip()
  private ready: Buffer[] = []
  private readonly failed: Promise<never>
  private closed: Promise<void> | undefined

  constructor(private readonly file: PlainFile) {
    this.gzip.on('data', (data: Buffer) => this.ready.push(data))
    this.failed = new Promise((_, reject) => this.gzip.on('error', reject))
    this.failed.catch(() => {})
  }

  get path(): string {
    return this.file.path
  }

  get size(): number {
    return this.file.size
  }

  async write(data: Buffer): Promise<void> {
    await this.compress((done) => this.gzip.write(data, done))
  }

  async flush(): Promise<void> {
    await this.compress((done) => this.gzip.flush(constants.Z_SYNC_FLUSH, done))
  }

  close(): Promise<void> {
    return (this.closed ??= this.finish())
  }

  private async finish(): Promise<void> {
    try {
      await this.compress((done) => this.gzip.once('end', done).end())
    } finally {
      this.gzip.close()
      await this.file.close()
    }
  }

  private async compress(work: (done: () => void) => unknown): Promise<void> {
    await Promise.race([this.failed, new Promise<void>((resolve) => work(() => resolve()))])
    const { ready } = this
    this.ready = []
    await this.file.write(Buffer.concat(ready))
  }
}
