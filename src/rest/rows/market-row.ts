/** A pair that is listed. Source: docs.upbit.com, `list-trading-pairs`, read 2026-11. */
import * as t from 'io-ts'
import { objectCodec } from '../../protocol/event-codec'
import type { FieldsType } from '../../protocol/field'
import { openEnum } from '../../protocol/field'
import { WireCode } from '../../protocol/market-code'
import { optional, required } from './row-fields'

const cautionFields = {
  PRICE_FLUCTUATIONS: optional(t.boolean),
  TRADING_VOLUME_SOARING: optional(t.boolean),
  DEPOSIT_AMOUNT_SOARING: optional(t.boolean),
  GLOBAL_PRICE_DIFFERENCES: optional(t.boolean),
  CONCENTRATION_OF_SMALL_ACCOUNTS: optional(t.boolean),
} as const

const marketEventFields = {
  /** Whether the exchange warns of it as an investment. */
  warning: optional(t.boolean),
  /** Which of its reasons for care apply. */
  caution: optional(objectCodec('caution', cautionFields)),
} as const

export const marketFields = {
  /** `KRW-BTC`: what the streams call `code`. */
  market: required(WireCode),
  korean_name: required(t.string),
  english_name: required(t.string),
  /** Korea, and only with `isDetails`. */
  market_event: optional(objectCodec('market event', marketEventFields)),
  /** Singapore, Indonesia, Thailand instead of `market_event`. */
  market_warning: optional(openEnum('market warning', ['NONE', 'CAUTION'])),
} as const

/** A pair that the exchange lists. */
export interface RestMarket extends FieldsType<typeof marketFields> {}
