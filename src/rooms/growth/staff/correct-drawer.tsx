import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, InputNumber, Radio } from 'antd'
import { useState } from 'react'
import { call, DateInput, DraftForm, Field, SideDrawer, useSay, useT } from '../../../platform/web/index.ts'
import {
  correctMeasurement,
  POSITIONS,
  retractMeasurement,
  type GrowthPoint,
  type MeasureName,
  type Question,
} from '../contract/growth.ts'
import { CHANGED } from './changed.ts'
import { Questions } from './questions.tsx'
import { UNITS } from './words.ts'

interface Values {
  value: number
  measuredOn: string
  position?: (typeof POSITIONS)[number] | null
  because: string
}

/** 更正: the former value stays to be seen, with the reason; a value of another child is withdrawn. */
export function CorrectDrawer({
  patientId,
  measure,
  point,
  onClose,
}: {
  patientId: string
  measure: MeasureName
  point: GrowthPoint | undefined
  onClose: () => void
}) {
  const t = useT('growth')
  return (
    <SideDrawer title={t('correct.title')} open={point !== undefined} onClose={onClose} widthPx={460}>
      {point?.id && (
        <CorrectForm key={point.id} patientId={patientId} measure={measure} point={point} onDone={onClose} />
      )}
    </SideDrawer>
  )
}

function CorrectForm({
  patientId,
  measure,
  point,
  onDone,
}: {
  patientId: string
  measure: MeasureName
  point: GrowthPoint
  onDone: () => void
}) {
  const t = useT('growth')
  const say = useSay()
  const client = useQueryClient()
  const [form] = Form.useForm<Values>()
  const [questions, ask] = useState<readonly Question[]>([])
  const [busy, setBusy] = useState(false)
  const params = { patientId: patientId as never, measurementId: point.id as never }
  const finish = async (said: string) => {
    say.done(t(said))
    onDone()
    await Promise.all(CHANGED.map(({ name }) => client.invalidateQueries({ queryKey: [name] })))
  }
  const send = async (values: Values, confirmed: Question['code'][] = []) => {
    const kept = await call(correctMeasurement, { params, body: { ...values, confirmed } })
    if (!kept.saved) return ask(kept.questions)
    await finish('correct.said')
  }
  const guarded = async (act: () => Promise<unknown>) => {
    setBusy(true)
    try {
      await act()
    } catch (error) {
      say.problem(error)
    } finally {
      setBusy(false)
    }
  }
  const retract = async () => {
    const { because } = await form.validateFields(['because'])
    await call(retractMeasurement, { params, body: { because } })
    await finish('correct.retracted')
  }
  const confirm = () =>
    send(
      form.getFieldsValue(true) as Values,
      questions.map(({ code }) => code),
    )
  const take = (question: Question) => {
    if (question.suggested !== null) form.setFieldValue('value', question.suggested)
    ask([])
  }
  return (
    <>
      {questions.length > 0 && (
        <Questions
          questions={questions}
          onTake={take}
          onConfirm={() => void guarded(confirm)}
          onBack={() => ask([])}
          busy={busy}
        />
      )}
      <div hidden={questions.length > 0}>
        <DraftForm<Values>
          name={`growth-correct-${point.id}`}
          form={form}
          initial={{ value: point.value, measuredOn: point.on, position: point.position }}
          keepDraft={false}
          submit={t('correct.save')}
          onSubmit={(values) => send(values)}
          onCancel={onDone}
        >
          <Field name="value" label={`${t(`measure.${measure}`)} (${UNITS[measure]})`} required>
            <InputNumber style={{ width: '100%' }} inputMode="decimal" />
          </Field>
          <Field name="measuredOn" label={t('measured.on')} required>
            <DateInput />
          </Field>
          {measure === 'height' && (
            <Field name="position" label={t('measured.position')}>
              <Radio.Group options={POSITIONS.map((value) => ({ value, label: t(`position.${value}`) }))} />
            </Field>
          )}
          <Field name="because" label={t('correct.because')} required>
            <Input maxLength={300} />
          </Field>
        </DraftForm>
        <Button danger type="text" loading={busy} onClick={() => void guarded(retract)}>
          {t('correct.retract')}
        </Button>
      </div>
    </>
  )
}
