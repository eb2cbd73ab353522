import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import { intakeSummary } from './contract/intake.ts'
import * as contract from './contract/questionnaire.ts'
import { furnishQuestionnaires, installShippedQuestionnaires } from './server/index.ts'

const house = await aHouse()
const people: string[] = []
let doctor: Awaited<ReturnType<typeof house.as>>

beforeAll(async () => {
  doctor = await house.as('physician', { name: '张医生' })
  const manager = await house.as('service-manager')
  await house.write(installShippedQuestionnaires)
  for (let n = 0; n < 12; n++)
    people.push(
      await house.write(async (ctx) => {
        const person = {
          name: `示范客${'甲乙丙丁戊己庚辛壬癸子丑'[n]}`,
          sex: 'female',
          birthDate: '1950-03-01',
          phone: `1360000${String(n).padStart(4, '0')}`,
        }
        const id = await registerPatient(ctx, person as never)
        await ctx.tx
          .updateTable('patient')
          .set({ record_number: `P${String(n).padStart(8, '0')}` })
          .where('id', '=', id)
          .execute()
        await assignCarers(ctx, id, { doctorId: doctor.staffId, managerId: manager.staffId } as never)
        return id as string
      }),
    )
  await house.write(furnishQuestionnaires)
  await house.settle()
})

const kept = () =>
  house.house.databases
    .of(house.tenant.id)
    .selectFrom('questionnaire_response')
    .select(['code', 'patient_id', 'scores', 'way'])
    .execute()

describe('the demonstration', () => {
  test('has answers to questionnaires of several kinds, by every way, and raises no alarm', async () => {
    const rows = await kept()
    const of = (code: string) => rows.filter((row) => row.code === code)
    expect(
      ['phq-9', 'gad-7', 'ipaq-sf', 'constitution-33', 'intake-general'].filter((code) => of(code).length < 5),
    ).toEqual([])
    expect(new Set(rows.map(({ way }) => way))).toEqual(new Set(['link', 'interview', 'kiosk']))
    expect(of('phq-9').every(({ scores }) => scores[0]!.band !== null)).toBe(true)
    const alerts = await house.house.databases.of(house.tenant.id).selectFrom('alert').select('id').execute()
    expect(alerts).toEqual([])
  })

  test('shows in the list, the statistics, a patient’s tab and before a visit', async () => {
    const { rows } = await doctor.call(contract.listDefinitions)
    expect(rows.find(({ code }) => code === 'phq-9')!.answers).toBeGreaterThan(5)
    const told = await doctor.call(contract.statistics, { params: { code: 'phq-9' } })
    expect([told.withheld, told.months.length > 1]).toEqual([false, true])
    const params = { patientId: people[0] as never }
    const waiting = (await doctor.call(contract.invitationsOf, { params })).rows.filter(({ state }) => state === 'open')
    expect(waiting.map(({ code }) => code)).toEqual(['gad-7'])
    const { summary } = await doctor.call(intakeSummary, { params })
    expect(summary).toMatchObject({ visit: { kind: 'planned', on: '2026-03-05' }, redFlags: [{ answer: '是' }] })
    expect(summary!.formerWorry).not.toBe('')
    expect(summary!.changed!.length).toBeGreaterThan(0)
  })

  test('comes once', async () => {
    const before = (await kept()).length
    await house.write(furnishQuestionnaires)
    expect((await kept()).length).toBe(before)
  })
})
