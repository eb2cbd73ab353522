import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import type { Condition } from '../../platform/condition/index.ts'
import { wake } from '../agenda/server/index.ts'
import { installShippedQuestionnaires } from '../questionnaire/server/index.ts'
import * as contract from './contract/segment.ts'
import { explainMember, listMembers, segmentsOfPatient } from './contract/member.ts'
import type { SegmentId } from './contract/words.ts'
import { aDefinition, aPerson, aSegment, highPressure, look, measured, membersIn } from './sample-clinic.ts'
import { runFill } from './server/fill.ts'

const house = await aHouse()
const { tenant } = house
const db = () => house.house.databases.of(tenant.id)
let editor: Caller, lead: Caller, doctor: Caller, other: Caller, desk: Caller
let high = '',
  low = '',
  others = ''

beforeAll(async () => {
  ;[editor, lead, doctor, other, desk] = await Promise.all([
    house.as('content-editor'),
    house.as('quality-lead'),
    house.as('physician'),
    house.as('physician'),
    house.as('front-desk'),
  ])
  high = await aPerson(house, { sbp: 150, doctorId: doctor.staffId })
  low = await aPerson(house, { sbp: 120, doctorId: doctor.staffId })
  others = await aPerson(house, { sbp: 160, doctorId: other.staffId })
  await house.write(async (ctx) => void (await installShippedQuestionnaires(ctx)))
})

const of = (segmentId: SegmentId) => ({ params: { segmentId } })
let named = 0
const aName = () => ({ name: { zh: `人群${++named}`, en: '' } })

describe('a segment', () => {
  test('is drafted, saved as a version and filled; nobody edits the version', async () => {
    const begun = await editor.call(contract.createSegment, { body: { definition: aDefinition() } })
    expect(begun).toMatchObject({ state: 'draft', version: null, size: { count: null }, owner: { id: editor.staffId } })
    expect(begun.sentence.zh).toContain('收缩压')
    await editor.call(contract.saveSegment, { ...of(begun.id), body: { version: 1 } })
    await house.settle()
    expect(await membersIn(house, begun.id)).toEqual([high, others])
    const changed = aDefinition({ condition: { all: [highPressure, { sex: 'male' }] } })
    const drafted = await lead.call(contract.draftSegment, {
      ...of(begun.id),
      body: { definition: changed, seen: null },
    })
    expect(drafted).toMatchObject({ version: 1, draft: { version: 2, state: 'draft' }, condition: highPressure })
    expect(await membersIn(house, begun.id)).toEqual([high, others])
    const saved = await lead.call(contract.saveSegment, { ...of(begun.id), body: { version: 2 } })
    expect(saved.versions.map(({ version, state }) => [version, state])).toEqual([
      [2, 'saved'],
      [1, 'saved'],
    ])
    await house.settle()
    expect(await membersIn(house, begun.id)).toEqual([])
  })

  test('keeps the sizes of its days and who had it filled', async () => {
    const id = await aSegment(house, editor, aName())
    const view = await doctor.call(contract.openSegment, of(id))
    expect(view).toMatchObject({ state: 'active', size: { count: 2 }, filling: null, stopped: false })
    expect(view.sizes).toEqual([{ day: '2026-03-02', size: { count: 2, fewerThan: null } }])
    expect(view.fills).toEqual([
      expect.objectContaining({ because: 'saved', by: editor.name, entered: { count: 2, fewerThan: null } }),
    ])
  })

  test('of fewer than five tells so to who may not see patients', async () => {
    const id = await aSegment(house, editor, aName())
    const { segments } = await editor.call(contract.listSegments)
    expect(segments.find((one) => one.id === id)?.size).toEqual({ count: null, fewerThan: 5 })
    expect((await editor.call(contract.openSegment, of(id))).size).toEqual({ count: null, fewerThan: 5 })
  })

  test('of one name stands once; two editors do not overwrite each other', async () => {
    const id = await aSegment(house, editor, { name: { zh: '只有一个', en: '' } })
    const again = aDefinition({ name: { zh: '只有一个', en: 'another' } })
    expect((await editor.try(contract.createSegment, { body: { definition: again } })).code).toBe('SegmentNameTaken')
    const body = { definition: again, seen: null }
    const [one, two] = await Promise.all([
      editor.try(contract.draftSegment, { ...of(id), body }),
      lead.try(contract.draftSegment, { ...of(id), body }),
    ])
    expect([one.status, two.status].toSorted()).toEqual([200, 409])
    expect([one, two].find(({ status }) => status === 409)?.code).toBe('ChangedMeanwhile')
    const [first, second] = await Promise.all([
      editor.try(contract.saveSegment, { ...of(id), body: { version: 2 } }),
      lead.try(contract.saveSegment, { ...of(id), body: { version: 2 } }),
    ])
    expect([first.status, second.status].toSorted()).toEqual([200, 409])
  })

  test('that was never saved is thrown away with its draft', async () => {
    const { id } = await editor.call(contract.createSegment, { body: { definition: aDefinition(aName()) } })
    expect(await editor.call(contract.discardSegmentDraft, of(id))).toEqual({ discarded: true })
    expect((await editor.try(contract.openSegment, of(id))).status).toBe(404)
  })

  test('is retired and restored, unless something asks for it', async () => {
    const id = await aSegment(house, editor, aName())
    const asking = await aSegment(house, editor, { ...aName(), condition: { segment: { segment: id } } })
    expect(await membersIn(house, asking)).toEqual([high, others])
    expect((await editor.try(contract.retireSegment, of(id))).code).toBe('SegmentInUse')
    await editor.call(contract.retireSegment, of(asking))
    expect(await membersIn(house, asking)).toEqual([])
    await editor.call(contract.retireSegment, of(id))
    expect((await editor.try(contract.restoreSegment, of(asking))).code).toBe('SegmentFaulty')
    await editor.call(contract.restoreSegment, of(id))
    await house.settle()
    expect(await membersIn(house, id)).toEqual([high, others])
  })
})

