import { Input, InputNumber } from 'antd'
import { DateInput, Field, Row, useT } from '../../../platform/web/index.ts'

/** Day, hour and how long: as one says it at the desk. */
export function TimeFields() {
  const t = useT('appointment')
  return (
    <>
      <Field name="on" label={t('field.on')} required>
        <DateInput autoFocus />
      </Field>
      <Row>
        <Field name="from" label={t('field.from')} required>
          <Input maxLength={5} placeholder="09:30" />
        </Field>
        <Field name="minutes" label={t('field.minutes')}>
          <InputNumber min={5} max={720} step={5} precision={0} />
        </Field>
      </Row>
    </>
  )
}
