/** Who goes first where requests compete; whoever waits long is served before whoever has just come (C11.1). */
export const priorities = ['reconnect', 'subscribe', 'reconcile', 'backfill', 'poll'] as const

/** What a request is for: a reconnect goes before a subscribe, and so on; nobody is starved. */
export type Priority = (typeof priorities)[number]

/**
 * The bound against starving: a request is overtaken only by those that come within this time of it for each step of
 * priority between them, a poll by a reconnect within 8 s. Whatever comes later stands behind it.
 */
export const agePerStepMs = 2000

/** Where a request that came at `atMs` stands in line: the lower, the sooner. */
export function placeOf(priority: Priority, atMs: number): number {
  return atMs + priorities.indexOf(priority) * agePerStepMs
}
