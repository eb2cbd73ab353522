import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { assignCarers, registerPatient } from '../../src/rooms/patient/server/index.ts'
import { invitePatient } from '../../src/rooms/questionnaire/contract/questionnaire.ts'
import { installShippedQuestionnaires } from '../../src/rooms/questionnaire/server/index.ts'
import { furnishSatisfaction } from '../../src/rooms/satisfaction/server/index.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot, thisMorning } from './browser.ts'
import { settled } from './settled.ts'

/** 满意度: rated on a phone, a low score is a complaint, the numbers open their rows. */
const stage = await aStage({ now: thisMorning().toISOString() })
const { house } = stage
let doctor: Caller
let quality: Caller
let count = 0

beforeAll(async () => {
  doctor = await house.as('physician', { name: '张文远' })
  quality = await house.as('quality-lead', { name: '郑国华' })
  await house.write(installShippedQuestionnaires)
})

async function aPatient(): Promise<never> {
  const person = { name: '秦朗', phone: `1350008${String(++count).padStart(4, '0')}`, birthDate: '1968-03-21' }
  const id = await house.write((ctx) => registerPatient(ctx, person as never))
  await house.write((ctx) => assignCarers(ctx, id, { doctorId: doctor.staffId } as never))
  return id as never
}

async function aLink(patientId: never): Promise<string> {
  const { link } = await doctor.call(invitePatient, { params: { patientId }, body: { code: 'visit-satisfaction' } })
  return new URL(link).pathname
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const heading = (page: Page) => page.locator('h1').first()

async function rate(page: Page, score: string): Promise<void> {
  await page.getByLabel('出生日期').fill('1968.3.21')
  await press(page, '打开问卷')
  await expect.poll(() => heading(page).textContent()).toContain('总体觉得怎么样')
  await page.getByRole('radio', { name: score }).click()
}

test('the page before anybody is asked says how to switch it on', async () => {
  const page = await stage.openAs(quality, '/satisfaction', { size: 'desktop' })
  await page.getByText('还没有开启就诊后评价').waitFor()
  await screenshot(page, 'satisfaction-off')
  await page.getByRole('button', { name: '去开启' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('同一个人至少间隔几天').waitFor()
  await screenshot(page, 'satisfaction-rules')
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await page.context().close()
}, 120_000)

describe.each(['phone', 'desktop'] as const)('S1-3 on a %s', (size) => {
  test('somebody rates their visit low, reads that somebody will call, and quality finds the complaint', async () => {
    const patientId = await aPatient()
    const page = await stage.open(await aLink(patientId), { size })
    await rate(page, '2 分 · 不满意')
    await screenshot(page, `satisfaction-score-${size}`)
    expect(await axe(page)).toEqual([])
    await press(page, '下一题')
    await expect.poll(() => heading(page).textContent()).toContain('哪方面')
    await page.getByRole('radio', { name: '等候与流程' }).click()
    await press(page, '下一题')
    await page.getByRole('textbox').fill('约了九点，等到十点半，也没有人来说一声。')
    await screenshot(page, `satisfaction-words-${size}`)
    await press(page, '下一题')
    await expect.poll(() => heading(page).textContent()).toContain('联系您')
    await page.getByRole('radio', { name: '是' }).click()
    await press(page, '下一题')
    await expect.poll(() => heading(page).textContent()).toBe('都答完了')
    await press(page, '交卷')
    await page.getByText('谢谢您直说').waitFor()
    await screenshot(page, `satisfaction-done-${size}`)
    await settled(page)
    expect(await page.getByText('不能代替', { exact: false }).count()).toBe(0)
    expect(await axe(page)).toEqual([])
    await page.context().close()
    await house.settle()
    const desk = await stage.openAs(quality, '/complaints', { size })
    await desk.getByText('秦朗').first().click()
    const drawer = desk.getByRole('dialog')
    await drawer.getByText('2 分（满分 5 分）', { exact: false }).waitFor()
    await screenshot(desk, `satisfaction-its-complaint-${size}`)
    expect(await axe(desk, '.ant-drawer')).toEqual([])
    await desk.context().close()
  }, 120_000)
})

describe.each(['desktop', 'phone'] as const)('S3-8 on a %s', (size) => {
  test('the numbers open their rows, and words are read one by one', async () => {
    if (size === 'desktop') {
      for (let n = 0; n < 90; n++) await aPatient()
      await house.write(furnishSatisfaction)
    }
    const page = await stage.openAs(quality, '/satisfaction', { size })
    await page.getByRole('heading', { name: '打分分布' }).waitFor()
    await screenshot(page, `satisfaction-${size}`)
    expect(await axe(page)).toEqual([])
    await page.getByRole('button', { name: /^2 分 不满意/ }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByText('秦朗').first().waitFor()
    await drawer.getByRole('button', { name: '看留言' }).first().click()
    await drawer.getByText('等到十点半', { exact: false }).first().waitFor()
    await screenshot(page, `satisfaction-rows-${size}`)
    expect(await axe(page, '.ant-drawer')).toEqual([])
    await page.context().close()
  }, 120_000)
})

test('in English', async () => {
  const page = await stage.openAs(quality, '/satisfaction', { size: 'desktop', locale: 'en' })
  await page.getByRole('heading', { name: 'By department' }).waitFor()
  await screenshot(page, 'satisfaction-en')
  const form = await stage.open(await aLink(await aPatient()), { size: 'phone', locale: 'en' })
  await form.getByLabel('Date of birth').fill('1968-03-21')
  await form.getByRole('button', { name: 'Open', exact: true }).click()
  await form.getByRole('radio', { name: '4 · Satisfied' }).click()
  await form.getByRole('button', { name: 'Next', exact: true }).click()
  await form.getByRole('textbox').fill('Parking is too dear.')
  await form.getByRole('button', { name: 'Next', exact: true }).click()
  await form.getByText('treat this as a complaint', { exact: false }).waitFor()
  await screenshot(form, 'satisfaction-form-en')
  await form.context().close()
  await page.context().close()
}, 120_000)

test('the front desk records what it hears, and sees that alone', async () => {
  const patientId = await aPatient()
  const desk = await house.as('front-desk', { name: '前台小周' })
  for (const size of ['desktop', 'phone'] as const) {
    const page = await stage.openAs(desk, `/patients/${patientId as string}?tab=complaint`, { size })
    const panel = page.locator('[role=tabpanel]:not([hidden])')
    await panel.getByText('您自己登记的', { exact: false }).waitFor()
    await panel.getByRole('button', { name: '登记投诉' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel('关于什么').click()
    await page.getByTitle('等候与流程').click()
    await drawer.getByLabel('说了什么').fill('排了一个小时的队，窗口只开一个。')
    await screenshot(page, `complaint-desk-form-${size}`)
    await drawer.getByRole('button', { name: /^登\s?记$/ }).click()
    await panel.getByText('窗口只开一个', { exact: false }).first().waitFor()
    await screenshot(page, `complaint-desk-${size}`)
    expect(await axe(page, '[role=tabpanel]:not([hidden])')).toEqual([])
    await page.context().close()
  }
}, 120_000)
