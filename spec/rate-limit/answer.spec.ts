import { foreignAnswerOf, remainingReqOf, waitStatedBy } from '../../src/rate-limit/answer'

const headed = (header: string): Parameters<typeof remainingReqOf>[0] => ({
  status: 200,
  headers: { 'remaining-req': header },
})

describe('remainingReqOf', () => {
  it.each([
    ['group=ticker; min=600; sec=9', { group: 'ticker', sec: 9 }],
    ['group=crix-trades;min=600;sec=0', { group: 'crix-trades', sec: 0 }],
    ['sec=3', { group: undefined, sec: 3 }],
    [' Group = Order_1 ;  Sec = 12 ', { group: 'order_1', sec: 12 }],
    ['group=order; msec=5', { group: 'order', sec: undefined }],
    ['group=a b; sec=x', { group: undefined, sec: undefined }],
    ['sec=12345678', { group: undefined, sec: undefined }],
    ['', { group: undefined, sec: undefined }],
  ])('reads %j', (header, expected) => {
    expect(remainingReqOf(headed(header))).toEqual(expected)
  })
})

describe('waitStatedBy', () => {
  it('takes Retry-After in seconds, else what the text names', () => {
    expect(waitStatedBy({ status: 418, headers: { 'retry-after': '30' } })).toBe(30_000)
    expect(waitStatedBy({ status: 418, headers: { 'retry-after': 'tomorrow' }, body: 'in 2 minutes' })).toBe(
      120_000,
    )
    expect(waitStatedBy({ status: 429, headers: {}, body: 'Too many API requests.' })).toBeUndefined()
    expect(waitStatedBy({ status: 429, headers: {} })).toBeUndefined()
  })
})

describe('foreignAnswerOf', () => {
  const header = 'group=ticker; min=600; sec=9'

  it('reads the Response of fetch', () => {
    const response = new Response('[]', { status: 429, headers: { 'Remaining-Req': header } })
    expect(foreignAnswerOf(response)).toEqual({ status: 429, headers: { 'remaining-req': header } })
  })

  it('reads an answer of axios, and a plain object with names in whatever case', () => {
    const error = { name: 'too_many', message: 'wait 5 seconds' }
    expect(
      foreignAnswerOf({
        status: 418,
        headers: { 'Retry-After': '9', 'REMAINING-REQ': header },
        data: { error },
      }),
    ).toEqual({
      status: 418,
      headers: { 'remaining-req': header, 'retry-after': '9' },
      body: 'wait 5 seconds',
    })
    expect(foreignAnswerOf({ status: 429, headers: {}, data: 'Too many API requests.' })).toEqual({
      status: 429,
      headers: {},
      body: 'Too many API requests.',
    })
  })

  it.each<[string, unknown]>([
    ['Node', { 'remaining-req': header }],
    ['undici', { 'remaining-req': [header, 'other'] }],
    ['pairs', [['Remaining-Req', header]]],
    ['raw headers', ['Date', 'x', 'Remaining-Req', header].slice(2)],
  ])('C11.3 reads statusCode, with headers as %s has them', (_case, headers) => {
    expect(foreignAnswerOf({ statusCode: 418, headers })).toEqual({
      status: 418,
      headers: { 'remaining-req': header },
    })
  })

  it.each([
    undefined,
    null,
    5,
    'text',
    {},
    { status: '200', headers: {} },
    { status: 200 },
    { status: 200, headers: null },
  ])('finds none in %j', (value) => expect(foreignAnswerOf(value)).toBeUndefined())

  it('takes no header for a text that is none, and none that is too long', () => {
    expect(foreignAnswerOf({ status: 200, headers: { 'remaining-req': 5, 'retry-after': [{}] } })).toEqual({
      status: 200,
      headers: {},
    })
    const long = foreignAnswerOf({ status: 200, headers: {}, data: 'x'.repeat(100_000) })
    expect(long?.body).toHaveLength(4096)
  })
})
