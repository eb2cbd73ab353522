import { Alert, Checkbox, Form, Input, type FormInstance } from 'antd'
import { Field, Stack, useT } from '../../../platform/web/index.ts'
import type { OutcomeValues } from './outcome-values.ts'
import type { Talk } from './talk-page.tsx'

interface Props {
  untold: Talk['untold']
  form: FormInstance<OutcomeValues>
}

/** Important results that the person has not heard of: told here, read back, and noted on the alert. */
export function ToldFields({ untold, form }: Props) {
  const t = useT('interpretation')
  return (
    <Alert
      type="error"
      showIcon
      style={{ marginBottom: 16 }}
      title={t('talk.untold')}
      description={
        <Stack>
          <p>{t('talk.untoldHint')}</p>
          {untold.map((one) => (
            <OneUntold key={one.id} one={one} form={form} />
          ))}
        </Stack>
      }
    />
  )
}

function OneUntold({
  one: { id, class: cls, title, value },
  form,
}: {
  one: Talk['untold'][number]
  form: Props['form']
}) {
  const t = useT('interpretation')
  const isTold = Form.useWatch(['told', id, 'told'], form) as boolean | undefined
  return (
    <div>
      <p>
        <strong>
          {cls} · {title}
        </strong>{' '}
        <span className="pb-number">{value}</span>
      </p>
      <Form.Item name={['told', id, 'told']} valuePropName="checked" noStyle>
        <Checkbox>
          {t('talk.told')}
          <span className="pb-sr">{title}</span>
        </Checkbox>
      </Form.Item>
      {isTold && (
        <Field name={['told', id, 'readBack']} label={t('talk.readBack')} required>
          <Input maxLength={500} />
        </Field>
      )}
    </div>
  )
}
