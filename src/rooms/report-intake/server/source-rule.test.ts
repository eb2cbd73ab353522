import { describe, expect, it } from 'vitest'
import { fitOf, registersUnknown, ruleFor, DEFAULT_RULE } from './source-rule.ts'

const sender = { sending: 'LIS/东院', receiving: 'PEIBAN/总院', address: '::ffff:10.1.2.3' }

describe('which rule fits a sender', () => {
  it.each([
    ['an empty one fits anybody', {}, 0],
    ['by name', { sending: 'LIS/东院' }, 1],
    ['by the beginning of its address', { address: '10.1.' }, 1],
    ['by all', { sending: 'LIS/东院', receiving: 'PEIBAN/总院', address: '10.1.2.3' }, 3],
    ['another name', { sending: 'LIS/西院', address: '10.1.' }, -1],
    ['another address', { address: '10.2.' }, -1],
  ])('%s', (_name, fields, fit) => {
    expect(fitOf({ ...DEFAULT_RULE, ...fields }, sender)).toBe(fit)
  })

  it('takes the one that says most, and the defaults when none fits', () => {
    const [loose, close] = [
      { ...DEFAULT_RULE, sending: 'LIS/东院' },
      { ...DEFAULT_RULE, sending: 'LIS/东院', address: '10.1.', testMessages: 'accept' as const },
    ]
    expect(ruleFor([loose, close], sender)).toBe(close)
    expect(ruleFor([{ ...DEFAULT_RULE, sending: 'X' }], sender)).toBe(DEFAULT_RULE)
  })
})

describe('who is registered without a person having looked', () => {
  it.each([
    ['by-channel', 'mllp', false],
    ['by-channel', 'fhir', true],
    ['by-channel', 'command', true],
    ['never', 'fhir', false],
    ['complete', 'mllp', true],
  ] as const)('%s over %s: %s', (register, channel, answer) => {
    expect(registersUnknown({ ...DEFAULT_RULE, register }, channel)).toBe(answer)
  })
})