describe('what a segment may ask', () => {
  const barred: [string, Condition][] = [
    ['a diagnosis of the mind', { condition: { codes: ['F32'] } }],
    ['a scale', { score: { questionnaire: 'phq-9', bands: ['severe'] } }],
    ['a counsellor', { carer: { role: 'counsellor' } }],
    ['deep inside', { all: [highPressure, { not: { any: [{ sex: 'male' }, { condition: { codes: ['F20'] } }] } }] }],
  ]
  test.each(barred)('%s is barred from drafts, counts and saving (R2)', async (_what, condition) => {
    const body = { definition: aDefinition({ ...aName(), condition }) }
    expect((await editor.try(contract.createSegment, { body })).code).toBe('SegmentFaulty')
    const counted = await editor.call(contract.countSegment, { body: { condition, ask: 'draft-1' } })
    expect(counted).toMatchObject({ size: { count: null, fewerThan: null }, faults: [{ code: 'BarredFromAudience' }] })
    expect(counted.faults[0]!.text.zh).toContain('心理')
  })

  test('behind another segment it is barred as well, and one that is ordinary passes', async () => {
    const ordinary = await aSegment(house, editor, aName())
    const body = { condition: { segment: { segment: ordinary } }, ask: 'draft-2' }
    expect((await doctor.call(contract.countSegment, { body })).size.count).toBe(2)
    // It has come to tell of mind since it was saved, as a tag's rule may.
    const mental = { ...aDefinition(), condition: { condition: { codes: ['F32'] } } }
    await sql`update segment_version set definition = ${JSON.stringify(mental)}::jsonb where segment_id = ${ordinary}`.execute(
      db(),
    )
    expect((await doctor.call(contract.countSegment, { body })).faults).toMatchObject([{ code: 'BarredFromAudience' }])
    expect((await doctor.call(contract.openSegment, of(ordinary))).stopped).toBe(true)
    await house.write((ctx) => wake(ctx.tx, tenant.id, [high], 'again', ctx.clock.now()))
    await look(house)
    expect(await membersIn(house, ordinary)).toEqual([])
  })

  test('not itself, by whatever way round', async () => {
    const first = await aSegment(house, editor, aName())
    const second = await aSegment(house, editor, { ...aName(), condition: { segment: { segment: first } } })
    const circle = aDefinition({ ...aName(), condition: { not: { segment: { segment: second } } } })
    const answer = await editor.try(contract.draftSegment, { ...of(first), body: { definition: circle, seen: null } })
    expect(answer.code).toBe('SegmentFaulty')
    expect((answer.body as { title: string }).title).toContain('绕了一圈')
  })

  test('nothing that nobody knows, and nothing out of form', async () => {
    for (const condition of [{ weather: { is: 'wet' } }, { segment: { segment: tenant.id } }] as never[])
      expect(
        (await editor.try(contract.createSegment, { body: { definition: aDefinition({ ...aName(), condition }) } }))
          .code,
      ).toBe('SegmentFaulty')
    for (const body of [
      {},
      { definition: { ...aDefinition(), weakness: '怕痛' } },
      { definition: aDefinition({ purpose: '' }) },
    ])
      expect((await editor.try(contract.createSegment, { body: body as never })).status).toBe(400)
  })
})

