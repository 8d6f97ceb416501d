/** What `upbit-rx watch` is asked for, checked. */
import type { MarketCode } from '../protocol/market-code'
import type { PublicType, WireFormat } from '../protocol/wire'
import { wireFormats } from '../protocol/wire'
import { nearest } from '../base/nearest'
import { watchOptions } from './option-table'
import { readCodes, readTypes } from './read-codes'
import { readNumber } from './read-number'
import { readOptions } from './read-options'
import { isHostName, shownUrl } from '../base/shown-url'
import { UsageError } from './usage-error'

/** Where the events come from. */
export type SourceArguments =
  | { readonly kind: 'live' }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'simulate' }
  | { readonly kind: 'replay'; readonly file: string; readonly speed: number }

export interface WatchArguments {
  readonly kind: 'watch'
  /** Empty: the defaults, or all of a recording. */
  readonly codes: readonly MarketCode[]
  /** Empty: the defaults, or all of a recording. */
  readonly types: readonly PublicType[]
  readonly source: SourceArguments
  readonly format?: WireFormat
  readonly durationMs?: number
  readonly json: boolean
}

const sourceNames = ['live', 'url', 'simulate', 'replay'] as const

/** A timer of JavaScript holds no more than 2^31 − 1 ms; a longer one would end at once. */
const maxSeconds = 2_147_483

export function readWatchArguments(args: readonly string[]): WatchArguments {
  const { values, rest } = readOptions('watch', watchOptions, args)
  const { types, format, duration } = values
  return {
    kind: 'watch',
    codes: readCodes(rest),
    types: types === undefined ? [] : readTypes(types),
    source: readSource(values),
    ...(format === undefined ? {} : { format: readFormat(format) }),
    ...(duration === undefined ? {} : { durationMs: readSeconds(duration) * 1000 }),
    json: values.json !== undefined,
  }
}

/** Throws `UsageError`. */
export function readSource(
  values: Partial<Readonly<Record<(typeof sourceNames)[number] | 'speed', string>>>,
): SourceArguments {
  const { url, replay, speed } = values
  const [kind = 'live', another] = sourceNames.filter((name) => values[name] !== undefined)
  if (another !== undefined) {
    throw new UsageError(`--${kind} and --${another} both say where events come from; keep one of them.`)
  }
  if (speed !== undefined && replay === undefined) {
    throw new UsageError(`--speed ${speed} says how fast to replay; add --replay FILE, or leave --speed out.`)
  }
  if (url !== undefined) return { kind: 'url', url: readUrl(url) }
  if (replay !== undefined) return { kind: 'replay', file: replay, speed: readSpeed(speed) }
  return kind === 'simulate' ? { kind } : { kind: 'live' }
}

function readSpeed(text = '1'): number {
  return readNumber('speed', text, {
    least: 0.001,
    most: 1_000_000,
    allowed: 'how many times as fast as recorded, from 0.001 to 1000000',
    example: 20,
  })
}

/** Throws `UsageError`. */
export function readSeconds(text: string): number {
  const allowed = `a number of seconds from 0.001 to ${maxSeconds}`
  return readNumber('duration', text, { least: 0.001, most: maxSeconds, allowed, example: 10 })
}

/** Throws `UsageError`. */
export function readFormat(text: string): WireFormat {
  const found = wireFormats.find((known) => known === text)
  if (found !== undefined) return found
  const meant = nearest(text.replaceAll('-', '_'), wireFormats)
  throw new UsageError(
    meant === undefined
      ? `--format is '${text}'; there are ${wireFormats.join(', ')}.`
      : `--format is '${text}'; did you mean ${meant}?`,
  )
}

/** Throws `UsageError` for what is no url of a WebSocket, with what was probably meant. */
export function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && (url.protocol === 'ws:' || url.protocol === 'wss:')) return text
  const meant = text.includes('://')
    ? text.replace(/^http(s?):/i, (_, secure: string) => `ws${secure.toLowerCase()}:`)
    : `${/^(localhost|127\.|\[?::1)/.test(text) ? 'ws' : 'wss'}://${text}`
  const [place = ''] = text.split('/')
  // A word alone may be a key, which is shown to nobody.
  if (!/:\/\/|@|^\[?::1/.test(text) && !isHostName(place)) {
    throw new UsageError('--url is no url; give a ws:// or wss:// url, as in --url ws://127.0.0.1:9000.')
  }
  const isUrl = /^wss?:/.test(meant) && URL.canParse(meant)
  throw new UsageError(
    isUrl
      ? `--url is '${shownUrl(text)}'; did you mean ${shownUrl(meant)}?`
      : `--url is '${shownUrl(text)}'; give a ws:// or wss:// url, as in --url ws://127.0.0.1:9000.`,
  )
}
