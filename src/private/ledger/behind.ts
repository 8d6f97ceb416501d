/**
 * REST may be behind the socket for a moment: what an answer denies, or says differently, of what was heard no longer than this
 * before its call is not believed yet. No page says how long; order books were seen up to 200 ms behind (2026-11).
 */
export const behindMs = 5000
