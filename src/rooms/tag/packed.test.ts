import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { registerPatient } from '../patient/server/index.ts'
import type { TagDefinition } from './contract/rule.ts'
import { listRules, publishDraft, saveDraft } from './contract/tag.ts'
import { dropPackedTag, findPackedTags, layPackedTag } from './server/index.ts'

const house = await aHouse()
const reviewer = await house.as('medical-reviewer', { name: '钱学礼' })

const definition = (code: string): TagDefinition => ({
  code,
  name: { zh: '专科管理中', en: 'In specialty care' },
  group: { code: 'specialty', name: { zh: '专科管理', en: 'Specialty care' }, exclusive: false },
  rank: 1,
  visibility: 'clinical',
  tone: 'info',
  explanation: { zh: '我们会按约好的日子和您联系。', en: 'We get in touch on the days that were agreed.' },
  condition: { age: { op: '>=', years: 18 } },
  standsFor: null,
  then: [],
  source: 'test',
  reviewer: null,
})
const standing = async (code: string) =>
  (await house.write((ctx) => findPackedTags(ctx, [code]))).map(({ state, version }) => [state, version])

describe('S0-22 a tag that comes with a pack', () => {
  test('is a draft of nobody that somebody else publishes, and says it is shipped', async () => {
    await house.write((ctx) => layPackedTag(ctx, definition('pack-one'), false))
    expect(await standing('pack-one')).toEqual([['draft', 1]])
    await reviewer.call(publishDraft, { params: { code: 'pack-one' }, body: { version: 1 } })
    expect(await standing('pack-one')).toEqual([['in-force', 1]])
    const { rules } = await reviewer.call(listRules)
    expect(rules.find(({ code }) => code === 'pack-one')).toMatchObject({
      origin: 'shipped',
      author: null,
      publishedBy: '钱学礼',
    })
  })

  test('laid down as published it takes the place of the version before, and everybody is looked at', async () => {
    const patient = await house.write((ctx) =>
      registerPatient(ctx, { name: '王秀兰', sex: 'female', birthDate: '1960-01-01', phone: '13800138000' }),
    )
    await house.settle()
    const db = house.house.databases.of(house.tenant.id)
    await db.updateTable('agenda').set({ due_at: null }).where('patient_id', '=', patient).execute()
    await house.write((ctx) => layPackedTag(ctx, definition('pack-two'), true))
    await house.write((ctx) => layPackedTag(ctx, { ...definition('pack-two'), rank: 2 }, true))
    expect(await standing('pack-two')).toEqual([['in-force', 2]])
    const row = await db
      .selectFrom('agenda')
      .select('due_at')
      .where('patient_id', '=', patient)
      .executeTakeFirstOrThrow()
    expect(row.due_at).not.toBeNull()
  })

  test('a draft is taken back, a published tag is not; of the draft beside it both are told', async () => {
    const version = await house.write((ctx) => layPackedTag(ctx, definition('pack-three'), false))
    expect(await house.write((ctx) => dropPackedTag(ctx, 'pack-three', version))).toBe(true)
    expect(await standing('pack-three')).toEqual([])
    expect(await house.write((ctx) => dropPackedTag(ctx, 'pack-one', 1))).toBe(false)
    await reviewer.call(saveDraft, { params: { code: 'pack-one' }, body: { definition: definition('pack-one') } })
    expect(await standing('pack-one')).toEqual([
      ['draft', 2],
      ['in-force', 1],
    ])
  })

  test('another organization sees nothing of it', async () => {
    const other = await house.anOrganization('别家医院')
    expect(await house.write((ctx) => findPackedTags(ctx, ['pack-one', 'pack-two']), other)).toEqual([])
  })
})
