import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { installShippedTags } from '../tag/server/index.ts'
import { listSegments } from './contract/segment.ts'
import { listWorklists } from './contract/worklist.ts'
import { aPerson, look } from './sample-clinic.ts'
import { furnishSegments, installShippedLists } from './server/index.ts'

const house = await aHouse()

test('the demonstration has its own beside those that come with Peiban, each in words, filled, and once', async () => {
  const editor = await house.as('content-editor')
  const doctor = await house.as('physician')
  await house.write(installShippedTags)
  await aPerson(house, { sbp: 170, birthDate: '1950-01-01', doctorId: doctor.staffId })
  await look(house)
  await house.write(installShippedLists)
  await house.write(furnishSegments)
  await house.write(furnishSegments)
  await house.settle()
  const { segments } = await doctor.call(listSegments)
  const own = segments.filter(({ shipped }) => shipped === null)
  expect(own.map(({ name, state, owner, size }) => [name.zh, state, owner?.name, size.count])).toEqual([
    ['首批春季体检邀请名单', 'active', editor.name, 1],
    ['40–49 岁女性有乳腺结节', 'active', editor.name, 0],
  ])
  expect(segments.length).toBeGreaterThan(own.length)
  const { worklists } = await doctor.call(listWorklists)
  expect(worklists.filter(({ owner }) => owner?.name === doctor.name).map(({ name }) => name)).toEqual([
    '肺结节满一年，约复查',
  ])
  expect(worklists.find(({ name }) => name === '血压明显偏高，一周内联系')?.progress.open).toBe(1)
})
