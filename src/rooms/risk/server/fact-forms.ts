import { instrumentByCode, instruments } from '../../../clinical/instrument/registry.ts'
import type { FactForms } from '../../../platform/condition/form.ts'

/** How pages ask what conditions may ask of risks, and tell of it. */
export const riskFactForms: FactForms = {
  kinds: {
    risk: {
      group: 'answers',
      fields: {
        instrument: { from: 'instruments' },
        bands: { from: 'risk-bands', of: ['instrument'] },
      },
      needs: [['bands', 'value']],
      start: { bands: [] },
    },
  },
  choices: {
    instruments: () => instruments.map(({ card }) => ({ code: card.code, name: card.title })),
    'risk-bands': (_ctx, [instrument = '']) =>
      (instrumentByCode(instrument)?.card.bands ?? []).map(({ code, title }) => ({ code, name: title })),
  },
  tells: {
    'risk-band': {
      tell: ({ code, band, value }, { locale }) => {
        const card = instrumentByCode(String(code))?.card
        const language = locale === 'en' ? 'en' : 'zh'
        const title = card?.bands.find((one) => one.code === band)?.title[language]
        return {
          what: card?.title[language] ?? String(code),
          value: title ?? (typeof value === 'number' ? String(value) : undefined),
          to: 'tab=risk',
        }
      },
    },
    // Facts of tags that the room sets itself bring their words along.
    risk: {
      tell: ({ name, band }, { locale }) => ({
        what: wordIn(name, locale) ?? '',
        value: wordIn(band, locale),
        to: 'tab=risk',
      }),
    },
  },
}

function wordIn(text: unknown, locale: string): string | undefined {
  if (typeof text !== 'object' || text === null) return undefined
  const word = (text as Record<string, unknown>)[locale === 'en' ? 'en' : 'zh']
  return typeof word === 'string' ? word : undefined
}
