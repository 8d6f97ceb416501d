/* eslint-disable rxjs-x/finnish -- what OpenTelemetry calls an Observable is an instrument, and none of rxjs */
/**
 * The entry point `upbit-rx/opentelemetry`: the figures of a client as instruments of OpenTelemetry, for whatever exporter
 * the application has. Needs the optional peer `@opentelemetry/api`; importing it starts nothing.
 *
 * @module upbit-rx/opentelemetry
 */
import type { Attributes, BatchObservableResult, Meter, MeterProvider, Observable } from '@opentelemetry/api'
import { metrics } from '@opentelemetry/api'
import { checkNames } from './base/check-names'
import { invalidOption } from './base/invalid-option'
import { hasMembers } from './channels/option-checks'
import type { HealthReport } from './observe/health-report'
import type { Instrument } from './observe/instruments'
import { instruments, observationsOf, unitOf } from './observe/instruments'
import type { PerformanceMetrics } from './observe/metrics'

/** What is observed: a client, or a `GlobalWebSocketManager`. */
export interface Instrumented {
  /** As of `Upbit`. */
  getPerformanceMetrics(): PerformanceMetrics
  /** As of `Upbit`. */
  healthCheck(): HealthReport
  /** Of a client: whose figures they are. */
  readonly manager?: { readonly options: { readonly url: string } }
  /** Of a manager. */
  readonly options?: { readonly url: string }
}

/** Options of `instrument`. */
export interface InstrumentOptions {
  /** Where the instruments are made. Default: the meter `upbit-rx` of `meterProvider`. */
  readonly meter?: Meter
  /** Default: the application's global one. */
  readonly meterProvider?: MeterProvider
  /**
   * Attributes of every observation, beside `server.address` and, where the url names one, `server.port`, which they may
   * replace. Two accounts of one exchange need one, to be told apart.
   */
  readonly attributes?: Attributes
}

const scopeName = 'upbit-rx'
const healthStates: readonly HealthReport['status'][] = ['healthy', 'degraded', 'critical']

/**
 * Registers the figures of `upbit` as observable instruments: `upbit.frames`, `upbit.lag`, `upbit.consumer.dropped` …,
 * with the attributes `server.address`, `connection`, `type`, `consumer`, `group` (`docs/guides/observing.md` lists
 * them). They are worked out when an exporter reads, once for all of them, and cost nothing between. Give consumers names:
 * each is a series, and those of one name are one. The figures are of the target: instrument one client of each.
 *
 * @returns what takes them back; disposable.
 * @throws UpbitError `INVALID_OPTION`.
 * @example
 * ```ts
 * import { createUpbit } from 'upbit-rx'
 * import { instrument } from 'upbit-rx/opentelemetry'
 *
 * const upbit = createUpbit({ region: 'sg' })
 * const stop = instrument(upbit)
 * stop()
 * ```
 */
export function instrument(upbit: Instrumented, options: InstrumentOptions = {}): (() => void) & Disposable {
  if (!hasMembers(upbit, ['getPerformanceMetrics', 'healthCheck'])) {
    throw invalidOption('upbit', upbit, 'a client of createUpbit, a GlobalWebSocketManager')
  }
  checkNames(options, ['meter', 'meterProvider', 'attributes'])
  const { meterProvider = metrics.getMeterProvider() } = options
  const common: Attributes = { ...serverOf(upbit), ...options.attributes }
  const meter = options.meter ?? meterProvider.getMeter(scopeName)
  const made = instruments.map((each) => ({ each, observable: make(meter, each) }))
  const health = meter.createObservableGauge('upbit.health', {
    description: 'Health: 0 healthy, 1 degraded, 2 critical',
    unit: '1',
  })
  const observables = [...made.map(({ observable }) => observable), health]
  const observe = (result: BatchObservableResult): void => {
    const figures = upbit.getPerformanceMetrics()
    for (const { each, observable } of made) {
      for (const { value, attributes } of observationsOf(each, figures)) {
        result.observe(observable, value, { ...common, ...attributes })
      }
    }
    result.observe(health, healthStates.indexOf(upbit.healthCheck().status), common)
  }
  meter.addBatchObservableCallback(observe, observables)
  const stop = (): void => meter.removeBatchObservableCallback(observe, observables)
  return Object.assign(stop, { [Symbol.dispose]: stop })
}

/** The exchange, in the words of OpenTelemetry's conventions. */
function serverOf({ manager, options = manager?.options }: Instrumented): Attributes {
  if (options === undefined) return {}
  const { hostname, port } = new URL(options.url)
  return { 'server.address': hostname, ...(port === '' ? {} : { 'server.port': Number(port) }) }
}

function make(meter: Meter, each: Instrument): Observable {
  const options = { description: each.description, unit: unitOf(each) }
  switch (each.kind) {
    case 'counter':
      return meter.createObservableCounter(each.name, options)
    case 'updown':
      return meter.createObservableUpDownCounter(each.name, options)
    case 'gauge':
      return meter.createObservableGauge(each.name, options)
  }
}
