import { systemClock } from '../../../platform/clock.ts'
import {
  call,
  requestId,
  useOwn,
  useWaiting,
  type Own,
  type WaitingNotes,
} from '../../../platform/patient-web/index.ts'
import { myPlan, myTick, myUndo, type MyPlanView, type Tick } from '../contract/check-in.ts'
import { tickLine } from './waiting.ts'

export type Given = Pick<Tick, 'outcome' | 'value' | 'second' | 'words'>

export interface Ticks extends Pick<WaitingNotes<Tick>, 'kept' | 'isStuck' | 'problem' | 'undo'> {
  plan: Own<MyPlanView>
  tick: (of: Pick<Tick, 'planId' | 'actionKey' | 'on'>, given: Given) => Promise<void>
}

export const placeOf = ({ planId, actionKey, on }: Pick<Tick, 'planId' | 'actionKey' | 'on'>) =>
  `${planId} ${actionKey} ${on}`

const ways = {
  line: tickLine,
  placeOf,
  send: (tick: Tick) => call(myTick, { body: tick }),
  undo: (clientId: string) => call(myUndo, { body: { clientId } }),
}

/** The plan, and ticks that also work without a line. */
export function useTicks(): Ticks {
  const plan = useOwn(myPlan)
  const { note, ...waiting } = useWaiting<Tick>({ ...ways, data: plan.data, reload: plan.reload })
  const tick: Ticks['tick'] = (of, given) =>
    note({ clientId: requestId(), at: systemClock.now().toISOString() as never, ...of, ...given })
  return { plan, ...waiting, tick }
}
