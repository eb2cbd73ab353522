import { expect, test } from 'vitest'
import { CARD_STATES } from '../contract/card.ts'
import { CARD_TONES, foremost } from './card-tone.ts'

test('the card in use is shown before one that waits or is closed', () => {
  const of = (...states: (typeof CARD_STATES)[number][]) => foremost(states.map((state) => ({ state })))?.state
  expect([of('closed', 'active'), of('pending', 'frozen'), of('closed', 'pending'), of('closed'), of()]).toEqual([
    'active',
    'frozen',
    'pending',
    'closed',
    undefined,
  ])
})

test('every state has a tone of its own', () => {
  expect(new Set(CARD_STATES.map((state) => CARD_TONES[state])).size).toBe(CARD_STATES.length)
})
