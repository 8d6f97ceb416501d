/** What the specs of the private and the info connection share: a frame of each type, its formats, and the decoder. */
import type { EventVocabulary } from '../../src/protocol/event-vocabulary'
import type { Stamp } from '../../src/protocol/events'
import type { FrameOutcome, FrameSink } from '../../src/protocol/frame-sink'
import type { RawText } from '../../src/protocol/frame-text'
import type { InfoFrame } from '../../src/protocol/info-events'
import { infoVocabulary } from '../../src/protocol/info-events'
import { abbreviateKeys } from '../../src/protocol/key-spelling'
import { parseLossless } from '../../src/protocol/lossless'
import { createLosslessDecoder } from '../../src/protocol/lossless-decoder'
import { NumberText } from '../../src/protocol/number-text'
import type { PrivateFrame } from '../../src/protocol/private-events'
import { privateVocabulary } from '../../src/protocol/private-events'
import type { WireFormat } from '../../src/protocol/wire'
import type { Decoded } from './decoding'
import { epoch, receivedAt } from './decoding'

/** A fill of a limit order, with amounts that no double holds. */
export const myOrderText =
  '{"type":"myOrder","code":"KRW-BTC","uuid":"ac2dc2a3-fce9-40a2-a4f6-5987c25c438f","ask_bid":"BID",' +
  '"order_type":"limit","state":"trade","trade_uuid":"68315169-fba4-4175-ade3-aff14a616657","price":0.001453,' +
  '"avg_price":0.00145372,"volume":30925891.298393690,"remaining_volume":29968038.09235948,' +
  '"executed_volume":3.092589129839369E7,"trades_count":1,"reserved_fee":44.239439702382180007,' +
  '"remaining_fee":21.77177967409916,"paid_fee":22.467660028283017,"locked":43565.33112787242,' +
  '"executed_funds":44935.32005656603,"time_in_force":null,"trade_fee":22.467660028283017,"is_maker":true,' +
  '"identifier":"test-1","smp_type":"cancel_maker","prevented_volume":1.174291929,' +
  '"prevented_locked":0.001706246173,"trade_timestamp":1710751590421,"order_timestamp":1710751590000,' +
  '"timestamp":1710751597500,"stream_type":"REALTIME"}'

export const myAssetText =
  '{"type":"myAsset","asset_uuid":"e635f223-1609-4969-8fb6-4376937baad6","assets":[{"currency":"KRW",' +
  '"balance":1386929.37231066771348207123,"locked":10329.670127489597585685},{"currency":"BTC",' +
  '"balance":0.01210,"locked":5E-4}],"asset_timestamp":1710146517259,"timestamp":1710146517267,' +
  '"stream_type":"REALTIME"}'

export const announcementText =
  '{"type":"announcement","event_type":"CREATED","uuid":"562593104","title":"[거래] 신규 거래 지원 안내",' +
  '"category":"trade","url":"https://www.upbit.com/service_center/notice?id=562593104&view=share",' +
  '"first_listed_at":"2026-07-14T16:36:34+09:00","listed_at":"2026-07-14T16:36:34+09:00","body":"## 안내",' +
  '"timestamp":1784014594123,"stream_type":"REALTIME"}'

export const indicatorText =
  '{"type":"indicator","code":"KRW-BTC","timeframe":"5m","indicator":"ma_crossover","params":{"type":"EMA",' +
  '"short_period":5,"long_period":20},"candle_date_time_utc":"2026-09-03T04:50:00","value":{' +
  '"ma_short":1.06811204332199E8,"ma_long":106783310.71100214},"timestamp":1788411301095,"stream_type":"REALTIME"}'

export const indicatorSignalText =
  '{"type":"indicator_signal","code":"KRW-BTC","timeframe":"5m","indicator":"volume","params":{"period":20},' +
  '"trigger":"volume_spike","event_params":{"multiplier":2.0},"candle_date_time_utc":"2026-09-03T04:50:00",' +
  '"value":{"volume":31.2,"avg_volume":12.1,"ratio":2.57851240},"timestamp":1788411301095,"stream_type":"REALTIME"}'

/** A frame's text in another format, every number as it is spelled. */
export function inFormat(text: string, format: WireFormat, vocabulary: EventVocabulary<object>): string {
  const parsed = parseLossless(text)
  if (!('value' in parsed)) throw new Error(parsed.reason)
  const value = parsed.value as Record<string, unknown>
  const isSimple = format === 'SIMPLE' || format === 'SIMPLE_LIST'
  const written = write(isSimple ? abbreviateKeys(vocabulary(value.type)!.fields, value) : value)
  return format === 'JSON_LIST' || format === 'SIMPLE_LIST' ? `[${written}]` : written
}

function write(value: unknown): string {
  if (value instanceof NumberText) return value.text
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, member]) => `${JSON.stringify(key)}:${write(member)}`)
    .join(',')}}`
}

/** One frame of the private connection through a decoder of its own. */
export function decodePrivate(raw: RawText): Omit<Decoded<PrivateFrame & Stamp>, 'slow'> {
  return decodeWith(privateVocabulary, raw)
}

/** One frame of the info connection through a decoder of its own. */
export function decodeInfo(raw: RawText): Omit<Decoded<InfoFrame & Stamp>, 'slow'> {
  return decodeWith(infoVocabulary, raw)
}

function decodeWith<Frame extends object>(
  vocabulary: EventVocabulary<Frame>,
  raw: RawText,
): Omit<Decoded<Frame & Stamp>, 'slow'> {
  const found: { -readonly [K in keyof Omit<Decoded<Frame & Stamp>, 'slow' | 'outcome'>]: unknown[] } = {
    events: [],
    controls: [],
    rejected: [],
    drift: [],
  }
  const sink: FrameSink<Frame & Stamp> = {
    event: (event) => void found.events.push(event),
    control: (control) => void found.controls.push(control),
    rejected: (error) => void found.rejected.push(error),
    drift: (name) => void found.drift.push(name),
  }
  const outcome: FrameOutcome = createLosslessDecoder(vocabulary, sink).decode(raw, epoch, receivedAt)
  return { outcome, ...found } as Omit<Decoded<Frame & Stamp>, 'slow'>
}
