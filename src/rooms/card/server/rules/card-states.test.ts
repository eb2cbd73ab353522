import { expect, test } from 'vitest'
import { CARD_STATES, type CardState } from '../../contract/card.ts'
import { mayAct, stepOf, type CardAct } from './card-states.ts'

const TABLE: Record<CardAct, Partial<Record<CardState, CardState>>> = {
  activate: { pending: 'active' },
  freeze: { active: 'frozen' },
  unfreeze: { frozen: 'active' },
  close: { pending: 'closed', active: 'closed', frozen: 'closed' },
}

test.each(
  (Object.keys(TABLE) as CardAct[]).flatMap((act) =>
    CARD_STATES.map((state) => [act, state, TABLE[act][state]] as const),
  ),
)('%s from %s: %s', (act, state, to) => {
  expect(mayAct(act, state)).toBe(to !== undefined)
  if (to) expect(stepOf(act).to).toBe(to)
})
