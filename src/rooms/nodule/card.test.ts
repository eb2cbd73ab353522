import { expect, test } from 'vitest'
import { draftNoduleCard, listNoduleCards, listNoduleCardsToWrite, publishNoduleCard } from './contract/card.ts'
import { aNoduleClinic } from './sample-nodule.ts'
import { cardFor, installShippedNoduleCards, shippedCards } from './server/card.ts'
import { categoriesOf, GUIDELINES } from './server/systems.ts'

test('every category of every system has exactly one card', () => {
  const cards = shippedCards.map(({ code, definition }) => ({ code, definition }) as never)
  for (const guideline of GUIDELINES)
    for (const { code } of categoriesOf(guideline)) {
      const found = shippedCards.filter(({ definition: one }) => {
        if (one.kind !== 'education' || one.organ !== guideline.organ) return false
        return one.for.some((part) => part.system === guideline.system && part.categories.includes(code))
      })
      expect(
        found.map((one) => one.code),
        `${guideline.system} ${code}`,
      ).toHaveLength(1)
      expect(cardFor(cards, guideline.organ, guideline.system, code)?.code).toBe(found[0]!.code)
    }
})

test('no card promises that it is harmless or says that it is cancer; each says that nobody has reviewed it yet', () => {
  for (const { code, definition } of shippedCards) {
    expect(definition.reviewer, code).toBeNull()
    if (definition.kind !== 'education') continue
    const read = JSON.stringify({ ...definition, talking: [] })
    expect(read, code).not.toMatch(/癌|肯定|一定是良性|放心吧|cancer|certainly|surely/i)
  }
})

test('written by one, published by another, and the shipped ones do not come back over it', async () => {
  const { house, nurse } = await aNoduleClinic()
  const [editor, reviewer] = [await house.as('content-editor'), await house.as('medical-reviewer')]
  const params = { code: 'lung-watch' }
  const { rows } = await nurse.call(listNoduleCards)
  const card = rows.find(({ code }) => code === 'lung-watch')!
  expect(card).toMatchObject({ version: 1, state: 'active', can: [] })
  const definition = { ...card.definition, title: { zh: '先看看，再决定', en: 'Look first, then decide' } }
  expect(await nurse.try(draftNoduleCard, { params, body: { definition } })).toMatchObject({ status: 403 })
  await editor.call(draftNoduleCard, { params, body: { definition } })
  const draft = await editor.call(draftNoduleCard, { params, body: { definition } })
  expect(draft).toMatchObject({ version: 2, state: 'draft', can: ['edit'] })
  expect((await nurse.call(listNoduleCards)).rows.find(({ code }) => code === 'lung-watch')!.version).toBe(1)
  expect(await editor.try(publishNoduleCard, { params, body: { version: 2 } })).toMatchObject({ status: 403 })
  const { rows: toWrite } = await reviewer.call(listNoduleCardsToWrite)
  expect(toWrite.find(({ code, state }) => code === 'lung-watch' && state === 'draft')!.can).toEqual([
    'edit',
    'publish',
  ])
  const twice = await Promise.all([1, 2].map(() => reviewer.try(publishNoduleCard, { params, body: { version: 2 } })))
  expect(twice.map(({ status }) => status).toSorted()).toEqual([200, 404])
  await house.write(installShippedNoduleCards)
  const after = (await nurse.call(listNoduleCards)).rows.filter(({ code }) => code === 'lung-watch')
  expect(after).toMatchObject([{ version: 2, title: { zh: '先看看，再决定' } }])
})
