import type { Gated, Person } from './gate.ts'

/** Somebody against whom nothing speaks, for tests of the gate. */
export const aPerson = (over: Partial<Person> = {}): Person => ({
  id: '018f0000-0000-7000-8000-000000000001',
  state: 'active',
  isChild: false,
  hasGuardian: false,
  ownAddressOnly: false,
  optedOut: undefined,
  consent: {},
  quiet: false,
  holds: [],
  sent: [],
  hasAddress: true,
  suppressed: null,
  ...over,
})

/** A mail about a follow-up, as it comes to the gate. */
export const aMessage = (over: Partial<Gated> = {}): Gated => ({
  id: 'this',
  touch: 'this',
  channel: 'email',
  purpose: 'care',
  topic: 'follow-up',
  urgent: false,
  answers: false,
  greeting: false,
  campaign: 'spring',
  notAfter: null,
  ...over,
})
