/** upbit-rx: as many clients as asked for, each with a manager and a connection of its own, which they want for good. */
import { job } from '../job.mjs'

const { createUpbit } = await import(job.build)

for (let number = 0; number < job.managers; number++) {
  const upbit = createUpbit({ url: job.url, isolated: true, logger: false })
  // A refusal of credentials ends the stream, which is an answer too.
  const report = { error: (error) => process.send({ note: `ended: ${error.code}` }) }
  upbit.ticker$('KRW-BTC').subscribe(report)
  upbit.trade$('KRW-BTC').subscribe(report)
}
