import { SessionRecord } from '../../src/connection/session-record'

const fault = { name: 'WRONG_FORMAT', message: '' }
const auth = { name: 'INVALID_AUTH', message: '' }
const limit = { name: 'TOO_MANY_REQUEST', message: '' }

describe('SessionRecord', () => {
  it('counts signs of life and keeps the time of the last', () => {
    const record = new SessionRecord(100)
    expect(record.lastSignMs).toBe(100)
    record.sign(150)
    record.sign(170)
    expect(record.signs).toBe(2)
    expect(record.lastSignMs).toBe(170)
  })

  it.each([
    ['the first fault of several', [fault, auth], fault],
    ['a fault after a limit', [limit, fault], fault],
    ['a limit alone', [limit], limit],
    ['a fault before a limit', [fault, limit], fault],
  ])('lays the end to %s', (_case, errors, expected) => {
    const record = new SessionRecord(0)
    for (const error of errors) record.failed(error)
    expect(record.serverError).toBe(expected)
  })

  it('C9.6 forgets a limit that was survived, and nothing else', () => {
    const record = new SessionRecord(0)
    record.accepted()
    record.failed(limit)
    record.accepted()
    expect(record.serverError).toBeUndefined()
    record.failed(fault)
    record.accepted()
    expect(record.serverError).toBe(fault)
  })

  it('takes the time from a ping to its pong, and of no pong that answers none', () => {
    const record = new SessionRecord(0)
    expect(record.answered(5)).toBeUndefined()
    record.pinged(100)
    expect(record.answered(140)).toBe(40)
    expect(record.answered(150)).toBeUndefined()
    record.pinged(200)
    // The clock went back.
    expect(record.answered(190)).toBeUndefined()
    expect(record.roundTripMs).toBe(40)
  })

  it('C7 knows of nothing missing only up to an error frame: pongs go on after it, data need not', () => {
    const record = new SessionRecord(0)
    record.sign(100)
    record.failed(limit)
    record.sign(150)
    expect([record.signs, record.lastSignMs, record.wholeUntilMs]).toEqual([2, 150, 100])
    // Survived: the set that was sent again is accepted, and what comes counts again.
    record.accepted()
    record.sign(200)
    expect(record.wholeUntilMs).toBe(200)
    record.failed(fault)
    record.sign(250)
    expect(record.wholeUntilMs).toBe(200)
  })
})
