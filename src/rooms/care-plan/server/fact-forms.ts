import type { FactForms } from '../../../platform/condition/form.ts'

/** How pages ask what conditions may ask of care plans, and tell of it; never what a plan is about. */
export const carePlanFactForms: FactForms = {
  kinds: { carePlan: { group: 'care' } },
  tells: {
    'care-plan': {
      tell: ({ state }, { t }) => ({
        what: t('ask.carePlan.name'),
        value: t(`ask.carePlan.state_${String(state)}`),
        to: 'tab=care-plan',
      }),
    },
  },
}
