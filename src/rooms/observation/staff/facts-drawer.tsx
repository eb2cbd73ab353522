import { Button } from 'antd'
import { useState } from 'react'
import {
  DateText,
  Empty,
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  useApi,
  useOpened,
  useT,
} from '../../../platform/web/index.ts'
import { listFacts, retractFactEndpoint } from '../contract/facts.ts'
import type { FactLists } from '../contract/record.ts'
import { Because } from './because.tsx'
import { EndedNote } from './ended-note.tsx'
import { FACT_ENTRIES, OpenEntry } from './entry-bar.tsx'
import { CorrectButton, FactForm, type FactEntry } from './fact-form.tsx'

type Fact = FactLists[FactEntry][number]

/** All facts of a kind, what was corrected among them: struck through, with who, when and why. `?facts=condition` */
export function FactsDrawer({ patientId }: { patientId: string }) {
  const t = useT('observation')
  const { id, close } = useOpened('facts')
  const kind = FACT_ENTRIES.find((one) => one === id)
  const { data, error, refetch } = useApi(listFacts, { params: { patientId } }, { enabled: kind !== undefined })
  const facts = kind && data?.facts[kind]
  return (
    <SideDrawer
      title={kind ? t(`kind.${kind}`) : ''}
      open={kind !== undefined}
      onClose={close}
      extra={kind && data?.can.write && <OpenEntry entry={kind}>{t('facts.add')}</OpenEntry>}
    >
      <Stack>
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
        {!facts && !error && <Loading lines={4} />}
        {facts?.length === 0 && <Empty title={t('facts.none')} />}
        {kind &&
          facts?.map((fact) => (
            <FactRow key={fact.id} patientId={patientId} kind={kind} fact={fact} canWrite={data?.can.write ?? false} />
          ))}
      </Stack>
    </SideDrawer>
  )
}

function FactRow({
  patientId,
  kind,
  fact,
  canWrite,
}: {
  patientId: string
  kind: FactEntry
  fact: Fact
  canWrite: boolean
}) {
  const t = useT('observation')
  const [mode, setMode] = useState<'show' | 'correct' | 'retract'>('show')
  const show = () => setMode('show')
  const ended = fact.ended
  return (
    <article className="pb-card">
      <Stack tight>
        <div>
          {ended ? (
            <del>
              <FactWords kind={kind} fact={fact} />
            </del>
          ) : (
            <FactWords kind={kind} fact={fact} />
          )}
        </div>
        <p className="pb-hint">
          {t(`source.${sourceKey(fact.source)}`, { source: fact.source })} {fact.by}{' '}
          <InstantText at={fact.recordedAt} />
        </p>
        {ended && <EndedNote ended={ended} />}
        {!ended && canWrite && mode === 'show' && (
          <Row>
            <CorrectButton onClick={() => setMode('correct')} />
            <Button size="small" onClick={() => setMode('retract')}>
              {t('retract.title')}
            </Button>
          </Row>
        )}
        {mode === 'correct' && (
          <FactForm patientId={patientId} kind={kind} former={fact as Fact & Record<string, unknown>} onDone={show} />
        )}
        {mode === 'retract' && (
          <Because
            endpoint={retractFactEndpoint}
            input={(because) => ({ params: { patientId, factId: fact.id }, body: { kind, because } })}
            submit={t('retract.submit')}
            onDone={show}
          />
        )}
      </Stack>
    </article>
  )
}

const SOURCES = ['staff', 'lab', 'device', 'patient', 'questionnaire', 'import']
export const sourceKey = (source: string) => (SOURCES.includes(source) ? source : 'other')

/** A fact in one or two lines. */
function FactWords({ kind, fact }: { kind: FactEntry; fact: Fact }) {
  const t = useT('observation')
  const told = fact as unknown as Record<string, string | null>
  const name =
    told['name'] ??
    told['substance'] ??
    told['conditionName'] ??
    (told['title'] || (told['class'] ? t(`class.${told['class']}`) : ''))
  const code = told['code'] || told['conditionCode']
  const words = [
    told['clinicalStatus'] && t(`status.${told['clinicalStatus']}`),
    told['severity'] && t(`severity.${told['severity']}`),
    told['relation'] && t(`relation.${told['relation']}`),
    told['dose'],
    told['reaction'],
    told['department'],
    told['note'],
  ]
  const from = told['onsetOn'] ?? told['performedOn'] ?? told['startedOn'] ?? told['notedOn']
  const until = told['abatedOn'] ?? told['endedOn']
  return (
    <>
      <strong>{name}</strong> {code && <span className="pb-hint">{code}</span>} {from && <DateText date={from} />}
      {kind === 'encounter' && <InstantText at={told['startedAt']} />}
      {until && (
        <>
          {' '}
          – <DateText date={until} />
        </>
      )}
      <br />
      <span className="pb-hint">{words.filter(Boolean).join(' · ')}</span>
    </>
  )
}
