import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { assignCarers, registerPatient } from '../../src/rooms/patient/server/index.ts'
import { invitePatient, responsesOf } from '../../src/rooms/questionnaire/contract/questionnaire.ts'
import { installShippedQuestionnaires } from '../../src/rooms/questionnaire/server/index.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot } from './browser.ts'
import { settled } from './settled.ts'

const stage = await aStage()
const { house } = stage
let doctor: Caller
let count = 0

beforeAll(async () => {
  doctor = await house.as('physician')
  await house.write(installShippedQuestionnaires)
})

/** The address of a link for somebody new, born on 21 March 1968. */
async function aLink(code: string): Promise<{ patientId: never; path: string }> {
  const patientId = (await house.write((ctx) =>
    registerPatient(ctx, {
      name: `林晓${'安平和宁'[count % 4]}`,
      phone: `1350000${String(++count).padStart(4, '0')}`,
      birthDate: '1968-03-21',
    } as never),
  )) as never
  await house.write((ctx) => assignCarers(ctx, patientId, { doctorId: doctor.staffId } as never))
  const { link } = await doctor.call(invitePatient, { params: { patientId }, body: { code } })
  return { patientId, path: new URL(link).pathname }
}

const heading = (page: Page) => page.locator('h1').first()
const choose = (page: Page, text: string) => page.getByRole('radio', { name: text }).click()
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

async function unlock(page: Page): Promise<void> {
  await page.getByLabel('出生日期').fill('1968.3.21')
  await press(page, '打开问卷')
}

describe.each(['phone', 'desktop'] as const)('S0-3 a link on a %s', (size) => {
  test('opens with the date of birth, is interrupted, resumed elsewhere, and handed in', async () => {
    const { patientId, path } = await aLink('gad-7')
    const page = await stage.open(path, { size })
    await expect.poll(() => heading(page).textContent()).toBe('请先确认是您本人')
    await settled(page)
    expect(await page.content()).not.toContain('焦虑')
    await page.getByLabel('出生日期').fill('1968-03-22')
    await press(page, '打开问卷')
    await expect.poll(() => page.getByRole('alert').first().textContent()).toBe('日期对不上，还可以再试 4 次。')
    expect(await axe(page)).toEqual([])
    await screenshot(page, `link-gate-${size}`)
    await unlock(page)
    for (const n of [1, 2, 3]) {
      await expect.poll(() => heading(page).textContent()).toContain(`${n}. `)
      if (n === 2) await screenshot(page, `link-question-${size}`)
      await page.getByRole('radio').nth(2).click()
      if (n < 3) await press(page, '下一题')
    }
    expect(await axe(page)).toEqual([])
    await expect.poll(() => page.getByRole('status').textContent()).toBe('已保存')
    await page.context().close()

    // Another phone: nothing is kept on it, the server knows where one stopped.
    const again = await stage.open(path, { size })
    await unlock(again)
    await expect.poll(() => heading(again).textContent()).toContain('4. ')
    for (let n = 4; n <= 7; n++) {
      await expect.poll(() => heading(again).textContent()).toContain(`${n}. `)
      await again.getByRole('radio').nth(1).click()
      await press(again, '下一题')
    }
    await passOptional(again)
    await expect.poll(() => heading(again).textContent()).toBe('都答完了')
    await press(again, '交卷')
    await expect.poll(() => heading(again).textContent()).toBe('谢谢您，已经收到')
    expect(await axe(again)).toEqual([])
    await screenshot(again, `link-thanks-${size}`)
    const { rows } = await doctor.call(responsesOf, { params: { patientId } })
    expect(rows).toMatchObject([{ author: 'patient', scores: [{ value: 10, band: 'moderate' }] }])
    await again.reload()
    await expect.poll(() => heading(again).textContent()).toBe('这份问卷已经交过了')
    await again.context().close()
  })
})

