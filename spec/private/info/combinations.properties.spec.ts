/** Whatever consumers come and go: no message asks for more than 100 combinations, and only those fail who would make it more. */
import type { Subscription } from 'rxjs'
import { combinationsOf } from '../../../src/protocol/indicator-params'
import type { InfoWorld } from './support/info-world'
import { crossing, infoWorld } from './support/info-world'
import fc from '../../support/seeded-fast-check'

const marketCodes = Array.from({ length: 8 }, (_, index) => `KRW-C${index}`)
const periods = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 21, 25] as const

type Step =
  | {
      readonly kind: 'values'
      readonly codes: readonly string[]
      readonly periods: readonly (typeof periods)[number][]
    }
  | { readonly kind: 'signals'; readonly codes: readonly string[] }
  | { readonly kind: 'leave'; readonly which: number }
  | { readonly kind: 'pass'; readonly ms: number }

const someCodes = fc.subarray(marketCodes, { minLength: 1, maxLength: 3 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('values' as const),
    codes: someCodes,
    periods: fc.subarray([...periods], { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('signals' as const), codes: someCodes }),
  fc.record({ kind: fc.constant('leave' as const), which: fc.nat(20) }),
  fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 3000 }) }),
)

/** What the consumers that are there want together. */
class Model {
  readonly present: { readonly ids: readonly string[]; readonly subscription: Subscription }[] = []

  get ids(): ReadonlySet<string> {
    return new Set(this.present.flatMap(({ ids }) => ids))
  }

  hasRoomFor(ids: readonly string[]): boolean {
    return ids.every((id) => this.ids.has(id)) || new Set([...this.ids, ...ids]).size <= 100
  }
}

function come({ upbit }: InfoWorld, model: Model, wanted: Exclude<Step, { kind: 'leave' | 'pass' }>): void {
  const failed: unknown[] = []
  const error = (problem: unknown): number => failed.push(problem)
  const ids =
    wanted.kind === 'values'
      ? wanted.codes.flatMap((code) => wanted.periods.map((period) => `indicator ${code} rsi ${period}`))
      : wanted.codes.map((code) => `indicator_signal ${code} moving_average 5`)
  const fits = model.hasRoomFor(ids)
  const subscription =
    wanted.kind === 'values'
      ? upbit
          .indicator$(
            wanted.codes,
            '5m',
            wanted.periods.map((period) => ({ type: 'rsi', params: { period } })),
          )
          .subscribe({ error })
      : upbit.indicatorSignal$(wanted.codes, '5m', crossing).subscribe({ error })
  expect(failed).toMatchObject(fits ? [] : [{ code: 'TOO_MANY_INDICATORS' }])
  expect(subscription.closed).toBe(!fits)
  if (fits) model.present.push({ ids, subscription })
}

describe('the combinations of the info connection', () => {
  it('are never more than 100, whoever comes and goes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 85, max: 100 }), fc.array(step, { maxLength: 30 }), (count, steps) => {
        const here = infoWorld()
        const model = new Model()
        // Nearly all of them are in use, so that every step counts.
        const codes = Array.from({ length: count }, (_, index) => `KRW-X${index}`)
        come(here, model, { kind: 'values', codes, periods: [14] })
        for (const each of steps) {
          if (each.kind === 'pass') here.pass(each.ms)
          else if (each.kind === 'leave') {
            const [left] = model.present.splice(each.which % Math.max(1, model.present.length), 1)
            left?.subscription.unsubscribe()
          } else come(here, model, each)
          expect(model.present.filter(({ subscription }) => subscription.closed)).toEqual([])
        }
        here.pass(60_000)
        const asked = here.exchange.info.received.filter(({ kind }) => kind === 'subscribe')
        for (const { items } of asked) {
          expect(
            combinationsOf(items.map(({ codes, indicators = [] }) => ({ codes, indicators }))),
          ).toBeLessThanOrEqual(100)
        }
        if (model.present.length > 0) {
          const last = asked
            .at(-1)
            ?.items.flatMap(({ type, codes, indicators = [] }) =>
              codes.flatMap((code) =>
                indicators.map(({ indicator, params }) => `${type} ${code} ${indicator} ${params.period}`),
              ),
            )
          expect(last?.sort()).toEqual([...model.ids].sort())
        }
        expect(here.errors).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})
