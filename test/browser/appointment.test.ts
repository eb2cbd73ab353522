import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { bookAppointment } from '../../src/rooms/appointment/contract/appointment.ts'
import { anAppointment } from '../../src/rooms/appointment/sample-appointment.ts'
import { addDays } from '../../src/platform/clock.ts'
import { openWay } from '../../src/rooms/patient-access/server/index.ts'
import { assignCarers, registerPatient } from '../../src/rooms/patient/server/index.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, holdUndo, screenshot } from './browser.ts'
import { settled } from './settled.ts'

const stage = await aStage()
const { house } = stage
let desk: Caller
let counsellor: Caller
let count = 0

beforeAll(async () => {
  desk = await house.as('front-desk', { name: '周晓燕' })
  counsellor = await house.as('counsellor', { name: '林若溪' })
})

const today = () => house.house.clock.today('Asia/Shanghai')
async function aPatient(name = '秦朗'): Promise<string> {
  const person = { name, sex: 'male', birthDate: '1975-03-21', phone: `1350007${String(++count).padStart(4, '0')}` }
  const id = await house.write((ctx) => registerPatient(ctx, person as never))
  await house.write((ctx) => assignCarers(ctx, id, { counsellorId: counsellor.staffId } as never))
  return id
}
const book = (patientId: string, over: object) =>
  desk.call(bookAppointment, { params: { patientId: patientId as never }, body: anAppointment(house, over) })
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
const drawer = (page: Page) => page.getByRole('dialog')

describe.each(['desktop', 'phone'] as const)('S3-19 on a %s', (size) => {
  test('booked, moved and back, cancelled and back, and what the person sees', async () => {
    const patientId = await aPatient()
    const page = await stage.openAs(desk, `/patients/${patientId}?tab=appointments`, { size })
    await page.getByText('还没有预约').waitFor()
    await screenshot(page, `appointment-none-${size}`)
    await press(page, '添加预约')
    const on = addDays(today(), 3)
    await drawer(page).getByLabel('日期').fill(on)
    await drawer(page).getByLabel('日期').press('Enter')
    await drawer(page).getByLabel('时间', { exact: true }).fill('14:30')
    await drawer(page).getByLabel('事项').fill('复诊')
    await drawer(page).getByLabel('科室').fill('内分泌科')
    await drawer(page).getByLabel('地点').fill('门诊楼三层 312')
    await drawer(page).getByLabel('请客户带什么、注意什么').fill('血糖记录本、正在吃的药')
    await screenshot(page, `appointment-book-${size}`)
    await drawer(page).getByRole('button', { name: '约好' }).click()
    await page.getByText('血糖记录本、正在吃的药').waitFor()

    await press(page, /^改期/)
    await drawer(page).getByLabel('时间', { exact: true }).fill('16:00')
    await drawer(page).getByRole('button', { name: '改期', exact: true }).click()
    await page.getByText(`原 ${on} 14:30`).waitFor()
    await holdUndo(page)
    await expect.poll(() => drawer(page).count()).toBe(0)
    await screenshot(page, `appointment-moved-${size}`)
    await page.getByRole('button', { name: '撤销' }).click()
    await page.getByText(`原 ${on} 14:30`).waitFor({ state: 'detached' })

    await press(page, /^取消预约/)
    await drawer(page).getByLabel('取消原因').fill('客户临时出差')
    await drawer(page).getByRole('button', { name: '取消预约', exact: true }).click()
    await page.getByText('取消原因：客户临时出差').waitFor()
    await holdUndo(page)
    await expect.poll(() => drawer(page).count()).toBe(0)
    await screenshot(page, `appointment-cancelled-${size}`)
    await page.getByRole('button', { name: '撤销' }).click()
    await page.getByText('取消原因：客户临时出差').waitFor({ state: 'detached' })
    expect(await axe(page, '[role=tabpanel]:not([hidden])')).toEqual([])

    const { link } = await house.write((ctx) => openWay(ctx, patientId, { page: '/my' }))
    const mine = await stage.open(new URL(link).pathname, { size })
    await mine.getByLabel('出生日期').fill('1975-03-21')
    await mine.getByRole('button', { name: '打开', exact: true }).click()
    await mine.getByText('请带好：血糖记录本、正在吃的药').waitFor()
    expect(await axe(mine)).toEqual([])
    await screenshot(mine, `appointment-mine-${size}`)
  })

  test('a day at the desk: who is expected, who is here', async () => {
    const on = addDays(today(), size === 'desktop' ? 30 : 31)
    await book(await aPatient('欧阳锦程'), { on, from: '09:00' })
    await book(await aPatient('秦晓岚'), {
      on,
      from: '10:30',
      service: '年度体检',
      department: '体检中心',
      practitioner: '',
    })
    const page = await stage.openAs(desk, `/appointments?on=${on}`, { size })
    await page.getByText('欧阳锦程').first().waitFor()
    expect(await axe(page)).toEqual([])
    await screenshot(page, `appointment-day-${size}`)
    const none = await stage.openAs(desk, `/appointments?on=${addDays(on, 100)}`, { size, locale: 'en' })
    await none.getByText('No appointments on this day').waitFor()
    await screenshot(none, `appointment-day-none-${size}`)
  })

  test('who may only look is offered no act', async () => {
    const patientId = await aPatient()
    await book(patientId, { on: addDays(today(), 5) })
    const page = await stage.openAs(counsellor, `/patients/${patientId}?tab=appointments`, { size })
    await page.getByText('血糖记录本').waitFor()
    await settled(page)
    expect(await page.getByRole('button', { name: /^(添加预约|改期|取消预约)/ }).count()).toBe(0)
  })
})
