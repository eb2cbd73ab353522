import { useCallback, useEffect, useRef, useState } from 'react'
import { systemClock } from '../../../platform/clock.ts'
import { ApiProblem, call, useOwn, type Own, requestId } from '../../../platform/patient-web/index.ts'
import { myPlan, myTick, myUndo, type MyPlanView, type Tick } from '../contract/check-in.ts'
import { dropWaiting, putWaiting, sendWaiting, waiting } from './waiting.ts'

export type Given = Pick<Tick, 'outcome' | 'value' | 'second' | 'words'>

export interface Ticks {
  plan: Own<MyPlanView>
  /** Not sent yet, by plan, action and day. */
  kept: ReadonlyMap<string, Tick>
  /** The line failed: what is kept waits for it. */
  isStuck: boolean
  /** What was refused, and for which plan, action and day. */
  problem: { text: string; place: string | null } | undefined
  tick: (of: Pick<Tick, 'planId' | 'actionKey' | 'on'>, given: Given) => Promise<void>
  undo: (clientId: string) => Promise<void>
}

export const placeOf = ({ planId, actionKey, on }: Pick<Tick, 'planId' | 'actionKey' | 'on'>) =>
  `${planId} ${actionKey} ${on}`

/** The plan, and ticks that also work without a line: kept, shown at once, and sent when it is back. */
export function useTicks(): Ticks {
  const plan = useOwn(myPlan)
  const { reload } = plan
  const [kept, setKept] = useState(waiting)
  const [problem, setProblem] = useState<Ticks['problem']>()
  const [isStuck, setStuck] = useState(() => waiting().length > 0)
  // Shown until the plan that was asked for again tells of them.
  const [sent, setSent] = useState<Tick[]>([])
  // Taken back while on its way: what arrives of these is undone.
  const takenBack = useRef(new Set<string>())
  const { data } = plan
  useEffect(() => setSent([]), [data])
  const send = useCallback(async () => {
    const arrived: Tick[] = []
    const left = await sendWaiting(async (tick) => {
      try {
        await call(myTick, { body: tick })
        const isUndone = takenBack.current.has(tick.clientId) && (await undoes(tick.clientId))
        if (!isUndone) arrived.push(tick)
      } catch (error) {
        if (error instanceof ApiProblem && !error.unreached) setProblem({ text: error.title, place: placeOf(tick) })
        throw error
      }
    })
    setSent(arrived)
    setKept(waiting())
    setStuck(left > 0)
    if (arrived.length > 0) reload()
  }, [reload])
  useEffect(() => {
    if (waiting().length > 0) void send()
    const again = () => void send()
    window.addEventListener('online', again)
    return () => window.removeEventListener('online', again)
  }, [send])
  const tick: Ticks['tick'] = async (of, given) => {
    setProblem(undefined)
    putWaiting({ clientId: requestId(), at: systemClock.now().toISOString() as never, ...of, ...given })
    setKept(waiting())
    await send()
  }
  const undo = async (clientId: string) => {
    setProblem(undefined)
    setSent((before) => before.filter((one) => one.clientId !== clientId))
    if (waiting().some((one) => one.clientId === clientId)) {
      takenBack.current.add(clientId)
      dropWaiting(clientId)
      return setKept(waiting())
    }
    try {
      await call(myUndo, { body: { clientId } })
      reload()
    } catch (error) {
      if (error instanceof ApiProblem) setProblem({ text: error.title, place: null })
    }
  }
  return { plan, kept: new Map([...sent, ...kept].map((one) => [placeOf(one), one])), isStuck, problem, tick, undo }
}

/** Whether it could be taken back; if not, the page goes on showing it. */
function undoes(clientId: string): Promise<boolean> {
  return call(myUndo, { body: { clientId } }).then(
    () => true,
    () => false,
  )
}
