import { Button, Form, Input, InputNumber, Select } from 'antd'
import { DateInput, Field, useT } from '../../../platform/web/index.ts'
import { COMPARATORS } from '../contract/words.ts'
import { useIndicatorOptions } from './indicator-options.ts'
import { SIGNS } from './words.ts'

/** Goals: an indicator with its target, or words; by when. */
export function GoalFields() {
  const t = useT('care-plan')
  const options = useIndicatorOptions()
  return (
    <section>
      <h3>{t('goals.title')}</h3>
      <Form.List name="goals">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="cp-piece">
                <Form.Item name={[name, 'key']} hidden>
                  <Input />
                </Form.Item>
                <div className="cp-line">
                  <Field name={[name, 'code']} label={t('draft.indicator')} style={{ flex: 2 }}>
                    <Select
                      allowClear
                      options={options}
                      showSearch={{ optionFilterProp: 'search' }}
                      placeholder={t('draft.inWords')}
                    />
                  </Field>
                  <Field name={[name, 'comparator']} label={t('draft.comparator')}>
                    <Select
                      allowClear
                      style={{ width: 72 }}
                      options={COMPARATORS.map((value) => ({ value, label: SIGNS[value] }))}
                    />
                  </Field>
                  <Field name={[name, 'value']} label={t('draft.value')}>
                    <InputNumber style={{ width: 96 }} />
                  </Field>
                  <Field name={[name, 'byOn']} label={t('goals.by')}>
                    <DateInput />
                  </Field>
                </div>
                <div className="cp-line">
                  <Field name={[name, 'words']} label={t('draft.goalWords')} style={{ flex: 1 }}>
                    <Input maxLength={200} />
                  </Field>
                  <Button type="text" onClick={() => remove(name)}>
                    {t('act.remove')}
                  </Button>
                </div>
              </div>
            ))}
            {fields.length < 12 && <Button onClick={() => add({ words: '' })}>{t('act.addGoal')}</Button>}
          </>
        )}
      </Form.List>
    </section>
  )
}
