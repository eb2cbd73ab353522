import { DatePicker, type DatePickerProps } from 'antd'
import dayjs from 'dayjs'

export interface DateInputProps extends Omit<DatePickerProps, 'value' | 'onChange'> {
  /** `YYYY-MM-DD`, as contracts have it. */
  value?: string | null
  onChange?: (date: string | undefined) => void
}

/** A calendar date; may be typed: 1961-03-02, 19610302. */
export function DateInput({ value, onChange, ...rest }: DateInputProps) {
  return (
    <DatePicker
      {...(rest as object)}
      style={{ width: '100%' }}
      format={['YYYY-MM-DD', 'YYYYMMDD', 'YYYY/MM/DD', 'YYYY.MM.DD']}
      value={value ? dayjs(value) : null}
      onChange={(date) => onChange?.(date ? (date as dayjs.Dayjs).format('YYYY-MM-DD') : undefined)}
    />
  )
}
