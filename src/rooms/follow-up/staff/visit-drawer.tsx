import { Button } from 'antd'
import {
  DateText,
  Go,
  InstantText,
  KeyHint,
  Loading,
  ProblemAlert,
  SideDrawer,
  Stack,
  Status,
  useApi,
  useCan,
  useShortcut,
  useSlot,
  useT,
} from '../../../platform/web/index.ts'
import { getVisit, type VisitView } from '../contract/visit.ts'
import { useAnswerMoments, type AnswerMoments } from './answer-moments.ts'
import { Attempts } from './attempts.tsx'
import { VisitDone } from './visit-done.tsx'
import { VisitFacts } from './visit-facts.tsx'
import { VisitForm } from './visit-form.tsx'
import { STATE_TONES, useSaid } from './words.ts'

export interface VisitDrawerProps {
  visitId: string | undefined
  onClose: () => void
  onNext?: () => void
  hasNext?: boolean
}

/** A follow-up at the side: the form, and beside it what the record knows and who tried to reach the person. */
export function VisitDrawer({ visitId, onClose, onNext, hasNext = false }: VisitDrawerProps) {
  const t = useT('follow-up')
  const said = useSaid()
  const { data, error, refetch } = useApi(
    getVisit,
    { params: { occurrenceId: (visitId ?? '') as never } },
    { enabled: visitId !== undefined, keep: false },
  )
  useShortcut('n', () => visitId !== undefined && hasNext && onNext?.())
  const next = hasNext && onNext && (
    <Button type="text" size="small" onClick={onNext}>
      {t('act.next')} <KeyHint keys={['n']} />
    </Button>
  )
  const title = data ? `${said(data.protocolName)} · ${said(data.stepName)}` : t('visit.title')
  return (
    <SideDrawer title={title} open={visitId !== undefined} onClose={onClose} extra={next} widthPx={1080}>
      {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={8} />}
      {data && <Visit key={data.id} visit={data} onDone={hasNext && onNext ? onNext : onClose} />}
    </SideDrawer>
  )
}

function Visit({ visit, onDone }: { visit: VisitView; onDone: () => void }) {
  const mayDo = useCan('follow-up.do')
  const waits = visit.can.complete && mayDo
  const moments = useAnswerMoments()
  return (
    <Stack>
      <VisitHead visit={visit} />
      <div className="pb-visit">
        <div>
          {waits ? <VisitForm visit={visit} onDone={onDone} onAnswer={moments.tell} /> : <VisitDone visit={visit} />}
        </div>
        <aside className="pb-visit-side">
          {waits && <CallParts visit={visit} moments={moments} />}
          <VisitParts visit={visit} isOpen={waits} />
          {waits && <Attempts visit={visit} />}
          <VisitFacts visit={visit} />
        </aside>
      </div>
    </Stack>
  )
}

/** What other rooms put beside the form while somebody is on the telephone. */
function CallParts({ visit, moments }: { visit: VisitView; moments: AnswerMoments }) {
  const parts = useSlot('callParts')
  const subject = { kind: 'follow-up', id: visit.id as string }
  return parts.map(({ key, component: Part }) => (
    <Part key={key} patientId={visit.patient.id} subject={subject} onAnswered={moments.watch} />
  ))
}

/** What other rooms have of this follow-up: a visit to the person's home. */
function VisitParts({ visit, isOpen }: { visit: VisitView; isOpen: boolean }) {
  return useSlot('visitParts').map(({ key, component: Part }) => (
    <Part key={key} patientId={visit.patient.id} followUpId={visit.id} isOpen={isOpen} />
  ))
}

function VisitHead({ visit }: { visit: VisitView }) {
  const t = useT('follow-up')
  const { patient } = visit
  return (
    <div className="pb-stack pb-stack-tight">
      <div className="pb-row" style={{ fontSize: 16 }}>
        <Go to={`/patients/${patient.id}?tab=follow-up`}>{patient.name}</Go>
        {patient.called && <span className="pb-hint">{t('visit.called', { name: patient.called })}</span>}
        <span className="pb-nowrap">
          {[t(`sex.${patient.sex}`), patient.ageYears === null ? '' : t('age', { count: patient.ageYears })]
            .filter(Boolean)
            .join(' ')}
        </span>
        {patient.phoneMasked && <span className="pb-number pb-hint">{patient.phoneMasked}</span>}
        <Status tone={STATE_TONES[visit.state]}>{t(`state.${visit.state}`)}</Status>
      </div>
      <div className="pb-hint">
        {t('visit.window')} <DateText date={visit.windowFrom} /> – <DateText date={visit.windowUntil} />
        {t('visit.due')} <DateText date={visit.dueOn} />
        {visit.settledAt && (
          <>
            {' · '}
            {visit.settledBy || t('house')} <InstantText at={visit.settledAt} />
          </>
        )}
      </div>
    </div>
  )
}
