/** The error of a wrong option: it names the option, what was given and what is allowed. */
import { UpbitError } from './errors'

/** `allowed` completes "allowed: …"; `from` is the environment variable that it came from, which is what to change. */
export function invalidOption(
  option: string,
  value: unknown,
  allowed: string,
  from?: string,
  nextStep?: string,
): UpbitError {
  const named = from === undefined ? `\`${option}\`` : `\`${option}\`, from ${from},`
  return new UpbitError('INVALID_OPTION', `${named} is ${show(value)}; allowed: ${allowed}.`, {
    option,
    ...(nextStep === undefined ? {} : { nextStep }),
  })
}

/** In words where the value itself may be long, or hold what belongs in no message. */
function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return `a list of ${value.length}`
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}
