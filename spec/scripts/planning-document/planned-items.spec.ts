import { plannedItems, sectionOf } from '../../../scripts/planning-document/planned-items'

describe('plannedItems', () => {
  it('are the list items, each by itself, under the number of their heading', () => {
    const markdown = [
      '# Title',
      '## 2. Principles',
      '1.  **One** (하나)',
      '    - Only `Manager` and `get_it()`.',
      '### 4.3. Stability',
      '- **Retry**: 1s, 2s',
      '  goes on here.',
    ].join('\n')
    expect(plannedItems(markdown)).toEqual([
      { section: '2', text: 'One (하나)' },
      { section: '2', text: 'Only Manager and get_it().' },
      { section: '4.3', text: 'Retry: 1s, 2s goes on here.' },
    ])
  })

  it('are the names in a picture too', () => {
    const markdown = [
      '### 3.1. Picture',
      '```',
      '┌───────────────┐',
      '│  Proxy Layer  │ (asks)',
      '│ • get_it()   • Clean Up │',
      '└───────┬───────┘',
      '        ▼',
      '```',
    ].join('\n')
    expect(plannedItems(markdown).map(({ text }) => text)).toEqual([
      'Proxy Layer',
      '(asks)',
      'get_it()',
      'Clean Up',
    ])
  })

  it('are none in prose', () => {
    expect(plannedItems('## 1. One\n\nA sentence.')).toEqual([])
  })
})

describe('sectionOf', () => {
  it.each([
    ['4.3. Stability', '4.3'],
    ['2 Principles', '2'],
    ['The picture', undefined],
  ])('of %s is %s', (heading, section) => {
    expect(sectionOf(heading)).toBe(section)
  })
})
