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

/** The file of that name; where there is none, its set in order. Where there is neither, the name, to fail by. */
export function filesOf(file: string): readonly string[] {
  if (existsSync(file) || !existsSync(dirname(file))) return [file]
  const files = numbersOf(file).map((number) => numberedFile(file, number))
  return files.length === 0 ? [file] : files
}
