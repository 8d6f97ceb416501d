/**
 * Types as promises: compiled by `npm run check:types` against the sources and against the built declarations, never
 * run. A file here imports from the package's entry points alone, as a user does, and says what a name's type *is*
 * (`toEqualTypeOf`), what it accepts (`toExtend`), and, under `@ts-expect-error`, what it must refuse.
 */
import { expectTypeOf } from 'expect-type'
import { isUpbitError, UpbitError } from 'upbit-rx'
import type { UpbitErrorCode } from 'upbit-rx'

const error = new UpbitError('INVALID_CODE', 'KRW-BTC is meant')

expectTypeOf(error).toExtend<Error>()
expectTypeOf(error.code).toEqualTypeOf<UpbitErrorCode>()
expectTypeOf<'SLOW_CONSUMER'>().toExtend<UpbitErrorCode>()
expectTypeOf(error.path).toEqualTypeOf<string | undefined>()

// @ts-expect-error the set of codes is closed
new UpbitError('NO_SUCH_CODE', 'an unknown code')

// @ts-expect-error a code is what errors are told apart by, so it never changes
error.code = 'TIMEOUT'

declare const caught: unknown
if (isUpbitError(caught)) expectTypeOf(caught).toEqualTypeOf<UpbitError>()
