import { convert, indicators, panels, type Indicator, type NumberIndicator } from '../../../../clinical/index.ts'
import type { OfferedChoice } from '../../../../platform/condition/form.ts'
import type { Locale } from '../../../../platform/contract/index.ts'
import conditions from '../../content/conditions.json' with { type: 'json' }
import medications from '../../content/medications.json' with { type: 'json' }
import procedures from '../../content/procedures.json' with { type: 'json' }
import { printUnit } from '../name.ts'

/** All indicators of the dictionary, by panel, with the units that laboratories print. */
export function offerIndicators(locale: Locale): OfferedChoice[] {
  const panelNames = new Map(panels().map(({ code, nameZh, nameEn }) => [code, { zh: nameZh, en: nameEn }]))
  return indicators().map((one) => ({
    code: one.code,
    name: namesOf(one),
    ...(panelNames.has(one.panel) ? { group: panelNames.get(one.panel)! } : {}),
    words: [one.abbr ?? '', ...one.names],
    units: one.kind === 'number' ? unitsOf(one, locale) : [],
  }))
}

const namesOf = ({ nameZh, nameEn, abbr }: Indicator) => ({
  zh: abbr && !nameZh.includes(abbr) ? `${nameZh} ${abbr}` : nameZh,
  en: abbr && !nameEn.includes(abbr) ? `${nameEn} ${abbr}` : nameEn,
})

/** Units in which a limit may be typed: those that turn into the indicator's own by one factor and one step. */
function unitsOf({ code, unit, printedUnits }: NumberIndicator, locale: Locale): NonNullable<OfferedChoice['units']> {
  const known = new Set<string>()
  return [unit, ...printedUnits].flatMap((printed) => {
    const name = printUnit(printed, locale)
    const [none, one] = [0, 1].map((value) => convert(code, value, printed))
    if (known.has(name) || !none || !one || !('value' in none) || !('value' in one)) return []
    known.add(name)
    const factor = one.value - none.value
    return factor === 0 ? [] : [{ name: name === '1' ? '' : name, factor, offset: none.value }]
  })
}

/** A short list; a code also means all below it, so that three characters name a disease. */
export function offerDiagnoses(): OfferedChoice[] {
  return conditions.conditions.map(withCode)
}

export function offerProcedures(): OfferedChoice[] {
  return procedures.procedures.map(withCode)
}

/** Who codes, reads codes: they stand with the name. */
function withCode({ code, zh, en }: { code: string; zh: string; en: string }): OfferedChoice {
  return { code, name: { zh: `${zh} ${code}`, en: `${en} ${code}` } }
}

export function offerCodes(of: string | undefined): OfferedChoice[] {
  return of === 'procedure' ? offerProcedures() : of === 'condition' ? offerDiagnoses() : []
}

/** Drugs are found by a word of their name, in the language of the record. */
export function offerDrugs(): OfferedChoice[] {
  return medications.medications.map(({ zh, en }) => ({ code: zh, name: { zh, en } }))
}
