import { Radio } from 'antd'
import { useT } from '../language/use-t.ts'
import { useToday } from '../page/session.ts'
import { DateInput } from './date-input.tsx'
import { SPAN_KEYS, SPANS, type DaySpan } from './span.ts'

/** Which days figures are of: one press for what is asked for most, or any two days. */
export function SpanChoice({ span, onChange }: { span: DaySpan; onChange: (change: Partial<DaySpan>) => void }) {
  const t = useT('web')
  const today = useToday()
  const chosen = SPAN_KEYS.find((key) => {
    const { from, until } = SPANS[key](today)
    return from === span.from && until === span.until
  })
  return (
    <div className="pb-span">
      <Radio.Group
        optionType="button"
        value={chosen ?? null}
        aria-label={t('span.label')}
        onChange={({ target }) => onChange(SPANS[target.value as (typeof SPAN_KEYS)[number]](today))}
        options={SPAN_KEYS.map((value) => ({ value, label: t(`span.${value}`) }))}
      />
      <div className="pb-span-days">
        <label>
          {t('span.from')} <DateInput value={span.from} onChange={(from) => onChange({ from })} />
        </label>
        <label>
          {t('span.until')} <DateInput value={span.until} onChange={(until) => onChange({ until })} />
        </label>
      </div>
    </div>
  )
}
