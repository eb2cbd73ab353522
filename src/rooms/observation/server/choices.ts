import { indicators } from '../../../clinical/index.ts'
import type { AnswerOf, Locale } from '../../../platform/contract/index.ts'
import type { entryChoices } from '../contract/readings.ts'
import allergens from '../content/allergens.json' with { type: 'json' }
import conditions from '../content/conditions.json' with { type: 'json' }
import medications from '../content/medications.json' with { type: 'json' }
import procedures from '../content/procedures.json' with { type: 'json' }
import { LIFESTYLE, LIFESTYLE_PANEL, printUnit } from './name.ts'

type Choices = AnswerOf<typeof entryChoices>

/** What may be chosen when something is entered, in the reader's language. */
export function choicesIn(locale: Locale): Choices {
  const word = ({ zh, en }: { zh: string; en: string }) => (locale === 'en' ? en : zh)
  return {
    indicators: [
      ...enterable(locale),
      ...LIFESTYLE.map((item) => ({
        code: item.code,
        name: word(item),
        panel: LIFESTYLE_PANEL,
        kind: 'choice' as const,
        units: [],
        decimals: 0,
        options: item.options.map((option) => ({ code: option.code, name: word(option) })),
      })),
    ],
    conditions: conditions.conditions.map((one) => ({ code: one.code, name: word(one) })),
    procedures: procedures.procedures.map((one) => ({
      code: one.code,
      name: word(one),
      kind: one.kind as 'surgery' | 'endoscopy' | 'other',
    })),
    medications: medications.medications.map(word),
    allergens: allergens.allergens.map(word),
  }
}

function enterable(locale: Locale): Choices['indicators'] {
  return indicators()
    .filter((one) => !one.derived && one.code !== 'bmi')
    .map((one) => ({
      code: one.code,
      name: locale === 'en' ? one.nameEn : one.nameZh,
      panel: one.panel,
      kind: one.kind === 'number' ? ('number' as const) : ('text' as const),
      units:
        one.kind === 'number'
          ? one.printedUnits.map((unit) => ({ unit, printed: printUnit(unit, locale) || '1' }))
          : [],
      decimals: one.kind === 'number' ? one.decimals : 0,
      options: [],
    }))
}
