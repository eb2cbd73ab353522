import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { mergePatients, proposeMerge, undoMerge } from '../patient/contract/merge.ts'
import { addCondition } from '../observation/server/index.ts'
import { assignCarers, registerPatient, setMainWorry } from '../patient/server/index.ts'
import {
  correctEntry,
  endEntry,
  endOwnEntry,
  readOwnUnderstanding,
  readUnderstanding,
  restoreEntry,
  restoreOwnEntry,
  writeEntry,
} from './contract/understanding.ts'
import { ENTRY_KINDS, type EntryKind, type Said } from './contract/words.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
let doctor: Caller
let manager: Caller
let count = 0

beforeAll(async () => {
  doctor = await house.as('physician', { name: '张医生' })
  manager = await house.as('service-manager', { name: '李健管' })
})

async function aPatient(): Promise<never> {
  const person = {
    name: '秦朗',
    called: '秦老师',
    birthDate: '1975-03-21',
    phone: `1350008${String(++count).padStart(4, '0')}`,
  }
  const id = await house.write((ctx) => registerPatient(ctx, person as never))
  await house.write((ctx) => assignCarers(ctx, id, { doctorId: doctor.staffId, managerId: manager.staffId } as never))
  return id as never
}

const of = (patientId: never) => ({ params: { patientId } })
const said = (words = '怕手术后没人照顾', over: Partial<Said> = {}): Said => ({
  words,
  speaker: 'person',
  relation: '',
  source: 'phone',
  heardOn: '2026-03-01',
  ...over,
})
const card = (patientId: never, who = manager) => who.call(readUnderstanding, of(patientId))
const write = (patientId: never, one = said(), kind: EntryKind = 'worry', who = manager) =>
  who.try(writeEntry, { ...of(patientId), body: { kind, said: one } })
async function written(patientId: never, words?: string): Promise<never> {
  const answer = await write(patientId, said(words))
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return (answer.body as { entryId: never }).entryId
}
const at = (patientId: never, entryId: never) => ({ params: { patientId, entryId } })

describe('S2-1 their own words', () => {
  test('each kind is written down with who said it, where, when, and by whom', async () => {
    const id = await aPatient()
    for (const kind of ENTRY_KINDS) expect((await write(id, said(), kind)).status).toBe(200)
    await write(id, said('来一趟要换两次车', { speaker: 'family', relation: '女儿', source: 'home-visit' }), 'barrier')
    const { entries, acts } = await card(id)
    expect(entries).toHaveLength(ENTRY_KINDS.length + 1)
    expect(entries[0]).toMatchObject({
      kind: 'barrier',
      words: '来一趟要换两次车',
      speaker: 'family',
      relation: '女儿',
      source: 'home-visit',
      heardOn: '2026-03-01',
      by: '李健管',
      isOld: false,
    })
    expect(acts.every(({ act, by }) => act === 'written' && by === '李健管')).toBe(true)
    const old = await write(id, said('想看着外孙女上学', { heardOn: '2025-01-05' }), 'cares')
    expect(old.status).toBe(200)
    expect((await card(id)).entries[0]!.isOld).toBe(true)
  })

  test('without a speaker of the family, a day that has not come, or words, nothing is written', async () => {
    const id = await aPatient()
    expect((await write(id, said('腿疼', { speaker: 'family' }))).status).toBe(400)
    expect((await write(id, said(' '))).status).toBe(400)
    expect(await write(id, said('腿疼', { heardOn: '2026-03-03' }))).toMatchObject({
      status: 422,
      code: 'UnderstandingHeardLater',
    })
    expect((await card(id)).entries).toEqual([])
  })

  test('a correction stands in the place of the former words, which stay to be seen', async () => {
    const id = await aPatient()
    const first = await written(id, '怕开刀')
    const body = { said: said('怕麻醉醒不过来'), because: '听错了' }
    const { entryId } = await manager.call(correctEntry, { ...at(id, first), body })
    const { entries, former, acts } = await card(id)
    expect(entries).toMatchObject([{ id: entryId, kind: 'worry', words: '怕麻醉醒不过来' }])
    expect(former).toMatchObject([
      { id: first, words: '怕开刀', corrected: true, because: '听错了', endedBy: '李健管' },
    ])
    expect(acts.map(({ act }) => act)).toEqual(['corrected', 'written'])
    expect(await manager.try(restoreEntry, { ...at(id, first), body: {} })).toMatchObject({ code: 'ChangedMeanwhile' })
  })

  test('no longer so, and taken back', async () => {
    const id = await aPatient()
    const entry = await written(id)
    await manager.call(endEntry, { ...at(id, entry), body: { because: '女儿回来了' } })
    expect(await card(id)).toMatchObject({ entries: [], former: [{ because: '女儿回来了', endedByPatient: false }] })
    expect(await manager.try(endEntry, { ...at(id, entry), body: {} })).toMatchObject({ code: 'ChangedMeanwhile' })
    await manager.call(restoreEntry, { ...at(id, entry), body: {} })
    const { entries, former, acts } = await card(id)
    expect([entries.length, former.length, acts.map(({ act }) => act)]).toEqual([
      1,
      0,
      ['restored', 'ended', 'written'],
    ])
  })

  test('of several who correct or end it at once one does, and one entry stands or none', async () => {
    const id = await aPatient()
    const entry = await written(id)
    const answers = await Promise.all([
      ...[1, 2, 3].map((n) => manager.try(correctEntry, { ...at(id, entry), body: { said: said(`怕第 ${n} 件事`) } })),
      doctor.try(endEntry, { ...at(id, entry), body: {} }),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409])
    const { entries, former } = await card(id)
    expect(former).toHaveLength(1)
    expect(entries.length).toBe(answers[3]!.status === 200 ? 0 : 1)
  })
})

