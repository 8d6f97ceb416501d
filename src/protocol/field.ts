/**
 * The vocabulary of an event's definition: one line a field, with its name, its key in the SIMPLE formats and its
 * io-ts codec. From such a table come the static type, the slow exact validation (`event-codec.ts`) and the fast
 * guard (`guard.ts`), so that none of them can say something else.
 */
import * as t from 'io-ts'
import { canonicalDecimal } from './decimal'
import { flatText } from './flat-text'
import { NumberText } from './number-text'

export interface Field<C extends t.Mixed = t.Mixed, Optional extends boolean = boolean> {
  readonly key: string
  readonly codec: C
  readonly optional: Optional
}

export type Fields = Readonly<Record<string, Field>>

/** A field that is in every frame; `key` is its name in the SIMPLE formats. */
export function required<C extends t.Mixed>(key: string, codec: C): Field<C, false> {
  return { key, codec, optional: false }
}

/**
 * A field that some frames lack: added later, or announced for removal. `null` counts as its absence, since the
 * exchange has emptied deprecated fields before it removed them (`trade_status`, 2021).
 */
export function optional<C extends t.Mixed>(key: string, codec: C): Field<C, true> {
  return { key, codec, optional: true }
}

/** What a field table describes, as a type. */
export type FieldsType<F extends Fields> = {
  readonly [K in keyof F as F[K]['optional'] extends true ? never : K]: t.TypeOf<F[K]['codec']>
} & {
  readonly [K in keyof F as F[K]['optional'] extends true ? K : never]?: t.TypeOf<F[K]['codec']>
}

function toNumber(value: unknown): number | undefined {
  const number = value instanceof NumberText ? Number(value.text) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

function numberCodec(name: string, accepts: (value: number) => boolean): t.Type<number, number, unknown> {
  return new t.Type(
    name,
    (value): value is number => typeof value === 'number' && Number.isFinite(value) && accepts(value),
    (value, context) => {
      const number = toNumber(value)
      return number !== undefined && accepts(number) ? t.success(number) : t.failure(value, context)
    },
    t.identity,
  )
}

/** The first number kind: a finite JavaScript number, for prices, sizes, totals and rates. */
export const num = numberCodec('number', () => true)

/** A whole number of milliseconds since the Unix epoch, UTC. */
export const timestampMs = numberCodec('integer of milliseconds', Number.isSafeInteger)

/** The second number kind: a canonical decimal string, exact whatever its length (`decimal.ts`). */
export class ExactType extends t.Type<string, string, unknown> {
  constructor(name: string, accepts: (decimal: string) => boolean) {
    super(
      name,
      (value): value is string =>
        typeof value === 'string' && canonicalDecimal(value) === value && accepts(value),
      (value, context) => {
        const decimal = value instanceof NumberText ? canonicalDecimal(value.text) : undefined
        return decimal !== undefined && accepts(decimal)
          ? t.success(flatText(decimal))
          : t.failure(value, context)
      },
      t.identity,
    )
  }
}

/** A whole number of any length, such as `sequential_id`. */
export const exactInteger = new ExactType('exact integer', (decimal) => /^\d+$/.test(decimal))

/** `null`, or what another codec takes, which stays readable for the reader's generator and for drift. */
export class OrNullType<A> extends t.Type<A | null, A | null, unknown> {
  constructor(readonly inner: t.Type<A, A, unknown>) {
    super(
      `${inner.name} or null`,
      (value): value is A | null => value === null || inner.is(value),
      (value, context) => (value === null ? t.success(null) : inner.validate(value, context)),
      t.identity,
    )
  }
}

export function orNull<A>(codec: t.Type<A, A, unknown>): OrNullType<A> {
  return new OrNullType(codec)
}

/** A string of which the known values are typed; others are tolerated and counted as schema drift. */
export class OpenEnumType<A extends string> extends t.Type<A | (string & {}), string, unknown> {
  constructor(
    name: string,
    readonly values: readonly A[],
  ) {
    super(
      name,
      (value): value is string => typeof value === 'string',
      (value, context) => (typeof value === 'string' ? t.success(value) : t.failure(value, context)),
      t.identity,
    )
  }
}

export function openEnum<A extends string>(name: string, values: readonly A[]): OpenEnumType<A> {
  return new OpenEnumType(name, values)
}

export const streamType = openEnum('stream type', ['SNAPSHOT', 'REALTIME'])
export const askBid = openEnum('side', ['ASK', 'BID'])
export const change = openEnum('change', ['RISE', 'EVEN', 'FALL'])
