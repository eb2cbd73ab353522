import { Alert, Checkbox, Form, Input, InputNumber, Radio, type FormInstance } from 'antd'
import type { KeyboardEvent } from 'react'
import { Card, DateInput, DraftForm, Field, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { correctOutcome, signOutcome } from '../contract/talk.ts'
import { GRADES } from '../contract/words.ts'
import { NextFields, OptionFields } from './list-fields.tsx'
import { outcomeOf, toldOf, valuesOf, type OutcomeValues } from './outcome-values.ts'
import { PlainHint } from './plain-hint.tsx'
import type { Talk } from './talk-page.tsx'
import { ToldFields } from './told-fields.tsx'
import { CHANGED } from './words.tsx'

/** Written while one talks, kept until it is signed; signed once, corrected by a new version. */
export function OutcomeForm({ talk }: { talk: Talk }) {
  const t = useT('interpretation')
  const say = useSay()
  const { order } = talk
  const [form] = Form.useForm<OutcomeValues>()
  const isCorrection = order.outcome !== null
  const sign = useAction(signOutcome, { invalidates: CHANGED, onDone: () => say.done(t('said.signed')) })
  const correct = useAction(correctOutcome, { invalidates: CHANGED, onDone: () => say.done(t('said.corrected')) })
  const params = { orderId: order.id }
  const submit = (values: OutcomeValues) =>
    order.outcome
      ? correct.mutateAsync({
          params,
          body: { outcome: outcomeOf(values), because: values.because ?? '', version: order.outcome.version },
        })
      : sign.mutateAsync({ params, body: { outcome: outcomeOf(values), told: toldOf(values) } })
  const fields = (
    <DraftForm<OutcomeValues>
      name={`interpretation-outcome-${order.id}-${order.outcome?.version ?? 0}`}
      form={form}
      initial={valuesOf(order.outcome)}
      schema={signOutcome.body}
      submit={t(isCorrection ? 'talk.signCorrection' : 'talk.sign')}
      onSubmit={submit}
    >
      {!isCorrection && talk.untold.length > 0 && <ToldFields untold={talk.untold} form={form} />}
      <Words form={form} />
      <OptionFields />
      <Field name={['outcome', 'ifNothing']} label={t('talk.ifNothing')}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={400} />
      </Field>
      <NextFields />
      <Recheck form={form} />
      <Monthly form={form} />
      <Field name={['outcome', 'teachBack', 'done']} label={t('talk.teachBack')} required>
        <Radio.Group
          options={[
            { value: true, label: t('talk.teachBackDone') },
            { value: false, label: t('talk.teachBackAgain') },
          ]}
        />
      </Field>
      <Field name={['outcome', 'teachBack', 'note']} label={t('talk.teachBackNote')}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={500} />
      </Field>
      {isCorrection && (
        <Field name="because" label={t('talk.because')} required>
          <Input maxLength={300} />
        </Field>
      )}
      <p className="pb-hint">{t('talk.signHint')}</p>
    </DraftForm>
  )
  if (!isCorrection)
    return (
      <Card title={t('talk.outcome')}>
        <div onKeyDown={notByEnter}>{fields}</div>
      </Card>
    )
  return (
    <details className="pb-card" onKeyDown={notByEnter}>
      <summary>{t('act.correct')}</summary>
      {fields}
    </details>
  )
}

/** Enter in a line of the form is no signature. */
function notByEnter(event: KeyboardEvent<HTMLElement>): void {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault()
}

interface PartProps {
  form: FormInstance<OutcomeValues>
}

/** What it comes to, with the words that the person will read, and what the report means. */
function Words({ form }: PartProps) {
  const t = useT('interpretation')
  const grade = Form.useWatch(['outcome', 'grade'], form)
  const meaning = Form.useWatch(['outcome', 'meaning'], form) as string | undefined
  return (
    <>
      <Field name={['outcome', 'grade']} label={t('talk.grade')} required>
        <Radio.Group options={GRADES.map((value) => ({ value, label: t(`grade.${value}`) }))} />
      </Field>
      {grade && (
        <Alert
          type={grade === 'urgent' ? 'warning' : 'info'}
          style={{ marginBottom: 16 }}
          title={
            <>
              {t('talk.theyRead')} {t(`my.grade.${grade}.text`)}
            </>
          }
        />
      )}
      <Field
        name={['outcome', 'meaning']}
        label={t('talk.meaning')}
        required
        extra={
          <>
            {t('talk.meaningHint')} <PlainHint text={meaning ?? ''} />
          </>
        }
      >
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={1200} />
      </Field>
    </>
  )
}

function Recheck({ form }: PartProps) {
  const t = useT('interpretation')
  const wants = Form.useWatch('wantsRecheck', form)
  return (
    <>
      <Form.Item name="wantsRecheck" valuePropName="checked" extra={t('talk.recheckHint')}>
        <Checkbox>{t('talk.recheck')}</Checkbox>
      </Form.Item>
      {wants && (
        <div className="it-line">
          <Field name={['outcome', 'recheck', 'what']} label={t('talk.recheckWhat')} required>
            <Input maxLength={120} />
          </Field>
          <Field name={['outcome', 'recheck', 'from']} label={t('talk.recheckFrom')} required>
            <DateInput />
          </Field>
          <Field name={['outcome', 'recheck', 'until']} label={t('talk.recheckUntil')} required>
            <DateInput />
          </Field>
        </div>
      )}
    </>
  )
}

function Monthly({ form }: PartProps) {
  const t = useT('interpretation')
  const wants = Form.useWatch('wantsMonthly', form)
  return (
    <>
      <Form.Item name="wantsMonthly" valuePropName="checked" extra={t('talk.monthlyHint')}>
        <Checkbox>{t('talk.monthly')}</Checkbox>
      </Form.Item>
      {wants && (
        <div className="it-line">
          <Field name={['outcome', 'monthly', 'months']} label={t('talk.months')} required className="it-narrow">
            <InputNumber min={1} max={12} style={{ width: '100%' }} />
          </Field>
          <Field name={['outcome', 'monthly', 'reason']} label={t('talk.monthReason')} required>
            <Input maxLength={200} />
          </Field>
        </div>
      )}
    </>
  )
}
