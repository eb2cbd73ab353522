import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { installContent } from '../../src/apps/demo/seed.ts'
import { publishProtocol } from '../../src/rooms/follow-up/contract/catalogue.ts'
import { enrol, listRuns } from '../../src/rooms/follow-up/contract/run.ts'
import { complete } from '../../src/rooms/follow-up/contract/visit.ts'
import { aPerson, evaluate, pass, signedIn } from '../../src/rooms/follow-up/sample-plan.ts'
import { insertDepartment } from '../../src/rooms/organization/server/index.ts'
import { readPack, removePack } from '../../src/rooms/specialty-pack/contract/specialty-pack.ts'
import { aStage, axe, screenshot } from './browser.ts'

const stage = await aStage()
const { house } = stage
await installContent(house.house, house.tenant)
const aDepartment = (name: string) =>
  house.write(async (ctx) => {
    const id = ctx.ids.next<string & never>() as string
    await insertDepartment(ctx.tx, ctx.organizationId, id, { name, siteId: null, leadId: null }, ctx.clock.now())
    return id
  })
const departmentId = await aDepartment('心身医学科')
await aDepartment('健康管理科')
const lead = await house.as('quality-lead', { name: '郑国华', departmentId })
const reviewer = await house.as('medical-reviewer', { name: '钱学礼' })
const doctor = await house.as('physician', { name: '张文远', departmentId })
const manager = await house.as('service-manager', { name: '李素珍', departmentId })

const at = () => ({ at: house.clock.now() })
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()

test('S0-22 a head installs a pack: what it will do stands first, then its parts are in their rooms', async () => {
  const page = await stage.openAs(lead, '/specialty-packs', at())
  await page.getByRole('link', { name: '精神心理' }).waitFor()
  await screenshot(page, 'packs-desktop')
  expect(await axe(page)).toEqual([])
  await page.getByRole('link', { name: '精神心理' }).click()
  await button(page, '在科室启用').click()
  await page.getByText('等审核人发布 3 项').waitFor()
  await page.getByText('由它自己的科主任启用').waitFor()
  await screenshot(page, 'pack-install-desktop')
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await page.locator('.ant-drawer').getByRole('button', { name: '在科室启用' }).click()
  await page.getByText('有 3 项等审核人发布', { exact: false }).waitFor()
  await screenshot(page, 'pack-used-desktop')
  expect(await axe(page)).toEqual([])
  await page.getByRole('link', { name: '每周陪伴通话' }).click()
  await page.getByText('心身医学科').first().waitFor()
  await page.context().close()

  const phone = await stage.openAs(lead, '/specialty-packs/chronic', { size: 'phone', ...at() })
  await phone.getByRole('link', { name: '肾病管理中' }).scrollIntoViewIfNeeded()
  await screenshot(phone, 'pack-parts-phone')
  await button(phone, '在科室启用').click()
  await phone.getByText('危急规则 1 条，等医生签认').waitFor()
  await screenshot(phone, 'pack-install-phone')
  expect(await axe(phone, '.ant-drawer')).toEqual([])
  await phone.context().close()

  const desk = await stage.openAs(reviewer, '/tag-rules?rule=emotional-support', at())
  await desk.getByText('情绪支持中').first().waitFor()
  await desk.goto(`${stage.url}/protocols/weekly-companion-call`)
  await button(desk, '发布第 1 版').waitFor()
  await screenshot(desk, 'pack-protocol-draft-desktop')
  await desk.context().close()
})

test('S0-45 six calls in six weeks stand in the follow-up tab', async () => {
  await reviewer.call(publishProtocol, {
    params: { code: 'weekly-companion-call' },
    body: { version: 1, running: 'leave' },
  })
  const patient = await aPerson(house, { name: '王秀兰', doctorId: doctor.staffId, managerId: manager.staffId })
  await evaluate(house)
  const params = { patientId: patient as never }
  await doctor.call(enrol, { params, body: { protocol: 'weekly-companion-call', reason: '' } })
  for (let week = 0; week < 6; week++) {
    await pass(house, 7)
    const now = await signedIn(house, doctor.staffId)
    const { runs } = await now.call(listRuns, { params })
    const due = runs[0]!.occurrences.find(({ state }) => state === 'due')!
    await now.call(complete, {
      params: { occurrenceId: due.id },
      body: {
        actualOn: house.clock.today('Asia/Shanghai'),
        way: 'phone',
        answers: {
          'emergency-signs': ['none'],
          mood: 'same',
          sleep: 'fine',
          medicine: 'regular',
          worry: '怕又睡不着',
          'tell-us': '没有',
        },
        class: 'normal',
        action: 'routine',
        classReason: '',
        lateReason: '',
      },
    })
  }
  for (const size of ['desktop', 'phone'] as const) {
    const who = await signedIn(house, doctor.staffId)
    const page = await stage.openAs(who, `/patients/${patient}?tab=follow-up`, { size, ...at() })
    await page.getByText('已连续 6 周通话').waitFor()
    await screenshot(page, `pack-streak-${size}`)
    await page.context().close()
  }
})

test('taken out with somebody in it: said first, undone on the page, and they go on', async () => {
  const now = await signedIn(house, lead.staffId)
  const page = await stage.openAs(now, '/specialty-packs/mind', at())
  await button(page, /^停\s?用$/).click()
  await page.locator('.ant-drawer').getByText('1 人在随访中', { exact: false }).waitFor()
  await screenshot(page, 'pack-remove-desktop')
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await button(page, '停用，不再加入新的人').click()
  await page.getByText('已停用，还有人在进行').waitFor()
  await button(page, '撤销').click()
  await button(page, /^停\s?用$/).waitFor()
  await page.context().close()
  const view = await now.call(readPack, { params: { code: 'mind' } })
  expect(view.events.map(({ kind }) => kind)).toEqual(['installed', 'removed', 'installed'])
  await now.call(removePack, {
    params: { code: 'mind' },
    body: { departmentIds: [departmentId] as never, revision: view.revision },
  })
  for (const [size, locale] of [
    ['phone', 'zh-CN'],
    ['desktop', 'en'],
  ] as const) {
    const who = await signedIn(house, lead.staffId)
    const list = await stage.openAs(who, '/specialty-packs', { size, locale, ...at() })
    await list
      .getByText(locale === 'en' ? 'Mental health' : '精神心理')
      .first()
      .waitFor()
    await screenshot(list, `packs-${size}-${locale}`)
    expect(await axe(list)).toEqual([])
    await list.goto(`${stage.url}/specialty-packs/mind`)
    await list
      .getByText(locale === 'en' ? 'Under way' : '正在进行')
      .first()
      .waitFor()
    await screenshot(list, `pack-ending-${size}-${locale}`)
    expect(await axe(list)).toEqual([])
    await list.context().close()
  }
  const work = (await now.call(readPack, { params: { code: 'mind' } })).atWork
  expect(work).toMatchObject([{ code: 'weekly-companion-call', people: 1, answers: 6 }])
})
