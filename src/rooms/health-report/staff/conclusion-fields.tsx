import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, Select } from 'antd'
import { Card, Field, Stack, useT } from '../../../platform/web/index.ts'
import type { Conclusion } from '../contract/health-report.ts'

/** The order of norms 4.5, from what weighs most. */
const SEVERITIES: Conclusion['severity'][] = ['high-risk', 'new-suspected', 'disease', 'positive', 'risk-factor']
const MOST = 40

/** The conclusions as a list to be edited: a doctor's words, begun from the tags that stand. */
export function ConclusionFields() {
  const t = useT('health-report')
  const severities = SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) }))
  return (
    <fieldset style={{ border: 0, margin: '0 0 24px', padding: 0 }}>
      <legend style={{ border: 0, margin: 0 }}>{t('print.conclusions')}</legend>
      <p className="pb-hint">{t('print.conclusionsHint')}</p>
      <Form.List name="conclusions">
        {(rows, { add, remove }) => (
          <Stack>
            {rows.length === 0 && <p className="pb-hint">{t('print.none')}</p>}
            {rows.map(({ key, name }) => (
              <Card
                key={key}
                title={t('print.number', { number: name + 1 })}
                extra={
                  <Button type="text" icon={<DeleteOutlined />} onClick={() => remove(name)}>
                    {t('print.remove')}
                  </Button>
                }
              >
                <Field name={[name, 'title']} label={t('print.title')} required>
                  <Input maxLength={80} />
                </Field>
                <Field name={[name, 'severity']} label={t('print.severity')} required>
                  <Select options={severities} />
                </Field>
                <Field name={[name, 'basis']} label={t('print.basis')}>
                  <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} maxLength={600} />
                </Field>
                <Field name={[name, 'advice']} label={t('print.advice')}>
                  <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1200} />
                </Field>
              </Card>
            ))}
            {rows.length < MOST && (
              <Button
                icon={<PlusOutlined />}
                onClick={() => add({ title: '', basis: '', advice: '', severity: 'positive' })}
              >
                {t('print.add')}
              </Button>
            )}
          </Stack>
        )}
      </Form.List>
    </fieldset>
  )
}
