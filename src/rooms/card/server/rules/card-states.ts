import type { CardState } from '../../contract/card.ts'

export type CardAct = 'activate' | 'freeze' | 'unfreeze' | 'close'

/** 待激活 → 已激活 → 冻结 → 注销: where each act leads from, and to. Closed is the end. */
const STEPS: Record<CardAct, { from: readonly CardState[]; to: CardState }> = {
  activate: { from: ['pending'], to: 'active' },
  freeze: { from: ['active'], to: 'frozen' },
  unfreeze: { from: ['frozen'], to: 'active' },
  close: { from: ['pending', 'active', 'frozen'], to: 'closed' },
}

export function stepOf(act: CardAct) {
  return STEPS[act]
}

export function mayAct(act: CardAct, state: CardState): boolean {
  return STEPS[act].from.includes(state)
}
