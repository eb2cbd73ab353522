import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { evaluateDue } from '../agenda/server/index.ts'
import { changePatient, markDeceased, registerNewPatient } from '../patient/contract/patient.ts'
import { installShippedTags, tagStep } from './server/index.ts'

const house = await aHouse()
await house.write(installShippedTags)
const desk = await house.as('front-desk')

async function tagsNow(): Promise<string[]> {
  await house.settle()
  while ((await evaluateDue(house.house, house.tenant, [tagStep])) > 0);
  const rows = await house.house.databases
    .of(house.tenant.id)
    .selectFrom('patient_tag')
    .select('tag_code')
    .orderBy('tag_code')
    .execute()
  return rows.map((row) => row.tag_code)
}

test('who has nothing in the record is looked at when registered, when the identity changes and when they die', async () => {
  const { patient } = await desk.call(registerNewPatient, {
    body: { name: '林晓雨', sex: 'female', birthDate: '2011-05-01', phone: '13800001234' } as never,
  })
  expect(await tagsNow()).toEqual(['adolescent'])
  const params = { patientId: patient.id }
  await desk.call(changePatient, { params, body: { version: patient.version, changes: { birthDate: '1961-05-01' } } })
  expect(await tagsNow()).toEqual(['bp-high-risk'])
  await desk.call(markDeceased, { params, body: { deceasedOn: house.clock.today('Asia/Shanghai') } })
  expect(await tagsNow()).toEqual(['do-not-disturb'])
})
