import { useEffect, useMemo, useRef, useState } from 'react'
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
} from '../../../clinical/questionnaire/index.ts'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { type ApiProblem, call, useT } from '../../../platform/patient-web/index.ts'
import { keepDraft, submitLink } from '../contract/invitations.ts'
import { dropDraft, readDraft, writeDraft } from './draft.ts'
import type { Opened } from './fill-page.tsx'

export type Submitted = OutputOf<typeof submitLink>

/** Pause after the last answer before it goes to the server: one call for a few taps. */
const PAUSE_MS = 800

/**
 * The questionnaire being filled in on this phone: each answer is kept here at once and on the server a moment later,
 * and it is handed in under one id however often the network fails in between.
 */
export function useFilling(of: {
  token: string
  opened: Opened
  birthDate?: string
  language: string
  traceless: boolean
}) {
  const { token, opened, birthDate, traceless } = of
  const t = useT('questionnaire')
  const here = useMemo(() => (traceless ? undefined : readDraft(token)), [token, traceless])
  const submission = useRef(here?.submission ?? opened.submission!)
  const [state, setState] = useState<State>(() => {
    const { form } = read(opened.definition)
    const known = { today: opened.today!, ...knownIn(opened) }
    // What this phone has is never older than what the server has of it.
    const draft = (here?.response ?? opened.draft) as unknown as QuestionnaireResponse | null
    return draft
      ? fromResponse(form, draft, { known, language: of.language })
      : open(form, { known, language: of.language })
  })
  const [kept, setKept] = useState<'server' | 'here'>()
  /** The newest answer as well: between a tap and the server's word nobody is told that it is kept there. */
  const [isNewestKept, setNewestKept] = useState(true)
  const [sending, setSending] = useState(false)
  const [failed, setFailed] = useState<string>()
  const [answer, setAnswer] = useState<Submitted>()
  const touched = useRef(false)

  useEffect(() => {
    if (!touched.current || answer) return
    const response = toResponse(state) as unknown as Record<string, unknown>
    const isHere = !traceless && writeDraft(token, { response, submission: submission.current })
    let isNewest = true
    const say = (where: typeof kept) => {
      if (!isNewest) return
      setKept(where)
      setNewestKept(true)
    }
    const timer = setTimeout(() => {
      call(keepDraft, { params: { token }, body: { birthDate, response: response as never } }).then(
        ({ keptAt }) => say(keptAt ? 'server' : isHere ? 'here' : undefined),
        () => say(isHere ? 'here' : undefined),
      )
    }, PAUSE_MS)
    return () => {
      isNewest = false
      clearTimeout(timer)
    }
  }, [state, token, birthDate, answer, traceless])

  const give = (key: string, value: Value | readonly Value[] | undefined) => {
    touched.current = true
    setNewestKept(false)
    setState((before) => giveAnswer(before, key, value))
  }
  const submit = async () => {
    setSending(true)
    setFailed(undefined)
    try {
      const response = toResponse(state, { status: 'completed' }) as unknown as Record<string, never>
      const given = await call(submitLink, {
        params: { token },
        body: { birthDate, submission: submission.current, response },
      })
      if (given.result === 'kept' || given.result === 'kept-before') {
        dropDraft(token)
        setAnswer(given)
      } else
        setFailed(
          given.result === 'incomplete' ? t('fill.missing', { count: given.missing.length }) : t('fill.state.not-open'),
        )
    } catch (error) {
      setFailed((error as ApiProblem).unreached ? t('fill.failed') : (error as ApiProblem).title)
    } finally {
      setSending(false)
    }
  }
  return { state, give, kept, isNewestKept, sending, failed, answer, submit }
}

/** What the record has answered; as the engine takes it. */
const knownIn = ({ known }: Opened): Pick<Known, 'answers' | 'answeredOn'> =>
  known ? { answers: known.answers as Known['answers'], answeredOn: known.answeredOn } : {}
