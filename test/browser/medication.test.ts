import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aPlanClinic } from '../../src/rooms/care-plan/sample-clinic.ts'
import { myTake } from '../../src/rooms/medication/contract/my.ts'
import { aMedicine } from '../../src/rooms/medication/sample-medicine.ts'
import { addMedication } from '../../src/rooms/observation/server/index.ts'
import { openWay } from '../../src/rooms/patient-access/server/index.ts'
import { aStage, axe, screenshot } from './browser.ts'

const stage = await aStage()
const clinic = await aPlanClinic(stage.house)
const { house, manager } = clinic
const today = () => house.clock.today(house.tenant.timeZone)
const uuid = () => house.house.ids.next<string & never>() as string
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()

async function phoneOf(patientId: string, size: 'phone' | 'desktop'): Promise<Page> {
  const { link } = await house.write((ctx) => openWay(ctx, patientId, { page: '/my/medicine' }))
  const page = await stage.open(new URL(link).pathname, { size, at: house.clock.now() })
  await page.getByLabel(/出生日期/).fill('1968-03-21')
  await page.getByRole('button', { name: '打开', exact: true }).click()
  await page.getByRole('heading', { name: '我的用药' }).waitFor()
  return page
}

test.each(['desktop', 'phone'] as const)(
  'S0-42 written from the record, noted on the phone, seen by the manager (%s)',
  async (size) => {
    const patient = await clinic.aPatient(size === 'desktop' ? '王秀兰' : '阿依古丽·买买提江')
    await house.write((ctx) =>
      addMedication(ctx, { patientId: patient, name: '苯磺酸氨氯地平片', dose: '1 片（5 mg）' }),
    )
    const staff = await stage.openAs(manager, `/patients/${patient}?tab=medication`, { size, at: house.clock.now() })
    await staff.getByText('还没有用药提醒').waitFor()
    await screenshot(staff, `medication-empty-${size}`)
    expect(await axe(staff)).toEqual([])
    await press(staff, '写一条用药提醒')
    await staff.getByLabel('健康档案里的用药').click()
    await staff.getByText('苯磺酸氨氯地平片 1 片（5 mg）').last().click()
    await press(staff, '加一个时间')
    await staff.getByLabel('第 2 次').waitFor()
    await screenshot(staff, `medication-form-${size}`)
    expect(await axe(staff, '.ant-drawer')).toEqual([])
    await press(staff, /^保\s?存$/)
    await staff
      .getByText(/每天 08:00、20:00/)
      .first()
      .waitFor()
    expect(await axe(staff)).toEqual([])
    await staff.context().close()

    const own = await phoneOf(patient, size)
    const evening = own.getByRole('region', { name: /20:00/ })
    await screenshot(own, `my-medicine-${size}`)
    expect(await axe(own)).toEqual([])
    await own.context().setOffline(true)
    await evening.getByRole('button', { name: '没有服' }).click()
    await evening.getByText('方便的话告诉我们原因').waitFor()
    await screenshot(own, `my-medicine-why-${size}`)
    await evening.getByRole('button', { name: '吃了不舒服' }).click()
    await own.getByText(/先存在这部手机上/).waitFor()
    await screenshot(own, `my-medicine-offline-${size}`)
    await own.context().setOffline(false)
    await own.evaluate(() => window.dispatchEvent(new Event('online')))
    await own.getByText(/先存在这部手机上/).waitFor({ state: 'detached' })
    await evening.getByRole('button', { name: '撤回' }).click()
    await evening.getByRole('button', { name: '已服用' }).click()
    await evening.getByText('✓ 已服用').waitFor()
    await own.waitForFunction(() => localStorage.getItem('peiban.takes') === null)
    await own.getByLabel('到时间提醒我').uncheck()
    await own.getByText('已经关掉，不会再提醒').waitFor()
    await screenshot(own, `my-medicine-noted-${size}`)
    expect(await axe(own)).toEqual([])
    await own.context().close()

    // Four weeks of another: taken, left out, and days of which nothing is known.
    const medicine = await aMedicine(house, manager, patient, {
      name: '阿司匹林肠溶片',
      dose: '100 mg',
      minutes: [1200],
    })
    for (let day = 0; day < 24; day++) {
      const me = await house.asPatient(patient)
      const skipped = day % 7 === 5
      const rest = skipped ? { outcome: 'skipped' as const, reason: 'forgot' as const } : { outcome: 'taken' as const }
      if (day % 6 !== 4)
        await me.call(myTake, {
          body: { clientId: uuid(), scheduleId: medicine.id, on: today(), minute: 1200, ...rest },
        })
      await clinic.pass(1)
    }
    const page = await stage.openAs(manager, `/patients/${patient}?tab=medication`, { size, at: house.clock.now() })
    await page.getByText(/近四周有记录 20 次：已服 17，没有服 3/).waitFor()
    await page.getByText(/没有服的原因/).click()
    await screenshot(page, `medication-course-${size}`)
    expect(await axe(page)).toEqual([])
    // What is said on the phone: noted with one press, and taken back with one.
    const recent = page.getByRole('region', { name: '今天和昨天' }).first()
    await recent
      .getByRole('button', { name: /客户说没有服/ })
      .first()
      .click()
    await page.getByRole('menuitem', { name: '药用完了' }).click()
    await recent.getByText(/按客户说的记/).waitFor()
    await screenshot(page, `medication-told-${size}`)
    expect(await axe(page)).toEqual([])
    await recent.getByRole('button', { name: /撤\s?回/ }).click()
    await recent.getByText(/按客户说的记/).waitFor({ state: 'detached' })
    await page
      .getByRole('button', { name: /^停\s?用$/ })
      .first()
      .click()
    await page.getByText('医生停药').click()
    await screenshot(page, `medication-end-${size}`)
    await page
      .locator('.ant-drawer')
      .getByRole('button', { name: /^停\s?用$/ })
      .click()
    await page.getByText('已停用').waitFor()
    await page.getByRole('button', { name: '撤销' }).or(page.locator('.pb-undo')).first().click()
    await page.getByText(/近四周有记录 20 次/).waitFor()
    await page.context().close()

    const english = await stage.openAs(manager, `/patients/${patient}?tab=medication`, {
      size,
      locale: 'en',
      at: house.clock.now(),
    })
    await english.getByText(/Last four weeks, 20 noted/).waitFor()
    await screenshot(english, `medication-course-english-${size}`)
    await english.context().close()
  },
  240_000,
)

test.each(['desktop', 'phone'] as const)('the numbers of the house, and who may not set them (%s)', async (size) => {
  const page = await stage.openAs('quality-lead', '/medication-rule', { size })
  await page.getByLabel('连续几次“没有服”请人问问').waitFor()
  await screenshot(page, `medication-rule-${size}`)
  expect(await axe(page)).toEqual([])
  await page.getByLabel('连续几次“没有服”请人问问').fill('4')
  await page.getByLabel('为什么改').fill('先看看')
  await press(page, /^保\s?存$/)
  await page
    .getByText(/没有服 4 次 .* 先看看/)
    .first()
    .waitFor()
  const other = await stage.openAs('physician', '/medication-rule', { size })
  await other.getByText('您的角色没有这项权限').first().waitFor()
})
