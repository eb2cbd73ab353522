import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { aPatient } from './sample-record.ts'
import {
  addAllergy,
  addCondition,
  addEncounter,
  addFacts,
  addFamilyHistory,
  addMedication,
  addProcedure,
  correctFact,
  retractFact,
} from './server/index.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)

const conditionsOf = (patientId: string) =>
  db()
    .selectFrom('condition')
    .selectAll()
    .where('patient_id', '=', patientId)
    .orderBy('superseded_by', (order) => order.asc().nullsLast())
    .execute()

describe('adding facts', () => {
  test('each kind carries source, author and time, and wakes the patient', async () => {
    const patientId = await house.write(async (ctx) => {
      const id = await aPatient(ctx)
      await addCondition(ctx, { patientId: id, code: 'I10', name: '原发性高血压', onsetOn: '2020-01-01' })
      await addProcedure(ctx, {
        patientId: id,
        code: '45.43',
        name: '结肠息肉切除术',
        kind: 'endoscopy',
        performedOn: '2026-02-20',
      })
      await addEncounter(ctx, { patientId: id, class: 'outpatient', startedAt: ctx.clock.now(), department: '心内科' })
      await addMedication(ctx, { patientId: id, name: '氨氯地平', dose: '5 mg 每日一次' })
      await addAllergy(ctx, { patientId: id, substance: '青霉素', severity: 'severe' })
      await addFamilyHistory(ctx, {
        patientId: id,
        relation: 'father',
        conditionName: '2型糖尿病',
        conditionCode: 'E11',
      })
      return id
    })
    for (const table of ['condition', 'procedure', 'encounter', 'medication', 'allergy', 'family_history'] as const) {
      const row = await db()
        .selectFrom(table)
        .select(['source', 'recorded_at', 'superseded_by'])
        .where('patient_id', '=', patientId)
        .executeTakeFirstOrThrow()
      expect(row, table).toEqual({ source: 'staff', recorded_at: house.clock.now(), superseded_by: null })
    }
    const due = await db().selectFrom('agenda').select('due_at').where('patient_id', '=', patientId).executeTakeFirst()
    expect(due?.due_at).toEqual(house.clock.now())
  })

  test('many of many patients in one call; the same source id again adds nothing', async () => {
    const patients = await house.write(async (ctx) => [await aPatient(ctx), await aPatient(ctx)])
    const add = () =>
      house.write((ctx) =>
        addFacts(ctx, {
          condition: patients.map((patientId) => ({
            patientId,
            code: 'E11',
            name: '2型糖尿病',
            source: 'HIS',
            sourceId: 'dx-1',
          })),
        }),
      )
    const first = (await add()).condition!
    expect(first.map((one) => one.outcome)).toEqual(['added', 'added'])
    const second = (await add()).condition!
    expect(second).toEqual(first.map(({ id }) => ({ id, outcome: 'known' })))
  })

  test('two callers at once add it once', async () => {
    const patientId = await house.write((ctx) => aPatient(ctx))
    const add = () =>
      house.write((ctx) =>
        addCondition(ctx, { patientId, code: 'I10', name: '高血压', source: 'HIS', sourceId: 'dx-race' }),
      )
    const outcomes = (await Promise.all([add(), add(), add()])).map((one) => one.outcome)
    expect(outcomes.toSorted()).toEqual(['added', 'known', 'known'])
    expect(await conditionsOf(patientId)).toHaveLength(1)
  })

  test('a source may revise its own fact: the admission gets its discharge; a person who spoke since is heard', async () => {
    const patientId = await house.write((ctx) => aPatient(ctx))
    const stay = {
      patientId,
      class: 'inpatient' as const,
      startedAt: new Date('2026-02-01T02:00:00Z'),
      source: 'HIS',
      sourceId: 'visit-1',
    }
    const tell = (endedAt: Date | null) =>
      house.write(
        async (ctx) => (await addFacts(ctx, { encounter: [{ ...stay, endedAt }] }, { revise: true })).encounter![0]!,
      )
    expect((await tell(null)).outcome).toBe('added')
    expect((await tell(null)).outcome).toBe('known')
    const left = new Date('2026-02-09T02:00:00Z')
    const revised = await tell(left)
    expect(revised.outcome).toBe('revised')
    expect(await tell(left)).toEqual({ id: revised.id, outcome: 'known' })
    const nurse = await house.as('service-manager')
    await db()
      .updateTable('encounter')
      .set({
        superseded_by: revised.id,
        superseded_at: house.clock.now(),
        superseded_author_id: nurse.staffId,
        superseded_because: '录错',
      })
      .where('id', '=', revised.id)
      .execute()
    expect((await tell(new Date('2026-02-10T02:00:00Z'))).outcome).toBe('known')
    const standing = await db()
      .selectFrom('encounter')
      .select('id')
      .where('patient_id', '=', patientId)
      .where('superseded_by', 'is', null)
      .execute()
    expect(standing).toEqual([])
  })

  test('a fact ends the statement that there is none', async () => {
    const patientId = await house.write(async (ctx) => {
      const id = await aPatient(ctx)
      await addFacts(ctx, {
        absence: [
          { patientId: id, about: 'allergy' },
          { patientId: id, about: 'procedure' },
        ],
      })
      await addAllergy(ctx, { patientId: id, substance: '磺胺' })
      return id
    })
    const rows = await db()
      .selectFrom('absence')
      .select(['about', 'superseded_because'])
      .where('patient_id', '=', patientId)
      .orderBy('about')
      .execute()
    expect(rows).toEqual([
      { about: 'allergy', superseded_because: 'fact-added' },
      { about: 'procedure', superseded_because: null },
    ])
  })
})

