/**
 * Figures for Prometheus: OpenTelemetry instruments behind an endpoint of this machine, and what a scrape of it gets. The
 * dashboard beside it, `12-prometheus/grafana-dashboard.json`, shows them in Grafana. KEEP=1 serves until Ctrl-C.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { lastValueFrom, take } from 'rxjs'
import { createUpbit } from 'upbit-rx'
import { instrument } from 'upbit-rx/opentelemetry'

const upbit = createUpbit()
const exporter = new PrometheusExporter({ preventServerStart: true })
const meterProvider = new MeterProvider({ readers: [exporter] })
using _stop = instrument(upbit, { meterProvider })

const server = createServer((request, response) => exporter.getMetricsRequestHandler(request, response))
// 9464 is where exporters of OpenTelemetry are looked for; nobody else than this machine can.
server.listen(process.env.KEEP === '1' ? 9464 : 0, '127.0.0.1')
await once(server, 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`
console.log(`# serving ${url}`)

const saving = upbit.subscribeTrade(['KRW-BTC', 'KRW-ETH'], async () => Promise.resolve(), { name: 'saver' })
await lastValueFrom(upbit.ticker$(['KRW-BTC', 'KRW-ETH', 'KRW-XRP'], { name: 'board' }).pipe(take(20)))
if (process.env.KEEP === '1') await once(process, 'SIGINT')

// Another board, so that the account of one that is there stands in the scrape.
const board = upbit.ticker$('KRW-BTC', { name: 'board' }).subscribe()
console.log(await (await fetch(url)).text())

board.unsubscribe()
saving.unsubscribe()
server.close()
await meterProvider.shutdown()
await upbit.shutdown()
