import { beforeAll, describe, expect, test } from 'vitest'
import { assignCarers, registerPatient } from '../../src/rooms/patient/server/index.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot, thisMorning } from './browser.ts'

/** 投诉登记: recorded by who hears it, seen beside the name, closed with what came of it. */
const stage = await aStage({ now: thisMorning().toISOString() })
const { house } = stage
let manager: Caller
let quality: Caller
let count = 0

beforeAll(async () => {
  manager = await house.as('service-manager', { name: '李素珍' })
  quality = await house.as('quality-lead', { name: '郑国华' })
})

async function aPatient(): Promise<string> {
  const phone = `1350007${String(++count).padStart(4, '0')}`
  const person = { name: '秦朗', called: '秦老师', sex: 'male', birthDate: '1975-03-21', phone }
  const id = await house.write((ctx) => registerPatient(ctx, person as never))
  await house.write((ctx) => assignCarers(ctx, id, { managerId: manager.staffId } as never))
  return id
}

describe.each(['desktop', 'phone'] as const)('S1-3 on a %s', (size) => {
  test('a complaint is recorded, stands beside the name, is closed and opened again', async () => {
    const patientId = await aPatient()
    const page = await stage.openAs(manager, `/patients/${patientId}?tab=complaint`, { size })
    const panel = page.locator('[role=tabpanel]:not([hidden])')
    await panel.getByText('没有投诉').waitFor()
    await screenshot(page, `complaint-empty-${size}`)
    await panel.getByRole('button', { name: '登记投诉' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel('关于什么').click()
    await page.getByTitle('等候与流程').click()
    await drawer.getByLabel('说了什么').fill('约的是上午九点，等到十点半才叫到，也没有人来说一声。')
    await drawer.getByText('家人', { exact: true }).click()
    await drawer.getByLabel('是客户的谁').fill('女儿')
    await screenshot(page, `complaint-form-${size}`)
    expect(await axe(page, '.ant-drawer')).toEqual([])
    await drawer.getByRole('button', { name: /^登\s?记$/ }).click()
    await page.getByText('1 件投诉没办结').waitFor()
    await panel.getByText('推广消息已暂停').first().waitFor()
    await screenshot(page, `complaint-open-${size}`)
    expect(await axe(page, '[role=tabpanel]:not([hidden])')).toEqual([])
    await panel.getByRole('button', { name: /^办\s?结$/ }).click()
    await panel.getByText('说明后客户理解').click()
    await panel.getByLabel('怎么答复的').fill('打电话道了歉，改成提前短信告知等候时间。')
    await screenshot(page, `complaint-closing-${size}`)
    await panel.getByRole('button', { name: /^办\s?结$/ }).click()
    await panel.getByRole('button', { name: '重新打开' }).waitFor()
    await page.getByText('1 件投诉没办结').waitFor({ state: 'detached' })
    await screenshot(page, `complaint-closed-${size}`)
    expect(await axe(page, '[role=tabpanel]:not([hidden])')).toEqual([])
    await page.context().close()
  }, 120_000)

  test('quality sees all of them, without the files', async () => {
    const page = await stage.openAs(quality, '/complaints?state=closed', { size })
    await page.getByText('秦朗').first().waitFor()
    await screenshot(page, `complaints-${size}`)
    expect(await axe(page)).toEqual([])
    await page.getByText('秦朗').first().click()
    const drawer = page.getByRole('dialog')
    await drawer.getByText('等到十点半', { exact: false }).waitFor()
    expect(await drawer.getByRole('link', { name: '秦朗' }).count()).toBe(0)
    await screenshot(page, `complaint-drawer-${size}`)
    expect(await axe(page, '.ant-drawer')).toEqual([])
    await page.context().close()
  }, 120_000)
})

test('in English', async () => {
  const patientId = await aPatient()
  const page = await stage.openAs(manager, `/patients/${patientId}?tab=complaint`, { size: 'desktop', locale: 'en' })
  await page.getByText('No complaints').waitFor()
  await page.getByRole('button', { name: 'Record a complaint' }).click()
  await page.getByRole('dialog').getByLabel('About what').waitFor()
  await screenshot(page, 'complaint-form-en')
  await page.context().close()
}, 120_000)
