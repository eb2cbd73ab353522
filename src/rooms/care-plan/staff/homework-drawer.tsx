import { Button, Input } from 'antd'
import { useState } from 'react'
import {
  DraftForm,
  Field,
  SideDrawer,
  useAction,
  useCan,
  useSay,
  useT,
  requestId,
} from '../../../platform/web/index.ts'
import type { PlanView } from '../contract/plan.ts'
import { addHomework } from '../contract/team.ts'
import { CHANGED_BY_ACT } from './changed.ts'

/** The counsellor gives an exercise beside the plan. */
export function HomeworkDrawer({ patientId, plan }: { patientId: string; plan: PlanView }) {
  const t = useT('care-plan')
  const say = useSay()
  const may = useCan('counselling.note')
  const [open, setOpen] = useState(false)
  const add = useAction(addHomework, { invalidates: CHANGED_BY_ACT })
  if (!may || plan.state !== 'active') return null
  const submit = async ({ title, words = '' }: { title: string; words?: string }) => {
    const body = {
      id: requestId(),
      title,
      words,
      cadence: { kind: 'daily' as const },
      ask: { kind: 'outcome' as const },
    }
    await add.mutateAsync({ params: { patientId: patientId as never, planId: plan.id }, body })
    say.done(t('said.homework'))
    setOpen(false)
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('act.homework')}</Button>
      {open && (
        <SideDrawer title={t('act.homework')} open onClose={() => setOpen(false)}>
          <DraftForm
            name={`homework-${plan.id}`}
            submit={t('act.keep')}
            onCancel={() => setOpen(false)}
            onSubmit={submit}
          >
            <Field name="title" label={t('homework.title')} required extra={t('homework.hint')}>
              <Input maxLength={60} />
            </Field>
            <Field name="words" label={t('homework.words')}>
              <Input.TextArea maxLength={400} autoSize={{ minRows: 2 }} />
            </Field>
          </DraftForm>
        </SideDrawer>
      )}
    </>
  )
}
