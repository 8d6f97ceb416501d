/** When a recording goes on in another file, and what that is called. */
import { isGzipName, numberedFile, numbersOf } from '../recording/recording-files'
import type { RecordingFile } from './recording-file'
import { openRecordingFile } from './recording-file'

/** When `record` begins another file: whichever comes first. */
export interface RotateOptions {
  /** When the file has grown to so many bytes, as it lies on the disk. */
  readonly bytes?: number
  /** When the file's first line is so old, ms. */
  readonly everyMs?: number
}

export class Rotation {
  /** Every file of this run, oldest first. */
  readonly files: string[] = []

  constructor(
    private readonly file: string,
    private readonly rotate: RotateOptions | undefined,
  ) {}

  /** The file to write to next. Throws the system's error. */
  open(): RecordingFile {
    const { file, rotate } = this
    const opened = rotate === undefined ? openRecordingFile(file) : this.openNext()
    this.files.push(opened.path)
    return opened
  }

  /** Never one that is there: a set goes on with the number after its last. */
  private openNext(): RecordingFile {
    for (let number = (numbersOf(this.file).at(-1) ?? 0) + 1; ; number++) {
      try {
        return openRecordingFile(numberedFile(this.file, number), true)
      } catch (cause) {
        // Another process that records under this name has taken the number since.
        if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
      }
    }
  }

  /** Whether the file, begun at `beganAtMs`, is not to take a line of `length` bytes that came at `atMs`. */
  isDue(file: RecordingFile, beganAtMs: number, length: number, atMs: number): boolean {
    const { bytes = Infinity, everyMs = Infinity } = this.rotate ?? {}
    // Of a compressed file nobody knows what the line will add.
    const grows = isGzipName(file.path) ? 0 : length
    return file.size + grows > bytes || atMs - beganAtMs >= everyMs
  }
}