describe('counting', () => {
  test('tells how many of all; few as fewer than five to who may not see patients', async () => {
    const body = { condition: highPressure, ask: 'count-1' }
    expect(await doctor.call(contract.countSegment, { body })).toMatchObject({
      size: { count: 2, fewerThan: null },
      of: 3,
      ended: null,
    })
    expect(await editor.call(contract.countSegment, { body })).toMatchObject({ size: { count: null, fewerThan: 5 } })
    expect((await desk.try(contract.countSegment, { body })).status).toBe(403)
  })
})

describe('who is in it', () => {
  test('shows to each their own people, audited; others see none', async () => {
    const id = await aSegment(house, editor, aName())
    const { rows, next } = await doctor.call(listMembers, of(id))
    expect(rows.map(({ patient }) => patient.id)).toEqual([high])
    expect(next).toBeNull()
    for (const caller of [editor, lead, desk]) expect((await caller.try(listMembers, of(id))).status).toBe(403)
    const kept = await db()
      .selectFrom('audit_entry')
      .select(['action', 'outcome', 'detail'])
      .where('subject_id', '=', id)
      .where('action', '=', 'segment.members')
      .execute()
    expect(kept.map(({ outcome }) => outcome)).toEqual(expect.arrayContaining(['done', 'denied']))
    expect(kept.find(({ outcome }) => outcome === 'done')?.detail).toMatchObject({ shown: 1 })
  })

  test('pages through many', async () => {
    const many = await Promise.all(
      Array.from({ length: 5 }, () => aPerson(house, { sex: 'male', doctorId: doctor.staffId })),
    )
    const id = await aSegment(house, editor, { ...aName(), condition: { sex: 'male' } })
    const seen: string[] = []
    for (let cursor: string | undefined; ;) {
      const page = await doctor.call(listMembers, { ...of(id), query: { limit: 2, ...(cursor ? { cursor } : {}) } })
      seen.push(...page.rows.map(({ patient }) => patient.id))
      if (!page.next) break
      cursor = page.next
    }
    expect(seen.toSorted()).toEqual(many.toSorted())
    expect((await doctor.try(listMembers, { ...of(id), query: { cursor: 'bm9uc2Vuc2U' } })).status).toBe(404)
  })

  test('says why one is in and another is not, with the facts', async () => {
    const id = await aSegment(house, editor, aName())
    const ask = (patientId: string) =>
      doctor.call(explainMember, { params: { segmentId: id, patientId: patientId as never } })
    const why = await ask(high)
    expect(why).toMatchObject({ isIn: true, holds: true, stays: [{ leftAt: null }] })
    expect(why.tree.facts).toMatchObject([{ kind: 'observation', value: { zh: expect.stringContaining('150') } }])
    expect(await ask(low)).toMatchObject({ isIn: false, holds: false, stays: [] })
    expect((await doctor.try(explainMember, { params: { segmentId: id, patientId: others as never } })).status).toBe(
      404,
    )
    const { segments } = await doctor.call(segmentsOfPatient, { params: { patientId: high as never } })
    expect(segments.map((one) => one.id)).toContain(id)
  })
})

