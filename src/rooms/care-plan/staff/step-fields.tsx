import { Button, Form, Input, InputNumber } from 'antd'
import { Field, useT } from '../../../platform/web/index.ts'

/** Days on which the manager looks at it with the person. */
export function StepFields() {
  const t = useT('care-plan')
  return (
    <section>
      <h3>{t('steps.title')}</h3>
      <p className="pb-hint">{t('steps.hint')}</p>
      <Form.List name="steps">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="cp-line">
                <Field name={[name, 'day']} label={t('draft.day')} required>
                  <InputNumber min={1} max={400} style={{ width: 90 }} />
                </Field>
                <Field name={[name, 'title']} label={t('draft.stepTitle')} required style={{ flex: 1 }}>
                  <Input maxLength={60} />
                </Field>
                <Field name={[name, 'words']} label={t('draft.stepWords')} style={{ flex: 1 }}>
                  <Input maxLength={400} />
                </Field>
                <Button type="text" onClick={() => remove(name)}>
                  {t('act.remove')}
                </Button>
              </div>
            ))}
            {fields.length < 20 && <Button onClick={() => add({})}>{t('act.addStep')}</Button>}
          </>
        )}
      </Form.List>
    </section>
  )
}
