import { indicatorByCode, indicators } from '../../../clinical/index.ts'
import type { Locale } from '../../../platform/contract/index.ts'

/** What an indicator is called, and its unit as people print it. Undefined for a code that the dictionary has not. */
export function indicatorWords(code: string, locale: Locale): { name: string; unit: string } | undefined {
  const found = indicatorByCode(code)
  if (!found) return undefined
  return {
    name: locale === 'en' ? found.nameEn : found.nameZh,
    unit: found.kind === 'number' ? printedUnit(found.unit) : '',
  }
}

/** UCUM as it stands on paper: mm[Hg] → mmHg, kg/m2 → kg/m², 10*9/L → 10⁹/L, {score} → nothing. */
export function printedUnit(unit: string | null | undefined): string {
  return (unit ?? '')
    .replace('{1.73m2}', '1.73m²')
    .replace('[pH]', '')
    .replace(/^Cel$/, '℃')
    .replace(/\[(\w+)\]/g, '$1')
    .replace(/\{[^}]*\}/g, '')
    .replace(
      /10\*(\d+)/g,
      (_all, power: string) => `10${[...power].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('')}`,
    )
    .replace(/m2$/, 'm²')
    .replace(/^u(?=[a-zA-Z])/, 'μ')
    .replace(/^1$/, '')
}

/** All indicators for a search: name first, found by short name and printed names as well. */
export function indicatorOptions(locale: Locale): { value: string; label: string; search: string }[] {
  return indicators().map((one) => ({
    value: one.code,
    label: [locale === 'en' ? one.nameEn : one.nameZh, one.abbr].filter(Boolean).join(' '),
    search: [one.code, one.nameZh, one.nameEn, one.abbr, ...one.names].join(' ').toLowerCase(),
  }))
}
