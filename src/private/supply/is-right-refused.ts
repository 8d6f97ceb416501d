import type { UpbitError } from '../../base/errors'

/** Whether it is this one right that the key lacks, and not the key that is refused: the exchange's own name for it. */
export function isRightRefused({ code, serverName }: UpbitError): boolean {
  return code === 'AUTH_REFUSED' && serverName === 'out_of_scope'
}
