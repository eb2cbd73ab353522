import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { installContent } from '../../apps/demo/seed.ts'
import { insertDepartment } from '../organization/server/index.ts'
import { listPacks } from './contract/specialty-pack.ts'
import { furnishPacks } from './server/index.ts'

test('the demonstration shows one pack in use, and a second start changes nothing', async () => {
  const house = await aHouse()
  await installContent(house.house, house.tenant)
  await house.write(furnishPacks)
  const departmentId = await house.write(async (ctx) => {
    const id = ctx.ids.next<string & never>() as string
    await insertDepartment(
      ctx.tx,
      ctx.organizationId,
      id,
      { name: '全科', siteId: null, leadId: null },
      ctx.clock.now(),
    )
    return id
  })
  const lead = await house.as('quality-lead', { name: '郑国华', departmentId })
  await house.write(furnishPacks)
  await house.write(furnishPacks)
  const { packs } = await lead.call(listPacks)
  expect(packs.filter(({ installedVersion }) => installedVersion !== null)).toMatchObject([
    { code: 'chronic', mine: true, changed: { by: '郑国华' }, waiting: 5 },
  ])
})
