import { Button, Checkbox, InputNumber, Select } from 'antd'
import { useMemo } from 'react'
import { Stack, Row, useLocale, useT } from '../../../platform/web/index.ts'
import type { Comparison, Condition, Limit } from '../contract/condition.ts'
import { OPERATOR } from './condition-sentence.ts'
import { indicatorOptions, indicatorWords } from './indicator-words.ts'
import { SpanInput } from './leaf-inputs.tsx'

type Test = Extract<Condition, { indicator: unknown }>['indicator']

/** A question to measured values: which, which of them, how it compares, within what time. */
export function IndicatorFields({ test, onChange }: { test: Test; onChange: (test: Test) => void }) {
  const t = useT('tag')
  const { within, or, ...rest } = test
  const alternatives = or ?? []
  const build = (change: Partial<Test>) => onChange(tidied({ ...test, ...change }))
  return (
    <Stack tight>
      <Row>
        <IndicatorSelect code={test.code} onChange={(code) => build({ code })} />
        <LimitInput code={test.code} is={test.is} onChange={(is) => build({ is })} />
      </Row>
      {alternatives.map((one, at) => (
        <Row key={at}>
          <span className="pb-hint">{t('field.or')}</span>
          <IndicatorSelect
            code={one.code}
            onChange={(code) => build({ or: alternatives.map((o, n) => (n === at ? { ...o, code } : o)) })}
          />
          <LimitInput
            code={one.code}
            is={one.is}
            onChange={(is) => build({ or: alternatives.map((o, n) => (n === at ? { ...o, is } : o)) })}
          />
          <Button
            type="text"
            aria-label={t('field.removeOr')}
            onClick={() => build({ or: alternatives.filter((_o, n) => n !== at) })}
          >
            {t('field.remove')}
          </Button>
        </Row>
      ))}
      <Row>
        <Select<Test['pick']>
          aria-label={t('field.pick')}
          value={test.pick}
          onChange={(pick) => build({ pick })}
          options={(['newest', 'any', 'count'] as const).map((value) => ({ value, label: t(`pick.${value}`) }))}
          popupMatchSelectWidth={false}
          style={{ width: 'auto', minWidth: 104 }}
        />
        {test.pick === 'count' && (
          <>
            <InputNumber
              aria-label={t('field.atLeast')}
              min={1}
              max={100}
              precision={0}
              value={rest.atLeast ?? null}
              onChange={(atLeast) => build({ atLeast: atLeast ?? undefined })}
              style={{ width: 72 }}
            />
            <Checkbox
              checked={rest.onDifferentDays ?? false}
              onChange={({ target }) => build({ onDifferentDays: target.checked })}
            >
              {t('field.onDifferentDays')}
            </Checkbox>
          </>
        )}
        <SpanInput label={t('field.within')} optional value={within} onChange={(next) => build({ within: next })} />
        {test.pick !== 'newest' && alternatives.length < 8 && (
          <Button
            type="text"
            onClick={() => build({ or: [...alternatives, { code: '', is: { op: '>=', value: 0 } }] })}
          >
            {t('field.addOr')}
          </Button>
        )}
      </Row>
    </Stack>
  )
}

/** What the kind of question does not use is left out, so that the rule says no more than it means. */
function tidied({ code, pick, is, or, within, atLeast, onDifferentDays }: Test): Test {
  return {
    code,
    pick,
    is,
    ...(pick !== 'newest' && or && or.length > 0 ? { or } : {}),
    ...(within ? { within } : {}),
    ...(pick === 'count' && atLeast ? { atLeast } : {}),
    ...(pick === 'count' && onDifferentDays ? { onDifferentDays } : {}),
  }
}

function IndicatorSelect({ code, onChange }: { code: string; onChange: (code: string) => void }) {
  const t = useT('tag')
  const locale = useLocale()
  const options = useMemo(() => indicatorOptions(locale), [locale])
  return (
    <Select
      aria-label={t('field.indicator')}
      placeholder={t('field.indicatorPlaceholder')}
      value={code || null}
      onChange={(next) => onChange(next ?? '')}
      options={options}
      showSearch={{ filterOption: (typed, option) => option?.search.includes(typed.trim().toLowerCase()) ?? false }}
      popupMatchSelectWidth={false}
      style={{ width: 'auto', minWidth: 200, maxWidth: 300 }}
    />
  )
}

const FLAGS = ['L', 'H', 'LL', 'HH', 'A'] as const

function LimitInput({ code, is, onChange }: { code: string; is: Limit; onChange: (is: Limit) => void }) {
  const t = useT('tag')
  const locale = useLocale()
  const unit = indicatorWords(code, locale)?.unit
  const how = 'op' in is ? is.op : 'from' in is ? 'between' : 'flagged'
  const number = 'op' in is ? is.value : 'from' in is ? is.from : 0
  const choose = (next: string) => {
    if (next === 'between') onChange({ from: number, below: 'from' in is ? is.below : number + 1 })
    else if (next === 'flagged') onChange({ flagged: ['H', 'HH'] })
    else onChange({ op: next as Comparison, value: number })
  }
  const words = (value: string) =>
    value in OPERATOR ? t(`limit.${OPERATOR[value as Comparison]}`) : t(`limit.${value}`)
  return (
    <>
      <Select
        aria-label={t('field.limit')}
        value={how}
        onChange={choose}
        options={['>=', '>', '<', '<=', '=', 'between', 'flagged'].map((value) => ({ value, label: words(value) }))}
        popupMatchSelectWidth={false}
        style={{ width: 'auto', minWidth: 88 }}
      />
      {'op' in is && (
        <Amount label={t('field.value')} value={is.value} onChange={(value) => onChange({ op: is.op, value })} />
      )}
      {'from' in is && (
        <>
          <Amount label={t('field.from')} value={is.from} onChange={(from) => onChange({ ...is, from })} />
          <Amount label={t('field.below')} value={is.below} onChange={(below) => onChange({ ...is, below })} />
        </>
      )}
      {'flagged' in is ? (
        <Select<(typeof FLAGS)[number][]>
          mode="multiple"
          aria-label={t('field.flags')}
          value={is.flagged}
          onChange={(flagged) => onChange({ flagged })}
          options={FLAGS.map((value) => ({ value, label: t(`flag.${value}`) }))}
          style={{ width: 'auto', minWidth: 160 }}
        />
      ) : (
        unit && <span className="pb-hint">{unit}</span>
      )}
    </>
  )
}

function Amount({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  return <InputNumber aria-label={label} value={value} onChange={(next) => onChange(next ?? 0)} style={{ width: 88 }} />
}
