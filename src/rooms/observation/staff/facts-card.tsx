import type { ReactNode } from 'react'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { Card, Columns, DateText, Stack, Status, useOpened, useT } from '../../../platform/web/index.ts'
import type { getOverview } from '../contract/overview.ts'

type Overview = OutputOf<typeof getOverview>

/** Diseases, drugs, operations, family: what stands; a list opens with what was corrected in it. */
export function FactsCard({ overview }: { overview: Overview }) {
  const t = useT('observation')
  const active = overview.conditions.filter(({ clinicalStatus }) => clinicalStatus !== 'resolved')
  const former = overview.conditions.length - active.length
  return (
    <Columns minPx={200}>
      <FactList kind="condition" hint={former > 0 ? t('facts.resolved', { count: former }) : ''}>
        {active.map(({ id, name, onsetOn, clinicalStatus }) => (
          <li key={id}>
            {name} {clinicalStatus === 'remission' && <Status tone="good">{t('status.remission')}</Status>}{' '}
            <span className="pb-hint">{onsetOn && <DateText date={onsetOn} />}</span>
          </li>
        ))}
      </FactList>
      <FactList kind="medication">
        {overview.medications.map(({ id, name, dose, startedOn }) => (
          <li key={id}>
            {name}{' '}
            <span className="pb-hint">
              {dose} {startedOn && <DateText date={startedOn} />}
            </span>
          </li>
        ))}
      </FactList>
      <FactList kind="allergy">
        {overview.allergies.map(({ id, substance, reaction, severity }) => (
          <li key={id}>
            {substance}{' '}
            <span className="pb-hint">{[t(`severity.${severity}`), reaction].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </FactList>
      <FactList kind="procedure">
        {overview.procedures.map(({ id, name, performedOn }) => (
          <li key={id}>
            {name} <span className="pb-hint">{performedOn && <DateText date={performedOn} />}</span>
          </li>
        ))}
      </FactList>
      <FactList kind="family-history">
        {overview.familyHistory.map(({ id, relation, conditionName }) => (
          <li key={id}>
            <span className="pb-hint">{t(`relation.${relation}`)}</span> {conditionName}
          </li>
        ))}
      </FactList>
    </Columns>
  )
}

function FactList({ kind, hint = '', children }: { kind: string; hint?: string; children: readonly ReactNode[] }) {
  const t = useT('observation')
  const opened = useOpened('facts')
  return (
    <Card
      title={t(`kind.${kind}`)}
      extra={
        <button type="button" className="pb-link" onClick={() => opened.open(kind)}>
          {t('facts.all')}
          <span className="pb-sr">{t(`kind.${kind}`)}</span>
        </button>
      }
    >
      <Stack tight>
        {children.length === 0 ? <p className="pb-hint">{t('facts.none')}</p> : <ul>{children}</ul>}
        {hint && <p className="pb-hint">{hint}</p>}
      </Stack>
    </Card>
  )
}
