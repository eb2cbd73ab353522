import { useEffect } from 'react'
import { Loading, ProblemAlert, useApi, useT, type CallPartProps } from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { recordingTerms } from '../contract/record.ts'
import { myStream } from '../contract/stream.ts'
import { SUBJECT_KINDS, type Subject, type SubjectKind } from '../contract/words.ts'
import { AskFirst } from './ask-first.tsx'
import { currentCall } from './current-call.ts'
import './recording.css'
import { canRecord } from './recorder.ts'
import { RunningCall } from './running-call.tsx'
import { StreamCall } from './stream-call.tsx'
import { useCall } from './use-call.ts'

type Terms = OutputOf<typeof recordingTerms>

const kindOf = (kind: string): SubjectKind => SUBJECT_KINDS.find((one) => one === kind) ?? 'other'

/** 通话录音, beside the form that is filled while talking: what to say first, what the person answered, and the call. */
export function CallPart({ patientId, subject, onAnswered }: CallPartProps) {
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
        <Before patientId={patientId} subject={about} busy={isBusy(call?.phase)} />
      )}
    </section>
  )
}

const isBusy = (phase: string | undefined) => phase === 'recording' || phase === 'starting' || phase === 'ending'

function Before({ patientId, subject, busy }: { patientId: string; subject: Subject; busy: boolean }) {
  const t = useT('recording')
  const { data, error, refetch } = useApi(recordingTerms, {
    params: { patientId: patientId as never, subjectKind: subject.kind },
  })
  if (busy) return <p className="pb-hint">{t('call.elsewhere')}</p>
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={2} />
  if (data.hasStreams) return <WithStream patientId={patientId} subject={subject} terms={data} />
  if (data.off) return <p className="pb-hint">{t(`call.off.${data.off}`)}</p>
  if (!canRecord()) return <p className="pb-hint">{t('call.cannot')}</p>
  return <AskFirst patientId={patientId} subject={subject} terms={data} />
}

/** Where a telephone exchange may bring the sound, the call that it brings now goes before a new one. */
function WithStream({ patientId, subject, terms }: { patientId: string; subject: Subject; terms: Terms }) {
  const t = useT('recording')
  const { data } = useApi(myStream, {}, { everyMs: 3000 })
  if (!data) return <Loading lines={2} />
  if (data.stream?.line.patient.id === patientId) return <StreamCall stream={data.stream} />
  if (data.stream) return <p className="pb-hint">{t('stream.other')}</p>
  if (terms.off) return <p className="pb-hint">{t(`call.off.${terms.off}`)}</p>
  return <AskFirst patientId={patientId} subject={subject} terms={terms} />
}
