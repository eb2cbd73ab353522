import { DatePicker } from 'antd'
import dayjs from 'dayjs'

export interface MomentInputProps {
  /** An instant, ISO 8601. */
  value?: string | null
  onChange?: (at: string | undefined) => void
  id?: string
  placeholder?: string
}

/** A date with a time of day. */
export function MomentInput({ value, onChange, ...rest }: MomentInputProps) {
  return (
    <DatePicker
      {...rest}
      style={{ width: '100%' }}
      showTime={{ format: 'HH:mm' }}
      format="YYYY-MM-DD HH:mm"
      value={value ? dayjs(value) : null}
      onChange={(at) => onChange?.(at ? (at as dayjs.Dayjs).toISOString() : undefined)}
    />
  )
}
