import { specTitles } from '../../../scripts/check-docs/spec-titles'

const source = `
describe('a buffer', () => {
  describe.each([1, 2])('of %s', () => {
    it("it's bounded", () => {})
  })
  it.each\`a\`(\`drops\`, () => {})
  test('keeps', () => {})
  it(computed(), () => { call('no title') })
})
`

describe('specTitles', () => {
  const { titles, paths, hasOthers } = specTitles('a.spec.ts', source)

  it('are those of groups and promises, as they read', () => {
    expect([...titles]).toEqual(['a buffer', 'of %s', "it's bounded", 'drops', 'keeps'])
  })

  it('have those of the groups around them before them', () => {
    expect(paths).toContain("a buffer of %s it's bounded")
    expect(paths).toContain('a buffer drops')
  })

  it.each([
    "it.skip('a', () => {})",
    "test.todo('a')",
    "it.failing('a', () => {})",
    "it.skip.each([1])('a', () => {})",
    "xit('a', () => {})",
    "describe.skip('b', () => { it('a', () => {}) })",
    "xdescribe('b', () => { it('a', () => {}) })",
  ])('are not those of what does not run: %s', (text) => {
    const idle = specTitles('a.spec.ts', text)
    expect([...idle.titles, ...idle.paths]).toEqual([])
  })

  it('are not all, where some are made by code or of a table', () => {
    expect(hasOthers).toBe(true)
    expect(specTitles('a.spec.ts', 'it(name, () => {})').hasOthers).toBe(true)
    expect(specTitles('a.spec.ts', "it.each([1])('is %s', () => {})").hasOthers).toBe(true)
    expect(specTitles('a.spec.ts', "it('is 5 %', () => { call(it) })").hasOthers).toBe(false)
  })
})
