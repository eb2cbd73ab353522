import { useCallback, useEffect } from 'react'
import { Loading, ProblemAlert, Stack, useApi, useT, type CallPartProps } from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { recordingTerms } from '../contract/record.ts'
import { myStream } from '../contract/stream.ts'
import { SUBJECT_KINDS, type Subject, type SubjectKind } from '../contract/words.ts'
import { AskFirst } from './ask-first.tsx'
import { currentCall } from './current-call.ts'
import './recording.css'
import { Earlier } from './earlier.tsx'
import { canRecord } from './recorder.ts'
import { RunningCall } from './running-call.tsx'
import { StreamCall } from './stream-call.tsx'
import { useCall } from './use-call.ts'

type Terms = OutputOf<typeof recordingTerms>

const kindOf = (kind: string): SubjectKind => SUBJECT_KINDS.find((one) => one === kind) ?? 'other'

/** 通话录音, beside the form that is filled while talking: what to say first, what the person answered, and the call. */
export function CallPart({ patientId, subject, callId, onAnswered }: CallPartProps) {
  const t = useT('recording')
  const about: Subject = { kind: kindOf(subject.kind), id: subject.id }
  const call = useCall()
  const isHere = call?.patientId === patientId && call.subject.id === about.id
  useEffect(() => onAnswered?.((ref, label) => currentCall.mark(ref, label)), [onAnswered])
  return (
    <section aria-label={t('call.title')}>
      <h3>{t('call.title')}</h3>
      {isHere ? (
        <RunningCall call={call} />
      ) : (
        <Before patientId={patientId} subject={about} callId={callId} busy={isBusy(call?.phase)} />
      )}
    </section>
  )
}

const isBusy = (phase: string | undefined) => phase === 'recording' || phase === 'starting' || phase === 'ending'

interface BeforeProps {
  patientId: string
  subject: Subject
  callId: string | undefined
}

function Before({ busy, ...call }: BeforeProps & { busy: boolean }) {
  const t = useT('recording')
  const { patientId, subject, callId } = call
  const { data, error, refetch } = useApi(
    recordingTerms,
    {
      params: { patientId: patientId as never, subjectKind: subject.kind },
      query: { ...(subject.id ? { subjectId: subject.id } : {}), ...(callId ? { callId } : {}) },
    },
    { keep: false },
  )
  const look = useCallback(() => void refetch(), [refetch])
  // Shown anew after a piece was ended: what was known before that says nothing of it.
  useEffect(look, [look])
  if (busy) return <p className="pb-hint">{t('call.elsewhere')}</p>
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={2} />
  return (
    <Stack tight>
      {data.earlier && <Earlier pieces={data.earlier.pieces} onChange={look} />}
      {data.hasStreams ? <WithStream {...call} terms={data} /> : <FromHere {...call} terms={data} />}
    </Stack>
  )
}

function FromHere({ terms, ...call }: BeforeProps & { terms: Terms }) {
  const t = useT('recording')
  if (terms.off) return <p className="pb-hint">{t(`call.off.${terms.off}`)}</p>
  if (!canRecord()) return <p className="pb-hint">{t('call.cannot')}</p>
  return <AskFirst {...call} terms={terms} />
}

/** Where a telephone exchange may bring the sound, the call that it brings now goes before a new one. */
function WithStream({ terms, ...call }: BeforeProps & { terms: Terms }) {
  const t = useT('recording')
  const { data } = useApi(myStream, {}, { everyMs: 3000 })
  if (!data) return <Loading lines={2} />
  if (data.stream?.line.patient.id === call.patientId) return <StreamCall stream={data.stream} />
  if (data.stream) return <p className="pb-hint">{t('stream.other')}</p>
  if (terms.off) return <p className="pb-hint">{t(`call.off.${terms.off}`)}</p>
  return <AskFirst {...call} terms={terms} />
}
