import { Input, InputNumber, Radio } from 'antd'
import {
  DateInput,
  DraftForm,
  Field,
  Row,
  SideDrawer,
  useAction,
  useSay,
  useT,
  useToday,
  requestId,
} from '../../../platform/web/index.ts'
import { tickFor, undoFor } from '../contract/check-in.ts'
import type { ActionView } from '../contract/plan.ts'
import { OUTCOMES, type Outcome } from '../contract/words.ts'
import { CHANGED_BY_ACT } from './changed.ts'

interface Values {
  on: string
  outcome?: Outcome
  value?: number | null
  second?: number | null
  words?: string
}

/** Ticking for the person, as they tell it on the phone. */
export function TickDrawer({
  patientId,
  planId,
  action,
  onClose,
}: {
  patientId: string
  planId: string
  action: ActionView
  onClose: () => void
}) {
  const t = useT('care-plan')
  const say = useSay()
  const today = useToday()
  const toRecord = action.ask.kind === 'pressure' || (action.ask.kind === 'number' && action.ask.indicator)
  const params = { patientId: patientId as never, planId: planId as never }
  const undo = useAction(undoFor, { invalidates: CHANGED_BY_ACT })
  const tick = useAction(tickFor, { invalidates: CHANGED_BY_ACT })
  const submit = async ({ on, outcome = null as never, value = null, second = null, words = '' }: Values) => {
    const clientId = requestId()
    await tick.mutateAsync({ params, body: { clientId, actionKey: action.key, on, outcome, value, second, words } })
    say.undoable({ text: t('said.ticked'), undo: () => undo.mutateAsync({ params, body: { clientId } }) })
    onClose()
  }
  return (
    <SideDrawer title={`${t('act.tick')} · ${action.title}`} open onClose={onClose}>
      <DraftForm<Values>
        name={`tick-${planId}-${action.key}`}
        keepDraft={false}
        initial={{ on: today }}
        submit={t('act.keep')}
        onCancel={onClose}
        onSubmit={submit}
      >
        <Field name="on" label={t('tick.on')} required extra={t('tick.onHint')}>
          <DateInput />
        </Field>
        {action.ask.kind === 'number' && (
          <Field name="value" label={action.ask.label}>
            <InputNumber min={0} suffix={action.ask.unit} style={{ width: '100%' }} />
          </Field>
        )}
        {action.ask.kind === 'pressure' && (
          <Row>
            <Field name="value" label={t('tick.systolic')}>
              <InputNumber min={0} suffix="mmHg" />
            </Field>
            <Field name="second" label={t('tick.diastolic')}>
              <InputNumber min={0} suffix="mmHg" />
            </Field>
          </Row>
        )}
        {toRecord && <p className="pb-hint">{t('tick.toRecord')}</p>}
        <Field name="outcome" label={t('tick.outcome')} required={action.ask.kind === 'outcome'}>
          <Radio.Group options={OUTCOMES.map((value) => ({ value, label: t(`mark.${value}`) }))} />
        </Field>
        <Field name="words" label={t('tick.words')} required={action.ask.kind === 'words'}>
          <Input.TextArea maxLength={300} autoSize={{ minRows: 2, maxRows: 4 }} />
        </Field>
      </DraftForm>
    </SideDrawer>
  )
}
