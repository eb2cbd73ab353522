import type { FactForms } from '../../../platform/condition/form.ts'

/** How pages ask what conditions may ask of stages of care, and tell of it. */
export const stageFactForms: FactForms = {
  kinds: { stage: { group: 'care', fields: { in: { words: 'stage' } } } },
  tells: {
    stage: { tell: ({ code }, { t }) => ({ what: t('ask.stage.name'), value: t(`stage.${String(code)}`) }) },
  },
}
