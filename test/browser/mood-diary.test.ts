import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { writeMood } from '../../src/rooms/mood-diary/contract/mood-diary.ts'
import { assignCarers, registerPatient } from '../../src/rooms/patient/server/index.ts'
import { openWay } from '../../src/rooms/patient-access/server/index.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot } from './browser.ts'

const stage = await aStage()
const { house } = stage
let doctor: Caller
let counsellor: Caller
let count = 0

beforeAll(async () => {
  doctor = await house.as('physician', { name: '张文远' })
  counsellor = await house.as('counsellor', { name: '林若溪' })
})

async function aPatient(): Promise<string> {
  const person = { name: '周静', birthDate: '1988-03-21', phone: `1350003${String(++count).padStart(4, '0')}` }
  const id = await house.write((ctx) => registerPatient(ctx, person as never))
  const carers = { doctorId: doctor.staffId, counsellorId: counsellor.staffId }
  await house.write((ctx) => assignCarers(ctx, id, carers as never))
  return id
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

describe.each(['phone', 'desktop'] as const)('S0-46 on a %s', (size) => {
  test('written for oneself, given to the counsellor, taken back', async () => {
    const patientId = await aPatient()
    const { link } = await house.write((ctx) => openWay(ctx, patientId, { page: '/my/mood' }))
    const page = await stage.open(new URL(link).pathname, { size })
    await page.getByLabel('出生日期').fill('1988-03-21')
    await press(page, '打开')
    await page.getByRole('heading', { name: '今天心情怎么样？' }).waitFor()
    await expect.poll(() => page.getByRole('button', { name: '记下来' }).isDisabled()).toBe(true)
    expect(await axe(page)).toEqual([])
    await screenshot(page, `mood-new-${size}`)
    await page.getByRole('radio', { name: '不太好' }).click()
    await page.getByLabel('昨晚睡了几个小时（可以不填）').fill('5.5')
    await page.getByLabel('想写点什么（可以不写）').fill('复查前又没睡好，翻来覆去地想。')
    await press(page, '记下来')
    await page.getByText('记下来了。').waitFor()
    await page.getByText('只有我看得到').waitFor()

    const staff = await stage.openAs(counsellor, `/patients/${patientId}?tab=mood`, { size })
    await staff.getByText('客户还没有把日记分享给您').waitFor()
    await page.getByText('改变以前日记的阅读范围').click()
    await page.locator('details').getByRole('radio', { name: '我和心理顾问林若溪' }).click()
    await press(page, '全部照这个来')
    await page.getByText('心理顾问也能看').waitFor()
    await screenshot(page, `mood-kept-${size}`)
    await staff.reload()
    await staff.getByText('复查前又没睡好，翻来覆去地想。').waitFor()
    expect(await axe(staff, '[role=tabpanel]:not([hidden])')).toEqual([])

    await press(page, '修改')
    await page.getByRole('heading', { name: /心情怎么样/ }).waitFor()
    await page.locator('form').getByRole('radio', { name: '只有我自己' }).click()
    await press(page, '保存修改')
    await page.getByText('改好了。').waitFor()
    await staff.reload()
    await staff.getByText('客户还没有把日记分享给您').waitFor()
    await press(page, '删除')
    await press(page, '真的删除')
    await page.getByText('还没有写过').waitFor()
  })

  test('S0-47 words that sound like danger: somebody will call, and whom to call until then', async () => {
    const patientId = await aPatient()
    const patient = await house.asPatient(patientId)
    for (const [n, mood] of [4, 3, 4, 2, 3, 2, 1].entries()) {
      const on = house.house.clock.today('Asia/Shanghai')
      const day = new Date(Date.parse(on) - (14 - 2 * n) * 86_400_000).toISOString().slice(0, 10)
      const said = {
        key: house.house.ids.next(),
        on: day,
        mood,
        sleepHours: 4 + mood / 2,
        note: '',
        readers: 'team' as const,
      }
      await patient.call(writeMood, { body: said })
    }
    const { link } = await house.write((ctx) => openWay(ctx, patientId, { page: '/my/mood' }))
    const page = await stage.open(new URL(link).pathname, { size })
    await page.getByLabel('出生日期').fill('1988-03-21')
    await press(page, '打开')
    await page.getByRole('radio', { name: '很糟' }).click()
    await page.getByLabel('想写点什么（可以不写）').fill('真的不想活了')
    await press(page, '记下来')
    await page.getByRole('heading', { name: '我们很在意您' }).waitFor()
    expect(await page.getByRole('link', { name: '心理援助热线 12356' }).first().getAttribute('href')).toBe('tel:12356')
    expect(await axe(page)).toEqual([])
    await screenshot(page, `mood-help-${size}`)
    const staff = await stage.openAs(doctor, `/patients/${patientId}?tab=mood`, { size })
    await staff.getByText('真的不想活了').waitFor()
    await screenshot(staff, `mood-staff-${size}`)
  })
})
