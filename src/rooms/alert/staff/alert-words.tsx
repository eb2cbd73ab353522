import { Quantity, Status, useT, type Tone } from '../../../platform/web/index.ts'
import type { AlertLine } from '../contract/words.ts'

export function ClassChip({ of, long = false }: { of: AlertLine['class']; long?: boolean }) {
  const t = useT('alert')
  return (
    <span className={`pb-tag pb-tone-${of === 'A' ? 'danger' : 'due'}${long ? '' : ' pb-nowrap'}`}>
      {t(`${long ? 'classLong' : 'class'}.${of}`)}
    </span>
  )
}

const TONES: Record<AlertLine['state'], Tone> = {
  raised: 'danger',
  'handed-over': 'due',
  acknowledged: 'due',
  reached: 'plain',
  closed: 'good',
}

export function AlertState({ alert }: { alert: Pick<AlertLine, 'state'> }) {
  const t = useT('alert')
  return <Status tone={TONES[alert.state]}>{t(`state.${alert.state}`)}</Status>
}

/** What happened to the result or the person since: said in words, since it changes what to do. */
export function AlertMarks({ alert }: { alert: AlertLine }) {
  const t = useT('alert')
  const marks = [
    ...(alert.withdrawn ? ['withdrawn'] : alert.correctedAt ? ['corrected'] : []),
    ...(alert.patient.deceased ? ['deceased'] : []),
  ]
  return marks.map((mark) => (
    <span key={mark} className="pb-tag pb-tone-due">
      {t(`mark.${mark}`)}
    </span>
  ))
}

type Result = NonNullable<AlertLine['result']>

export function valueWords({ value, comparator, decimals }: Result): string {
  return value === null ? '' : `${comparator ?? ''}${value.toFixed(decimals)}`
}

/** 血小板计数 21 10⁹/L; what a person has raised, in their words. */
export function ResultText({ alert }: { alert: AlertLine }) {
  const { result, title } = alert
  if (!result) return <span>{title}</span>
  return (
    <span>
      {result.name} <Quantity value={valueWords(result)} unit={result.unitPrinted} flag={result.flag} />
    </span>
  )
}

/** The laboratory's own interval of this result. */
export function rangeWords({ low, high, rangeText }: Result): string {
  if (low !== null && high !== null) return `${low}–${high}`
  if (high !== null) return `≤ ${high}`
  if (low !== null) return `≥ ${low}`
  return rangeText ?? ''
}

/** How the alert is called where there is room for few words. */
export function titleOf({ result, title }: AlertLine): string {
  return result ? [result.name, valueWords(result), result.unitPrinted].filter(Boolean).join(' ') : title
}
