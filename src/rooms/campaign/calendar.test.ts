import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { ALL_DAYS, draftForDay, readCalendar } from './contract/calendar.ts'
import { controlCampaign, createCampaign } from './contract/campaign.ts'
import { campaignDefinition, type CampaignDefinition, type SendStep } from './contract/definition.ts'
import { calendarDays } from './server/rules/calendar.ts'

const house = await aHouse()
const editor = await house.as('content-editor')
const reviewer = await house.as('medical-reviewer')
const counsellor = await house.as('counsellor')

const dayOf = async (code: string) => (await editor.call(readCalendar, ALL_DAYS)).rows.find((day) => day.code === code)!

describe('S3-21 a draft for a day of the calendar', () => {
  test.each(calendarDays.map((day) => [day.code, day] as const))('%s can be kept as it is', (_code, day) => {
    const draft = draftForDay(day)
    expect(campaignDefinition.parse(draft)).toEqual(draft)
    // Nobody is chosen by what they suffer from.
    expect(JSON.stringify(draft.audience)).not.toMatch(/condition|indicator|tag|risk/)
  })

  test('cannot be handed in before somebody has written it and said what it rests on', async () => {
    const draft: CampaignDefinition = draftForDay(await dayOf('kidney'))
    const { faults } = await editor.call(createCampaign, { body: { definition: draft } })
    expect(faults.map(({ code, value }) => `${code} ${value}`.trim())).toEqual([
      'SourceMissing',
      'ValueMissing words',
      'ValueMissing wordsEn',
      'ValueMissing source',
    ])
    const [send] = draft.path as [SendStep]
    const written = {
      ...draft,
      path: [{ ...send, values: { ...send.values, words: '多喝水。', wordsEn: 'Drink water.', source: '指南，2024' } }],
      sources: [{ title: '慢性肾脏病早期筛查指南', year: 2022 }],
    }
    expect((await editor.call(createCampaign, { body: { definition: written } })).faults).toEqual([])
    const blank = { ...written, path: [{ ...written.path[0]!, values: { ...written.path[0]!.values, words: '  ' } }] }
    expect((await editor.call(createCampaign, { body: { definition: blank } })).faults).toMatchObject([
      { code: 'ValueMissing', value: 'words' },
    ])
  })

  test('the calendar names what is planned for a day until it is over', async () => {
    expect((await dayOf('teeth')).campaigns).toEqual([])
    const { id } = await editor.call(createCampaign, { body: { definition: draftForDay(await dayOf('teeth')) } })
    expect((await dayOf('teeth')).campaigns).toEqual([
      { id, name: { zh: '全国爱牙日', en: expect.any(String) }, state: 'preparing', versionState: 'draft' },
    ])
    await editor.call(controlCampaign, {
      params: { campaignId: id },
      body: { act: 'cancel', reason: '不做了' } as never,
    })
    expect((await dayOf('teeth')).campaigns).toEqual([])
  })

  test('comes page by page, the next day first, and by kind', async () => {
    const all = await editor.call(readCalendar, ALL_DAYS)
    expect(all).toMatchObject({ next: null, total: calendarDays.length })
    expect(all.rows.map(({ next }) => next)).toEqual(all.rows.map(({ next }) => next).toSorted())
    const first = await editor.call(readCalendar, { query: { limit: 20 } })
    const second = await editor.call(readCalendar, { query: { limit: 20, cursor: first.next! } })
    expect([...first.rows, ...second.rows]).toEqual(all.rows.slice(0, 40))
    const terms = await editor.call(readCalendar, { query: { kind: 'term', limit: 200 } })
    expect(terms.total).toBe(24)
    expect((await editor.try(readCalendar, { query: { cursor: 'elsewhere' } })).status).toBe(404)
  })

  test('whoever may not see campaigns sees no calendar of them', async () => {
    expect((await reviewer.call(readCalendar, ALL_DAYS)).rows).toHaveLength(calendarDays.length)
    await expect(counsellor.call(readCalendar)).rejects.toThrow(/"NotPermitted"/)
  })
})
