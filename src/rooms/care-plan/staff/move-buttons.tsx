import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { DraftForm, Field, SideDrawer, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { movePlan, type PlanView } from '../contract/plan.ts'
import { END_REASONS, type EndReason } from '../contract/words.ts'
import { CHANGED_BY_ACT } from './changed.ts'

type Act = 'pause' | 'resume' | 'end'

/** Pause, resume, end: each with its reason. */
export function MoveButtons({ patientId, plan }: { patientId: string; plan: PlanView }) {
  const t = useT('care-plan')
  const say = useSay()
  const [act, setAct] = useState<Act>()
  const move = useAction(movePlan, { invalidates: CHANGED_BY_ACT })
  const acts = (['pause', 'resume', 'end'] as const).filter((one) => plan.can.includes(one))
  const submit = async ({ reason, note = '' }: { reason?: Exclude<EndReason, 'deceased'>; note?: string }) => {
    await move.mutateAsync({
      params: { patientId: patientId as never, planId: plan.id },
      body: { act: act!, reason: reason ?? null, note },
    })
    say.done(t(`said.${act!}`))
    setAct(undefined)
  }
  return (
    <>
      {acts.map((one) => (
        <Button key={one} type={one === 'resume' ? 'primary' : 'text'} onClick={() => setAct(one)}>
          {t(`act.${one}`)}
        </Button>
      ))}
      {act && (
        <SideDrawer title={`${t(`act.${act}`)} · ${plan.title}`} open onClose={() => setAct(undefined)}>
          <DraftForm
            name={`plan-${act}-${plan.id}`}
            submit={t(`act.${act}`)}
            onCancel={() => setAct(undefined)}
            onSubmit={submit}
          >
            {act === 'end' && (
              <Field name="reason" label={t('end.reason')} required>
                <Select
                  options={END_REASONS.filter((one) => one !== 'deceased').map((value) => ({
                    value,
                    label: t(`endReason.${value}`),
                  }))}
                />
              </Field>
            )}
            <Field name="note" label={t('end.note')}>
              <Input.TextArea maxLength={300} autoSize={{ minRows: 2 }} />
            </Field>
          </DraftForm>
        </SideDrawer>
      )}
    </>
  )
}
