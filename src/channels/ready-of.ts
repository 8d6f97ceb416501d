/** A consumer's `deliver` as the readiness of its buffer. */
import type { Environment } from '../base/environment'
import type { Ready } from '../operators/delivery'
import type { Deliver } from './consumer-options'

export function readyOf(deliver: Deliver | undefined, environment: Environment): Ready {
  if (deliver === undefined || deliver === 'sync') return 'always'
  return deliver === 'task' ? () => environment.timer$(0) : deliver
}
