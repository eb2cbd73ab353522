import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import {
  DraftForm,
  Field,
  requestId,
  SideDrawer,
  useAction,
  useCan,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import type { PlanView } from '../contract/plan.ts'
import { addHomework } from '../contract/team.ts'
import { CHANGED_BY_ACT } from './changed.ts'

interface Written {
  title: string
  words?: string
  often: 'daily' | 'weekly'
  times?: number
  asked: 'outcome' | 'words'
}

/** The counsellor gives an exercise beside the plan: how often, and what is noted when it is done. */
export function HomeworkDrawer({ patientId, plan }: { patientId: string; plan: PlanView }) {
  const t = useT('care-plan')
  const say = useSay()
  const may = useCan('counselling.note')
  const [open, setOpen] = useState(false)
  const add = useAction(addHomework, { invalidates: CHANGED_BY_ACT })
  if (!may || plan.state !== 'active') return null
  const submit = async ({ title, words = '', often, times = 1, asked }: Written) => {
    const cadence = often === 'weekly' ? { kind: 'weekly' as const, times } : { kind: 'daily' as const }
    const body = { id: requestId(), title, words, cadence, ask: { kind: asked } }
    await add.mutateAsync({ params: { patientId: patientId as never, planId: plan.id }, body })
    say.done(t('said.homework'))
    setOpen(false)
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('act.homework')}</Button>
      {open && (
        <SideDrawer title={t('act.homework')} open onClose={() => setOpen(false)}>
          <DraftForm<Written>
            name={`homework-${plan.id}`}
            initial={{ often: 'daily', asked: 'outcome' }}
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
            <div className="cp-line">
              <Field name="often" label={t('homework.often')} required style={{ flex: 1 }}>
                <Select
                  options={(['daily', 'weekly'] as const).map((value) => ({ value, label: t(`often.${value}`) }))}
                />
              </Field>
              <Times />
            </div>
            <Field name="asked" label={t('homework.asked')} required>
              <Select
                options={(['outcome', 'words'] as const).map((value) => ({ value, label: t(`asked.${value}`) }))}
              />
            </Field>
          </DraftForm>
        </SideDrawer>
      )}
    </>
  )
}

function Times() {
  const t = useT('care-plan')
  if (Form.useWatch('often') !== 'weekly') return null
  return (
    <Field name="times" label={t('homework.times')} required>
      <InputNumber min={1} max={7} style={{ width: 96 }} />
    </Field>
  )
}
