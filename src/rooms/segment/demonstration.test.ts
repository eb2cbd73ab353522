import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { installShippedTags } from '../tag/server/index.ts'
import { listSegments } from './contract/segment.ts'
import { listWorklists } from './contract/worklist.ts'
import { aPerson, look } from './sample-clinic.ts'
import { furnishSegments } from './server/index.ts'

test('the demonstration has segments and worklists, each in words, filled, and comes once', async () => {
  const house = await aHouse()
  const editor = await house.as('content-editor')
  const doctor = await house.as('physician')
  await house.write(installShippedTags)
  await aPerson(house, { sbp: 170, birthDate: '1950-01-01', doctorId: doctor.staffId })
  await look(house)
  await house.write(furnishSegments)
  await house.write(furnishSegments)
  await house.settle()
  const { segments } = await doctor.call(listSegments)
  expect(segments.map(({ name, state, owner, size }) => [name.zh, state, owner?.name, size.count])).toEqual([
    ['首批春季体检邀请名单', 'active', editor.name, 1],
    ['12 个月未到院', 'active', editor.name, 1],
    ['40–49 岁女性有乳腺结节', 'active', editor.name, 0],
    ['血压待复查且近半年未到院', 'active', editor.name, 0],
  ])
  expect(segments.map(({ sentence }) => sentence.zh).at(-1)).toContain('血压')
  const { worklists } = await doctor.call(listWorklists)
  expect(worklists.map(({ name, progress }) => [name, progress.open])).toEqual([
    ['有糖尿病，半年没查糖化', 0],
    ['血压明显偏高，一周内联系', 1],
  ])
})
