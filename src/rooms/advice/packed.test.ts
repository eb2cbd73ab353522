import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { listCards, publishCard } from './contract/cards.ts'
import { cardDefinition } from './contract/words.ts'
import { dropPackedCard, findPackedCards, layPackedCard, retirePackedCard } from './server/index.ts'

const house = await aHouse()
const reviewer = await house.as('medical-reviewer', { name: '钱学礼' })

const definition = (code: string, zh = '每天走一走') =>
  cardDefinition.parse({
    code,
    kind: 'exercise',
    title: { zh, en: 'A little walking' },
    summary: { zh: '走几分钟也算。', en: 'A few minutes count.' },
    points: [{ zh: '从每天五分钟开始。', en: 'Begin with five minutes a day.' }],
    avoid: [],
    for: [{ age: { from: 18 } }],
    notFor: [],
    source: 'test',
    licence: 'Apache-2.0',
    reviewer: null,
    expiresOn: '2028-11-30',
  })
const standing = async (code: string) =>
  (await house.write((ctx) => findPackedCards(ctx, [code]))).map(({ state, version }) => [state, version])

test('S0-22 a card of a pack waits for a second person, who publishes it', async () => {
  await house.write((ctx) => layPackedCard(ctx, definition('pack-card'), false))
  expect(await standing('pack-card')).toEqual([['draft', 1]])
  await reviewer.call(publishCard, { params: { code: 'pack-card' }, body: { revision: 1 } })
  expect(await standing('pack-card')).toEqual([['in-force', 1]])
  const { rows } = await reviewer.call(listCards)
  expect(rows.find(({ code }) => code === 'pack-card')).toMatchObject({ changedBy: 'Peiban', publishedBy: '钱学礼' })
})

test('it is retired, comes back as a version of its own, and a further one takes its place', async () => {
  expect(await house.write((ctx) => retirePackedCard(ctx, 'pack-card'))).toBe(true)
  expect(await standing('pack-card')).toEqual([['retired', 1]])
  expect(await house.write((ctx) => retirePackedCard(ctx, 'pack-card'))).toBe(false)
  await house.write((ctx) => layPackedCard(ctx, definition('pack-card'), true))
  await house.write((ctx) => layPackedCard(ctx, definition('pack-card', '再走一走'), true))
  expect(await standing('pack-card')).toEqual([['in-force', 3]])
})

test('a draft is taken back, a card in force is not', async () => {
  await house.write((ctx) => layPackedCard(ctx, definition('pack-draft'), false))
  expect(await house.write((ctx) => dropPackedCard(ctx, 'pack-draft', 1))).toBe(true)
  expect(await standing('pack-draft')).toEqual([])
  expect(await house.write((ctx) => dropPackedCard(ctx, 'pack-card', 3))).toBe(false)
})
