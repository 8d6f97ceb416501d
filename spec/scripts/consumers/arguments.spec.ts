import { join } from 'node:path'
import { readArguments } from '../../../scripts/consumers/arguments'
import { knownConsumers } from '../../../scripts/consumers/known'

const known = knownConsumers(join(__dirname, '../../../consumers'))
const namesOf = (argv: readonly string[]): readonly string[] => {
  const asked = readArguments(argv, known)
  return asked.kind === 'run' ? asked.consumers.map(({ name }) => name) : [asked.kind]
}

describe('what npm run consumers is asked for', () => {
  it('all without a name, the named ones in their order', () => {
    expect(namesOf([])).toHaveLength(known.length)
    expect(namesOf(['vite', 'jest'])).toEqual(['vite', 'jest'])
  })

  it('the quick ones alone, which are some and not all', () => {
    expect(namesOf(['--quick'])).toEqual(known.filter(({ isQuick }) => isQuick).map(({ name }) => name))
    expect(namesOf(['--quick']).length).toBeGreaterThan(2)
    expect(namesOf(['--quick']).length).toBeLessThan(known.length)
  })

  it('help and the list before anything else', () => {
    expect(namesOf(['vite', '--help'])).toEqual(['help'])
    expect(namesOf(['--list'])).toEqual(['list'])
  })

  it.each([
    [['vitte'], /no such consumer: vitte; there are .*vite/],
    [['--fast'], /--fast/],
    [['vite', '--quick'], /none of these is quick/],
  ])('refuses %j with what is allowed', (argv, message) => {
    const asked = readArguments(argv, known)
    expect(asked).toEqual({ kind: 'wrong', message: expect.stringMatching(message) })
  })

  it('every template has a description, exact versions and the tarball', () => {
    for (const { name, folder, what } of known) {
      const manifest = jest.requireActual<{ dependencies: object; devDependencies?: object }>(
        join(folder, 'package.json'),
      )
      expect([name, what]).toEqual([name, expect.stringMatching(/\w+/)])
      const { 'upbit-rx': own, ...versions } = {
        ...manifest.dependencies,
        ...manifest.devDependencies,
      } as Record<string, string>
      expect([name, own]).toEqual([name, 'file:upbit-rx.tgz'])
      for (const version of Object.values(versions)) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    }
  })
})
