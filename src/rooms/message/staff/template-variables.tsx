import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Form, Input, Select } from 'antd'
import { Columns, Field, Row, useT } from '../../../platform/web/index.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'

/** What may be put in: words every template has, and those of its own. Results and identity numbers are not offered. */
const OFFERED = ['plain', 'date', 'name', 'link'] as const

export function TemplateVariables({
  builtIn,
  language,
}: {
  builtIn: readonly { name: string; label: Bilingual; example: Bilingual }[]
  language: 'zh' | 'en'
}) {
  const t = useT('message')
  return (
    <>
      <h3 style={{ fontSize: 14, margin: '8px 0' }}>{t('variables.title')}</h3>
      <p className="pb-hint">
        {builtIn.map(({ name, label }, index) => (
          <span key={name}>
            {index > 0 && ' · '}
            <code>{`{{ ${name} }}`}</code> {label[language]}
          </span>
        ))}
      </p>
      <Form.List name="variables">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="pb-variable">
                <Columns minPx={200}>
                  <Field name={[name, 'name']} label={t('variables.name')} required>
                    <Input placeholder="visitOn" />
                  </Field>
                  <Field name={[name, 'dataClass']} label={t('variables.kind')} required>
                    <Select options={OFFERED.map((value) => ({ value, label: t(`variables.class.${value}`) }))} />
                  </Field>
                  <Field name={[name, 'label', 'zh']} label={t('variables.labelZh')} required>
                    <Input />
                  </Field>
                  <Field name={[name, 'label', 'en']} label={t('variables.labelEn')} required>
                    <Input />
                  </Field>
                  <Field name={[name, 'example', 'zh']} label={t('variables.exampleZh')} required>
                    <Input />
                  </Field>
                  <Field name={[name, 'example', 'en']} label={t('variables.exampleEn')} required>
                    <Input />
                  </Field>
                </Columns>
                <Row>
                  <Form.Item name={[name, 'optional']} valuePropName="checked" noStyle>
                    <Checkbox>{t('variables.optional')}</Checkbox>
                  </Form.Item>
                  <Button size="small" icon={<DeleteOutlined />} onClick={() => remove(name)}>
                    {t('variables.remove')}
                  </Button>
                </Row>
              </div>
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add({ dataClass: 'plain', optional: false })}>
              {t('variables.add')}
            </Button>
          </>
        )}
      </Form.List>
    </>
  )
}