describe('filling', () => {
  test('goes on from where a crash left it, and puts into the agenda when time alone moves somebody', async () => {
    const { id } = await editor.call(contract.createSegment, { body: { definition: aDefinition(aName()) } })
    await editor.call(contract.saveSegment, { ...of(id), body: { version: 1 } })
    const { id: fillId } = await db()
      .selectFrom('segment_fill')
      .select('id')
      .where('list_id', '=', id)
      .executeTakeFirstOrThrow()
    // Everything is done twice over, as after a crash, by two workers at once.
    await Promise.all([runFill(house.house, tenant.id, { fillId }, 2), runFill(house.house, tenant.id, { fillId }, 2)])
    await runFill(house.house, tenant.id, { fillId }, 2)
    expect(await membersIn(house, id)).toEqual([high, others])
    const rows = await db().selectFrom('agenda').select('due_at').where('patient_id', '=', high).execute()
    expect(rows[0]?.due_at?.getTime()).toBeLessThanOrEqual(Date.parse('2027-03-03T00:00:00+08:00'))
    expect((await editor.call(contract.openSegment, of(id))).filling).toBeNull()
  })

  test('of an older version ends when a newer one is saved', async () => {
    const { id } = await editor.call(contract.createSegment, { body: { definition: aDefinition(aName()) } })
    await editor.call(contract.saveSegment, { ...of(id), body: { version: 1 } })
    const body = { definition: aDefinition({ ...aName(), condition: { sex: 'male' } }), seen: null }
    await editor.call(contract.draftSegment, { ...of(id), body })
    await editor.call(contract.saveSegment, { ...of(id), body: { version: 2 } })
    const open = await db()
      .selectFrom('segment_fill')
      .select('version')
      .where('list_id', '=', id)
      .where('finished_at', 'is', null)
      .execute()
    expect(open).toEqual([{ version: 2 }])
    await house.settle()
    expect(await membersIn(house, id)).not.toContain(high)
  })

  test('a frozen one stays as it was, until it is chosen anew', async () => {
    const id = await aSegment(house, editor, { ...aName(), mode: 'frozen' })
    await measured(house, low, 170)
    await look(house)
    expect(await membersIn(house, id)).toEqual([high, others])
    await editor.call(contract.refreshSegment, of(id))
    await house.settle()
    expect(await membersIn(house, id)).toEqual([high, low, others])
    const { fills } = await doctor.call(contract.openSegment, of(id))
    expect(fills.map(({ because, by }) => [because, by])).toEqual([
      ['refreshed', editor.name],
      ['saved', editor.name],
    ])
    const dynamic = await aSegment(house, editor, aName())
    expect((await editor.try(contract.refreshSegment, of(dynamic))).code).toBe('SegmentNotFrozen')
  })
})

test('who may not define segments changes nothing', async () => {
  const id = await aSegment(house, editor, aName())
  const before = await sql`select * from segment_version where segment_id = ${id}`.execute(db())
  const body = { definition: aDefinition(aName()) }
  for (const caller of [doctor, desk]) {
    expect((await caller.try(contract.createSegment, { body })).status).toBe(403)
    expect((await caller.try(contract.draftSegment, { ...of(id), body: { ...body, seen: null } })).status).toBe(403)
    expect((await caller.try(contract.saveSegment, { ...of(id), body: { version: 1 } })).status).toBe(403)
    expect((await caller.try(contract.retireSegment, of(id))).status).toBe(403)
  }
  expect((await sql`select * from segment_version where segment_id = ${id}`.execute(db())).rows).toEqual(before.rows)
})
