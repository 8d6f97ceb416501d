/** What a page is told that dials the exchange itself: its browser's `Origin` costs it ten seconds a dial (C8.2). */
import { UpbitError } from '../base/errors'

export function originLimited(host: string): UpbitError {
  return new UpbitError(
    'ORIGIN_LIMITED',
    `${host} takes one request in ten seconds from a page, because browsers send an Origin with it.`,
    {
      nextStep:
        'Let a server of yours hold the connection and pass its events on: docs/guides/limits.md, "A page and a gateway".',
    },
  )
}
