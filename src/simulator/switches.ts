/**
 * What nobody outside the exchange knows for certain, as switches. The first value of each is the default: what was
 * seen on the wire, else what is documented. A client must live with all of them, so tests can turn them one by one.
 */

/** How the embedded exchange behaves where the real one's behaviour is unknown or differs by source. */
export interface ExchangeSwitches {
  /**
   * What a socket without valid credentials on `/private` or `/info` gets: the `INVALID_AUTH` frame after the upgrade,
   * the same in answer to the first message, or HTTP 401 with or without the REST error body.
   */
  readonly authFailure: 'frame' | 'frame-on-message' | 'http-401' | 'http-401-empty'
  /** Whether a dial's token needs a nonce that was not used before; a REST call's always does. */
  readonly dialNonce: 'unused' | 'any'
  /** What a subscription to `myOrder` or `myAsset` gets when the key lacks the scope: the error, or no data ever. */
  readonly missingScope: 'INVALID_AUTH' | 'silence'
  /** What a dial beyond `limits.privateSockets` is refused with. */
  readonly tooManySockets: 429 | 403
  /** How long the first subscription of an account to `myAsset` ever stays silent, ms; minutes are documented. */
  readonly firstAssetDelayMs: number
  /** What a type of another endpoint gets, `myOrder` on the public one. */
  readonly wrongEndpoint: 'INVALID_PARAM' | 'INVALID_AUTH'
  /** Quiet time after which the connection is dropped: 60,000 was observed, 120,000 is documented. */
  readonly idleCloseMs: number
  /** Whether a ping frame alone keeps the connection open. */
  readonly pingFrameIsActivity: boolean
  /** Whether `{"status":"UP"}` also comes while data flows, after a text `PING`. */
  readonly upWhileDataFlows: boolean
  /** Answer to an unknown `format`. */
  readonly unknownFormat: 'WRONG_FORMAT' | 'INVALID_PARAM'
  /** Answer to `codes: []` for a type that needs codes. */
  readonly emptyCodes: 'NO_CODES' | 'silence'
  /** Answer to an item with both `is_only_snapshot` and `is_only_realtime`. */
  readonly bothFlags: 'INVALID_PARAM' | 'silence'
  /** The same type and code twice in one message: the last item counts, or both are served. */
  readonly duplicateItem: 'last' | 'both'
  /** Frames of the old set that still come after a replacement: 0 to 2 by the seed, or exactly so many. */
  readonly stragglers: 'seeded' | number
  /** The format of such a frame when the format was changed as well. */
  readonly stragglerFormat: 'new' | 'old'
  /** Whether `LIST_SUBSCRIPTIONS` repeats the depth suffix of a code. */
  readonly listCodes: 'without-suffix' | 'with-suffix'
  /** How `LIST_SUBSCRIPTIONS` repeats a `myOrder` of every market: without `codes`, or with none. */
  readonly listEveryOrder: 'no-codes' | 'empty-codes'
  /** How `LIST_SUBSCRIPTIONS` is answered in the list formats. */
  readonly listAnswer: 'object' | 'list'
  /** Opcode of status, error and list frames; data is always binary. */
  readonly controlFrames: 'binary' | 'text'
  /** `as-seen`: exponents and trailing zeros as on the wire; `plain`: no exponents. */
  readonly numbers: 'as-seen' | 'plain'
  /** Totals of a book narrowed by a depth suffix: over the narrowed window, or over all 30 levels. */
  readonly narrowTotals: 'window' | 'full'
  /** Whether tickers carry `is_trading_suspended` and `market_warning`, which are announced for removal. */
  readonly deprecatedTickerFields: boolean
  /** List formats: one event a frame, or all that are ready in the same turn. */
  readonly listFrames: 'single' | 'same-turn'
  /** Whether snapshots come bare under `SIMPLE_LIST`. */
  readonly simpleListSnapshots: 'list' | 'object'
  /** Adds a field that no documentation names to every event. */
  readonly unknownField: boolean
  /** Whether data of the old set may come between an error frame and the close. */
  readonly dataAfterError: boolean
  /** Whether text `PING` counts as a message for the limits. */
  readonly textPingCounts: boolean
  /** Too many messages: an error and the close, or refusals until the window has passed. */
  readonly limitViolation: 'close' | 'stay-open'
  /** `error.name` of such a violation. With the second, a repetition on one connection is called `I'm a teapot`. */
  readonly limitName: 'TOO_MANY_REQUEST' | 'Too Many Requests'
  /** How a second and a minute are counted: by the clock, or backwards from each message. */
  readonly limitWindow: 'fixed' | 'sliding'
  /** The body of a REST call's 429: clients have reported a plain text. */
  readonly restLimitBody: 'text' | 'json'
  /** What a token of an unknown key gets. */
  readonly unknownAccessKey: 'invalid_access_key' | 'jwt_verification'
  /** The status of `out_of_scope`. */
  readonly outOfScopeStatus: 403 | 401
  /** Whether an order that trades at once is told of as `wait` first. */
  readonly immediateMatch: 'wait-first' | 'trade-first'
  /** What `myAsset` tells: the currencies that have changed, or all that are held. */
  readonly assetEvents: 'changed' | 'all'
  /** What `myOrder` has for the price or volume that an order at the market does not have. */
  readonly marketOrderBlanks: 'null' | 'zero'
  /**
   * What tells of an order of which self-match prevention has left nothing: that something was taken out, then that it
   * has ended, or one of the two alone.
   */
  readonly smpEnd: 'prevented-then-cancel' | 'cancel' | 'prevented'
  /**
   * The self-match prevention of an order that names none: `cancel_maker`, documented as from 2026-11-09, since when each
   * order tells its `smp_type`; or as before that, none and no `smp_type`.
   */
  readonly smpDefault: 'cancel_maker' | 'none'
}

/** What the exchange does where nobody knows, unless `switches` says otherwise. */
export const defaultSwitches: ExchangeSwitches = {
  authFailure: 'frame',
  dialNonce: 'unused',
  missingScope: 'INVALID_AUTH',
  tooManySockets: 429,
  firstAssetDelayMs: 0,
  wrongEndpoint: 'INVALID_PARAM',
  idleCloseMs: 60_000,
  pingFrameIsActivity: true,
  upWhileDataFlows: true,
  unknownFormat: 'WRONG_FORMAT',
  emptyCodes: 'NO_CODES',
  bothFlags: 'INVALID_PARAM',
  duplicateItem: 'last',
  stragglers: 'seeded',
  stragglerFormat: 'new',
  listCodes: 'without-suffix',
  listEveryOrder: 'no-codes',
  listAnswer: 'object',
  controlFrames: 'binary',
  numbers: 'as-seen',
  narrowTotals: 'window',
  deprecatedTickerFields: true,
  listFrames: 'single',
  simpleListSnapshots: 'list',
  unknownField: false,
  dataAfterError: false,
  textPingCounts: true,
  limitViolation: 'close',
  limitName: 'TOO_MANY_REQUEST',
  limitWindow: 'fixed',
  restLimitBody: 'text',
  unknownAccessKey: 'invalid_access_key',
  outOfScopeStatus: 403,
  immediateMatch: 'wait-first',
  assetEvents: 'changed',
  marketOrderBlanks: 'null',
  smpEnd: 'prevented-then-cancel',
  smpDefault: 'cancel_maker',
}
