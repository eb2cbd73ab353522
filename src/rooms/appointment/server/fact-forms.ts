import type { FactForms } from '../../../platform/condition/form.ts'

/** How pages ask what conditions may ask of appointments, and tell of it. */
export const appointmentFactForms: FactForms = {
  kinds: { appointment: { group: 'visits', start: { state: 'coming' } } },
  tells: {
    appointment: {
      tell: ({ name, code }, { t }) => ({
        what: t('told.appointment', { service: String(name) }),
        value: t(`status.${String(code)}`),
        to: 'tab=appointments',
      }),
    },
  },
}
