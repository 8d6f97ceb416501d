import { announcementFields } from '../../src/protocol/announcement'
import { privateVocabulary } from '../../src/protocol/private-events'
import { wireFormats } from '../../src/protocol/wire'
import { itWithSamples, readSamples } from '../support/recordings'
import { withoutKey, withValue } from './frames'
import { announcementText, decodePrivate, inFormat } from './private-frames'

describe('announcement', () => {
  it.each(wireFormats)('is read by full names: %s', (format) => {
    expect(decodePrivate(inFormat(announcementText, format, privateVocabulary))).toMatchObject({
      outcome: 'decoded',
      drift: [],
      events: [{ ...JSON.parse(announcementText), source: 'socket' }],
    })
  })

  it('has its fields in the order of the table', () => {
    expect(Object.keys(JSON.parse(announcementText))).toEqual(Object.keys(announcementFields))
  })

  it('has no body where none was asked for, and null for one that is too long', () => {
    const [without] = decodePrivate(withoutKey(announcementText, 'body')).events
    expect(without).not.toHaveProperty('body')
    const { events, drift } = decodePrivate(withValue(announcementText, 'body', 'null'))
    expect([events[0], drift]).toMatchObject([{ body: null }, []])
  })

  it('C3.1 takes a category and an event that are new, and tells of them', () => {
    const text = withValue(withValue(announcementText, 'category', '"staking"'), 'event_type', '"DELETED"')
    expect(decodePrivate(text)).toMatchObject({
      events: [{ category: 'staking', event_type: 'DELETED' }],
      drift: ['announcement.event_type=DELETED', 'announcement.category=staking'],
    })
  })

  itWithSamples('C3.1 reads every sample of the exchange without drift', () => {
    const samples = readSamples().filter(
      ({ about, direction }) => about.startsWith('announcement') && direction === 'in',
    )
    expect(samples.length).toBeGreaterThanOrEqual(6)
    for (const { text } of samples) {
      expect(decodePrivate(text)).toMatchObject({ outcome: 'decoded', drift: [], rejected: [] })
    }
  })
})
