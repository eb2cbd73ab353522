import type { FactForms } from '../../../platform/condition/form.ts'

/** How pages ask what conditions may ask of cards, and tell of it. */
export const cardFactForms: FactForms = {
  kinds: { card: { group: 'care', fields: { states: { words: 'says.state' } } } },
  tells: {
    card: {
      tell: ({ name, code }, { t }) => ({
        what: t('ask.card.name'),
        value: `${String(name)} ${t(`says.state.${String(code)}`)}`,
        to: 'tab=card',
      }),
    },
  },
}
