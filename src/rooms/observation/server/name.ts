import { indicatorByCode, indicators, panels, type Indicator } from '../../../clinical/index.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import lifestyle from '../content/lifestyle.json' with { type: 'json' }

interface Lifestyle {
  code: string
  zh: string
  en: string
  options: { code: string; zh: string; en: string; flag?: string }[]
}

/** What is asked rather than measured: smoking, drinking, exercise. */
export const LIFESTYLE: readonly Lifestyle[] = lifestyle.items
const lifestyleByCode = new Map(LIFESTYLE.map((item) => [item.code, item]))

export const OTHER_PANEL = 'other'
export const LIFESTYLE_PANEL = 'lifestyle'
const PANEL_NAMES = {
  [OTHER_PANEL]: { zh: '其他项目', en: 'Other items' },
  [LIFESTYLE_PANEL]: { zh: '生活方式', en: 'Lifestyle' },
}

/** Panels in the order of display, with names; what no panel knows comes last. */
export function panelNames(locale: Locale): { code: string; name: string }[] {
  const own = panels().map((panel) => ({ code: panel.code, name: locale === 'en' ? panel.nameEn : panel.nameZh }))
  return [
    ...own,
    ...Object.entries(PANEL_NAMES).map(([code, name]) => ({ code, name: locale === 'en' ? name.en : name.zh })),
  ]
}

export function panelOf(code: string): string {
  return indicatorByCode(code)?.panel ?? (lifestyleByCode.has(code) ? LIFESTYLE_PANEL : OTHER_PANEL)
}

const places = new Map(indicators().map(({ code }, at) => [code, at]))

/** By panel and in the order of the dictionary; what it does not know comes last. */
export const inOrder = (a: { code: string }, b: { code: string }): number =>
  (places.get(a.code) ?? places.size) - (places.get(b.code) ?? places.size) || (a.code < b.code ? -1 : 1)

/** What an item is called in the reader's language; a laboratory's own item keeps the laboratory's name. */
export function nameOf(code: string, locale: Locale, printed?: string | null): string {
  const known: { nameZh: string; nameEn: string } | undefined = indicatorByCode(code)
  if (known) return locale === 'en' ? known.nameEn : known.nameZh
  const asked = lifestyleByCode.get(code)
  if (asked) return locale === 'en' ? asked.en : asked.zh
  return printed || code.slice(code.indexOf('|') + 1)
}

/** What an indicator tells, in one plain sentence; nothing of a laboratory's own item. */
export function meaningOf(code: string, locale: Locale): string {
  const known = indicatorByCode(code)
  return known ? (locale === 'en' ? known.meaningEn : known.meaningZh) : ''
}

/** A chosen answer in the reader's language; other texts stay as they are. */
export function textOf(code: string, text: string | null, locale: Locale): string | null {
  const option = lifestyleByCode.get(code)?.options.find((one) => one.code === text)
  return option ? (locale === 'en' ? option.en : option.zh) : text
}

export function lifestyleOf(code: string): Lifestyle | undefined {
  return lifestyleByCode.get(code)
}

export function decimalsOf(indicator: Indicator | undefined): number {
  return indicator?.kind === 'number' ? indicator.decimals : 2
}

/** A UCUM unit as people write it: `10*9/L` → `10⁹/L`, `mm[Hg]` → `mmHg`. What is no UCUM stays as it is. */
export function printUnit(unit: string | null, locale: Locale): string {
  if (!unit) return ''
  if (unit === '/min') return locale === 'en' ? '/min' : '次/分'
  // Counted over a day; so far only steps are.
  if (unit === '/d') return locale === 'en' ? 'steps' : '步'
  return unit
    .replace('mL/min/{1.73m2}', 'mL/min/1.73m²')
    .replace('mm[Hg]', 'mmHg')
    .replace('[degF]', '°F')
    .replace('[pH]', '')
    .replace(/\[(?:arb')?(I?U)\]/, '$1')
    .replace(/^Cel$/, '℃')
    .replace(/^\{(?:ratio|INR|ordinal)\}$/, '')
    .replace(/\{(\w+)\}/, (_whole, of: string) => (of === 'creat' ? '' : ` ${of}`))
    .replace('10*9', '10⁹')
    .replace('10*12', '10¹²')
    .replace(/^u(?=mol|g|IU)/, 'μ')
    .replace(/m2$/, 'm²')
}
