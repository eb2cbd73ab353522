import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { codeForKiosk, setUpKiosk } from '../../src/rooms/questionnaire/contract/kiosks.ts'
import { invitationsOf, invitePatient, responsesOf } from '../../src/rooms/questionnaire/contract/questionnaire.ts'
import { aPatientOf, aTeam, publish, VISIT_FORM, type Team } from '../../src/rooms/questionnaire/sample-form.ts'
import { aStage, axe, screenshot } from './browser.ts'
import { settled } from './settled.ts'

const stage = await aStage()
const { house } = stage
let team: Team

beforeAll(async () => {
  team = await aTeam(house)
  await publish(house, 'visit', VISIT_FORM)
})

const heading = (page: Page) => page.locator('h1').first().textContent()
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()

describe.each(['desktop', 'phone'] as const)('staff on a %s', (size) => {
  test('send by e-mail with reminders, and give a code for the tablet', async () => {
    const patientId = await aPatientOf(house, team, { email: 'someone@example.org' })
    const page = await stage.openAs(team.manager, `/patients/${patientId as string}?tab=questionnaires`, { size })
    await press(page, '发问卷')
    await page.getByLabel('选哪一份').click()
    await page.getByText(/^就诊前/).click()
    await page.getByLabel('没填时提醒').click()
    await page.getByTitle('3 天后').click()
    await page.keyboard.press('Escape')
    await page.getByLabel(/发到客户邮箱/).check()
    await screenshot(page, `invite-mail-${size}`)
    expect(await axe(page)).toEqual([])
    await press(page, '生成链接')
    await page.getByText('已发邮件。').waitFor()
    const { rows } = await team.manager.call(invitationsOf, { params: { patientId } })
    expect(rows).toMatchObject([{ sentByMessage: true, nextReminderAt: '2026-03-05T02:00:00.000Z' }])
    await press(page, /^平板号码/)
    await page.getByText('在平板上输入：').waitFor()
    await screenshot(page, `invite-code-${size}`)
    expect(await axe(page)).toEqual([])
    await page.context().close()
  })
})

test('a tablet: a code opens the form of one person, and nothing of them is left for the next', async () => {
  const { link } = await team.manager.call(setUpKiosk, { body: { name: '候诊区' } })
  const patientId = await aPatientOf(house, team)
  const sent = await team.manager.call(invitePatient, { params: { patientId }, body: { code: 'visit' } })
  const { code } = await team.manager.call(codeForKiosk, { params: { invitationId: sent.id } })

  const page = await stage.open(new URL(link).pathname)
  await expect.poll(() => heading(page)).toBe('请输入 6 位号码')
  await page.getByLabel('6 位号码').fill('12')
  await press(page, '开始')
  await page.getByText('请输入 6 位数字。').waitFor()
  expect(await axe(page)).toEqual([])
  await screenshot(page, 'kiosk-code')
  // From here on the seconds are told, before the page begins to count them.
  await page.clock.install()
  await page.getByLabel('6 位号码').fill(code)
  await press(page, '开始')
  await page.getByLabel('出生日期').fill('1970-05-06')
  await press(page, '打开问卷')
  await expect.poll(() => heading(page)).toBe('体重')
  await page.getByRole('textbox').fill('71')
  // Nobody there any more: a warning, then a page that has never seen them.
  await page.clock.runFor(46_000)
  await page.getByText('您还在吗？').waitFor()
  await screenshot(page, 'kiosk-still')
  await press(page, '我还在填')
  await expect.poll(() => page.getByText('您还在吗？').count()).toBe(0)
  // Its seconds run on while it is looked at: each look has a question of its own.
  await page.clock.runFor(46_000)
  await page.getByText('您还在吗？').waitFor()
  expect(await axe(page)).toEqual([])
  await press(page, '我还在填')
  await expect.poll(() => page.getByText('您还在吗？').count()).toBe(0)
  await page.clock.runFor(61_000)
  await expect.poll(() => heading(page)).toBe('请输入 6 位号码')
  const left = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.length]))
  expect(left).not.toContain('71')
  expect(left).not.toContain('weight')
  await settled(page)
  expect(await page.content()).not.toContain('体重')
  expect((await team.manager.call(responsesOf, { params: { patientId } })).rows).toEqual([])
  await page.context().close()
})

test('the page of the tablets', async () => {
  const page = await stage.openAs(team.manager, '/questionnaire-kiosks')
  await press(page, '加一台平板')
  await page.getByLabel('放在哪里').fill('二楼候诊区')
  await page.locator('.ant-drawer').getByRole('button', { name: '加一台平板' }).click()
  expect(await page.getByLabel('在平板的浏览器里打开这个地址').inputValue()).toContain('/kiosk/')
  await screenshot(page, 'kiosks')
  expect(await axe(page)).toEqual([])
  await page.context().close()
})