describe('the person', () => {
  test('sees every word, says that it is not so, and alone puts it back', async () => {
    const id = await aPatient()
    const entry = await written(id)
    const person = await house.asPatient(id)
    const own = await person.call(readOwnUnderstanding)
    expect(own.entries).toMatchObject([{ id: entry, words: '怕手术后没人照顾', by: '李健管' }])
    await person.call(endOwnEntry, { params: { entryId: entry }, body: {} })
    const { entries, former, acts } = await card(id)
    expect([entries, former[0]!.endedByPatient, acts[0]!.byPatient]).toEqual([[], true, true])
    expect(await manager.try(restoreEntry, { ...at(id, entry), body: {} })).toMatchObject({ code: 'ChangedMeanwhile' })
    expect((await person.call(readOwnUnderstanding)).ended).toHaveLength(1)
    await person.call(restoreOwnEntry, { params: { entryId: entry }, body: {} })
    expect((await card(id)).entries).toHaveLength(1)
  })

  test('does not reach what is another’s', async () => {
    const [id, other] = [await aPatient(), await aPatient()]
    const entry = await written(id)
    const stranger = await house.asPatient(other)
    expect((await stranger.call(readOwnUnderstanding)).entries).toEqual([])
    const refused = await stranger.try(endOwnEntry, { params: { entryId: entry }, body: {} })
    expect(refused).toMatchObject({ status: 409, code: 'ChangedMeanwhile' })
    expect((await card(id)).entries).toHaveLength(1)
  })
})

describe('from the facts', () => {
  test('each line has its source; what nobody has recorded is left out', async () => {
    const id = await aPatient()
    const bare = (await card(id)).persona.map(({ code }) => code)
    expect(bare).not.toContain('condition')
    expect(bare).not.toContain('mainWorry')
    await house.write((ctx) => addCondition(ctx, { patientId: id, code: 'I10', name: '高血压' }))
    await house.write((ctx) => setMainWorry(ctx, id, '怕中风'))
    const { persona } = await card(id)
    const line = (code: string) => persona.find((one) => one.code === code)
    expect(line('called')).toMatchObject({ value: '秦老师', source: 'file', to: 'tab=identity' })
    expect(line('age')).toMatchObject({ value: '50 岁', valueEn: '50' })
    expect(line('condition')).toMatchObject({ value: '高血压', source: 'record', at: expect.any(String) })
    expect(line('mainWorry')).toMatchObject({ value: '怕中风', source: 'worry' })
    expect(line('doctor')).toMatchObject({ value: '张医生', source: 'carers' })
  })

  test('clinical lines are not for who may not read the record', async () => {
    const id = await aPatient()
    const counsellor = await house.as('counsellor')
    await house.write((ctx) => assignCarers(ctx, id, { counsellorId: counsellor.staffId } as never))
    await house.write((ctx) => addCondition(ctx, { patientId: id, code: 'I10', name: '高血压' }))
    const codes = (await card(id, counsellor)).persona.map(({ code }) => code)
    expect(codes).toContain('called')
    expect(codes.filter((code) => code === 'condition' || code === 'pathway')).toEqual([])
    expect((await write(id, said(), 'worry', counsellor)).status).toBe(200)
  })
})

