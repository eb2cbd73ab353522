import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { aPatient, aReport } from './sample-record.ts'
import { addFacts, recordReports } from './server/index.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
const change = (statement: string) => sql.raw(statement).execute(db())

const TABLES = {
  observation: 'value = 1',
  report: "title = 'x'",
  condition: "name = 'x'",
  procedure: "name = 'x'",
  encounter: "title = 'x'",
  medication: "dose = 'x'",
  allergy: "substance = 'x'",
  family_history: "condition_name = 'x'",
  absence: "about = 'medication'",
}
let patientId = ''
let otherId = ''

beforeAll(async () => {
  patientId = await house.write(async (ctx) => {
    const id = await aPatient(ctx)
    otherId = await aPatient(ctx)
    await recordReports(ctx, [aReport(ctx, id)])
    await addFacts(ctx, {
      condition: [{ patientId: id, code: 'I10', name: '高血压' }],
      procedure: [{ patientId: id, code: '', name: '阑尾切除术' }],
      encounter: [{ patientId: id, class: 'outpatient', startedAt: ctx.clock.now() }],
      medication: [{ patientId: id, name: '氨氯地平' }],
      allergy: [{ patientId: id, substance: '青霉素' }],
      'family-history': [{ patientId: id, relation: 'mother', conditionName: '高血压' }],
    })
    await addFacts(ctx, { absence: [{ patientId: id, about: 'medication' }] })
    return id
  })
})

describe.each(Object.entries(TABLES))('%s', (table, content) => {
  const mine = () => `where patient_id = '${patientId}'`

  test('its content, author and time cannot be changed', async () => {
    const other = table === 'absence' ? "about = 'procedure'" : content
    await expect(change(`update ${table} set ${other} ${mine()}`)).rejects.toMatchObject({ code: 'PB001' })
    await expect(
      change(`update ${table} set recorded_at = recorded_at - interval '1 day' ${mine()}`),
    ).rejects.toMatchObject({ code: 'PB001' })
  })

  test('it cannot be given to another patient without a merge', async () => {
    await expect(change(`update ${table} set patient_id = '${otherId}' ${mine()}`)).rejects.toMatchObject({
      code: 'PB001',
    })
  })

  test('it cannot be deleted, nor the table emptied', async () => {
    await expect(change(`delete from ${table} ${mine()}`)).rejects.toMatchObject({ code: '42501' })
    await expect(change(`truncate ${table}`)).rejects.toMatchObject({ code: '42501' })
  })

  test('it is superseded once, as a whole, and never again', async () => {
    await expect(change(`update ${table} set superseded_by = id ${mine()}`)).rejects.toMatchObject({ code: '23514' })
    await change(
      `update ${table} set superseded_by = id, superseded_at = recorded_at, superseded_because = 'wrong' ${mine()}`,
    )
    for (const undo of [
      'superseded_by = null, superseded_at = null',
      "superseded_because = 'other'",
      `superseded_by = '${otherId}'`,
    ])
      await expect(change(`update ${table} set ${undo} ${mine()}`)).rejects.toMatchObject({ code: 'PB001' })
  })
})

test('not even the owner of the tables deletes facts', async () => {
  const owner = await aHouse({ policies: false })
  const id = await owner.write(async (ctx) => {
    const id = await aPatient(ctx)
    await recordReports(ctx, [aReport(ctx, id)])
    return id
  })
  const ownerDb = owner.house.databases.of(owner.tenant.id)
  await expect(sql`delete from observation where patient_id = ${id}`.execute(ownerDb)).rejects.toMatchObject({
    code: 'PB001',
  })
  await expect(sql`truncate observation`.execute(ownerDb)).rejects.toMatchObject({ code: 'PB001' })
})
