/**
 * The shape of a state of which only the head is taken: every byte is compared as it is when the event is read, but the
 * numbers are passed over and no event is made. What a reader of this shape recognises, the reader of the whole shape
 * reads: a frame that is kept for later is known to be an event.
 */
import type { Member, Shape, ValueForm } from './shape'

/** What routing and order need. */
const headNames: ReadonlySet<string | undefined> = new Set([
  'type',
  'code',
  'level',
  'timestamp',
  'stream_type',
])

export function skimShape({ members, names, drift }: Shape): Shape {
  return { members: members.map(passed), names: names.filter((name) => headNames.has(name)), drift }
}

function passed(member: Member): Member {
  if (headNames.has(member.name)) return member
  return { key: member.key, name: undefined, value: passedForm(member.value) }
}

function passedForm(value: ValueForm): ValueForm {
  if (value.form === 'number') return { form: 'passed' }
  return value.form === 'list' ? { form: 'list', members: value.members.map(passed) } : value
}
