/** What `healthCheck` answers. */
import type { HealthCode } from './health-options'

/** `degraded`: it works, and something is lost, late or about to be; `critical`: it does not do its work. */
export type HealthStatus = 'healthy' | 'degraded' | 'critical'

/** One condition that holds now. */
export interface HealthReason {
  readonly code: HealthCode
  readonly status: 'degraded' | 'critical'
  readonly message: string
  /** What to do, in a sentence. */
  readonly nextStep: string
  /** Which connection, as in the metrics. */
  readonly connection?: string
  /** Which consumer, by its name. */
  readonly consumer?: string
}

/** One connection. */
export interface ConnectionHealth {
  readonly connection: string
  readonly status: HealthStatus
  readonly state: string
  /** Whether anybody receives from it. */
  readonly wanted: boolean
  /** The session that is open, and since when. */
  readonly epoch?: number
  readonly since_ms?: number
  /** When the last frame or pong came. */
  readonly last_sign_ms?: number
  /** Since when it is wanted without a session. */
  readonly down_since_ms?: number
}

/** The health of a target at one moment. */
export interface HealthReport {
  /** The worst of the reasons; `healthy` without any. */
  readonly status: HealthStatus
  readonly reasons: readonly HealthReason[]
  /** Since the target was first used. */
  readonly uptime_ms: number
  readonly connections: readonly ConnectionHealth[]
}
