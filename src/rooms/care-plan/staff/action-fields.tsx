import { Button, Form, Input, InputNumber, Select } from 'antd'
import { DateInput, Field, useT } from '../../../platform/web/index.ts'
import { ACTION_KINDS } from '../contract/words.ts'
import { useIndicatorOptions } from './indicator-options.ts'

const OFTEN = ['daily', 'weekdays', 'weekly', 'once'] as const
const ASKED = ['outcome', 'number', 'pressure', 'words'] as const

/** What the person does, how often, and what is asked when they tick it. */
export function ActionFields() {
  const t = useT('care-plan')
  return (
    <section>
      <h3>{t('actions.title')}</h3>
      <Form.List name="actions">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="cp-piece">
                <Form.Item name={[name, 'key']} hidden>
                  <Input />
                </Form.Item>
                <div className="cp-line">
                  <Field name={[name, 'kind']} label={t('draft.kind')} required>
                    <Select
                      style={{ width: 120 }}
                      options={ACTION_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
                    />
                  </Field>
                  <Field name={[name, 'title']} label={t('draft.actionTitle')} required style={{ flex: 1 }}>
                    <Input maxLength={60} />
                  </Field>
                </div>
                <Field name={[name, 'words']} label={t('draft.actionWords')}>
                  <Input.TextArea maxLength={400} autoSize={{ minRows: 1, maxRows: 4 }} />
                </Field>
                <div className="cp-line">
                  <Field name={[name, 'often']} label={t('draft.often')} required>
                    <Select
                      style={{ width: 130 }}
                      options={OFTEN.map((value) => ({ value, label: t(`often.${value}`) }))}
                    />
                  </Field>
                  <OftenFields at={name} />
                  <Field name={[name, 'asked']} label={t('draft.asked')} required>
                    <Select
                      style={{ width: 130 }}
                      options={ASKED.map((value) => ({ value, label: t(`asked.${value}`) }))}
                    />
                  </Field>
                  <AskedFields at={name} />
                  {fields.length > 1 && (
                    <Button type="text" onClick={() => remove(name)}>
                      {t('act.remove')}
                    </Button>
                  )}
                </div>
              </div>
            ))}
            {fields.length < 20 && (
              <Button onClick={() => add({ kind: 'other', often: 'daily', asked: 'outcome' })}>
                {t('act.addAction')}
              </Button>
            )}
          </>
        )}
      </Form.List>
    </section>
  )
}

function OftenFields({ at }: { at: number }) {
  const t = useT('care-plan')
  const often = Form.useWatch(['actions', at, 'often']) as (typeof OFTEN)[number] | undefined
  if (often === 'weekdays')
    return (
      <Field name={[at, 'days']} label={t('draft.days')} required>
        <Select
          mode="multiple"
          style={{ minWidth: 160 }}
          options={[1, 2, 3, 4, 5, 6, 7].map((value) => ({ value, label: t(`weekday.${value}`) }))}
        />
      </Field>
    )
  if (often === 'weekly')
    return (
      <Field name={[at, 'times']} label={t('draft.times')} required>
        <InputNumber min={1} max={7} style={{ width: 90 }} />
      </Field>
    )
  if (often === 'once')
    return (
      <Field name={[at, 'on']} label={t('draft.on')} required>
        <DateInput />
      </Field>
    )
  return null
}

function AskedFields({ at }: { at: number }) {
  const t = useT('care-plan')
  const asked = Form.useWatch(['actions', at, 'asked']) as (typeof ASKED)[number] | undefined
  const options = useIndicatorOptions()
  if (asked !== 'number') return null
  return (
    <>
      <Field name={[at, 'label']} label={t('draft.label')} required>
        <Input maxLength={20} style={{ width: 90 }} />
      </Field>
      <Field name={[at, 'unit']} label={t('draft.unit')}>
        <Input maxLength={12} style={{ width: 80 }} />
      </Field>
      <Field name={[at, 'atLeast']} label={t('draft.atLeast')}>
        <InputNumber min={0} style={{ width: 90 }} />
      </Field>
      <Field name={[at, 'indicator']} label={t('draft.toRecord')}>
        <Select
          allowClear
          options={options}
          showSearch={{ optionFilterProp: 'search' }}
          placeholder={t('draft.notToRecord')}
          style={{ width: 150 }}
        />
      </Field>
    </>
  )
}
