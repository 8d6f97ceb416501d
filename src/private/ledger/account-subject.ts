/** The parts of an account that are looked at and subscribed to each by itself: a key may see one and not the other. */
export const accountSubjects = ['orders', 'balances'] as const

export type AccountSubject = (typeof accountSubjects)[number]
