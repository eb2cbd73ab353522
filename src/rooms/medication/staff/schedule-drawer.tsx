import { Button, Checkbox, Form, Input, InputNumber, Radio, Select, Switch } from 'antd'
import {
  Columns,
  DateInput,
  DraftForm,
  Field,
  Row,
  SideDrawer,
  requestId,
  useAction,
  useSay,
  useT,
  useToday,
} from '../../../platform/web/index.ts'
import { TimeInput } from '../../organization/staff/time-input.tsx'
import {
  changeMedication,
  listMedication,
  startMedication,
  type MedicationView,
  type ScheduleView,
} from '../contract/medication.ts'
import { contentOf, valuesOf, type Values } from './schedule-values.ts'

interface Props {
  patientId: string
  choices: MedicationView['choices']
  schedule?: ScheduleView
  onClose: () => void
}

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const

/** What is taken and when: written anew, or the next version of it. */
export function ScheduleDrawer({ patientId, choices, schedule, onClose }: Props) {
  const t = useT('medication')
  const say = useSay()
  const today = useToday()
  const [form] = Form.useForm<Values>()
  const start = useAction(startMedication, { invalidates: [listMedication] })
  const change = useAction(changeMedication, { invalidates: [listMedication] })
  const params = { patientId: patientId as never }
  const submit = async (values: Values) => {
    const content = contentOf(values)
    const medicationId = values.medicationId ?? null
    if (schedule)
      await change.mutateAsync({
        params: { ...params, scheduleId: schedule.id },
        body: { version: schedule.version, content },
      })
    else await start.mutateAsync({ params, body: { id: requestId() as never, medicationId, content } })
    say.done(t('said.kept'))
    onClose()
  }
  const choose = (id: string | undefined) => {
    const chosen = choices.find((one) => one.id === id)
    if (chosen) form.setFieldsValue({ name: chosen.name, ...(chosen.dose ? { dose: chosen.dose } : {}) })
  }
  return (
    <SideDrawer title={schedule ? t('form.change') : t('form.new')} open onClose={onClose}>
      <DraftForm<Values>
        name={`medication-${schedule?.id ?? patientId}`}
        form={form}
        keepDraft={false}
        initial={valuesOf(schedule?.content, today)}
        submit={t('act.keep')}
        onCancel={onClose}
        onSubmit={submit}
      >
        <p className="pb-hint">{schedule ? t('form.changeHint') : t('form.newHint')}</p>
        {!schedule && choices.length > 0 && (
          <Field name="medicationId" label={t('form.fromRecord')}>
            <Select
              allowClear
              placeholder={t('form.typed')}
              onChange={choose}
              options={choices.map(({ id, name, dose }) => ({ value: id, label: `${name} ${dose}`.trim() }))}
            />
          </Field>
        )}
        <Columns minPx={200}>
          <Field name="name" label={t('form.name')} required>
            <Input maxLength={60} />
          </Field>
          <Field name="dose" label={t('form.dose')} required>
            <Input maxLength={40} placeholder={t('form.doseExample')} />
          </Field>
        </Columns>
        <Days />
        <Times />
        <Columns minPx={200}>
          <Field name="fromOn" label={t('form.fromOn')} required>
            <DateInput />
          </Field>
          <Field name="untilOn" label={t('form.untilOn')}>
            <DateInput />
          </Field>
        </Columns>
        <Field name="words" label={t('form.words')}>
          <Input maxLength={200} placeholder={t('form.wordsExample')} />
        </Field>
        <Field name="remind" label={t('form.remind')} required valuePropName="checked" extra={t('form.remindHint')}>
          <Switch />
        </Field>
      </DraftForm>
    </SideDrawer>
  )
}

function Days() {
  const t = useT('medication')
  const kind = Form.useWatch<Values['kind'] | undefined>('kind')
  return (
    <>
      <Field name="kind" label={t('form.days')} required>
        <Radio.Group
          options={(['daily', 'weekdays', 'every'] as const).map((value) => ({ value, label: t(`days.${value}`) }))}
        />
      </Field>
      {kind === 'weekdays' && (
        <Field name="weekdays" label={t('form.weekdays')} required>
          <Checkbox.Group options={WEEK.map((value) => ({ value, label: t(`weekday.${value}`) }))} />
        </Field>
      )}
      {kind === 'every' && (
        <Field name="everyDays" label={t('form.everyDays')} required>
          <InputNumber min={2} max={30} precision={0} />
        </Field>
      )}
    </>
  )
}

/** One to six times of a day. */
function Times() {
  const t = useT('medication')
  return (
    <Form.List name="times">
      {(fields, { add, remove }) => (
        <fieldset className="md-times">
          <legend>{t('form.times')}</legend>
          <Row>
            {fields.map(({ key, name }) => (
              <div key={key} className="md-time">
                <Field name={[name]} label={t('form.time', { count: name + 1 })} required>
                  <TimeInput />
                </Field>
                {fields.length > 1 && (
                  <Button type="text" size="small" onClick={() => remove(name)}>
                    {t('form.removeTime')}
                  </Button>
                )}
              </div>
            ))}
            {fields.length < 6 && <Button onClick={() => add('20:00')}>{t('form.addTime')}</Button>}
          </Row>
          <p className="pb-hint">{t('form.timesHint')}</p>
        </fieldset>
      )}
    </Form.List>
  )
}
