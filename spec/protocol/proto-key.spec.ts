import { findProtoKey } from '../../src/protocol/proto-key'

const find = (text: string): string | undefined => findProtoKey(JSON.parse(text), '$')

describe('findProtoKey', () => {
  it('names the place of the key, at any depth, however it is spelled', () => {
    expect(find('{"__proto__":1}')).toBe('$.__proto__')
    expect(find('{"a":[{},{"b":{"__proto__":null}}]}')).toBe('$.a[1].b.__proto__')
    expect(find('[[{"\\u005f_pro\\u0074o__":{}}]]')).toBe('$[0][0].__proto__')
  })

  it('starts its path where the element stands', () => {
    expect(findProtoKey(JSON.parse('{"__proto__":1}'), '$[7]')).toBe('$[7].__proto__')
  })

  it('names the shallowest of several', () => {
    expect(find('{"a":{"__proto__":1},"__proto__":2}')).toBe('$.__proto__')
  })

  it('has nothing against the other names that every object knows', () => {
    expect(
      find('{"constructor":{"prototype":{}},"toString":1,"hasOwnProperty":[],"__proto":1}'),
    ).toBeUndefined()
    expect(find('"__proto__"')).toBeUndefined()
    expect(find('{"a":"__proto__"}')).toBeUndefined()
    expect(find('null')).toBeUndefined()
  })

  it('goes as deep as the value', () => {
    const deep = `${'[{"a":'.repeat(50_000)}{"__proto__":1}${'}]'.repeat(50_000)}`
    expect(find(deep)).toMatch(/^\$\[0\]\.a\[0\]\.a.*…$/)
  })
})
