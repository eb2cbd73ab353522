import type { FactForms } from '../../../platform/condition/form.ts'

/** How pages ask what conditions may ask of tasks, and tell of it. */
export const taskFactForms: FactForms = {
  kinds: { task: { group: 'care', fields: { types: { words: 'type' } } } },
  tells: {
    task: {
      tell: ({ name, code, dueOn }, { t }) => ({
        what: `${t(`type.${String(code)}`)} · ${String(name)}`,
        value: typeof dueOn === 'string' ? t('told.due', { on: dueOn }) : undefined,
        to: 'tab=tasks',
      }),
    },
  },
}
