/**
 * Who listens, group by group. The name of a consumer begins with its group's, so that accounts can be added up; each
 * group that is called fast must get every event of its type, and counts its calls by itself (`calls`).
 * `seen(event)` is called by every consumer whose delivery is timed.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { interval, share } from '../libraries.mjs'

const named = (group, i) => `${group} #${i}`
const subscribe = { ticker: 'subscribeTicker', trade: 'subscribeTrade', orderbook: 'subscribeOrderbook' }

/**
 * Market by market and as streams of all: everything comes twice, in the turn of its frame. Returns who says how often
 * each group was called.
 */
function fast(upbit, codes, seen) {
  const counters = []
  const counted = (group, then) => {
    const counter = { group, calls: 0 }
    counters.push(counter)
    return (event) => {
      counter.calls++
      then(event)
    }
  }
  for (const [type, method] of Object.entries(subscribe)) {
    const [each, one] = [`fast ${type}, a handler each`, `fast ${type}, one stream`]
    const handler = counted(each, seen)
    codes.forEach((code, i) => upbit[method](code, handler, { name: named(each, i) }))
    upbit[`${type}$`](codes, { name: named(one, 0) }).subscribe(counted(one, () => {}))
  }
  return () => Object.fromEntries(counters.map(({ group, calls }) => [group, calls]))
}

/** Handlers that take 5 to 50 ms an event, on more codes than they can follow. */
function slow(upbit, codes) {
  const perConsumer = 40
  const consumers = 4
  const handlers = (group, method, options) => {
    for (let i = 0; i < consumers; i++) {
      const own = codes.slice(i * perConsumer, (i + 1) * perConsumer)
      const handlerMs = [5, 15, 30, 50][i]
      upbit[method](own, () => sleep(handlerMs), { ...options, name: named(group, i) })
    }
  }
  handlers('slow ticker, default buffer', subscribe.ticker, {})
  handlers('slow trade, default buffer', subscribe.trade, {})
  handlers('slow book, 16, drop-oldest', subscribe.orderbook, {
    buffer: { capacity: 16, overflow: 'drop-oldest' },
  })
}

/** A screen: a row a market, each with the newest book, all drawn at one pace. */
function screen(upbit, codes, seen, turnMs) {
  const turn$ = interval(turnMs).pipe(share())
  codes.forEach((code, i) => {
    const options = { name: named('screen', i), buffer: { overflow: 'coalesce' }, deliver: turn$ }
    upbit.subscribeOrderbook(code, seen, options)
  })
}

/** Returns a function: the calls so far, by group, of those that count them. */
export function attach(upbit, { consumers, codes, turnMs }, seen) {
  if (consumers === 'screen') {
    screen(upbit, codes, seen, turnMs)
    return () => ({})
  }
  const calls = fast(upbit, codes, seen)
  slow(upbit, codes)
  return calls
}

/** The accounts of each group as one. */
export function accountsByGroup(upbit) {
  const groups = {}
  for (const { name, ...tally } of upbit.consumers()) {
    const [group] = name.split(' #')
    const sums = (groups[group] ??= { consumers: 0 })
    sums.consumers++
    for (const [key, value] of Object.entries(tally)) sums[key] = (sums[key] ?? 0) + value
  }
  return groups
}