describe('correcting', () => {
  test('the former fact stays, with when and why; a second correction of it is refused', async () => {
    const [patientId, first] = await house.write(async (ctx) => {
      const id = await aPatient(ctx)
      return [
        id,
        await addCondition(ctx, { patientId: id, code: 'E10', name: '1型糖尿病', source: 'HIS', sourceId: 'dx-7' }),
      ] as const
    })
    const ref = { patientId, id: first.id }
    const second = await house.write((ctx) =>
      correctFact(ctx, 'condition', ref, { code: 'E11', name: '2型糖尿病' }, '录入时选错了类型'),
    )
    const rows = await conditionsOf(patientId)
    expect(rows.map((row) => [row.id, row.code, row.superseded_by, row.superseded_because])).toEqual([
      [first.id, 'E10', second, '录入时选错了类型'],
      [second, 'E11', null, null],
    ])
    const again = house.write((ctx) => correctFact(ctx, 'condition', ref, { code: 'E13', name: '其他' }, '再改'))
    await expect(again).rejects.toMatchObject({ code: 'FactEndedAlready' })
    expect(await conditionsOf(patientId)).toHaveLength(2)
    const retold = await house.write((ctx) =>
      addCondition(ctx, { patientId, code: 'E10', name: '1型糖尿病', source: 'HIS', sourceId: 'dx-7' }),
    )
    expect(retold).toEqual({ id: second, outcome: 'known' })
  })

  test('two people correct at once: one wins', async () => {
    const [patientId, fact] = await house.write(async (ctx) => {
      const id = await aPatient(ctx)
      return [id, await addMedication(ctx, { patientId: id, name: '二甲双胍' })] as const
    })
    const correct = (name: string) =>
      house.write((ctx) => correctFact(ctx, 'medication', { patientId, id: fact.id }, { name }, '药名写错'))
    const both = await Promise.allSettled([correct('格列美脲'), correct('阿卡波糖')])
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const rows = await db().selectFrom('medication').select('id').where('patient_id', '=', patientId).execute()
    expect(rows).toHaveLength(2)
  })

  test('a withdrawn fact names itself, stays, and is not told again by its source', async () => {
    const [patientId, fact] = await house.write(async (ctx) => {
      const id = await aPatient(ctx)
      return [id, await addAllergy(ctx, { patientId: id, substance: '头孢', source: 'HIS', sourceId: 'al-1' })] as const
    })
    await house.write((ctx) => retractFact(ctx, 'allergy', { patientId, id: fact.id }, '皮试阴性，当时记错'))
    const row = await db().selectFrom('allergy').selectAll().where('id', '=', fact.id).executeTakeFirstOrThrow()
    expect(row).toMatchObject({ superseded_by: fact.id, superseded_because: '皮试阴性，当时记错', substance: '头孢' })
    const retold = await house.write((ctx) =>
      addAllergy(ctx, { patientId, substance: '头孢', source: 'HIS', sourceId: 'al-1' }),
    )
    expect(retold.outcome).toBe('known')
    await expect(
      house.write((ctx) => retractFact(ctx, 'allergy', { patientId, id: ctx.ids.next() }, '没有')),
    ).rejects.toMatchObject({ code: 'FactUnknown' })
  })
})
