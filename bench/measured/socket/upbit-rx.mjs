/** upbit-rx with one consumer: the stream of one type of one code, subscribed to. */
import { countMessages, failUnlessTiming, job } from '../job.mjs'
import { look } from './look.mjs'

const { createUpbit } = await import(job.build)

const upbit = createUpbit({ url: job.url, format: job.format, isolated: true })
upbit.errors$.subscribe(failUnlessTiming)

const count = countMessages(job, () => {
  const { rejected, stale, duplicate, unrouted, dropped } = upbit.accounting()
  const lost = rejected + stale + duplicate + unrouted + dropped
  return lost === 0 ? {} : { wrong: `lost ${lost} events: ${JSON.stringify(upbit.accounting())}` }
})

upbit[`${job.type}$`]('KRW-BTC').subscribe((event) => {
  look(event)
  count()
})
