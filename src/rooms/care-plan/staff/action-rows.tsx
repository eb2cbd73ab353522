import { Button } from 'antd'
import { useState } from 'react'
import { Status, useAction, useSay, useT } from '../../../platform/web/index.ts'
import type { ActionView, PlanView } from '../contract/plan.ts'
import { endHomework } from '../contract/team.ts'
import { CHANGED_BY_ACT } from './changed.ts'
import { TickDrawer } from './tick-drawer.tsx'
import { adherenceWords } from './words.ts'

/** What the person does, each with its last four weeks. */
export function ActionRows({ patientId, plan }: { patientId: string; plan: PlanView }) {
  const t = useT('care-plan')
  const [ticking, setTicking] = useState<string>()
  const action = plan.actions.find(({ key }) => key === ticking)
  return (
    <section aria-label={t('actions.title')}>
      <h3>
        {t('actions.title')} <span className="pb-hint">{t('adherence.window')}</span>
      </h3>
      <ul className="cp-actions">
        {plan.actions.map((one) => (
          <ActionRow key={one.key} patientId={patientId} plan={plan} action={one} onTick={() => setTicking(one.key)} />
        ))}
      </ul>
      {action && (
        <TickDrawer patientId={patientId} planId={plan.id} action={action} onClose={() => setTicking(undefined)} />
      )}
    </section>
  )
}

interface RowProps {
  patientId: string
  plan: PlanView
  action: ActionView
  onTick: () => void
}

function ActionRow({ patientId, plan, action, onTick }: RowProps) {
  const t = useT('care-plan')
  return (
    <li>
      <div>
        <strong>{action.title}</strong> <span className="pb-hint">{action.cadenceWords}</span>
        {action.homeworkBy && (
          <>
            {' '}
            <Status>{t('actions.homeworkBy', { name: action.homeworkBy })}</Status>
          </>
        )}
        {action.words && <div className="pb-hint">{action.words}</div>}
      </div>
      <Strip action={action} />
      <div className="cp-action-end">
        <span className="pb-number" title={t('adherence.definition')}>
          {adherenceWords(t, action.adherence)}
        </span>
        {plan.can.includes('tick') && (
          <Button size="small" onClick={onTick} aria-label={`${t('act.tick')} ${action.title}`}>
            {t('act.tick')}
          </Button>
        )}
        {action.homeworkBy && <EndHomework patientId={patientId} plan={plan} action={action} />}
      </div>
    </li>
  )
}

/** A day a square; its words are read out as a whole. */
function Strip({ action }: { action: ActionView }) {
  const t = useT('care-plan')
  const { expected, done, partly } = action.adherence
  return (
    <div className="cp-strip" role="img" aria-label={t('actions.strip', { expected, done, partly })}>
      {action.strip.map(({ on, mark }) => (
        <span key={on} data-mark={mark} title={`${on} ${t(`mark.${mark}`)}`} />
      ))}
    </div>
  )
}

function EndHomework({ patientId, plan, action }: Omit<RowProps, 'onTick'>) {
  const t = useT('care-plan')
  const say = useSay()
  const end = useAction(endHomework, { invalidates: CHANGED_BY_ACT, onDone: () => say.done(t('said.homeworkEnded')) })
  if (!action.homeworkMine) return null
  const params = { patientId: patientId as never, planId: plan.id, homeworkId: action.key.slice(3) as never }
  return (
    <Button size="small" type="text" onClick={() => end.mutate({ params }, { onError: say.problem })}>
      {t('act.endHomework')}
    </Button>
  )
}
