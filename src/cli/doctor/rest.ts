/** The REST side: the list of markets, what is left of the limit that it counts for, and the exchange's clock. */
import { Observable } from 'rxjs'
import type { Environment } from '../../base/environment'
import { retryAfterMs, statedWaitMs } from '../../transport/stated-wait'
import type { Examination } from './examination'
import { refusalFault } from './fault-words'
import { Fault } from './finding'

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: string
  /** The middle of the time that it took, by our clock. */
  readonly atMs: number
}

/** The list of 855 markets has 59 KB; nobody needs more than this of whatever answers. */
const mostBytes = 4 * 1024 * 1024
/** A `Date` header has whole seconds, so it is half a second early on average, and half a second off at most. */
const dateStepMs = 1000
/** From here on lags and times of tokens are wrong enough to matter. */
const clockFaultMs = 2000

export async function examineRest(
  examination: Examination,
  restUrl: string,
  environment: Environment,
): Promise<void> {
  const answer = await examination.connecting('rest', async () => {
    const got = await examination.first(get$(`${restUrl}/v1/market/all`, environment), 'The list of markets')
    return [`${marketsOf(got)} markets are listed.`, got]
  })
  if (answer === undefined) {
    for (const step of ['limits', 'clock'] as const) examination.skip(step, 'There is no answer.')
    return
  }
  examineLimits(examination, answer.headers.get('remaining-req'))
  examineClock(examination, answer)
}

function marketsOf({ status, headers, body }: Answer): number {
  if (status !== 200) {
    const [after, date] = [headers.get('retry-after') ?? undefined, headers.get('date') ?? undefined]
    const waitMs = retryAfterMs(after, date) ?? statedWaitMs(body.slice(0, 1000))
    throw refusalFault(status, 'The list of markets', waitMs)
  }
  let length: number | undefined
  try {
    const list: unknown = JSON.parse(body)
    if (Array.isArray(list)) length = list.length
  } catch {
    // Told below: what came is no list.
  }
  const advice = 'Check the url, and a proxy on the way.'
  if (length === undefined) throw new Fault('What answers there sends no list of markets.', advice)
  if (length === 0) throw new Fault('The list of markets is empty.', advice)
  return length
}

/** `group=market; min=573; sec=9`: `sec` is what is left of this second. */
function examineLimits(examination: Examination, header: string | null): void {
  const [, group = '', left = ''] = /group=([\w-]+).*\bsec=(\d+)/.exec(header ?? '') ?? []
  if (group === '') return examination.skip('limits', 'The answer does not name them.')
  if (left !== '0') {
    return examination.note({
      step: 'limits',
      outcome: 'ok',
      found: `${left} requests of group ${group} are left in this second.`,
    })
  }
  examination.note({
    step: 'limits',
    outcome: 'fault',
    found: `No request of group ${group} is left in this second.`,
    advice: 'See who else at this address asks; the limit is for all of them.',
  })
}

function examineClock(examination: Examination, { headers, atMs }: Answer): void {
  const dateMs = Date.parse(headers.get('date') ?? '')
  if (Number.isNaN(dateMs)) return examination.skip('clock', 'The answer does not say what time it is.')
  const aheadMs = atMs - (dateMs + dateStepMs / 2)
  const seconds = Math.abs(Math.round(aheadMs / 1000))
  if (Math.abs(aheadMs) <= clockFaultMs) {
    return examination.note({
      step: 'clock',
      outcome: 'ok',
      found: 'This clock goes as that of the exchange, to 2 s.',
    })
  }
  examination.note({
    step: 'clock',
    outcome: 'fault',
    found: `This clock is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} that of the exchange.`,
    advice: 'Let the system set it (NTP): tokens and the times of events depend on it.',
  })
}

/** Without an `Origin`, with which the exchange counts differently. */
function get$(url: string, environment: Environment): Observable<Answer> {
  return new Observable((subscriber) => {
    const aborting = new AbortController()
    const startMs = environment.now()
    const get = async (): Promise<Answer> => {
      const response = await fetch(url, { signal: aborting.signal, headers: { accept: 'application/json' } })
      const { status, headers } = response
      const atMs = (startMs + environment.now()) / 2
      return { status, headers, atMs, body: await bodyOf(response) }
    }
    get().then(
      (answer) => subscriber.next(answer),
      (error: unknown) => subscriber.error(error),
    )
    return () => aborting.abort()
  })
}

async function bodyOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk)
    bytes += chunk.byteLength
    if (bytes > mostBytes) break
  }
  return Buffer.concat(chunks).toString('utf8')
}
