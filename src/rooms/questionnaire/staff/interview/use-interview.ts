import { useEffect, useRef, useState } from 'react'
import {
  answer as giveAnswer,
  fromResponse,
  open,
  read,
  toResponse,
  type Known,
  type QuestionnaireResponse,
  type State,
  type Value,
} from '../../../../clinical/questionnaire/index.ts'
import type { OutputOf } from '../../../../platform/contract/endpoint.ts'
import { call } from '../../../../platform/web/index.ts'
import { keepInterview, type openInterview } from '../../contract/interviews.ts'

export type Begun = OutputOf<typeof openInterview>

/** Pause after the last answer before it is kept. */
const PAUSE_MS = 800

/** A questionnaire that a colleague fills in: the engine's state, kept on the server a moment after each answer. */
export function useInterview(of: { patientId: string; begun: Begun; corrects?: string; language: string }) {
  const { patientId, begun, corrects } = of
  const [former] = useState(() => begun.former && stateOf(begun, begun.former, of.language))
  const [state, setState] = useState(() => stateOf(begun, begun.draft ?? begun.former, of.language))
  const [keptAt, setKeptAt] = useState(begun.keptAt)
  const [unkept, setUnkept] = useState(false)
  const [isNewestKept, setNewestKept] = useState(true)
  const touched = useRef(false)
  useEffect(() => {
    if (!touched.current) return
    let isNewest = true
    const timer = setTimeout(() => {
      const params = { patientId: patientId as never, code: begun.code }
      const response = responseOf(state)
      const body = {
        version: begun.version,
        submission: begun.submission,
        corrects: (corrects ?? null) as never,
        response,
      }
      call(keepInterview, { params, body }).then(
        (kept) => {
          setKeptAt(kept.keptAt)
          if (!isNewest) return
          setUnkept(false)
          setNewestKept(true)
        },
        () => setUnkept(true),
      )
    }, PAUSE_MS)
    return () => {
      isNewest = false
      clearTimeout(timer)
    }
  }, [state, patientId, begun, corrects])
  const give = (key: string, value: Value | readonly Value[] | undefined) => {
    touched.current = true
    setNewestKept(false)
    setState((before) => giveAnswer(before, key, value))
  }
  return { state, former, give, keptAt, unkept, isNewestKept }
}

export const responseOf = (state: State) => toResponse(state) as unknown as Record<string, never>

function stateOf(begun: Begun, response: Record<string, unknown> | null, language: string): State {
  const { form } = read(begun.definition)
  const { answers, answeredOn } = begun.known
  const known: Known = { today: begun.today, answers: answers as Known['answers'], answeredOn }
  return response
    ? fromResponse(form, response as unknown as QuestionnaireResponse, { known, language })
    : open(form, { known, language })
}
