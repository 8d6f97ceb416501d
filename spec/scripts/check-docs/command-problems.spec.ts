import { join } from 'node:path'
import { CommandChecker } from '../../../scripts/check-docs/command-problems'

const checker = new CommandChecker(join(__dirname, '..', '..', '..'))

describe('CommandChecker', () => {
  it.each([
    'npm ci && npm test',
    'npm run verify lint check:deps',
    'npm run example -- 01 --live',
    'npm start -- --duration 5 --json',
    'UPBIT_REGION=sg npx upbit-rx watch KRW-BTC KRW-ETH --json | jq .',
    'upbit-rx simulate --port 9000 --rate 50 &',
    "npx jest spec/scripts/check-docs/command -t 'made of a table'",
    "npx jest spec/scripts/check-docs -t 'CommandChecker .*passes|is a problem'",
    'npx jest spec/manager spec/registry',
    'npx tsx first.ts',
    'bash .ci/run',
  ])('%s passes', (line) => {
    expect(checker.problems(line)).toEqual([])
  })

  it.each([
    ['npm run nothing', 'package.json has no script `nothing`'],
    ['npm run verify nothing', 'package.json has no script `nothing`'],
    ['npm run toString', 'package.json has no script `toString`'],
    ['npm run example -- 99', 'there is no example 99'],
    ['npm frobnicate', 'npm has no use for `frobnicate` here'],
    ['npx jest spec/nothing', 'no spec is called spec/nothing'],
    ["npx jest -t 'no spec is called th[i]s'", 'no spec has a title like no spec is called th[i]s'],
    ['node scripts/nothing.js', 'scripts/nothing.js does not exist'],
    ['npx frobnicate', 'nobody knows whether this works: npx frobnicate'],
    ['frobnicate --now', 'nobody knows whether this works: frobnicate'],
  ])('%s is a problem', (line, problem) => {
    expect(checker.problems(line)).toEqual([problem])
  })

  it.each([
    'npx upbit-rx watch --durations 5',
    'upbit-rx watsh',
    'npm start -- --frobnicate',
    'upbit-rx watch KRW',
  ])('%s is refused as the command line refuses it', (line) => {
    const [problem, ...others] = checker.problems(line)
    expect(problem).toMatch(/^upbit-rx \w+/)
    expect(others).toEqual([])
  })
})
