import { useEffect, useRef, useState } from 'react'
import {
  ApiProblem,
  call,
  Loading,
  ProblemAlert,
  Stack,
  useAction,
  useApi,
  useNarrow,
  useSay,
  useSlot,
  useT,
} from '../../../platform/web/index.ts'
import { useAnswerMoments, type AnswerMoments } from '../../follow-up/staff/answer-moments.ts'
import { getDesk } from '../contract/desk.ts'
import { beginTalk, getSession, handBack, keepSession, type CallSession } from '../contract/session.ts'
import { CHANGED } from './changed.ts'
import { CallAbout } from './call-about.tsx'
import { CallEnded } from './call-ended.tsx'
import { CallHead } from './call-head.tsx'
import { CallOutcome } from './call-outcome.tsx'
import { CallScriptCard } from './call-script.tsx'
import { LastCalls } from './last-calls.tsx'

export interface CallPanelProps {
  sessionId: string
  onNext: () => void
  /** It was given back: nothing is to be shown any more. */
  onLeft: () => void
  /** It has run out meanwhile: others may have the person. */
  onOver: () => void
}

/** The call that somebody has taken: who, why, what to say, the form, the recorder, and how it went. */
export function CallPanel({ sessionId, onNext, onLeft, onOver }: CallPanelProps) {
  const { data, error, refetch } = useApi(getSession, { params: { sessionId: sessionId as never } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={8} />
  const over = () => {
    void refetch()
    onOver()
  }
  return <Panel session={data} onNext={onNext} onLeft={onLeft} onOver={over} />
}

function Panel({ session, onNext, onLeft, onOver }: { session: CallSession } & Omit<CallPanelProps, 'sessionId'>) {
  const t = useT('call-desk')
  const say = useSay()
  const moments = useAnswerMoments()
  const narrow = useNarrow()
  const [wasReached, setReached] = useState(false)
  const isActive = session.state === 'claimed' || session.state === 'talking'
  useSignOfLife(session.id, isActive, onOver)
  const of = { params: { sessionId: session.id } }
  const talk = useAction(beginTalk, { invalidates: [getSession, getDesk] })
  const back = useAction(handBack, {
    invalidates: CHANGED,
    onDone: () => {
      say.done(t('said.handedBack', { name: session.patient.name }))
      onLeft()
    },
  })
  return (
    <div className="cd-call">
      <div className="cd-top">
        <Stack>
          <CallHead session={session} onTalk={() => isActive && session.state !== 'talking' && talk.mutate(of)} />
          <ProblemAlert problem={talk.error ?? back.error} />
        </Stack>
      </div>
      {/* What is asked and said first stands before the form, which on a phone is below it. */}
      <aside className="cd-side">
        {isActive && <CallParts session={session} moments={moments} />}
        <CallScriptCard session={session} isFolded={narrow} />
        {!narrow && <LastCalls calls={session.before} />}
      </aside>
      <Stack>
        {isActive ? (
          <CallOutcome
            session={session}
            reached={wasReached}
            onHandBack={(reason) => back.mutate({ ...of, body: { reason } })}
          />
        ) : (
          <CallEnded session={session} onNext={onNext} />
        )}
        {(isActive || (session.outcome === 'reached' && session.subject.kind === 'follow-up')) && (
          <CallAbout session={session} moments={moments} onDone={() => setReached(true)} />
        )}
        {narrow && <LastCalls calls={session.before} />}
      </Stack>
    </div>
  )
}

/** What other rooms put beside the form while somebody is on the telephone: the recorder. */
function CallParts({ session, moments }: { session: CallSession; moments: AnswerMoments }) {
  const parts = useSlot('callParts')
  const subject = { kind: session.subject.kind === 'follow-up' ? 'follow-up' : 'other', id: session.subject.id }
  return parts.map(({ key, component: Part }) => (
    <Part key={key} patientId={session.patient.id} subject={subject} callId={session.id} onAnswered={moments.watch} />
  ))
}

const EVERY_MS = 120_000

/**
 * Says now and then that the page is still open, so that nobody else gets the person. A lid that was shut too long: the
 * call is over, and the page says so instead of going on.
 */
function useSignOfLife(sessionId: string, isActive: boolean, onOver: () => void): void {
  const over = useRef(onOver)
  useEffect(() => void (over.current = onOver))
  useEffect(() => {
    if (!isActive) return
    const keep = () =>
      call(keepSession, { params: { sessionId: sessionId as never } }).catch(
        (problem: unknown) => problem instanceof ApiProblem && problem.code === 'CallOver' && over.current(),
      )
    const timer = setInterval(() => void keep(), EVERY_MS)
    return () => clearInterval(timer)
  }, [sessionId, isActive])
}
