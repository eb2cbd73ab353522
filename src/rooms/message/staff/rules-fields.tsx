import { Button, Checkbox, Form, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import { Card, Field, Row, type T } from '../../../platform/web/index.ts'
import { TimeInput } from '../../organization/staff/time-input.tsx'
import { CAP_SCOPES, DAY_RULES } from '../contract/rule.ts'
import { APPROVABLE, CHANNELS, PURPOSES } from '../contract/words.ts'

type Path = (string | number)[]

/** From when to when; the end has to come after the beginning. */
function Span({ path, whole, label, t }: { path: Path; whole: Path; label: string; t: T }) {
  const later = ({ getFieldValue }: { getFieldValue: (name: Path) => unknown }) => ({
    validator: async (_rule: unknown, to: string | undefined) => {
      if (to && to <= (getFieldValue([...whole, 'from']) as string)) throw new Error(t('rules.order'))
    },
  })
  return (
    <>
      <Field name={[...path, 'from']} label={label} required>
        <TimeInput />
      </Field>
      <Field name={[...path, 'to']} label={t('rules.to')} required dependencies={[[...whole, 'from']]} rules={[later]}>
        <TimeInput />
      </Field>
    </>
  )
}

export function HourFields({ t }: { t: T }) {
  const outward = CHANNELS.filter((channel) => channel !== 'in-app')
  return (
    <>
      {PURPOSES.map((purpose) => (
        <Row key={purpose}>
          <Span
            path={['hours', purpose]}
            whole={['hours', purpose]}
            label={t('rules.hoursOf', { purpose: t(`purpose.${purpose}`) })}
            t={t}
          />
        </Row>
      ))}
      <p>{t('rules.channelHours')}</p>
      <Form.List name="channelHours">
        {(lines, { add, remove }) => (
          <>
            {lines.map(({ key, name }) => (
              <Row key={key}>
                <Field name={[name, 'purpose']} label={t('column.purpose')} required>
                  <Select
                    style={{ minWidth: 110 }}
                    options={PURPOSES.map((value) => ({ value, label: t(`purpose.${value}`) }))}
                  />
                </Field>
                <Field name={[name, 'channel']} label={t('column.channel')} required>
                  <Select
                    style={{ minWidth: 110 }}
                    options={outward.map((value) => ({ value, label: t(`channel.${value}`) }))}
                  />
                </Field>
                <Span path={[name]} whole={['channelHours', name]} label={t('filter.from')} t={t} />
                <Button onClick={() => remove(name)}>{t('rules.remove')}</Button>
              </Row>
            ))}
            <Button onClick={() => add({ purpose: 'promotion', channel: outward[0], from: '10:00', to: '19:00' })}>
              {t('rules.addChannel')}
            </Button>
          </>
        )}
      </Form.List>
    </>
  )
}

export function DayFields({ t }: { t: T }) {
  const options = DAY_RULES.map((value) => ({ value, label: t(`rules.day.${value}`) }))
  return (
    <Row>
      {PURPOSES.map((purpose) => (
        <Field key={purpose} name={['days', purpose]} label={t(`purpose.${purpose}`)} required>
          <Select options={options} style={{ minWidth: 220 }} />
        </Field>
      ))}
    </Row>
  )
}

export function CapFields({ t }: { t: T }) {
  return (
    <>
      {CAP_SCOPES.map((scope) => (
        <Row key={scope}>
          {(['day', 'week', 'month'] as const).map((span) => (
            <Field
              key={span}
              name={['caps', scope, span]}
              label={`${scope === 'all' ? t('rules.cap.all') : t(`purpose.${scope}`)} ${t(`rules.cap.${span}`)}`}
            >
              <InputNumber min={1} max={500} precision={0} />
            </Field>
          ))}
        </Row>
      ))}
      <p className="pb-hint">{t('rules.capsHint')}</p>
    </>
  )
}

export function OtherFields({ t, why }: { t: T; why: (part: string) => ReactNode }) {
  return (
    <>
      <Card title={t('rules.share')}>
        {why('share')}
        <Row>
          <Field name={['share', 'percent']} label={t('rules.sharePercent')} required>
            <InputNumber min={0} max={100} precision={0} />
          </Field>
          <Field name={['share', 'days']} label={t('rules.shareDays')} required>
            <InputNumber min={7} max={90} precision={0} />
          </Field>
        </Row>
        {why('holdout')}
        <Field name="holdoutPercent" label={t('rules.holdout')} required extra={t('rules.holdoutHint')}>
          <InputNumber min={0} max={50} precision={0} />
        </Field>
      </Card>
      <Card title={t('rules.secondApproval')}>
        {why('secondApproval')}
        <Field name="secondApproval" label={t('rules.secondApproval')}>
          <Checkbox.Group options={APPROVABLE.map((value) => ({ value, label: t(`reason.${value}`) }))} />
        </Field>
        {why('bounceDays')}
        <Field name="bounceDays" label={t('rules.bounceDays')} required>
          <InputNumber min={7} max={3650} precision={0} />
        </Field>
      </Card>
    </>
  )
}
