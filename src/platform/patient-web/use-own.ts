import { useCallback, useEffect, useState } from 'react'
import type { CallOf, Endpoint, OutputOf } from '../contract/endpoint.ts'
import type { ApiProblem } from '../web/api/api-problem.ts'
import type { InputArgument } from '../web/api/call.ts'
import { useLocale } from '../web/language/use-t.ts'
import { read } from './read.ts'

export interface Own<T> {
  /** Undefined while it loads, and when it could not be loaded. What was shown before stays while it is asked again. */
  data: T | undefined
  problem: ApiProblem | undefined
  reload: () => void
}

/**
 * What an endpoint tells the person, asked again when the input or the language changes.
 * `const plan = useOwn(readMyPlan)`, then `<Loaded of={plan}>{(data) => …}</Loaded>`.
 */
export function useOwn<E extends Endpoint>(endpoint: E, ...[input]: InputArgument<E>): Own<OutputOf<E>> {
  const locale = useLocale()
  const [round, setRound] = useState(0)
  const [answer, setAnswer] = useState<{ key: string; data?: OutputOf<E>; problem?: ApiProblem }>()
  const asked = JSON.stringify(input ?? null)
  const key = `${endpoint.name} ${asked}`
  useEffect(() => {
    const leaving = new AbortController()
    const keep = (got: { data?: OutputOf<E>; problem?: ApiProblem }) => {
      if (!leaving.signal.aborted) setAnswer({ key, ...got })
    }
    read(endpoint, (JSON.parse(asked) ?? {}) as CallOf<E>, leaving.signal).then(
      (data) => keep({ data }),
      (problem: unknown) => keep({ problem: problem as ApiProblem }),
    )
    return () => leaving.abort()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- endpoints are constants; `key` holds name and input
  }, [key, locale, round])
  const reload = useCallback(() => setRound((n) => n + 1), [])
  const current = answer?.key === key ? answer : undefined
  return { data: current?.data, problem: current?.problem, reload }
}
