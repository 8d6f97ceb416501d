/**
 * The exchange's error names and texts, as documented or recorded, and the frame that carries them. Source:
 * docs.upbit.com, `websocket-guide`, read 2026-11; the texts of the limit errors were never recorded and are ours.
 */

/** The names of errors that the exchange sends in a frame. Tests may send any other. */
export type ExchangeErrorName =
  | 'INVALID_AUTH'
  | 'WRONG_FORMAT'
  | 'NO_TICKET'
  | 'NO_TYPE'
  | 'NO_CODES'
  | 'INVALID_PARAM'
  | 'TOO_MANY_REQUEST'
  | 'Too Many Requests'
  | "I'm a teapot"

/** Why a message or a connection is refused. */
export interface Refusal {
  readonly name: string
  readonly message: string
}

const messages: Readonly<Record<ExchangeErrorName, string>> = {
  INVALID_AUTH: '인증 정보가 올바르지 않습니다.',
  WRONG_FORMAT: 'Format 이 맞지 않습니다.',
  NO_TICKET: '티켓이 존재하지 않거나, 유효하지 않습니다.',
  NO_TYPE: 'type 필드가 존재하지 않습니다.',
  NO_CODES: 'codes 필드가 존재하지 않습니다.',
  INVALID_PARAM: '지원하지 않는 파라미터입니다.',
  TOO_MANY_REQUEST: '요청 수 제한을 초과했습니다.',
  'Too Many Requests': '요청 수 제한을 초과했습니다.',
  "I'm a teapot": '요청 수 제한을 반복해서 초과하여 일시적으로 차단되었습니다.',
}

export function refusal(name: ExchangeErrorName): Refusal {
  return { name, message: messages[name] }
}

/** The text that goes with `name`; the name itself where the exchange knows no such error. */
export function messageOf(name: string): string {
  return (messages as Readonly<Record<string, string | undefined>>)[name] ?? name
}

export function unsupportedType(type: string): Refusal {
  return { name: 'INVALID_PARAM', message: `${type} 은 지원하지 않는 타입입니다.` }
}

/** The frame's text. Both orders of the two keys were seen, so `nameFirst` alternates. */
export function errorText({ name, message }: Refusal, nameFirst: boolean): string {
  return JSON.stringify({ error: nameFirst ? { name, message } : { message, name } })
}
