/** The accounts of a chaos: the one that the application has, and another pocket of which it must never hear. */
import type { UpbitCredentials } from '../../../src/index'

export const ownKey = { accessKey: 'chaos-access-key', secretKey: 'chaos-secret-key' }
export const otherKey = { accessKey: 'other-access-key', secretKey: 'other-secret-key' }

/** So short that connections are renewed amid the faults. */
export const credentials: UpbitCredentials = { ...ownKey, tokenLifetimeMs: 120_000 }
