import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { createSegment, saveSegment } from '../../src/rooms/segment/contract/segment.ts'
import { createWorklist } from '../../src/rooms/segment/contract/worklist.ts'
import { aDefinition, aPerson, highPressure, look } from '../../src/rooms/segment/sample-clinic.ts'
import { installShippedLists } from '../../src/rooms/segment/server/index.ts'
import { recordSizes } from '../../src/rooms/segment/server/size.ts'
import { installShippedTags } from '../../src/rooms/tag/server/index.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, holdUndo, screenshot, thisMorning } from './browser.ts'

/** 人群与工作清单: who is meant is put together, put in force and looked into; a list is worked through. */
const stage = await aStage({ now: thisMorning().toISOString() })
const { house } = stage
let editor: Caller, doctor: Caller, manager: Caller
let patientId = ''

beforeAll(async () => {
  await house.write(installShippedTags)
  ;[editor, doctor, manager] = await Promise.all([
    house.as('content-editor', { name: '周编辑' }),
    house.as('physician', { name: '张文远' }),
    house.as('service-manager', { name: '李素珍' }),
  ])
  const carers = { doctorId: doctor.staffId, managerId: manager.staffId }
  patientId = await aPerson(house, { sbp: 162, birthDate: '1951-04-05', ...carers })
  for (const sbp of [151, 148, 171, 155, 160, 149]) await aPerson(house, { sbp, sex: 'male', ...carers })
  await aPerson(house, { sbp: 118, ...carers })
  await look(house)
}, 180_000)

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()
const count = (page: Page) => page.locator('.pb-condition-count')

async function add(page: Page, typed: string, offered: string | RegExp): Promise<void> {
  await page
    .getByRole('combobox', { name: /^加一条|^Add a question/ })
    .last()
    .fill(typed)
  await page.locator('.ant-select-item-option', { hasText: offered }).first().click()
}

test('an editor puts a segment together, sees how many, and puts it in force', async () => {
  const page = await stage.openAs(editor, '/segments')
  await page.getByText('这里会列出人群').waitFor()
  await screenshot(page, 'segments-empty-desktop')
  await button(page, '新建人群').click()
  await page.getByLabel('名称', { exact: true }).fill('七十岁以上')
  await page.getByLabel('用来做什么').fill('入冬前问候一次')
  await add(page, 'nianling', /^年龄$/)
  await page.getByLabel('多少岁').fill('70')
  await page.keyboard.press('Escape')
  await page.locator('.pb-condition-panel').getByText('少于 5 人', { exact: false }).waitFor()
  await screenshot(page, 'segment-edit-desktop')
  expect(await axe(page)).toEqual([])
  await button(page, '保存草稿').click()
  await button(page, '生效').waitFor()
  await screenshot(page, 'segment-draft-desktop')
  expect(await axe(page)).toEqual([])
  await button(page, '生效').click()
  await page.getByText('第 1 版').first().waitFor()
  await house.settle()
  await page.getByText('周编辑').first().waitFor()
  await page.context().close()
}, 180_000)

test('a draft that is thrown away is in the list no more, not for a moment', async () => {
  const name = { zh: '写了一半', en: 'Half written' }
  await editor.call(createSegment, { body: { definition: aDefinition({ name }) } })
  const page = await stage.openAs(editor, '/segments')
  await page.getByRole('link', { name: '写了一半' }).click()
  await button(page, '丢弃草稿').click()
  await page.waitForURL(/\/segments$/)
  await page.getByRole('link', { name: '七十岁以上' }).waitFor()
  expect(await page.getByRole('link', { name: '写了一半' }).count()).toBe(0)
  await page.context().close()
})

