/** What a REST call asks and gets, of a real request and of one in memory alike; and the exchange's forms of refusal. */

/** A request as it has come in, header names in lower case. */
export interface RestRequest {
  readonly method: string
  /** With the query, as it was sent: `/v1/ticker?markets=KRW-BTC`. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly remoteAddress: string
  /** Of a POST. */
  readonly body?: string
}

/** An answer with its text, header names in lower case. */
export interface RestAnswer {
  readonly kind: 'answer'
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Whether it may be compressed: only quotation answers are. */
  readonly compressible: boolean
  /** The connection ends in the middle of the body. */
  readonly truncated: boolean
}

/** An answer, the end of the TCP connection without one, or nothing ever. */
export type RestVerdict = RestAnswer | { readonly kind: 'reset' } | { readonly kind: 'hang' }

/** What an endpoint says, before limits and headers. */
export interface Reply {
  readonly status: number
  readonly body: string
}

/** Ends the handling of a call with an error. Thrown by endpoints, caught by the core. */
export class RestError extends Error {
  constructor(
    readonly status: number,
    /** Quotation errors have the status as a number for a name, those of accounts a code. */
    readonly errorName: number | string,
    message: string,
  ) {
    super(message)
  }
}

/** The texts were recorded or documented (docs.upbit.com `rest-api-guide`, read 2026-11). */
export const quotationErrors = {
  parameter: () => new RestError(400, 400, 'Invalid parameter. Check the given value!'),
  type: () => new RestError(400, 400, 'Type mismatch error. Check the parameters type!'),
  missing: () => new RestError(400, 400, 'Missing request parameter error. Check the required parameters!'),
  code: () => new RestError(404, 404, 'Code not found'),
} as const

export const accountErrors = {
  noToken: () => new RestError(401, 'no_authorization_token', '인증 토큰이 없습니다.'),
  badToken: () => new RestError(401, 'jwt_verification', '잘못된 API 키입니다.'),
  unknownKey: () => new RestError(401, 'invalid_access_key', '잘못된 엑세스 키입니다.'),
  query: () => new RestError(401, 'invalid_query_payload', 'Jwt의 query를 검증하는데 실패하였습니다.'),
  nonce: () => new RestError(401, 'nonce_used', 'This temporary number has already been used.'),
  scope: (status: number) => new RestError(status, 'out_of_scope', '허용되지 않은 기능입니다.'),
  validation: (parameter: string) => new RestError(400, 'validation_error', `잘못된 파라미터: ${parameter}`),
  orderNotFound: () => new RestError(404, 'order_not_found', '주문을 찾지 못했습니다.'),
  body: () => new RestError(400, 'invalid_parameter', 'JSON 형식의 본문이 아닙니다.'),
} as const

/** The gateway knows no such path. */
export const noRoute = new RestError(404, 'not_found', 'no Route matched with those values')

export function errorReply({ status, errorName, message }: RestError): Reply {
  return { status, body: JSON.stringify({ error: { name: errorName, message } }) }
}
