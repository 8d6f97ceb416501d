/** A handler as a consumer: it receives at once, and what it throws is reported (C4.7). */
import type { ChannelPorts } from './channel-ports'
import type { UpbitSubscription } from './handle'
import { createHandle } from './handle'
import type { AnyHandler } from './handler-target'
import { HandlerTarget } from './handler-target'
import { keepWith } from './keep-with'
import { checkHandler } from './option-checks'
import type { What } from './upbit-stream'

export function subscribeHandler(
  { enrol, error, keeps }: ChannelPorts,
  what: What,
  handler: AnyHandler,
): UpbitSubscription {
  checkHandler(handler)
  const target = new HandlerTarget(handler, error)
  const consumer = enrol({
    ...what,
    target,
    keeps: what.options.keepAlive === true ? keeps : undefined,
  })
  consumer.enter()
  return keepWith(
    createHandle(consumer, () => consumer.unsubscribe()),
    keeps,
  )
}
