import { Input, Radio, Select, TimePicker } from 'antd'
import dayjs from 'dayjs'
import { DateInput, Field, useT } from '../../../platform/web/index.ts'
import type { Priority } from '../contract/words.ts'
import { offsetOptions, offsetWords, priorityOptions } from './words.ts'

/** What the forms of a task hold; the hour apart from the day. */
export interface TaskFieldValues {
  title: string
  note: string
  priority: Priority
  dueOn: string
  /** `HH:mm`, or none. */
  dueTime?: string | null
  remindBefore: number[]
}

/** Title, day, hour, priority, reminders and note, in the forms that make and change a task. */
export function TaskFields({ titleHint }: { titleHint?: string }) {
  const t = useT('task')
  return (
    <>
      <Field name="title" label={t('field.title')}>
        <Input maxLength={120} placeholder={titleHint} />
      </Field>
      <div style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', gap: 12 }}>
        <Field name="dueOn" label={t('field.dueOn')} required>
          <DateInput />
        </Field>
        <Field name="dueTime" label={t('field.dueTime')}>
          <TimeInput />
        </Field>
      </div>
      <Field name="priority" label={t('field.priority')}>
        <Radio.Group optionType="button" options={priorityOptions(t)} />
      </Field>
      <Field name="remindBefore" label={t('field.reminder')} extra={t('reminder.hint')}>
        <OffsetSelect />
      </Field>
      <Field name="note" label={t('field.note')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
      </Field>
    </>
  )
}

function OffsetSelect({ id, value = [], onChange }: { id?: string; value?: number[]; onChange?: (offsets: number[]) => void }) {
  const t = useT('task')
  const offered = offsetOptions(t)
  const own = value.filter((minutes) => !offered.some((o) => o.value === minutes)).map((minutes) => ({ value: minutes, label: offsetWords(t, minutes) }))
  return <Select {...(id ? { id } : {})} mode="multiple" allowClear maxCount={5} options={[...offered, ...own]} value={value} onChange={(chosen) => onChange?.(chosen)} />
}

/** A wall-clock time, `HH:mm`. */
function TimeInput({ id, value, onChange }: { id?: string; value?: string | null; onChange?: (time: string | null) => void }) {
  const t = useT('task')
  return (
    <TimePicker
      {...(id ? { id } : {})}
      style={{ width: '100%' }}
      format="HH:mm"
      minuteStep={5}
      needConfirm={false}
      placeholder={t('field.anyTime')}
      value={value ? dayjs(`2000-01-01T${value}`) : null}
      onChange={(time) => onChange?.(time ? time.format('HH:mm') : null)}
    />
  )
}
