/** Every option of every command: whether it takes a value, and what that is called in a message. */

/** `false`: no value. A text names the value. */
export type OptionTable = Readonly<Record<string, string | false>>

export const watchOptions = {
  types: 'LIST',
  live: false,
  url: 'URL',
  simulate: false,
  replay: 'FILE',
  speed: 'N',
  format: 'F',
  duration: 'S',
  json: false,
} as const satisfies OptionTable

export const recordOptions = {
  out: 'FILE',
  types: 'LIST',
  live: false,
  url: 'URL',
  simulate: false,
  format: 'F',
  rotate: 'LIMIT',
  duration: 'S',
  json: false,
} as const satisfies OptionTable

export const simulateOptions = {
  port: 'N',
  seed: 'N',
  markets: 'N',
  rate: 'N',
  replay: 'FILE',
} as const satisfies OptionTable

export const doctorOptions = {
  url: 'URL',
  region: 'R',
  timeout: 'S',
  json: false,
} as const satisfies OptionTable

/** Answered before anything else, in any place. */
export const globalOptions = { help: false, version: false } as const satisfies OptionTable

export const commandOptions = {
  watch: watchOptions,
  record: recordOptions,
  simulate: simulateOptions,
  doctor: doctorOptions,
} as const
export type CommandName = keyof typeof commandOptions
export const commandNames = Object.keys(commandOptions) as readonly CommandName[]