test('a doctor sees their own people in it, and why', async () => {
  const { id } = await editor.call(createSegment, {
    body: { definition: aDefinition({ name: { zh: '血压偏高', en: 'High pressure' } }) },
  })
  await editor.call(saveSegment, { params: { segmentId: id }, body: { version: 1 } })
  await house.settle()
  for (let day = 0; day < 3; day++) {
    await aPerson(house, { sbp: 150 + day })
    await look(house)
    await recordSizes(house.house, house.tenant)
  }
  const page = await stage.openAs(doctor, '/segments')
  await screenshot(page, 'segments-desktop')
  expect(await axe(page)).toEqual([])
  await page.getByRole('link', { name: '血压偏高' }).click()
  await page.getByText('里面有我的哪些客户').waitFor()
  await page.getByRole('row').nth(1).waitFor()
  await screenshot(page, 'segment-desktop')
  expect(await axe(page)).toEqual([])
  await page.goto(`${stage.url}/segments/${id}?why=${patientId}`)
  await page.getByText('在这个人群里').waitFor()
  await page.getByText('162', { exact: false }).first().waitFor()
  await screenshot(page, 'segment-why-desktop')
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await page.context().close()

  const phone = await stage.openAs(doctor, `/segments/${id}`, { size: 'phone' })
  await phone.getByText('里面有我的哪些客户').waitFor()
  await screenshot(phone, 'segment-phone')
  await phone.context().close()
  const english = await stage.openAs(doctor, `/segments/${id}`, { locale: 'en' })
  await english.getByText('My patients in it').waitFor()
  await screenshot(english, 'segment-desktop-en')
  await english.context().close()
}, 180_000)

test('a manager works through a list: done with a note, taken back, done again', async () => {
  const definition = {
    name: '血压偏高，一周内联系',
    purpose: '问清有没有不舒服，约时间复测',
    condition: highPressure,
    sort: 'oldest' as const,
    targetDays: 7,
  }
  await doctor.call(createWorklist, { body: { definition } })
  await house.settle()
  const page = await stage.openAs(manager, '/worklists')
  await page.getByRole('link', { name: definition.name }).waitFor()
  await screenshot(page, 'worklists-desktop')
  expect(await axe(page)).toEqual([])
  await page.getByRole('link', { name: definition.name }).click()
  await page.getByRole('row').nth(7).waitFor()
  await screenshot(page, 'worklist-desktop')
  expect(await axe(page)).toEqual([])
  const open = page.locator('.pb-figure', { hasText: '未完成' }).locator('.pb-figure-value')
  await expect.poll(() => open.textContent()).toBe('7')
  await page.goto(`${page.url()}?person=${patientId}`)
  const drawer = page.locator('.ant-drawer')
  await drawer.getByText('162', { exact: false }).first().waitFor()
  await screenshot(page, 'worklist-item-desktop')
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await drawer.getByLabel('做了什么、结果怎样').fill('约了周五上午复测')
  await drawer.getByRole('button', { name: '完成', exact: true }).click()
  await holdUndo(page)
  await expect.poll(() => open.textContent(), { timeout: 30_000 }).toBe('6')
  await page.getByRole('button', { name: '撤销' }).click()
  await expect.poll(() => open.textContent(), { timeout: 30_000 }).toBe('7')
  await page.context().close()

  const phone = await stage.openAs(manager, '/worklists', { size: 'phone' })
  await phone.getByRole('link', { name: definition.name }).click()
  await phone.locator('.pb-figure').first().waitFor()
  await screenshot(phone, 'worklist-phone')
  expect(await axe(phone)).toEqual([])
  await phone.context().close()

  const edit = await stage.openAs(doctor, '/worklists/new')
  await edit.getByLabel('名称').fill('年长女性')
  await add(edit, 'xingbie', /^性别$/)
  await edit.keyboard.press('Escape')
  await count(edit).waitFor()
  await screenshot(edit, 'worklist-edit-desktop')
  expect(await axe(edit)).toEqual([])
  await edit.context().close()
}, 180_000)

test('what comes with Peiban says what it rests on, and that nobody has read it yet', async () => {
  await house.write(installShippedLists)
  await house.settle()
  const lists = await stage.openAs(doctor, '/worklists')
  await lists.getByRole('link', { name: '复查到期，还没安排' }).waitFor()
  await screenshot(lists, 'worklists-shipped-desktop')
  expect(await axe(lists)).toEqual([])
  await lists.getByRole('link', { name: '血压明显偏高，一周内联系' }).click()
  await lists.getByText(/随陪伴提供。依据：中国高血压防治指南/).waitFor()
  await lists.getByText(/还没有医生审阅/).waitFor()
  await screenshot(lists, 'worklist-shipped-desktop')
  await lists.context().close()
  const phone = await stage.openAs(doctor, '/segments', { size: 'phone' })
  await phone.getByText('30 天内过生日').first().click()
  await phone.getByText(/随陪伴提供。依据/).waitFor()
  await screenshot(phone, 'segment-shipped-phone')
  expect(await axe(phone)).toEqual([])
  await phone.context().close()
}, 180_000)
