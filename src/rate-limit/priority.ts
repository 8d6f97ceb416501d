/** Who goes first where requests compete; whoever waits long is served before whoever has just come (C11.1). */
export const priorities = ['reconnect', 'subscribe', 'reconcile', 'backfill', 'poll'] as const

/** What a request is for: a reconnect goes before a subscribe, and so on; nobody is starved. */
export type Priority = (typeof priorities)[number]
