import { useQueryClient } from '@tanstack/react-query'
import { Form, InputNumber, Radio } from 'antd'
import { useState } from 'react'
import { call, DateInput, DraftForm, Field, SideDrawer, useSay, useT, useToday } from '../../../platform/web/index.ts'
import { addMeasurement, MEASURED_BY, POSITIONS, type Question } from '../contract/growth.ts'
import { CHANGED } from './changed.ts'
import { Questions } from './questions.tsx'

interface Values {
  measuredOn: string
  heightCm?: number | null
  position?: (typeof POSITIONS)[number]
  weightKg?: number | null
  headCm?: number | null
  measuredBy: (typeof MEASURED_BY)[number]
}

/** 记一次测量. Strange numbers come back as questions; the form stays as it was typed. */
export function MeasureDrawer({ patientId, open, onClose }: { patientId: string; open: boolean; onClose: () => void }) {
  const t = useT('growth')
  return (
    <SideDrawer title={t('act.measure')} open={open} onClose={onClose} widthPx={460}>
      <MeasureForm patientId={patientId} onDone={onClose} />
    </SideDrawer>
  )
}

function MeasureForm({ patientId, onDone }: { patientId: string; onDone: () => void }) {
  const t = useT('growth')
  const say = useSay()
  const today = useToday()
  const client = useQueryClient()
  const [form] = Form.useForm<Values>()
  const [questions, ask] = useState<readonly Question[]>([])
  const [busy, setBusy] = useState(false)
  const send = async (values: Values, confirmed: Question['code'][] = []) => {
    const kept = await call(addMeasurement, {
      params: { patientId: patientId as never },
      body: { ...values, measuredBy: values.measuredBy ?? 'here', confirmed },
    })
    if (!kept.saved) return ask(kept.questions)
    say.done(t('measured.said'))
    onDone()
    await Promise.all(CHANGED.map(({ name }) => client.invalidateQueries({ queryKey: [name] })))
  }
  const confirm = async () => {
    setBusy(true)
    try {
      await send(
        form.getFieldsValue(true) as Values,
        questions.map(({ code }) => code),
      )
    } catch (error) {
      say.problem(error)
    } finally {
      setBusy(false)
    }
  }
  const take = (question: Question) => {
    if (question.code === 'swapped') form.setFieldValue('weightKg', question.value)
    form.setFieldValue(question.field as keyof Values, question.suggested as never)
    ask(questions.filter((one) => one !== question))
  }
  return (
    <>
      {questions.length > 0 && (
        <Questions
          questions={questions}
          onTake={take}
          onConfirm={() => void confirm()}
          onBack={() => ask([])}
          busy={busy}
        />
      )}
      <div hidden={questions.length > 0}>
        <DraftForm<Values>
          name={`growth-measure-${patientId}`}
          form={form}
          initial={{ measuredOn: today, measuredBy: 'here' }}
          schema={addMeasurement.body}
          submit={t('measured.save')}
          onSubmit={(values) => send(values)}
          onCancel={onDone}
        >
          <Field name="measuredOn" label={t('measured.on')} required>
            <DateInput />
          </Field>
          <Field name="heightCm" label={t('measure.height')}>
            <InputNumber style={{ width: '100%' }} inputMode="decimal" suffix="cm" />
          </Field>
          <Field name="position" label={t('measured.position')} extra={t('measured.positionHint')}>
            <Radio.Group options={POSITIONS.map((value) => ({ value, label: t(`position.${value}`) }))} />
          </Field>
          <Field name="weightKg" label={t('measure.weight')}>
            <InputNumber style={{ width: '100%' }} inputMode="decimal" suffix="kg" />
          </Field>
          <Field name="headCm" label={t('measure.head')} extra={t('measured.headHint')}>
            <InputNumber style={{ width: '100%' }} inputMode="decimal" suffix="cm" />
          </Field>
          <Field name="measuredBy" label={t('measured.by')}>
            <Radio.Group options={MEASURED_BY.map((value) => ({ value, label: t(`measuredBy.${value}`) }))} />
          </Field>
        </DraftForm>
      </div>
    </>
  )
}
