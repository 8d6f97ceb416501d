/** An output on an exchange in memory, in virtual time: what `watch` sets up, without its sources and endings. */
import { Subject } from 'rxjs'
import type { Upbit } from '../../../src/api'
import type { UpbitError } from '../../../src/base/errors'
import type { Output, OutputConfig } from '../../../src/cli/output'
import type { Source } from '../../../src/cli/sources'
import type { WatchArguments } from '../../../src/cli/watch-arguments'
import { wantedByDefault } from '../../../src/cli/wanted'
import { createUpbit } from '../../../src/index'
import type { VirtualExchange } from '../../../src/testing'
import { createVirtualExchange } from '../../../src/testing'
import type { VirtualTime } from '../../support/virtual-time'
import { virtualTime } from '../../support/virtual-time'
import type { FakeHost } from './fake-host'
import { fakeHost } from './fake-host'

export interface OnExchange {
  readonly time: VirtualTime
  readonly exchange: VirtualExchange
  readonly upbit: Upbit
  readonly host: FakeHost
  readonly problemSubject: Subject<UpbitError>
  readonly config: OutputConfig
}

export interface OnExchangeOptions {
  readonly codes?: readonly string[]
  readonly types?: WatchArguments['types']
  readonly env?: Readonly<Record<string, string>>
  readonly source?: Partial<Source>
}

const simulated: Source = {
  badges: ['SIMULATED'],
  title: 'embedded exchange',
  close: () => Promise.resolve(),
}

export function onExchange({
  codes = ['KRW-BTC'],
  types = [],
  env = { NO_COLOR: '1' },
  source = {},
}: OnExchangeOptions = {}): OnExchange {
  const time = virtualTime()
  const exchange = createVirtualExchange(time.scheduler)
  const upbit = createUpbit({ ...exchange.options, logger: false })
  const host = fakeHost(exchange.options.environment, env)
  const problemSubject = new Subject<UpbitError>()
  const wanted = wantedByDefault({ codes: codes as WatchArguments['codes'], types })
  const config: OutputConfig = {
    upbit,
    wanted,
    source: { ...simulated, ...source },
    host,
    problems$: problemSubject.asObservable(),
  }
  return { time, exchange, upbit, host, problemSubject, config }
}

/** The output, with the socket open and everything subscribed. */
export function connected(setting: OnExchange, make: (config: OutputConfig) => Output): Output {
  const output = make(setting.config)
  setting.time.pass(20)
  return output
}
