import { useT } from '../language/use-t.ts'

/** HL7 table 0078, as results carry it. */
export type FlagCode = 'HH' | 'H' | 'N' | 'L' | 'LL' | 'A' | 'AA'

const MARKS: Record<FlagCode, { sign: string; tone: string; key: string }> = {
  HH: { sign: '↑↑', tone: 'pb-high', key: 'flag.veryHigh' },
  H: { sign: '↑', tone: 'pb-high', key: 'flag.high' },
  N: { sign: '', tone: '', key: 'flag.normal' },
  L: { sign: '↓', tone: 'pb-low', key: 'flag.low' },
  LL: { sign: '↓↓', tone: 'pb-low', key: 'flag.veryLow' },
  A: { sign: '!', tone: 'pb-high', key: 'flag.abnormal' },
  AA: { sign: '!!', tone: 'pb-high', key: 'flag.veryAbnormal' },
}

export function isFlag(code: string | null | undefined): code is FlagCode {
  return code !== null && code !== undefined && code in MARKS
}

/** ↑ 偏高, ↓ 偏低: sign, colour and word; `short` keeps the word for screen readers. Nothing for normal. */
export function Flag({ code, short = false }: { code: string | null | undefined; short?: boolean }) {
  const t = useT('web')
  if (!isFlag(code) || code === 'N') return null
  const { sign, tone, key } = MARKS[code]
  return (
    <span className={`pb-flag ${tone}`} title={t(key)}>
      <span aria-hidden="true">{sign}</span>
      <span className={short ? 'pb-sr' : undefined}>{t(key)}</span>
    </span>
  )
}

export interface QuantityProps {
  value: string | number | null | undefined
  unit?: string | null
  flag?: string | null
}

/** A value with its unit, lighter, and its flag: 6.8 mmol/L ↑. */
export function Quantity({ value, unit, flag }: QuantityProps) {
  if (value === null || value === undefined || value === '') return null
  const tone = isFlag(flag) ? MARKS[flag].tone : ''
  return (
    <span className="pb-nowrap pb-number">
      <span className={tone}>{value}</span>
      {unit && <span className="pb-unit">{unit}</span>} <Flag code={flag} short />
    </span>
  )
}
