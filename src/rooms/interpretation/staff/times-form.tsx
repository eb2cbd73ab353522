import { Checkbox, Form, Input, InputNumber, Radio } from 'antd'
import { DateInput, DraftForm, Field, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { addSlots } from '../contract/slot.ts'
import { WAYS, type Way } from '../contract/words.ts'
import { CHANGED } from './words.tsx'

interface Times {
  on: string
  from: string
  until: string
  lengthMinutes: number
  way: Way
  place?: string
  repeats?: boolean
  repeatUntil?: string | null
}

/** A span of a day, cut into talks; each week again if wished. */
export function TimesForm({ onClose }: { onClose: () => void }) {
  const t = useT('interpretation')
  const say = useSay()
  const [form] = Form.useForm<Times>()
  const way = Form.useWatch('way', form)
  const repeats = Form.useWatch('repeats', form)
  const add = useAction(addSlots, {
    invalidates: CHANGED,
    onDone: ({ added, skipped }) => {
      say.done(t(skipped > 0 ? 'said.timesSkipped' : 'said.times', { count: added, skipped }))
      onClose()
    },
  })
  return (
    <DraftForm<Times>
      name="interpretation-times"
      form={form}
      initial={{ lengthMinutes: 20, way: 'phone' }}
      schema={addSlots.body}
      submit={t('times.add')}
      onCancel={onClose}
      onSubmit={({ repeats: again, repeatUntil, place = '', ...times }) =>
        add.mutateAsync({ body: { ...times, place, repeatUntil: again && repeatUntil ? repeatUntil : null } })
      }
    >
      <Field name="on" label={t('times.on')} required>
        <DateInput />
      </Field>
      <div className="it-line">
        <Field name="from" label={t('times.from')} required>
          <Input maxLength={5} placeholder={t('times.clockFrom')} />
        </Field>
        <Field name="until" label={t('times.until')} required>
          <Input maxLength={5} placeholder={t('times.clockUntil')} />
        </Field>
        <Field name="lengthMinutes" label={t('times.length')} required>
          <InputNumber min={5} max={120} step={5} style={{ width: '100%' }} />
        </Field>
      </div>
      <Field name="way" label={t('times.way')} required>
        <Radio.Group options={WAYS.map((value) => ({ value, label: t(`way.${value}`) }))} />
      </Field>
      {(way === 'video' || way === 'in-person') && (
        <Field
          name="place"
          label={t('times.place')}
          required
          extra={t(way === 'video' ? 'times.placeVideo' : 'times.placeRoom')}
        >
          <Input maxLength={300} />
        </Field>
      )}
      <Form.Item name="repeats" valuePropName="checked">
        <Checkbox>{t('times.repeat')}</Checkbox>
      </Form.Item>
      {repeats && (
        <Field name="repeatUntil" label={t('times.repeatUntil')} required>
          <DateInput />
        </Field>
      )}
    </DraftForm>
  )
}
