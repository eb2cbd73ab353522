import { InputNumber, Select, Switch } from 'antd'
import { Row, Stack, useApi, useT } from '../../../platform/web/index.ts'
import { ALL_DAYS, readCalendar } from '../contract/calendar.ts'
import type { Trigger } from '../contract/definition.ts'
import { DATE_KINDS, FACTS } from '../contract/words.ts'
import { Labelled, type StepProps } from './editor-steps.tsx'
import { useLang } from './words.ts'

const BEGINNINGS: Record<Trigger['kind'], Trigger> = {
  once: { kind: 'once', perHour: 1000 },
  begins: { kind: 'begins', again: 'never' },
  fact: { kind: 'fact', fact: 'visit', withinDays: 3 },
  date: { kind: 'date', date: 'appointment' },
  calendar: { kind: 'calendar', day: 'heart', leadDays: 0, clock: '09:30', perHour: 1000 },
  monthly: { kind: 'monthly', dayOfMonth: 5, clock: '09:30', perHour: 1000 },
}

export function TriggerStep({ draft, change }: StepProps) {
  const t = useT('campaign')
  const lang = useLang()
  const trigger = draft.trigger ?? BEGINNINGS.once
  const { data } = useApi(readCalendar, ALL_DAYS, { enabled: trigger.kind === 'calendar' })
  const set = (part: object) => change({ trigger: { ...trigger, ...part } as Trigger })
  return (
    <Stack>
      <Labelled label={t('list.trigger')}>
        {(id) => (
          <Select
            id={id}
            style={{ minWidth: 260 }}
            value={trigger.kind}
            onChange={(kind) => change({ trigger: BEGINNINGS[kind] })}
            options={Object.keys(BEGINNINGS).map((value) => ({
              value: value as Trigger['kind'],
              label: t(`triggerKind.${value}`),
            }))}
          />
        )}
      </Labelled>
      {trigger.kind === 'fact' && (
        <Labelled label={t('trigger.which')}>
          {(id) => (
            <Select
              id={id}
              style={{ minWidth: 260 }}
              value={trigger.fact}
              onChange={(fact) => set({ fact })}
              options={FACTS.map((value) => ({ value, label: t(`trigger.fact_${value}`) }))}
            />
          )}
        </Labelled>
      )}
      {trigger.kind === 'date' && (
        <Labelled label={t('trigger.which')}>
          {(id) => (
            <Select
              id={id}
              style={{ minWidth: 260 }}
              value={trigger.date}
              onChange={(date) => set({ date })}
              options={DATE_KINDS.map((value) => ({ value, label: t(`trigger.date_${value}`) }))}
            />
          )}
        </Labelled>
      )}
      {trigger.kind === 'begins' && (
        <Row>
          <Switch
            aria-label={t('trigger.begins_yearly')}
            checked={trigger.again === 'yearly'}
            onChange={(yearly) => set({ again: yearly ? 'yearly' : 'never' })}
          />
          <span>{t('trigger.begins_yearly')}</span>
        </Row>
      )}
      {trigger.kind === 'calendar' && (
        <Labelled label={t('trigger.day')}>
          {(id) => (
            <Row>
              <Select
                id={id}
                showSearch
                optionFilterProp="label"
                style={{ minWidth: 300 }}
                value={trigger.day}
                onChange={(day) => set({ day })}
                options={(data?.rows ?? []).map((day) => ({
                  value: day.code,
                  label: `${day.name[lang]} · ${day.next}`,
                }))}
              />
              <InputNumber
                aria-label={t('trigger.lead')}
                prefix={t('trigger.lead')}
                style={{ width: 160 }}
                min={0}
                max={30}
                value={trigger.leadDays}
                onChange={(leadDays) => set({ leadDays: leadDays ?? 0 })}
              />
            </Row>
          )}
        </Labelled>
      )}
      {trigger.kind === 'monthly' && (
        <Labelled label={t('trigger.dayOfMonth')}>
          {(id) => (
            <InputNumber
              id={id}
              min={1}
              max={28}
              value={trigger.dayOfMonth}
              onChange={(dayOfMonth) => set({ dayOfMonth: dayOfMonth ?? 1 })}
            />
          )}
        </Labelled>
      )}
      {'perHour' in trigger && (
        <Labelled label={t('trigger.perHour')} hint={t('trigger.perHourHint')}>
          {(id) => (
            <InputNumber
              id={id}
              min={1}
              max={200_000}
              value={trigger.perHour}
              onChange={(perHour) => set({ perHour })}
            />
          )}
        </Labelled>
      )}
    </Stack>
  )
}
