import { Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { Card, Field, useT } from '../../../platform/web/index.ts'
import { topicServes, TOPICS } from '../contract/topic.ts'
import { CHANNELS, PURPOSES, type Purpose } from '../contract/words.ts'

/** Sent beside each other; the ways that need a permission stand on a ladder. */
const BESIDE = ['in-app', 'email', 'sms'] as const

/** What it is called, why, by which ways and how often it may come. */
export function TemplateSettings() {
  const t = useT('message')
  const purpose = (Form.useWatch('purpose') as Purpose | undefined) ?? 'care'
  return (
    <Card title={t('template.about')}>
      <Field name={['name', 'zh']} label={t('template.nameZh')} required>
        <Input maxLength={40} />
      </Field>
      <Field name={['name', 'en']} label={t('template.nameEn')} required>
        <Input maxLength={60} />
      </Field>
      <Field name={['occasion', 'zh']} label={t('template.occasionZh')} required>
        <Input maxLength={80} />
      </Field>
      <Field name={['occasion', 'en']} label={t('template.occasionEn')} required>
        <Input maxLength={120} />
      </Field>
      <Field name="purpose" label={t('column.purpose')} required extra={t('template.purposeHint')}>
        <Select options={PURPOSES.map((value) => ({ value, label: t(`purpose.${value}`) }))} />
      </Field>
      <Field name="topic" label={t('column.topic')} extra={t('template.topicHint')}>
        <Select
          allowClear
          options={TOPICS.filter((value) => topicServes(value, purpose)).map((value) => ({
            value,
            label: t(`my.topic.${value}`),
          }))}
        />
      </Field>
      <Field name="channels" label={t('column.channel')}>
        <Checkbox.Group options={BESIDE.map((value) => ({ value, label: t(`channel.${value}`) }))} />
      </Field>
      <Field name="ladder" label={t('template.ladder')} extra={t('template.ladderHint')}>
        <Select
          mode="multiple"
          allowClear
          options={CHANNELS.filter((value) => value !== 'in-app').map((value) => ({
            value,
            label: t(`channel.${value}`),
          }))}
        />
      </Field>
      <Field name="validDays" label={t('template.validDays')} required extra={t('template.validHint')}>
        <InputNumber min={1} max={90} />
      </Field>
      <Field name="daysBetween" label={t('template.daysBetween')} extra={t('template.betweenHint')}>
        <InputNumber min={0} max={730} />
      </Field>
      <Form.Item name="byHand" valuePropName="checked">
        <Checkbox>{t('template.byHandLong')}</Checkbox>
      </Form.Item>
      <Form.Item name="urgent" valuePropName="checked" extra={t('template.urgentHint')}>
        <Checkbox>{t('template.urgentLong')}</Checkbox>
      </Form.Item>
      <Form.Item name="countsReading" valuePropName="checked" extra={t('template.countsReadingHint')}>
        <Checkbox>{t('template.countsReadingLong')}</Checkbox>
      </Form.Item>
      <Form.Item name="answers" valuePropName="checked" extra={t('template.answersHint')}>
        <Checkbox>{t('template.answersLong')}</Checkbox>
      </Form.Item>
    </Card>
  )
}
