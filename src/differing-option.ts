/** Whether a manager is the one that other options ask for: the same account, and no option with another value. */
import { UpbitError } from './base/errors'
import type { HealthOptions, HealthThresholds } from './observe/health-options'
import { healthThresholds } from './observe/health-options'
import type { UpbitOptions } from './options'
import { platform } from './platform'
import type { ResolvedOptions } from './resolved-options'
import { endpointOf, restBaseOf, targetUrl } from './target'

/** What is shared by, besides the host of the url: clients of two accounts have two of everything (C1.1). */
export function isSameAccount({ credentials }: ResolvedOptions, options: UpbitOptions): boolean {
  const given = options.credentials ?? platform().credentials?.surrounding()
  return given === undefined ? credentials === undefined : credentials?.isOf(given) === true
}

/** The first of the given options that differs from a manager's; those that were not given do not. */
export function differingOption(
  given: UpbitOptions,
  manager: ResolvedOptions,
): keyof UpbitOptions | undefined {
  const { url, region, restUrl, credentials, limits } = given
  if ((url ?? region) !== undefined && endpointOf(targetUrl(given)) !== manager.url) {
    return url === undefined ? 'region' : 'url'
  }
  if (restUrl !== undefined && restBaseOf(restUrl) !== manager.restUrl) return 'restUrl'
  if (credentials !== undefined && manager.credentials?.equals(credentials) !== true) return 'credentials'
  if (limits?.share !== undefined && limits.share !== manager.limits.share) return 'limits'
  if (given.health !== undefined && !isSameHealth(given.health, manager.health)) return 'health'
  return (
    [
      'format',
      'lingerMs',
      'logger',
      'metricsIntervalMs',
      'codeGeneration',
      'openSocket',
      'sendHttp',
      'environment',
    ] as const
  ).find((option) => given[option] !== undefined && given[option] !== manager[option])
}

function isSameHealth(given: HealthOptions, health: HealthThresholds): boolean {
  return JSON.stringify(healthThresholds(given)) === JSON.stringify(health)
}

/** One share for the whole process, so neither a client of its own nor another host helps. */
export function shareConfigured(): UpbitError {
  return new UpbitError('ALREADY_CONFIGURED', '`limits.share` differs from that of a client in use.', {
    option: 'limits.share',
    nextStep: 'Declare one share for the whole process, or shut the other client down first.',
  })
}

export function alreadyConfigured(option: string): UpbitError {
  return new UpbitError('ALREADY_CONFIGURED', `\`${option}\` differs from that of the connection in use.`, {
    option,
    nextStep: `Set ${option} before the first use, leave it out, or pass { isolated: true } to createUpbit.`,
  })
}
