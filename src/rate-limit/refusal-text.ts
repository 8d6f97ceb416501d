/** The text of a refusal that another client's `fetch` got: it names how long a block is, and is still its caller's to read. */
import type { Subscription } from 'rxjs'
import type { Environment } from '../base/environment'
import { type Answer, longestText } from './answer'

/** The caller waits for no text longer than this. */
const longestMs = 1000

/** Whether only the text can tell how long the refusal is. */
export function needsText({ status, headers, body }: Answer): boolean {
  return (status === 429 || status === 418) && body === undefined && headers['retry-after'] === undefined
}

/** The beginning of the text of a `Response`, from a copy; never rejects. `undefined` where there is none to be had. */
export async function refusalTextOf(value: unknown, environment: Environment): Promise<string | undefined> {
  let timer: Subscription | undefined
  try {
    // Read already, or none of `fetch`: then this throws.
    const reader = (value as Response).clone().body?.getReader()
    if (reader === undefined) return undefined
    const late = new Promise<undefined>((resolve) => {
      timer = environment.timer$(longestMs, { referenced: false }).subscribe(() => resolve(undefined))
    })
    const decoder = new TextDecoder()
    let text = ''
    while (text.length < longestText) {
      const part = await Promise.race([reader.read(), late])
      if (part === undefined || part.done) break
      text += decoder.decode(part.value.subarray(0, longestText), { stream: true })
    }
    // Settles when its caller has read the other copy too, if ever.
    reader.cancel().catch(() => {})
    return text
  } catch {
    return undefined
  } finally {
    timer?.unsubscribe()
  }
}
