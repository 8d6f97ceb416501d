/** How far back figures look; `docs/guides/observing.md` tells them to users. */

/** Rates: short enough to be seen moving. */
export const rateWindowMs = 10_000
/** Everything else that is not a total. */
export const windowMs = 60_000
