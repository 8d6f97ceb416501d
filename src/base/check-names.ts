/** The check of the names of options: a misspelt one would otherwise be silently without effect (C2.2). */
import { UpbitError } from './errors'
import { invalidOption } from './invalid-option'
import { nearest } from './nearest'

/** At most so many names make a step that can be read. */
const fewNames = 5

/** Throws `INVALID_OPTION` for a name that no option has, with the one that was probably meant. */
export function checkNames(options: unknown, allowed: readonly string[], of = 'options'): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw invalidOption(of, options, 'an object', undefined, nextStepFor(allowed))
  const full = (name: string): string => (of === 'options' ? name : `${of}.${name}`)
  for (const name of Object.keys(options)) {
    if (allowed.includes(name)) continue
    const meant = nearest(name, allowed)
    const names = allowed.length === 0 ? 'nothing here' : allowed.join(', ')
    throw new UpbitError('INVALID_OPTION', `There is no \`${full(name)}\`; allowed: ${names}.`, {
      option: full(name),
      nextStep: meant === undefined ? 'Leave it out.' : `Did you mean \`${full(meant)}\`?`,
    })
  }
}

function nextStepFor(allowed: readonly string[]): string | undefined {
  if (allowed.length === 0) return undefined
  return `Write { ${allowed.slice(0, fewNames).join(', ')}${allowed.length > fewNames ? ', …' : ''} }, or what is needed of it.`
}
