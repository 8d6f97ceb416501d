/**
 * What is wrong with a command that a page shows: a script that `package.json` has not, a file that is not there, an
 * option that the command line does not know, a title that no spec has. A program that this file does not know is a
 * problem too, so that nothing is shown unchecked by accident.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArguments } from '../../src/cli/parse-arguments'
import { shellCommands } from './shell-words'
import { specTitles } from './spec-titles'

/** Programs of the shell's and of the reader's, whose arguments are theirs. */
const foreign = new Set(['cd', 'curl', 'echo', 'export', 'git', 'jq', 'kill', 'mkdir'])
const npmCommands = new Set(['ci', 'i', 'install', 'pack', 'publish', 'ls'])

export class CommandChecker {
  private readonly scripts: Readonly<Record<string, string>>

  constructor(private readonly root: string) {
    const text = readFileSync(join(root, 'package.json'), 'utf8')
    this.scripts = (JSON.parse(text) as { scripts: Record<string, string> }).scripts
  }

  problems(line: string): string[] {
    return shellCommands(line).flatMap(({ words }) => {
      const command = words.slice(words.findIndex((word) => !/^[A-Z_][A-Z0-9_]*=/.test(word)))
      const [program = '', ...args] = command
      if (program === 'npm') return this.npm(args)
      if (program === 'npx') return this.npx(args)
      if (program === 'upbit-rx') return this.upbitRx(args)
      if (program === 'node' || program === 'bash') return this.files(args)
      return foreign.has(program) ? [] : [`nobody knows whether this works: ${program}`]
    })
  }

  private npm(args: readonly string[]): string[] {
    const [command = '', ...rest] = args.filter((word) => word !== '--silent' && word !== '-s')
    if (command === 'start') return this.upbitRx(['watch', ...rest.filter((word) => word !== '--')])
    if (command === 'test') return this.script('test')
    if (command !== 'run') return npmCommands.has(command) ? [] : [`npm has no use for \`${command}\` here`]
    const [name = '', ...more] = rest
    const own = more.filter((word) => word !== '--')
    if (name === 'verify') return own.flatMap((step) => this.script(step))
    if (name === 'example') return own.flatMap((word) => this.example(word))
    return this.script(name)
  }

  private npx(args: readonly string[]): string[] {
    const [program, ...rest] = args
    if (program === 'upbit-rx') return this.upbitRx(rest)
    if (program === 'jest') return this.jest(rest)
    if (program === 'eslint' || program === 'prettier') return this.files(rest)
    // A file that the page has just told the reader to write is not here.
    if (program === 'tsx') return rest.some((word) => word.includes('/')) ? this.files(rest) : []
    return [`nobody knows whether this works: npx ${program ?? ''}`]
  }

  private jest(args: readonly string[]): string[] {
    const at = args.findIndex((word) => word === '-t' || word === '--testNamePattern')
    const pattern = at < 0 ? undefined : args[at + 1]
    const paths = args.filter((word, index) => !word.startsWith('-') && (at < 0 || index !== at + 1))
    // The runner takes a path for a part of a spec's own.
    const missing = paths
      .filter((path) => this.specs([path]).length === 0)
      .map((path) => `no spec is called ${path}`)
    if (pattern === undefined || missing.length > 0) return missing
    const wanted = new RegExp(pattern)
    const isFound = this.specs(paths).some((file) => {
      const known = specTitles(file, readFileSync(join(this.root, file), 'utf8'))
      // Of a spec that is named, a title may be one that only its run can tell.
      return known.paths.some((title) => wanted.test(title)) || (paths.length > 0 && known.hasOthers)
    })
    return isFound ? [] : [`no spec has a title like ${pattern}`]
  }

  /** Every spec below the paths; all, where none is given. */
  private specs(paths: readonly string[]): string[] {
    const names = readdirSync(join(this.root, 'spec'), { recursive: true, encoding: 'utf8' })
    return names
      .map((name) => `spec/${name.replaceAll('\\', '/')}`)
      .filter((name) => name.endsWith('.spec.ts'))
      .filter((name) => paths.length === 0 || paths.some((path) => name.includes(path)))
  }

  private upbitRx(args: readonly string[]): string[] {
    try {
      parseArguments(args)
      return []
    } catch (error) {
      return [`upbit-rx ${args.join(' ')}: ${error instanceof Error ? error.message : String(error)}`]
    }
  }

  private script(name: string): string[] {
    return Object.hasOwn(this.scripts, name) ? [] : [`package.json has no script \`${name}\``]
  }

  private example(word: string): string[] {
    if (word.startsWith('--')) return word === '--live' ? [] : [`example has no option ${word}`]
    const names = readdirSync(join(this.root, 'examples'))
    return word === 'NUMBER' || names.some((name) => name.startsWith(word))
      ? []
      : [`there is no example ${word}`]
  }

  private files(words: readonly string[]): string[] {
    return words
      .filter((word) => !word.startsWith('-') && word.includes('/') && !existsSync(join(this.root, word)))
      .map((word) => `${word} does not exist`)
  }
}
