/** The instruments as the SDK of OpenTelemetry collects them. */
import {
  InMemoryMetricExporter,
  AggregationTemporality,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import type { DataPoint, MetricData } from '@opentelemetry/sdk-metrics'
import { metrics as api } from '@opentelemetry/api'
import { instruments, unitOf } from '../src/observe/instruments'
import { instrument } from '../src/opentelemetry'
import { aTicker, aTrade } from '../src/testing'
import { world } from './support/world'

function collecting() {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  // Never by itself: each look is asked for.
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 2 ** 31 - 1 })
  const meterProvider = new MeterProvider({ readers: [reader] })
  const collect = async (): Promise<ReadonlyMap<string, MetricData>> => {
    const { resourceMetrics, errors } = await reader.collect()
    expect(errors).toEqual([])
    const all = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics)
    return new Map(all.map((metric) => [metric.descriptor.name, metric]))
  }
  return { meterProvider, collect }
}

const points = (metric: MetricData | undefined): readonly [object, unknown][] =>
  (metric?.dataPoints ?? []).map(({ attributes, value }: DataPoint<unknown>): [object, unknown] => [
    // The host of a spec's world is any.
    Object.fromEntries(Object.entries(attributes).filter(([, text]) => !/^world-/.test(String(text)))),
    value,
  ])

let provider: MeterProvider | undefined
afterEach(() => provider?.shutdown())

function instrumented() {
  const made = world({ client: { logger: false } })
  const { meterProvider, collect } = collecting()
  provider = meterProvider
  const stop = instrument(made.upbit, { meterProvider })
  return { ...made, collect, stop }
}

describe('instrument', () => {
  it('observes frames by connection, events by type, accounts by consumer', async () => {
    const { upbit, exchange, pass, collect } = instrumented()
    upbit.ticker$('KRW-BTC', { name: 'board' }).subscribe()
    upbit.subscribeTrade('KRW-BTC', () => new Promise(() => {}), { name: 'saver', buffer: { capacity: 1 } })
    pass(1000)
    exchange.emit(aTicker())
    for (const id of ['1', '2', '3', '3']) exchange.emit(aTrade({ sequential_id: id }))
    const seen = await collect()
    const connection = { connection: 'public' }
    expect(points(seen.get('upbit.frames'))).toEqual([[connection, 5]])
    expect(points(seen.get('upbit.events.duplicate'))).toEqual([[connection, 1]])
    expect(points(seen.get('upbit.dials'))).toEqual([[connection, 1]])
    expect(points(seen.get('upbit.events'))).toEqual([
      [{ type: 'ticker' }, 1],
      [{ type: 'trade' }, 4],
    ])
    expect(points(seen.get('upbit.consumer.dropped'))).toEqual([
      [{ consumer: 'board' }, 0],
      [{ consumer: 'saver' }, 1],
    ])
    expect(points(seen.get('upbit.consumer.queue'))).toEqual([
      [{ consumer: 'board' }, 0],
      [{ consumer: 'saver' }, 2],
    ])
    expect(points(seen.get('upbit.health'))).toEqual([[{}, 1]])
  })

  it('tells two targets apart, and takes attributes of the application', async () => {
    const { client } = world()
    const { meterProvider, collect } = collecting()
    provider = meterProvider
    for (const url of ['wss://one.invalid', 'wss://two.invalid:9000']) {
      instrument(client({ url, isolated: true }), { meterProvider, attributes: { app: 'desk' } })
    }
    expect(points((await collect()).get('upbit.health'))).toEqual([
      [{ 'server.address': 'one.invalid', app: 'desk' }, 0],
      [{ 'server.address': 'two.invalid', 'server.port': 9000, app: 'desk' }, 0],
    ])
  })

  it('adds consumers of one name up', async () => {
    const { upbit, exchange, pass, collect } = instrumented()
    for (let i = 0; i < 2; i++) upbit.trade$('KRW-BTC', { name: 'board' }).subscribe()
    pass(1000)
    exchange.emit(aTrade())
    expect(points((await collect()).get('upbit.consumer.delivered'))).toEqual([[{ consumer: 'board' }, 2]])
  })

  it('observes the lag in seconds, by type and quantile', async () => {
    const { upbit, exchange, time, pass, now, collect } = instrumented()
    upbit.trade$('KRW-BTC').subscribe()
    pass(1000)
    for (let i = 0; i < 100; i++) {
      const late = i % 4 === 3 ? 40 : 0
      time.at(1000 + i * 10, () => exchange.emit(aTrade({ timestamp: now() - late, sequential_id: `${i}` })))
    }
    pass(2000)
    const lag = (await collect()).get('upbit.lag')
    expect(lag?.descriptor.unit).toBe('s')
    expect(points(lag)).toEqual([
      [{ type: 'trade', quantile: '0.5' }, 0],
      [{ type: 'trade', quantile: '0.9' }, 0.04],
      [{ type: 'trade', quantile: '0.99' }, 0.04],
      [{ type: 'trade', quantile: '1' }, 0.04],
    ])
  })

  it('makes each instrument once, with its unit and description', async () => {
    const { upbit, pass, collect } = instrumented()
    upbit.trade$('KRW-BTC').subscribe()
    pass(40_000)
    const seen = await collect()
    for (const each of instruments) {
      // Of limits and of lags nothing is known here.
      if (each.of === 'limit' || points(seen.get(each.name)).length === 0) continue
      expect(seen.get(each.name)?.descriptor).toMatchObject({
        unit: unitOf(each),
        description: each.description,
      })
    }
    expect(new Set(instruments.map(({ name }) => name)).size).toBe(instruments.length)
  })

  it.each([
    ['upbit.frames', '{frame}'],
    ['upbit.requests', '{request}'],
    ['upbit.sessions', '{session}'],
    ['upbit.events.rate', '{message}/s'],
    ['upbit.memory', 'By'],
    ['upbit.limit.longest_wait', 's'],
    ['upbit.consumer.queue', '{event}'],
    ['upbit.schema_drift', '{occurrence}'],
  ])('the unit of %s is %s', (name, unit) => {
    expect(unitOf(instruments.find((each) => each.name === name)!)).toBe(unit)
  })

  it('works its figures out once a collection, and no more when it is stopped', async () => {
    const { upbit, collect, stop } = instrumented()
    const asked = jest.spyOn(upbit, 'getPerformanceMetrics')
    expect(points((await collect()).get('upbit.gaps'))).toEqual([[{}, 0]])
    expect(asked).toHaveBeenCalledTimes(1)
    stop()
    stop[Symbol.dispose]()
    await collect()
    expect(asked).toHaveBeenCalledTimes(1)
  })

  it('takes a meter, and the global provider where none is given', async () => {
    const { upbit } = world()
    const { meterProvider, collect } = collecting()
    provider = meterProvider
    instrument(upbit, { meter: meterProvider.getMeter('mine') })
    expect((await collect()).has('upbit.gaps')).toBe(true)
    api.setGlobalMeterProvider(meterProvider)
    try {
      const getMeter = jest.spyOn(meterProvider, 'getMeter')
      instrument(upbit)()
      expect(getMeter).toHaveBeenCalledWith('upbit-rx')
    } finally {
      api.disable()
    }
  })

  it('C2.2 refuses what has no figures, and options that do not exist', () => {
    const { upbit } = world()
    expect(() => instrument({} as typeof upbit)).toThrow(/`upbit` is an object/)
    expect(() => instrument(upbit, { metre: 1 } as object)).toThrow(/There is no `metre`/)
  })
})
