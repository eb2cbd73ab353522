import type { FactForms } from '../../../platform/condition/form.ts'

/** How pages ask what conditions may ask of relationship stages, and tell of it. */
export const relationshipFactForms: FactForms = {
  kinds: { relationship: { group: 'care', fields: { in: { words: 'stage' } } } },
  tells: {
    relationship: {
      tell: ({ code }, { t }) => ({
        what: t('ask.relationship.name'),
        value: t(`stage.${String(code)}`),
        to: 'tab=relationship',
      }),
    },
  },
}
