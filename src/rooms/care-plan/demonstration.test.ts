import { expect, test } from 'vitest'
import { listAllPlans } from './contract/plan.ts'
import { aPlanClinic } from './sample-clinic.ts'
import { furnishCarePlans } from './server/index.ts'

const { house, doctor, aPatient } = await aPlanClinic()

test('a demonstration has a plan that runs and one that waits, however often it is furnished', async () => {
  await aPatient()
  await aPatient()
  await house.write(furnishCarePlans)
  await house.write(furnishCarePlans)
  const list = (filter: string) => doctor.call(listAllPlans, { query: { filter } as never })
  const running = (await list('active')).rows
  expect(running.map(({ title, adherence }) => [title, adherence.expected])).toEqual([['血压管理 30 天', 123]])
  expect((await list('waiting')).rows.map(({ title, draftedBy }) => [title, draftedBy])).toEqual([
    ['体重管理 90 天', '李素珍'],
  ])
})
