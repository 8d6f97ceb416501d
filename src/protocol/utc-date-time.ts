/** Dates with a time as the exchange writes them in UTC: `yyyy-MM-ddTHH:mm:ss`, without a zone. */
import * as t from 'io-ts'

const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/

/** Whether it is one, and of a day that there is. */
export function isUtcDateTime(value: unknown): value is string {
  if (typeof value !== 'string' || !form.test(value)) return false
  const atMs = Date.parse(`${value}Z`)
  // February has 31 days to `parse`, and a day 24:00.
  return !Number.isNaN(atMs) && new Date(atMs).toISOString() === `${value}.000Z`
}

/** Texts of it have an order: the earlier one is the lesser one. */
export const utcDateTime = new t.Type<string, string, unknown>(
  'date and time yyyy-MM-ddTHH:mm:ss',
  isUtcDateTime,
  (value, context) => (isUtcDateTime(value) ? t.success(value) : t.failure(value, context)),
  t.identity,
)
