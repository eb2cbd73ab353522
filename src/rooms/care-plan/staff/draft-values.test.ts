import { expect, test } from 'vitest'
import { contentOf } from '../contract/template.ts'
import { planContent } from '../contract/words.ts'
import { shippedPlanTemplates } from '../server/shipped.ts'
import { contentOfForm, writtenOf } from './draft-values.ts'

test.each(shippedPlanTemplates.map(({ code, definition }) => [code, definition] as const))(
  'what comes from the template %s into the form comes out the same',
  (_code, definition) => {
    const content = contentOf(definition, '2026-03-02', 'zh-CN')
    expect(contentOfForm(writtenOf('方案', content))).toEqual(content)
  },
)

test('new pieces get keys of their own, and half-filled choices become whole ones', () => {
  const content = contentOfForm({
    title: '方案',
    goals: [{ words: '睡好' }, { code: 'sbp', comparator: '<', value: 130 }],
    actions: [{ title: '散步', often: 'daily', asked: 'outcome' }],
  })
  expect(planContent.safeParse(content).success).toBe(true)
  expect([...content.goals, ...content.actions].map(({ key }) => key)).toEqual(['own-1', 'own-2', 'own-3'])
})
