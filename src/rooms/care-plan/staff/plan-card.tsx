import { Button } from 'antd'
import { useState } from 'react'
import { Card, DateText, Loading, ProblemAlert, Stack, Status, useApi, useT } from '../../../platform/web/index.ts'
import { readPlan, type PlanView } from '../contract/plan.ts'
import { ActionRows } from './action-rows.tsx'
import { DraftDrawer } from './draft-drawer.tsx'
import { GoalRows } from './goal-rows.tsx'
import { HomeworkDrawer } from './homework-drawer.tsx'
import { MoveButtons } from './move-buttons.tsx'
import { SignPart } from './sign-part.tsx'
import { VersionsPart } from './versions-part.tsx'
import { adherenceWords, STATE_TONES } from './words.ts'

/** A plan at a glance: where the goals stand, how it goes from day to day, what is next. */
export function PlanCard({ patientId, planId }: { patientId: string; planId: string }) {
  const t = useT('care-plan')
  const [editing, setEditing] = useState(false)
  const {
    data: plan,
    error,
    refetch,
  } = useApi(readPlan, { params: { patientId: patientId as never, planId: planId as never } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!plan) return <Loading lines={5} />
  return (
    <Card title={plan.title} extra={<Status tone={STATE_TONES[plan.state]}>{t(`state.${plan.state}`)}</Status>}>
      <Stack>
        <PlanHead plan={plan} />
        {plan.draft && (
          <SignPart patientId={patientId} plan={plan} draft={plan.draft} onEdit={() => setEditing(true)} />
        )}
        {plan.version !== null && (
          <>
            <GoalRows goals={plan.goals} />
            <ActionRows patientId={patientId} plan={plan} />
            <Steps plan={plan} />
            <div className="pb-row">
              {plan.can.includes('revise') && !plan.draft && (
                <Button onClick={() => setEditing(true)}>{t('act.revise')}</Button>
              )}
              <HomeworkDrawer patientId={patientId} plan={plan} />
              <MoveButtons patientId={patientId} plan={plan} />
            </div>
          </>
        )}
        <VersionsPart plan={plan} />
      </Stack>
      {editing && <DraftDrawer patientId={patientId} plan={plan} onClose={() => setEditing(false)} />}
    </Card>
  )
}

function PlanHead({ plan }: { plan: PlanView }) {
  const t = useT('care-plan')
  if (plan.version === null) return <p className="pb-hint">{t('plan.neverSigned')}</p>
  const signed = plan.versions.find(({ version }) => version === plan.version)
  return (
    <p className="pb-hint">
      {t('plan.since')} <DateText date={plan.startedOn!} /> · {t('plan.version', { version: plan.version })}
      {signed?.signedBy && ` · ${t('plan.signedBy', { name: signed.signedBy })}`} ·{' '}
      <span title={t('adherence.definition')}>
        {t('adherence.label')} {adherenceWords(t, plan.adherence)}
      </span>
      {plan.pausedSince && (
        <>
          {' · '}
          {t('plan.pausedSince')} <DateText date={plan.pausedSince} />
        </>
      )}
      {plan.endReason && ` · ${t(`endReason.${plan.endReason}`)} ${plan.endNote}`}
    </p>
  )
}

function Steps({ plan }: { plan: PlanView }) {
  const t = useT('care-plan')
  if (plan.steps.length === 0) return null
  return (
    <section aria-label={t('steps.title')}>
      <h3>{t('steps.title')}</h3>
      <ol className="cp-steps">
        {plan.steps.map((step) => (
          <li key={step.day} data-state={step.state}>
            <span className="pb-number">{t('steps.day', { day: step.day })}</span>
            <span>{step.title}</span>
            <Status tone={step.state === 'done' ? 'good' : step.state === 'due' ? 'due' : 'plain'}>
              {t(`steps.${step.state}`)} <DateText date={step.dueOn} />
            </Status>
          </li>
        ))}
      </ol>
    </section>
  )
}
