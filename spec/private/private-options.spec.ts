import { checkAnnouncementOptions, checkPrivateOptions } from '../../src/private/private-options'

const refusal = (call: () => void): string => {
  try {
    call()
    return 'allowed'
  } catch (error) {
    const { code, message } = error as { code: string; message: string }
    return `${code}: ${message}`
  }
}

describe('the buffer of a consumer of private events', () => {
  it('C6.1 refuses at the call what would lose an order or a balance, and says what is allowed and why', () => {
    for (const overflow of ['drop-oldest', 'drop-newest', 'coalesce']) {
      expect(refusal(() => checkPrivateOptions({ buffer: { overflow } as never }))).toBe(
        `INVALID_OPTION: \`buffer.overflow\` is '${overflow}'; allowed: 'error', 'reconcile', since every order, fill and balance counts.`,
      )
    }
    expect(refusal(() => checkPrivateOptions({ buffer: { maxAgeMs: 500 } as never }))).toBe(
      'INVALID_OPTION: `buffer.maxAgeMs` is 500; allowed: nothing here, since every order, fill and balance counts: one that has waited is late, and still true.',
    )
  })

  it('allows both ends, and of announcements the error alone, since REST has none of them', () => {
    for (const overflow of ['error', 'reconcile'] as const) {
      expect(refusal(() => checkPrivateOptions({ buffer: { capacity: 1, overflow } }))).toBe('allowed')
    }
    expect(refusal(() => checkAnnouncementOptions({ buffer: { overflow: 'error' } }))).toBe('allowed')
    expect(refusal(() => checkAnnouncementOptions({ buffer: { overflow: 'reconcile' } as never }))).toBe(
      "INVALID_OPTION: `buffer.overflow` is 'reconcile'; allowed: 'error', since what is dropped of announcements cannot be fetched.",
    )
  })
})
