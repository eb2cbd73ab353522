import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import type { CallOf, OutputOf } from '../../platform/contract/index.ts'
import * as contract from './contract/cards.ts'
import type { CardDefinition } from './contract/words.ts'
import { aCard } from './sample-card.ts'
import { insertShipped } from './server/card-store.ts'
import { installShippedAdviceCards } from './server/index.ts'
import { shippedCards } from './server/shipped.ts'

const house = await aHouse({ now: '2026-11-22T02:00:00Z' })
const editor = await house.as('content-editor', { name: '小编' })
const reviewer = await house.as('medical-reviewer', { name: '审核' })

beforeAll(() => house.write(installShippedAdviceCards))

const save = (definition: CardDefinition, revision = 0, who: Caller = editor) =>
  who.try(contract.saveCard, { params: { code: definition.code }, body: { definition, revision } })
const publish = (code: string, revision = 1, who: Caller = reviewer) =>
  who.try(contract.publishCard, { params: { code }, body: { revision } })
const versionsOf = async (code: string) =>
  (await reviewer.call(contract.cardVersions, { params: { code } })).rows.map(
    ({ version, state }) => `${version} ${state}`,
  )

describe('a card of one’s own', () => {
  test('is drafted by one and published by another; a newer version takes its place', async () => {
    expect((await save(aCard())).status).toBe(200)
    expect((await publish('diet-breakfast', 1, editor)).status).toBe(403)
    expect((await publish('diet-breakfast')).status).toBe(200)
    const next = aCard({ summary: { zh: '早上吃一点热的。', en: 'Something warm in the morning.' } })
    expect((await save(next)).status).toBe(200)
    expect(await versionsOf('diet-breakfast')).toEqual(['2 draft', '1 active'])
    expect((await publish('diet-breakfast')).status).toBe(200)
    expect(await versionsOf('diet-breakfast')).toEqual(['2 active', '1 retired'])
  })

  test('whoever wrote it does not publish it', async () => {
    await save(aCard({ code: 'own-one' }), 0, reviewer)
    expect((await publish('own-one')).code).toBe('OwnAdviceCard')
    const { can } = await reviewer.call(contract.readCard, { params: { code: 'own-one', version: 1 } })
    expect(can).toEqual({ edit: true, publish: false, retire: false })
  })

  test('with a fault it can be kept but not published, and the faults are named', async () => {
    const kept = await editor.call(contract.saveCard, {
      params: { code: 'bad-one' },
      body: {
        definition: aCard({
          code: 'bad-one',
          kind: 'wellness',
          form: 'food',
          title: { zh: '能治疗失眠', en: 'Cures sleeplessness' },
          expiresOn: '2026-11-22',
        }),
        revision: 0,
      },
    })
    expect(kept.faults.map(({ kind }) => kind)).toEqual(['claim', 'claim', 'over'])
    expect((await publish('bad-one')).code).toBe('AdviceCardFaulty')
  })

  test('two who write at once: one is told that it has changed', async () => {
    const first = await Promise.all([save(aCard({ code: 'both' })), save(aCard({ code: 'both' }), 0, reviewer)])
    expect(first.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const second = await Promise.all([save(aCard({ code: 'both' }), 1), save(aCard({ code: 'both' }), 1, reviewer)])
    expect(second.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  test('two who publish at once: once in force', async () => {
    await save(aCard({ code: 'twice' }))
    const other = await house.as('medical-reviewer')
    const both = await Promise.all([publish('twice'), publish('twice', 1, other)])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(await versionsOf('twice')).toEqual(['1 active'])
  })

  test('a draft is thrown away, a card retired', async () => {
    await save(aCard({ code: 'gone' }))
    expect(await editor.call(contract.discardCard, { params: { code: 'gone' } })).toEqual({ discarded: true })
    expect(await reviewer.call(contract.retireCard, { params: { code: 'diet-reflux' } })).toEqual({ retired: true })
    expect((await editor.try(contract.retireCard, { params: { code: 'diet-salt' } })).status).toBe(403)
    expect(await reviewer.call(contract.retireCard, { params: { code: 'diet-reflux' } })).toEqual({ retired: false })
  })

  test.each([
    ['no point', { points: [] }],
    ['a kind of its own', { kind: 'magic' }],
    ['a solar term that is none', { for: [{ season: { from: '小年', to: '立春' } }] }],
    ['a ground of no kind', { for: [{ mood: 'bad' }] }],
    ['no day', { expiresOn: 'soon' }],
    ['a field that nobody knows', { secret: true }],
  ])('is refused with %s', async (_what, change) => {
    expect((await save({ ...aCard({ code: 'rubbish' }), ...change } as never)).status).toBe(400)
  })

  test('the code of the path is the card’s', async () => {
    const answer = await editor.try(contract.saveCard, {
      params: { code: 'other' },
      body: { definition: aCard(), revision: 0 },
    })
    expect(answer.code).toBe('AdviceCardUnknown')
    expect((await editor.try(contract.readCard, { params: { code: 'nobody', version: 1 } })).code).toBe(
      'AdviceCardUnknown',
    )
    expect((await editor.try(contract.cardVersions, { params: { code: 'nobody' } })).code).toBe('AdviceCardUnknown')
  })
})

describe('shipped cards', () => {
  const install = (change: (card: CardDefinition) => CardDefinition) =>
    house.write((ctx) => insertShipped(ctx.tx, ctx.organizationId, shippedCards.map(change), ctx.clock.now()))
  const renewed = (card: CardDefinition) => ({ ...card, expiresOn: '2029-11-30' })

  test('come once, and in a newer version only where the organization has left them as they were', async () => {
    expect(await house.write(installShippedAdviceCards)).toBe(0)
    const salt = shippedCards.find(({ code }) => code === 'diet-salt')!
    await save({ ...salt, summary: { zh: '我们自己的话。', en: 'Our own words.' } })
    await publish('diet-salt')
    const came = await install(renewed)
    // All but the one that was changed here and the one that was retired above.
    expect(came).toBe(shippedCards.length - 2)
    expect(await versionsOf('diet-salt')).toEqual(['2 active', '1 retired'])
    expect(await versionsOf('diet-lipid')).toEqual(['2 active', '1 retired'])
    expect(await versionsOf('diet-reflux')).toEqual(['1 retired'])
    expect(await install(renewed)).toBe(0)
  })

  test('a draft that somebody is writing is not overtaken', async () => {
    const iron = shippedCards.find(({ code }) => code === 'diet-iron')!
    await save(iron)
    await install((card) => ({ ...card, expiresOn: '2030-11-30' }))
    expect(await versionsOf('diet-iron')).toEqual(['3 draft', '2 active', '1 retired'])
  })
})

describe('the list', () => {
  const page = (query: CallOf<typeof contract.listCards>['query'] = {}) => reviewer.call(contract.listCards, { query })
  const names = ({ rows }: { rows: readonly { code: string; version: number }[] }) =>
    rows.map(({ code, version }) => `${code}.${version}`)

  test('comes page by page, each card once and in one order, and tells how many there are', async () => {
    const whole = await page({ limit: 200 })
    expect(whole).toMatchObject({ next: null, total: whole.rows.length })
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const one: OutputOf<typeof contract.listCards> = await page({ limit: 7, ...(cursor ? { cursor } : {}) })
      expect(one.total).toBe(whole.total)
      expect(one.rows.length).toBeLessThanOrEqual(7)
      seen.push(...names(one))
      cursor = one.next
    }
    expect(seen).toEqual(names(whole))
    expect(new Set(seen).size).toBe(seen.length)
  })

  test('of one kind, of drafts; a draft stands before what is in force', async () => {
    const { rows, total } = await page({ kind: 'wellness', limit: 200 })
    expect(total).toBe(rows.length)
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['wellness']))
    const drafts = await page({ show: 'drafts', limit: 200 })
    expect(drafts.rows.length).toBeGreaterThan(0)
    expect(drafts.rows.every(({ state }) => state === 'draft')).toBe(true)
    const all = names(await page({ limit: 200 }))
    expect(all.indexOf('diet-iron.3')).toBe(all.indexOf('diet-iron.2') - 1)
  })

  test('a cursor of nobody leads nowhere', async () => {
    expect((await reviewer.try(contract.listCards, { query: { cursor: 'elsewhere' } })).status).toBe(404)
  })
})

test.each(['service-manager', 'counsellor', 'quality-lead'] as const)(
  'a %s reads cards and writes none',
  async (role) => {
    const who = await house.as(role)
    expect((await who.call(contract.listCards, { query: {} })).rows.length).toBeGreaterThan(0)
    expect((await save(aCard({ code: 'mine' }), 0, who)).status).toBe(403)
  },
)
test.each(['sales-manager', 'front-desk', 'corporate-hr'] as const)('a %s reads none', async (role) => {
  expect((await (await house.as(role)).try(contract.listCards, {})).status).toBe(403)
})
