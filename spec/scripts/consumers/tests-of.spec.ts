import { spawnSync } from 'node:child_process'
import { testsOf, unprovenBy } from '../../../scripts/consumers/tests-of'

/** What this Node's own runner writes of a program. */
function nodeOutput(program: string): string {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const { stdout, status } = spawnSync(
    process.execPath,
    ['--test-reporter=spec', '--input-type=module', '--eval', `import { test } from 'node:test'\n${program}`],
    { encoding: 'utf8', env },
  )
  expect(status).toBe(0)
  return stdout
}

describe('the tests that a check counts', () => {
  it('of node:test', () => {
    const output = nodeOutput("test('a', () => {}); test('b', () => {}); test.skip('c'); test.todo('d')")
    expect(testsOf(output)).toEqual({ passed: 2, skipped: 2 })
  })

  it('of jest', () => {
    expect(
      testsOf('Test Suites: 2 passed, 2 total\nTests:       1 skipped, 1 todo, 4 passed, 6 total\n'),
    ).toEqual({
      passed: 4,
      skipped: 2,
    })
  })

  it('of Vitest', () => {
    expect(testsOf(' Test Files  2 passed (2)\n      Tests  4 passed | 1 skipped (5)\n')).toEqual({
      passed: 4,
      skipped: 1,
    })
  })

  it('are none in a check that runs nothing', () => {
    expect(testsOf('')).toEqual({ passed: 0, skipped: 0 })
    expect(testsOf(nodeOutput(''))).toEqual({ passed: 0, skipped: 0 })
  })
})

describe('a check that ended well', () => {
  it('proves nothing without a test that passed', () => {
    expect(unprovenBy({ passed: 0, skipped: 0 }, [])).toBe('no test passed in it')
    expect(unprovenBy({ passed: 1, skipped: 0 }, [])).toBeUndefined()
  })

  it('skips a test only beside a note', () => {
    expect(unprovenBy({ passed: 3, skipped: 1 }, [])).toBe('1 tests skipped, and 0 notes to say why')
    expect(unprovenBy({ passed: 3, skipped: 1 }, ['no Chromium here'])).toBeUndefined()
  })
})
