import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { assignCarers, registerPatient } from '../../src/rooms/patient/server/index.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot } from './browser.ts'

const stage = await aStage()
const { house } = stage
let doctor: Caller
let manager: Caller
let count = 0

beforeAll(async () => {
  doctor = await house.as('physician', { name: '张文远' })
  manager = await house.as('service-manager', { name: '李素珍' })
})

async function aPatient(): Promise<string> {
  const person = {
    name: '秦朗',
    sex: 'male',
    birthDate: '1975-03-21',
    phone: `1350005${String(++count).padStart(4, '0')}`,
  }
  const id = await house.write((ctx) => registerPatient(ctx, person as never))
  const carers = { doctorId: doctor.staffId, managerId: manager.staffId }
  await house.write((ctx) => assignCarers(ctx, id, carers as never))
  return id
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

describe.each(['desktop', 'phone'] as const)('S0-31 on a %s', (size) => {
  test('from the first visit to a discharge that wants a plan first', async () => {
    const patientId = await aPatient()
    const page = await stage.openAs(manager, `/patients/${patientId}?tab=stage`, { size })
    await page.getByText('还没有记录就医阶段').waitFor()
    await press(page, '从“初诊”开始')
    await page.getByText('还有 4 项必做没完成').waitFor()
    for (const item of ['当面迎接', '问过“您最担心什么”', '核对过敏史', '说清接下来怎么安排']) {
      const box = page.getByRole('checkbox', { name: item })
      await box.click()
      await expect.poll(async () => (await box.isChecked()) && (await box.isEnabled())).toBe(true)
    }
    await expect.poll(() => page.getByText('项必做没完成').count()).toBe(0)
    expect(await axe(page, '[role=tabpanel]:not([hidden])')).toEqual([])
    await screenshot(page, `stage-first-${size}`)
    await press(page, '转过去')
    await page.getByText('走过的阶段').waitFor()
    await page.getByLabel('原因').fill('当天出院')
    await press(page, '转过去')
    await page.getByText('按档案判断').first().waitFor()
    // What the record tells has a mark, and no box that cannot be used.
    await page.getByText('康复方案已签署并生效').first().waitFor()
    expect(await page.getByRole('checkbox', { name: '康复方案已签署并生效' }).count()).toBe(0)
    await page.getByLabel('原因').fill('床位紧张')
    await press(page, '转过去')
    await page.getByText('还不能结束出院阶段：康复方案已签署并生效').first().waitFor()
    await screenshot(page, `stage-discharge-${size}`)
    const list = await stage.openAs(manager, '/stages', { size })
    await list.getByText('秦朗').first().waitFor()
    expect(await axe(list)).toEqual([])
    await screenshot(list, `stage-list-${size}`)
  })
})
