import type { Bilingual } from '../../../platform/contract/index.ts'
import { useLocale, useT, type T, type Tone } from '../../../platform/web/index.ts'
import type { Band, RiskLine, UsedInput } from '../contract/risk.ts'

/** The reader's half of a text in both languages. */
export function useBilingual(): (text: Bilingual) => string {
  const locale = useLocale()
  return (text) => (locale === 'en' ? text.en : text.zh)
}

const TONES = { good: 'good', watch: 'due', act: 'danger', urgent: 'danger' } as const satisfies Record<
  Band['tone'],
  Tone
>

export function toneOf(band: Band | undefined): Tone {
  return band ? TONES[band.tone] : 'plain'
}

export function bandOf(line: Pick<RiskLine, 'bands'>, code: string | null | undefined): Band | undefined {
  return line.bands.find((one) => one.code === code)
}

/** `4.7 %`, as the instrument is read; nothing where it gives no number. */
export function numberOf(line: Pick<RiskLine, 'value'>, value: number | null | undefined): string {
  if (!line.value || value === null || value === undefined) return ''
  const { unit, decimals } = line.value
  return `${value.toFixed(decimals)}${unit ? ` ${unit}` : ''}`
}

/** A value that was used, as people write it. */
export function useValueOf(): (input: Pick<UsedInput, 'value' | 'unit'>) => string {
  const t = useT('risk')
  return ({ value, unit }) => valueWords(t, value, unit)
}

export function valueWords(t: T, value: number | string | boolean, unit: string): string {
  if (typeof value === 'boolean') return t(value ? 'input.yes' : 'input.no')
  // Choices without words of their own stay as the guideline writes them.
  if (typeof value === 'string') return value === 'male' || value === 'female' ? t(`choice.${value}`) : value
  return `${Number(value.toFixed(2))}${unit ? ` ${unit}` : ''}`
}
