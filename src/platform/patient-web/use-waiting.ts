import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiProblem } from '../web/api/api-problem.ts'
import type { WaitingLine } from './waiting-line.ts'

export interface Waiting<T> {
  /** Not known to the page's own data yet, by place: what waits for the line, and what has just arrived. */
  kept: ReadonlyMap<string, T>
  /** The line failed: what is kept waits for it. */
  isStuck: boolean
  /** What was refused, and for which place; null where it has none. */
  problem: { text: string; place: string | null } | undefined
  note: (one: T) => Promise<void>
  undo: (clientId: string) => Promise<void>
}

export interface Ways<T extends { clientId: string }> {
  line: WaitingLine<T>
  placeOf: (one: T) => string
  send: (one: T) => Promise<unknown>
  undo: (clientId: string) => Promise<unknown>
  /** What the page shows; asked for again by `reload` once something has arrived. */
  data: unknown
  reload: () => void
}

/** Notes that also work without a line: kept, shown at once, and sent when it is back. All but `data` stay the same. */
export function useWaiting<T extends { clientId: string }>({
  line,
  placeOf,
  send,
  undo,
  data,
  reload,
}: Ways<T>): Waiting<T> {
  const [kept, setKept] = useState(line.waiting)
  const [problem, setProblem] = useState<Waiting<T>['problem']>()
  const [isStuck, setStuck] = useState(() => line.waiting().length > 0)
  // Shown until the page's data that was asked for again tells of them.
  const [sent, setSent] = useState<T[]>([])
  // Taken back while on its way: what arrives of these is undone.
  const takenBack = useRef(new Set<string>())
  const ways = useRef({ placeOf, send, undo })
  useEffect(() => setSent([]), [data])
  const sendAll = useCallback(async () => {
    const arrived: T[] = []
    const left = await line.send(async (one) => {
      try {
        await ways.current.send(one)
        const isUndone = takenBack.current.has(one.clientId) && (await succeeds(ways.current.undo(one.clientId)))
        if (!isUndone) arrived.push(one)
      } catch (error) {
        if (error instanceof ApiProblem && !error.unreached)
          setProblem({ text: error.title, place: ways.current.placeOf(one) })
        throw error
      }
    })
    setSent(arrived)
    setKept(line.waiting())
    setStuck(left > 0)
    if (arrived.length > 0) reload()
  }, [line, reload])
  useEffect(() => {
    if (line.waiting().length > 0) void sendAll()
    const again = () => void sendAll()
    window.addEventListener('online', again)
    return () => window.removeEventListener('online', again)
  }, [line, sendAll])
  const note = async (one: T) => {
    setProblem(undefined)
    line.put(one)
    setKept(line.waiting())
    await sendAll()
  }
  const takeBack = async (clientId: string) => {
    setProblem(undefined)
    setSent((before) => before.filter((one) => one.clientId !== clientId))
    if (line.waiting().some((one) => one.clientId === clientId)) {
      takenBack.current.add(clientId)
      line.drop(clientId)
      return setKept(line.waiting())
    }
    try {
      await undo(clientId)
      reload()
    } catch (error) {
      if (error instanceof ApiProblem) setProblem({ text: error.title, place: null })
    }
  }
  const byPlace = new Map([...sent, ...kept].map((one) => [placeOf(one), one]))
  return { kept: byPlace, isStuck, problem, note, undo: takeBack }
}

/** Whether it could be taken back; if not, the page goes on showing it. */
function succeeds(undone: Promise<unknown>): Promise<boolean> {
  return undone.then(
    () => true,
    () => false,
  )
}
