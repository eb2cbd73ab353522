import { TimePicker } from 'antd'
import dayjs from 'dayjs'

export interface TimeInputProps {
  /** `HH:MM`, as the contract has it. */
  value?: string
  onChange?: (time: string | undefined) => void
  id?: string
}

/** A time of the day in steps of five minutes. */
export function TimeInput({ value, onChange, id }: TimeInputProps) {
  const [hour = 0, minute = 0] = (value ?? '').split(':').map(Number)
  return (
    <TimePicker
      {...(id ? { id } : {})}
      format="HH:mm"
      minuteStep={5}
      needConfirm={false}
      allowClear={false}
      value={value ? dayjs(0).hour(hour).minute(minute) : null}
      onChange={(time) => onChange?.(time ? (time as dayjs.Dayjs).format('HH:mm') : undefined)}
    />
  )
}
