import { Button } from 'antd'
import { useState } from 'react'
import {
  Card,
  DateText,
  Empty,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useApi,
  useOpened,
  useT,
} from '../../../platform/web/index.ts'
import { listPlans, type PlanLine } from '../contract/plan.ts'
import { DraftDrawer } from './draft-drawer.tsx'
import { PlanCard } from './plan-card.tsx'
import { TeamCard } from './team-card.tsx'
import { adherenceWords, STATE_TONES } from './words.ts'
import './care-plan.css'

/** 干预方案 of one person: what runs in full, what was before in a line. */
export function PlanTab({ patientId }: { patientId: string }) {
  const t = useT('care-plan')
  const opened = useOpened('plan')
  const [drafting, setDrafting] = useState(false)
  const { data, error, refetch } = useApi(listPlans, { params: { patientId: patientId as never } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={6} />
  const open = data.plans.filter(({ state }) => state === 'active' || state === 'paused' || state === 'draft')
  const past = data.plans.filter((plan) => !open.includes(plan))
  const shown = past.find(({ id }) => id === opened.id)
  const begin = data.can.draft && (
    <Button type={open.length === 0 ? 'primary' : 'default'} onClick={() => setDrafting(true)}>
      {t('plan.new')}
    </Button>
  )
  return (
    <Stack>
      {open.length === 0 ? (
        <Empty title={t('plan.empty')} hint={t('plan.emptyHint')} action={begin} />
      ) : (
        begin && <div>{begin}</div>
      )}
      {open.map(({ id }) => (
        <PlanCard key={id} patientId={patientId} planId={id} />
      ))}
      <TeamCard patientId={patientId} />
      {shown && <PlanCard patientId={patientId} planId={shown.id} />}
      {past.length > 0 && <PastPlans plans={past} onOpen={opened.open} />}
      {drafting && <DraftDrawer patientId={patientId} onClose={() => setDrafting(false)} />}
    </Stack>
  )
}

function PastPlans({ plans, onOpen }: { plans: readonly PlanLine[]; onOpen: (id: string) => void }) {
  const t = useT('care-plan')
  return (
    <Card title={t('plan.past')}>
      <Stack tight>
        {plans.map((plan) => (
          <Row key={plan.id}>
            <button type="button" className="pb-link" onClick={() => onOpen(plan.id)}>
              {plan.title}
            </button>
            <Status tone={STATE_TONES[plan.state]}>
              {plan.endReason ? t(`endReason.${plan.endReason}`) : t(`state.${plan.state}`)}
            </Status>
            <span className="pb-hint">
              {plan.startedOn && <DateText date={plan.startedOn} />}
              {plan.endedOn && (
                <>
                  {' – '}
                  <DateText date={plan.endedOn} />
                </>
              )}{' '}
              {plan.startedOn && adherenceWords(t, plan.adherence)}
            </span>
          </Row>
        ))}
      </Stack>
    </Card>
  )
}
