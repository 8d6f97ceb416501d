import { inspect } from 'node:util'
import { shownCause } from '../../src/base/shown-cause'

const hide = (text: string): string => text.replaceAll('secret', '[hidden]')

/** Looked at, it throws an error of its own. */
function throwing(member: string): object {
  return Object.defineProperty({}, member, {
    get() {
      throw new Error('secret')
    },
  })
}

describe('shownCause', () => {
  it('C8.3 keeps name, message, code and the cause below, without what is a secret', () => {
    const inner = Object.assign(new Error('connect to secret'), { code: 'ECONNREFUSED' })
    const shown = shownCause(
      Object.assign(new TypeError('fetch secret', { cause: inner }), { code: 7 }),
      hide,
    )
    expect(shown).toBeInstanceOf(Error)
    expect(shown).toMatchObject({
      name: 'TypeError',
      message: 'fetch [hidden]',
      code: 7,
      cause: { name: 'Error', message: 'connect to [hidden]', code: 'ECONNREFUSED' },
    })
  })

  it('C8.3 drops whatever else an error holds, its stack and its request', () => {
    const error = Object.assign(new Error('failed'), {
      request: { headers: { authorization: 'secret' } },
      toJSON: () => 'secret',
    })
    error.stack = 'secret'
    expect(inspect(shownCause(error, hide), { showHidden: true, depth: 9 })).not.toContain('secret')
  })

  it('ends with causes that go round', () => {
    const error = new Error('round')
    error.cause = error
    expect(inspect(shownCause(error, hide), { depth: 20 }).match(/round/g)?.length).toBe(5)
  })

  it.each<[unknown, unknown]>([
    ['a secret', 'a [hidden]'],
    [undefined, undefined],
    [null, null],
    [5, 5],
    [(): string => 'secret', undefined],
    [Symbol('secret'), undefined],
    [throwing('message'), undefined],
    [throwing('cause'), undefined],
  ])('case %#: shows no secret', (cause, shown) => {
    expect(shownCause(cause, hide)).toBe(shown)
  })
})
