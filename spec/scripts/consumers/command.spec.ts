import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '../../../scripts/consumers/command'

describe('a command of a consumer', () => {
  let folder: string
  let log: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'upbit-rx-spec-'))
    log = join(folder, 'log')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const run = (program: string, limitSeconds = 20): Promise<string | undefined> =>
    runCommand({ argv: [process.execPath, '--eval', program], cwd: folder, log, limitSeconds, graceMs: 300 })
  const logged = (): string => readFileSync(log, 'utf8')
  const lives = (pid: number): boolean => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }

  it('ends well with exit 0, its output in the log', async () => {
    expect(await run('console.log(1); console.error(2)')).toBeUndefined()
    expect(logged()).toBe('1\n2\n')
  })

  it('tells another exit, and a signal', async () => {
    expect(await run('process.exit(3)')).toBe('exit 3')
    expect(await run("process.kill(process.pid, 'SIGTERM')")).toBe('exit SIGTERM')
  })

  it('tells a program that is not there', async () => {
    const wrong = await runCommand({ argv: ['no-such-program'], cwd: folder, log, limitSeconds: 5 })
    expect(wrong).toMatch(/^no-such-program: .*ENOENT/)
  })

  it('is ended at its limit, and told so', async () => {
    expect(await run('setInterval(() => {}, 1000)', 0.5)).toBe('not over after 0.5 s')
  })

  it('leaves no process: one that stayed is told and ended', async () => {
    const stays = `
      const { spawn } = require('node:child_process')
      const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
      console.log(child.pid)
      child.unref()`
    expect(await run(stays)).toBe('it left processes running')
    expect(lives(Number(logged()))).toBe(false)
  })

  it('gets the user’s environment without what belongs to this project', async () => {
    process.env['UPBIT_URL'] = 'ws://127.0.0.1:1'
    process.env['npm_package_name'] = 'upbit-rx'
    try {
      await run('console.log(JSON.stringify(process.env))')
      const environment = JSON.parse(logged()) as Record<string, string>
      expect(environment).not.toHaveProperty('UPBIT_URL')
      expect(environment).not.toHaveProperty('npm_package_name')
      expect(environment['PATH']).toBe(process.env['PATH'])
    } finally {
      delete process.env['UPBIT_URL']
      delete process.env['npm_package_name']
    }
  })
})
