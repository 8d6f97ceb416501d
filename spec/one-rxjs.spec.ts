/**
 * rxjs is the application's: a peer, imported and never bundled, so that `instanceof Observable` holds and a user's
 * TestScheduler moves the library's time. `npm run consumers` proves the same of the installed package.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { map, Observable } from 'rxjs'
import { TestScheduler } from 'rxjs/testing'
import { createUpbit, ticker$ } from 'upbit-rx'
import { aTicker, createVirtualExchange } from 'upbit-rx/testing'

const root = join(__dirname, '..')

describe('one rxjs', () => {
  it('is a peer dependency and no dependency', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, object>
    expect(manifest['peerDependencies']).toHaveProperty('rxjs')
    expect(manifest['dependencies']).not.toHaveProperty('rxjs')
  })

  it('is imported by its public name in every file of the build, and bundled in none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'upbit-rx-build-'))
    try {
      const { status, stderr } = spawnSync(
        join(root, 'node_modules/.bin/tsdown'),
        ['--no-dts', '--no-sourcemap', '--logLevel', 'error', '--out-dir', folder],
        { cwd: root, encoding: 'utf8' },
      )
      expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' })
      const built = readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.c?js$/.test(name))
        .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))

      const importers = built.filter(({ text }) => specifiers(text).some((name) => name === 'rxjs'))
      expect(importers.map(({ name }) => name)).toEqual(expect.arrayContaining(['shared.js', 'shared.cjs']))
      for (const { name, text } of built) {
        expect([name, specifiers(text).filter((from) => /^rxjs\//.test(from))]).toEqual([name, []])
        // The bundler heads each module that it takes in with its path.
        expect([name, text.match(/#region .*node_modules.*/g)]).toEqual([name, null])
        expect(text).not.toMatch(/(class|function) Observable\b/)
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('makes the streams: they are instances of the user’s Observable, composed or not', () => {
    expect(ticker$('KRW-BTC')).toBeInstanceOf(Observable)
    expect(ticker$('KRW-BTC').pipe(map(({ code }) => code))).toBeInstanceOf(Observable)
  })

  it('moves the library’s time: a user’s TestScheduler runs a redial and a minute of quiet in no time', () => {
    new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run((marbles) => {
      const exchange = createVirtualExchange()
      const upbit = createUpbit({ ...exchange.options, logger: false })
      marbles.cold('1s a 9s b 50s c').subscribe((step) => {
        if (step === 'b') exchange.cut()
        else exchange.emit(aTicker({ code: 'KRW-BTC', trade_price: step === 'a' ? 100 : 300 }))
      })
      const price$ = upbit.ticker$('KRW-BTC').pipe(map(({ trade_price, epoch }) => [trade_price, epoch]))
      marbles.expectObservable(price$, '^ 120s !').toBe('1s a 59001ms c', { a: [100, 1], c: [300, 2] })
    })
  })
})

/** What a file imports or requires; its doc comments quote with single marks. */
function specifiers(text: string): readonly string[] {
  const imports = /^(?:import|export)\b.*\bfrom "([^"]+)"|^import "([^"]+)"|\brequire\("([^"]+)"\)/gm
  return [...text.matchAll(imports)].map(([, from, bare, required]) => String(from ?? bare ?? required))
}
