import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { retireDefinition } from './contract/definitions.ts'
import { findPackedQuestionnaires, installShippedQuestionnaires } from './server/index.ts'

test('S0-22 a pack sees how the questionnaires it names stand here', async () => {
  const house = await aHouse()
  const ask = (codes: string[]) => house.write((ctx) => findPackedQuestionnaires(ctx, codes))
  expect(await ask(['phq-9'])).toEqual([])
  await house.write(installShippedQuestionnaires)
  const reviewer = await house.as('medical-reviewer')
  await reviewer.call(retireDefinition, { params: { code: 'gad-7' } })
  const found = await ask(['phq-9', 'gad-7', 'unheard-of'])
  expect(found.map(({ code, state }) => [code, state])).toEqual([
    ['gad-7', 'retired'],
    ['phq-9', 'in-force'],
  ])
  expect(found[1]!.title.zh).toContain('PHQ-9')
  const other = await house.anOrganization('别家医院')
  expect(await house.write((ctx) => findPackedQuestionnaires(ctx, ['phq-9']), other)).toEqual([])
})
