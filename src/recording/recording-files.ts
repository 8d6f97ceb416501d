/** The files of a recording: one, or a set with numbers, `btc-000001.jsonl.gz`, where it was rotated. */
import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const digits = 6

interface Name {
  readonly stem: string
  readonly extension: string
}

/** `btc.jsonl.gz` is `btc` and `.jsonl.gz`. */
function nameOf(file: string): Name {
  const name = basename(file)
  const extension = /(?<=.)(?:\.[^.]+)?(?:\.gz)?$/i.exec(name)?.[0] ?? ''
  return { stem: name.slice(0, name.length - extension.length), extension }
}

/** The name of the file with that number. */
export function numberedFile(file: string, number: number): string {
  const { stem, extension } = nameOf(file)
  return join(dirname(file), `${stem}-${String(number).padStart(digits, '0')}${extension}`)
}

/** The numbers that there are files of, in order. Throws the system's error where the folder cannot be read. */
export function numbersOf(file: string): readonly number[] {
  const { stem, extension } = nameOf(file)
  return readdirSync(dirname(file))
    .filter((name) => name.startsWith(`${stem}-`) && name.endsWith(extension))
    .map((name) => name.slice(stem.length + 1, name.length - extension.length))
    .filter((number) => /^\d{6,}$/.test(number))
    .map(Number)
    .sort((a, b) => a - b)
}

/** The file of that name, and behind it its set in order. Where there is neither, the name, to fail by. */
export function filesOf(file: string): readonly string[] {
  const isThere = existsSync(file)
  const files = existsSync(dirname(file)) ? numberedFiles(file, isThere) : []
  return isThere || files.length === 0 ? [file, ...files] : files
}

function numberedFiles(file: string, isThere: boolean): readonly string[] {
  try {
    return numbersOf(file).map((number) => numberedFile(file, number))
  } catch (cause) {
    // A folder may be entered, and its files read, by who may not list it.
    if (isThere) return []
    throw cause
  }
}

/** Whether a file of that name is written with compression. */
export function isGzipName(file: string): boolean {
  return /\.gz$/i.test(file)
}

/** Whether it holds compressed data, by its first byte alone, behind which a crash may have cut it off: no text has it. */
export function isGzipContent(first: number | undefined): boolean {
  return first === 0x1f
}
