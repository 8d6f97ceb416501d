/** What is held of one currency. Source: docs.upbit.com, `get-balance`, read 2026-11. */
import * as t from 'io-ts'
import type { FieldsType } from '../../protocol/field'
import { exactText, optional, required } from './row-fields'

export const accountFields = {
  currency: required(t.string),
  /** Free to be used, exact text. */
  balance: required(exactText),
  /** Bound in orders and withdrawals, exact text. */
  locked: required(exactText),
  /** Average price at which it was bought, in `unit_currency`, exact text. */
  avg_buy_price: optional(exactText),
  /** Whether that price was changed by hand. */
  avg_buy_price_modified: optional(t.boolean),
  /** The currency of `avg_buy_price`. */
  unit_currency: optional(t.string),
} as const

/** What the account holds of one currency. */
export interface RestAccount extends FieldsType<typeof accountFields> {}
