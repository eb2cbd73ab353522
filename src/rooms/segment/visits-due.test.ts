import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { enrol } from '../follow-up/contract/run.ts'
import { installShippedProtocols } from '../follow-up/server/index.ts'
import { aPerson, aSegment, look, membersIn } from './sample-clinic.ts'

const house = await aHouse()

test('whoever begins a plan by hand with a visit due at once has the person on the list of those', async () => {
  await house.write(installShippedProtocols)
  const due = await aSegment(house, await house.as('quality-lead'), {
    condition: { followUpVisit: { protocols: ['post-surgery'], state: 'due' } },
  })
  const manager = await house.as('service-manager')
  const patientId = await aPerson(house, { managerId: manager.staffId })
  await house.settle()
  await look(house)
  expect(await membersIn(house, due)).toEqual([])
  await manager.call(enrol, {
    params: { patientId: patientId as never },
    body: { protocol: 'post-surgery', anchorOn: '2026-02-27', reason: '外院手术，今天转来' },
  })
  await house.settle()
  await look(house)
  expect(await membersIn(house, due)).toEqual([patientId])
})