/** Questions that are not scored come after those that are. */
async function passOptional(page: Page): Promise<void> {
  const skip = page.getByRole('button', { name: '这题先不答', exact: true })
  for (;;) {
    await skip.or(page.getByText('都答完了')).first().waitFor()
    const here = await heading(page).textContent()
    if (here === '都答完了') return
    await skip.click()
    await expect.poll(() => heading(page).textContent()).not.toBe(here)
  }
}

test('S0-47 an answer that worries names people to call, not a score', async () => {
  const { path } = await aLink('phq-9')
  const page = await stage.open(path, { size: 'phone' })
  await unlock(page)
  for (let n = 1; n <= 9; n++) {
    await expect.poll(() => heading(page).textContent()).toContain(`${n}. `)
    await page
      .getByRole('radio')
      .nth(n === 9 ? 1 : 0)
      .click()
    await press(page, '下一题')
  }
  await passOptional(page)
  await press(page, '交卷')
  await expect.poll(() => heading(page).textContent()).toBe('我们会尽快联系您')
  expect(await page.getByRole('link', { name: /12356/ }).getAttribute('href')).toBe('tel:12356')
  await settled(page)
  expect(await page.content()).not.toContain('总分')
  expect(await axe(page)).toEqual([])
  await screenshot(page, 'link-urgent-phone')
  await page.context().close()
})

test('a lost network keeps the answers on the phone, and large print stays', async () => {
  const { path } = await aLink('gad-7')
  const page = await stage.open(path, { size: 'phone' })
  await press(page, '大字')
  await unlock(page)
  await expect.poll(() => heading(page).textContent()).toContain('1. ')
  await page.context().setOffline(true)
  await choose(page, (await page.getByRole('radio').nth(3).locator('..').textContent())!)
  await expect.poll(() => page.getByRole('status').textContent()).toBe('网络不通，先存在这部手机上')
  await screenshot(page, 'link-large-offline')
  await page.context().setOffline(false)
  await page.reload()
  await page.locator('html.pp-large').waitFor()
  await unlock(page)
  await expect.poll(() => heading(page).textContent()).toContain('2. ')
  await page.context().close()
})

test('a required question is not passed over, and says so', async () => {
  const { path } = await aLink('gad-7')
  const page = await stage.open(path, { size: 'phone', locale: 'en' })
  await page.getByLabel('Date of birth').fill('19680321')
  await press(page, 'Open')
  await press(page, 'Next')
  await expect.poll(() => page.getByRole('alert').first().textContent()).toBe('This question needs an answer.')
  await page.context().close()
})

test.each(['desktop', 'phone'] as const)('S0-3 staff send a link and read the answers on a %s', async (size) => {
  const { patientId, path } = await aLink('gad-7')
  const page = await stage.openAs(doctor, `/patients/${patientId as string}?tab=questionnaires`, { size })
  await page.getByText('等客户打开').waitFor()
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: '发问卷' }).click()
  await page.getByLabel('选哪一份').fill('PHQ')
  await page.getByText('患者健康问卷（PHQ-9）').click()
  await page.getByRole('button', { name: '生成链接' }).click()
  await page.locator('.ant-qrcode svg').waitFor()
  await expect.poll(() => page.getByLabel('问卷链接', { exact: true }).inputValue()).toContain('/fill/')
  await screenshot(page, `staff-invite-${size}`)
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: '完成' }).click()

  const phone = await stage.open(path, { size: 'phone' })
  await unlock(phone)
  for (let n = 1; n <= 7; n++) {
    await expect.poll(() => heading(phone).textContent()).toContain(`${n}. `)
    await phone.getByRole('radio').nth(3).click()
    await press(phone, '下一题')
  }
  await passOptional(phone)
  await press(phone, '交卷')
  await expect.poll(() => heading(phone).textContent()).toBe('谢谢您，已经收到')
  await phone.context().close()

  await page.reload()
  await page.getByRole('button', { name: /^看答案/ }).click()
  await page.getByText('几乎每天').first().waitFor()
  await screenshot(page, `staff-answers-${size}`)
  expect(await axe(page)).toEqual([])
  await page.context().close()
})