describe('R2 R8 what is refused', () => {
  test.each([
    ['软肋是女儿', /原话/],
    ['她耳根软，多讲几遍就行', /和谁商量/],
    ['很好说服', /和谁商量/],
    ['家里不差钱', /费用/],
    ['这人难 缠', /贴标签/],
    ['依 从 性 差', /贴标签/],
    ['已经离不开我们', /不是目标/],
    ['His weak spot is the daughter', /原话/],
  ])('%s is refused with what to write instead, and nothing is kept', async (words, instead) => {
    const id = await aPatient()
    const answer = await write(id, said(words))
    expect([answer.status, answer.code]).toEqual([422, 'UnderstandingBarred'])
    expect(JSON.stringify(answer.body)).toMatch(instead)
    expect((await card(id)).entries).toEqual([])
  })

  test('also in a correction, in the reason, and in English', async () => {
    const id = await aPatient()
    const entry = await written(id)
    const bad = [
      manager.try(correctEntry, { ...at(id, entry), body: { said: said('软肋是女儿') } }),
      manager.try(correctEntry, { ...at(id, entry), body: { said: said('怕疼'), because: '这人难缠' } }),
      manager.try(endEntry, { ...at(id, entry), body: { because: '已经搞定' } }),
    ]
    for (const answer of await Promise.all(bad)) expect(answer.code).toBe('UnderstandingBarred')
    const english = await manager.try(
      writeEntry,
      { ...of(id), body: { kind: 'worry', said: said('easy to persuade') } },
      { locale: 'en' },
    )
    expect(JSON.stringify(english.body)).toMatch(/how the person decides/)
    expect((await card(id)).entries).toHaveLength(1)
  })

  test.each([
    '怕被推销，怕花冤枉钱做没用的检查',
    '想先问清楚要花多少钱',
    '膝盖弱，走不了远路，楼梯是最大的难点',
    '医生说的我听得懂，就是记不住',
    '不想依赖药，想先试试走路',
  ])('people’s own words are not: %s', async (words) => {
    expect((await write(await aPatient(), said(words))).status).toBe(200)
  })

  const AIMS =
    /weak|persua|vulnerab|wealth|income|spend|price_?sens|sales|intent|influence|leverage|convers|score|loyal|depend/i

  test('there is no field for it: not in the kinds, the table, or what endpoints take and give', async () => {
    expect(ENTRY_KINDS.filter((kind) => AIMS.test(kind))).toEqual([])
    const columns = await sql<{ name: string }>`select column_name name from information_schema.columns
      where table_name in ('understanding_entry', 'understanding_act', 'relationship', 'relationship_move', 'lifecycle_rule')`.execute(
      db(),
    )
    expect(columns.rows.length).toBeGreaterThan(30)
    expect(columns.rows.filter(({ name }) => AIMS.test(name))).toEqual([])
    const own = house.rooms.filter(({ name }) => name === 'understanding' || name === 'lifecycle')
    const shapes = own.flatMap(({ routes = [] }) =>
      routes.map(({ endpoint }) => Object.keys((endpoint.body as { shape?: object } | undefined)?.shape ?? {})),
    )
    expect(shapes.flat().filter((key) => AIMS.test(key))).toEqual([])
    await expect(
      house.write((ctx) =>
        sql`insert into understanding_entry (organization_id, id, patient_id, kind, words, speaker, source, heard_on, written_at, written_by_name)
        values (${ctx.organizationId}, ${ctx.ids.next()}, ${ctx.ids.next()}, 'weakness', 'x', 'person', 'phone', '2026-03-01', now(), 'x')`.execute(
          ctx.tx,
        ),
      ),
    ).rejects.toThrow(/understanding_entry_kind_check/)
  })

  test('nothing of a card can choose whom to write to: the room declares no kind of fact', () => {
    const room = house.rooms.find(({ name }) => name === 'understanding')!
    expect([room.facts, room.factForms]).toEqual([undefined, undefined])
    expect(house.house.facts.kinds.filter(({ room: from }) => from === 'understanding')).toEqual([])
  })
})

describe('who', () => {
  test('desk, sales, editors and leads see nothing; strangers find nothing; a refusal changes nothing', async () => {
    const id = await aPatient()
    const entry = await written(id)
    for (const role of ['front-desk', 'sales-manager', 'content-editor', 'quality-lead'] as const) {
      const who = await house.as(role)
      expect((await who.try(readUnderstanding, of(id))).status, role).toBe(403)
      expect((await write(id, said(), 'worry', who)).status, role).toBe(403)
    }
    const stranger = await house.as('physician')
    expect((await stranger.try(readUnderstanding, of(id))).status).toBe(404)
    expect((await write(id, said(), 'worry', stranger)).status).toBe(404)
    expect((await stranger.try(endEntry, { ...at(id, entry), body: {} })).status).toBe(404)
    expect((await card(id)).entries).toHaveLength(1)
  })

  test('each look and each change is in the log, without the words', async () => {
    const id = await aPatient()
    const entry = await written(id)
    await card(id)
    const rows = await db()
      .selectFrom('audit_entry')
      .select(['action', 'subject_id', 'detail'])
      .where('patient_id', '=', id)
      .where('actor_id', '=', manager.staffId)
      .execute()
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['understanding.write', 'understanding.read']),
    )
    expect(rows.find(({ action }) => action === 'understanding.write')!.subject_id).toBe(entry)
    expect(JSON.stringify(rows)).not.toContain('没人照顾')
  })
})

test('follows a merge, and goes home when it is taken back; what came since stays', async () => {
  const [fromId, intoId] = [await aPatient(), await aPatient()]
  await written(fromId, '怕查得太晚')
  const desk = await house.as('front-desk')
  const { proposalId } = await desk.call(proposeMerge, { body: { oneId: fromId, otherId: intoId } })
  const { mergeId } = await desk.call(mergePatients, { params: { proposalId }, body: { intoId, chosen: {} } })
  await house.settle()
  expect((await card(intoId)).entries.map(({ words }) => words)).toEqual(['怕查得太晚'])
  await written(intoId, '想多走走')
  await desk.call(undoMerge, { params: { mergeId }, body: { reason: '认错了' } })
  await house.settle()
  expect((await card(fromId)).entries.map(({ words }) => words)).toEqual(['怕查得太晚'])
  expect((await card(intoId)).entries.map(({ words }) => words)).toEqual(['想多走走'])
})
