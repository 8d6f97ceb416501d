/** The ports of a lane, a hub and a consumer on an exchange in memory, with what they tell written down. */
import type { UpbitError } from '../../../src/base/errors'
import type { Consumer } from '../../../src/channels/consumer'
import type { Delivered } from '../../../src/channels/consumer-config'
import type { ConsumerHost } from '../../../src/channels/consumer-host'
import type { GapEvent } from '../../../src/channels/gap-event'
import type { LanePorts } from '../../../src/channels/lane'
import { createVirtualExchange } from '../../../src/testing'
import { virtualTime } from '../../support/virtual-time'

export function laneWorld() {
  const time = virtualTime()
  const exchange = createVirtualExchange(time.scheduler)
  const errors: UpbitError[] = []
  const gaps: GapEvent[] = []
  const ports: LanePorts = {
    environment: exchange.options.environment,
    openSocket: exchange.options.openSocket,
    url: `${exchange.options.url}/websocket/v1`,
    format: 'DEFAULT',
    lingerMs: 5000,
    error: (error) => errors.push(error),
    gap: (gap) => gaps.push(gap),
  }
  return { time, exchange, ports, errors, gaps, pass: (ms: number) => time.pass(ms) }
}

/** A target that writes down what it is told. */
export function recordingTarget(handler: (event: Delivered) => unknown = () => undefined) {
  const got: Delivered[] = []
  const log: string[] = []
  return {
    got,
    log,
    target: {
      next: (event: Delivered) => {
        got.push(event)
        return handler(event)
      },
      complete: () => log.push('complete'),
      error: (error: UpbitError) => log.push(error.code),
    },
  }
}

/** What a consumer without a hub is hosted by: `given`, and for the rest nothing. */
export function consumerHost(given: Partial<ConsumerHost<Consumer>> = {}): ConsumerHost<Consumer> {
  const nothing = (): void => {}
  return {
    environment: virtualTime().environment,
    enter: nothing,
    leave: nothing,
    over: nothing,
    landed: nothing,
    queued: nothing,
    waited: nothing,
    dropped: nothing,
    lost: nothing,
    overflowed: () => undefined,
    keeperOf: () => undefined,
    problem: nothing,
    ...given,
  }
}
