import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import * as contract from './contract/growth.ts'
import { aChild } from './sample-child.ts'
import { furnishGrowth } from './server/index.ts'

const house = await aHouse()

test('two schoolchildren of a demonstration are in the programme, once; where there are none nothing happens', async () => {
  const manager = await house.as('service-manager')
  await house.write(furnishGrowth)
  const list = () => manager.call(contract.listEnrolled, { query: {} })
  expect((await list()).rows).toEqual([])
  for (const [name, sex, year] of [
    ['示范女孩', 'female', 2016],
    ['示范男孩', 'male', 2015],
  ] as const)
    await house.write((ctx) =>
      aChild(ctx, {
        name,
        sex,
        birthDate: `${year}-06-01`,
        managerId: manager.staffId,
        measured: [
          ['2024-03-01', 124, 24],
          ['2025-03-01', 130, 27],
          ['2026-02-01', 135.5, 30],
        ],
      }),
    )
  await house.write(furnishGrowth)
  await house.write(furnishGrowth)
  const { rows } = await list()
  expect(rows.map(({ name }) => name).toSorted()).toEqual(['示范女孩', '示范男孩'])
  const girl = rows.find(({ name }) => name === '示范女孩')!
  const { enrolment } = await manager.call(contract.getProgramme, { params: { patientId: girl.patientId } })
  expect(enrolment!.stages).toMatchObject([{ year: 1 }])
  expect(enrolment!.items.filter(({ state }) => state === 'done')).toHaveLength(2)
  const boy = rows.find(({ name }) => name === '示范男孩')!
  const course = await manager.call(contract.getCourse, { params: { patientId: boy.patientId } })
  expect(course.boneAges).toMatchObject([{ method: 'china-05' }])
  expect(course.target).not.toBeNull()
})
