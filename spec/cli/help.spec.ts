import { helpText } from '../../src/cli/help'
import { commandNames, commandOptions } from '../../src/cli/option-table'
import { parseArguments } from '../../src/cli/parse-arguments'

describe('helpText', () => {
  it.each(commandNames)('of %s names every option of it, with the value that it takes', (name) => {
    for (const [option, value] of Object.entries(commandOptions[name])) {
      expect(helpText(name)).toMatch(
        new RegExp(`^ {2}--${option}${value === false ? '' : ` ${value}`} `, 'm'),
      )
    }
  })

  it('names every command', () => {
    for (const name of commandNames) expect(helpText()).toContain(`upbit-rx ${name}`)
  })

  it.each([undefined, ...commandNames])('of %s says the exit codes and fits into 80 columns', (name) => {
    expect(helpText(name)).toContain('Exit codes: 0 ')
    for (const line of helpText(name).split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })

  it.each([undefined, ...commandNames])('of %s gives examples that are understood', (name) => {
    const examples = [...helpText(name).matchAll(/^ {2}upbit-rx ([^[…]*?)( [|>].*)?$/gm)]
      .map(([, line = '']) => line.trim().split(' '))
      .filter(([command, ...rest]) => command !== '' && !rest.includes('COMMAND'))
    expect(examples.length).toBeGreaterThan(1)
    for (const example of examples) expect(() => parseArguments(example)).not.toThrow()
  })
})
