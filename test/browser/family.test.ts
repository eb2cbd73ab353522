import type { Page } from 'playwright-core'
import { beforeEach, expect, test } from 'vitest'
import { recordReports } from '../../src/rooms/observation/server/index.ts'
import { aReport } from '../../src/rooms/observation/sample-record.ts'
import { bookAppointment } from '../../src/rooms/appointment/contract/appointment.ts'
import { anAppointment } from '../../src/rooms/appointment/sample-appointment.ts'
import { aClinic } from '../family-clinic.ts'
import { assignCarers, registerPatient } from '../../src/rooms/patient/server/index.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot, type PageOptions, type Stage } from './browser.ts'
import { settled } from './settled.ts'

let stage: Stage
const { house, codeTo, letIn } = await aClinic(async (smsUrls) => (stage = await aStage({ smsUrls })).house)
let manager: Caller
let count = 0

// The clock travels further than a session of staff lasts.
beforeEach(async () => {
  manager = await house.as('service-manager', { name: '李慧' })
})

async function aPatient(name: string, called = ''): Promise<string> {
  const phone = `1350000${String(++count).padStart(4, '0')}`
  const id = await house.write((ctx) =>
    registerPatient(ctx, { name, called, sex: 'male', birthDate: '1950-03-21', phone } as never),
  )
  await house.write((ctx) => assignCarers(ctx, id, { managerId: manager.staffId } as never))
  await house.write((ctx) =>
    recordReports(
      ctx,
      [5.2, 5.9, 6.6].map((value, n) =>
        aReport(ctx, id, { effectiveAt: new Date(`${2023 + n}-05-10T01:00:00Z`) }, [
          { code: 'fpg', value, unit: 'mmol/L', low: 3.9, high: 6.1, flag: value > 6.1 ? 'H' : 'N' },
          { code: 'hbsag', valueText: '阴性' },
        ]),
      ),
    ),
  )
  house.clock.advance({ minutes: 20 })
  return id
}

const shows = (page: Page, text: string) =>
  expect.poll(() => page.locator('h1').first().textContent(), { timeout: 15_000 }).toBe(text)
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** A patient’s own page, with their cookie in a browser of their own. */
async function ownPage(patientId: string, path: string, options: PageOptions): Promise<Page> {
  const { token } = await house.asPatient(patientId)
  const page = await stage.open('/my', options)
  await page.context().addCookies([{ name: 'peiban_patient', value: token, url: stage.url, httpOnly: true }])
  await page.goto(stage.url + path)
  return page
}

async function invite(page: Page, { name, phone }: { name: string; phone: string }): Promise<string> {
  await press(page, '请一位家人')
  await page.getByLabel('家人的姓名').fill(name)
  await page.getByLabel('家人自己的手机号').fill(phone)
  await page.getByLabel('代我问医生').check()
  return name
}

test.each(['phone', 'desktop'] as const)(
  'S0-29 a daughter is let in, looks, and is out again, on a %s',
  async (size) => {
    const phone = size === 'phone' ? '13900000001' : '13900000002'
    const father = await aPatient('王建国', '王叔')
    const his = await ownPage(father, '/my/family', { size })
    await shows(his, '家人')
    await his.getByText('还没有请家人。').waitFor()
    expect(await axe(his)).toEqual([])
    await screenshot(his, `family-none-${size}`)
    await invite(his, { name: '王芳', phone })
    expect(await axe(his)).toEqual([])
    await screenshot(his, `family-invite-${size}`)
    await press(his, '好了，给 TA 链接')
    await his.getByText('把链接发给王芳').waitFor()
    const link = await his.locator('.pp-kin-link').textContent()
    expect(await axe(his)).toEqual([])
    await screenshot(his, `family-link-${size}`)

    const hers = await stage.open(new URL(link!).pathname, { size })
    await shows(hers, '家人请您帮忙照看健康')
    await settled(hers)
    expect(await hers.content()).not.toContain('王建国')
    await press(hers, '发验证码')
    await expect.poll(() => codeTo(phone)).toMatch(/^\d{6}$/)
    await press(hers, '再发一次')
    await hers.getByText(/刚发过/).waitFor()
    await hers.getByLabel('六位验证码').fill('00000')
    await press(hers, '进去')
    await hers.getByText('请输入六位数字。').waitFor()
    expect(await axe(hers)).toEqual([])
    await screenshot(hers, `family-code-${size}`)
    await hers.getByLabel('六位验证码').fill(codeTo(phone))
    await press(hers, '进去')
    await shows(hers, '王叔的健康')
    await hers.waitForURL((url) => url.pathname === '/my')
    await hers.getByText('正在看王叔的健康').waitFor()
    await hers.getByText('您是 TA 的子女').waitFor()
    await hers
      .getByRole('link', { name: /看每一项的变化/ })
      .first()
      .waitFor()
    await settled(hers)
    expect(await hers.getByText('情绪日记').count()).toBe(0)
    expect(await axe(hers)).toEqual([])
    await screenshot(hers, `family-theirs-${size}`)
    await press(hers, '大字')
    await screenshot(hers, `family-theirs-large-${size}`)
    await press(hers, '标准字号')
    await hers.goto(`${stage.url}/my/trends`)
    await hers.getByText('空腹血糖').first().waitFor()
    await hers.getByText('正在看王叔的健康').waitFor()
    await screenshot(hers, `family-trends-${size}`)
    await hers.goto(`${stage.url}/my/mood`)
    await hers.getByText('这一页只有本人能看').waitFor()
    expect(await axe(hers)).toEqual([])
    await screenshot(hers, `family-own-only-${size}`)

    await press(his, '好了')
    await his.reload()
    await his.getByText(/最近看过/).waitFor()
    expect(await axe(his)).toEqual([])
    await screenshot(his, `family-list-${size}`)
    await press(his, '收回')
    await his.getByText('已收回王芳的授权').waitFor()
    await his.getByText('以前请过的').waitFor()
    await screenshot(his, `family-ended-${size}`)
    await hers.getByRole('link', { name: '回到首页' }).click()
    await shows(hers, '现在看不了这位家人的健康了')
    await settled(hers)
    expect(await hers.getByText(/正在看/).count()).toBe(0)
    expect(await axe(hers)).toEqual([])
    await screenshot(hers, `family-over-${size}`)
    await his.context().close()
    await hers.context().close()
  },
)

test('who is a patient too changes between herself and those she looks after; a new tab begins with herself', async () => {
  const [me, mother] = [await aPatient('王小芳'), await aPatient('李秀兰', '李阿姨')]
  const hers = await ownPage(mother, '/my/family', { size: 'phone' })
  await invite(hers, { name: '王小芳', phone: '13900000003' })
  await press(hers, '好了，给 TA 链接')
  await hers.getByText('把链接发给王小芳').waitFor()
  const link = await hers.locator('.pp-kin-link').textContent()
  await hers.context().close()
  const page = await ownPage(me, new URL(link!).pathname, { size: 'phone' })
  await shows(page, '家人请您帮忙照看健康')
  await press(page, '发验证码')
  await page.getByRole('button', { name: '再发一次' }).waitFor()
  await page.getByLabel('六位验证码').fill(codeTo('13900000003'))
  await press(page, '进去')
  await shows(page, '李阿姨的健康')
  // The link once more, over a line that breaks: it says so, and the next try goes in.
  let isBroken = true
  await page.route('**/api/my/people', (route) => (isBroken ? route.abort() : route.continue()))
  await page.goto(stage.url + new URL(link!).pathname)
  await page
    .getByRole('alert')
    .filter({ has: page.getByRole('button', { name: '再试一次' }) })
    .waitFor()
  await screenshot(page, 'family-enter-unreached')
  isBroken = false
  await press(page, '再试一次')
  await shows(page, '李阿姨的健康')
  const people = page.getByRole('group', { name: '看谁的' })
  await people.getByRole('button', { name: '李阿姨', pressed: true }).waitFor()
  expect(await axe(page)).toEqual([])
  await screenshot(page, 'family-switch-theirs')
  await people.getByRole('button', { name: '我自己' }).click()
  await shows(page, '王小芳，您好')
  await settled(page)
  expect(await page.getByText(/正在看/).count()).toBe(0)
  await screenshot(page, 'family-switch-own')
  await people.getByRole('button', { name: '李阿姨' }).click()
  await shows(page, '李阿姨的健康')
  isBroken = true
  await page.reload()
  await page.getByText('现在连不上服务器').waitFor()
  await settled(page)
  expect(await page.getByText('现在看不了').count()).toBe(0)
  isBroken = false
  await press(page, '再试一次')
  await shows(page, '李阿姨的健康')
  const tab = await page.context().newPage()
  await tab.goto(`${stage.url}/my`)
  await shows(tab, '王小芳，您好')
  await page.context().close()
})

test.each(['zh-CN', 'en'] as const)('staff write down the patient’s word, in %s', async (locale) => {
  const words =
    locale === 'en'
      ? {
          open: 'Family',
          add: "Write down the patient's word",
          name: 'Name',
          phone: 'Their own mobile phone',
          note: 'Note',
          save: 'Write down and show the link',
          done: 'Done',
          self: /Written down by/,
        }
      : {
          open: '家人',
          add: '按客户的话登记',
          name: '姓名',
          phone: '家人自己的手机号',
          note: '记下来',
          save: '登记，并给出链接',
          done: '完成',
          self: /李慧登记/,
        }
  const patientId = await aPatient('赵志强')
  const page = await stage.openAs(manager, `/patients/${patientId}`, { locale })
  await press(page, words.open)
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('button', { name: words.add }).click()
  await drawer.getByLabel(words.name, { exact: true }).fill('赵敏')
  await drawer.getByLabel(words.phone).fill('13900000009')
  await drawer.getByLabel(words.note).fill('3 月 2 日当面说，请女儿帮忙看报告')
  expect(await axe(page)).toEqual([])
  await screenshot(page, `family-staff-form-${locale}`)
  await drawer.getByRole('button', { name: words.save }).click()
  await drawer.getByRole('button', { name: words.done }).click()
  await drawer.getByText('赵敏').waitFor()
  await drawer.getByText(words.self).waitFor()
  expect(await axe(page)).toEqual([])
  await screenshot(page, `family-staff-list-${locale}`)
  await page.context().close()
})

test.each([
  ['phone', 'zh-CN'],
  ['desktop', 'en'],
] as const)('who is reminded too, and a child who turns 14 soon, on a %s in %s', async (size, locale) => {
  const isEnglish = locale === 'en'
  const id = await house.write((ctx) =>
    registerPatient(ctx, {
      name: '王小满',
      sex: 'female',
      birthDate: '2012-03-20',
      guardian: { name: '王芳', relation: 'mother', phone: `1370000${String(++count).padStart(4, '0')}` },
    } as never),
  )
  await house.write((ctx) => assignCarers(ctx, id, { managerId: manager.staffId } as never))
  const desk = await house.as('front-desk')
  await desk.call(bookAppointment, {
    params: { patientId: id },
    body: anAppointment(house, { on: house.clock.now().toISOString().slice(0, 8) + '15', from: '14:30' }),
  } as never)
  const relative = await letIn(await house.asPatient(id), { scopes: ['view', 'remind'], name: '李强' })
  const guardians = await ownPage(id, '/my/family', { size, locale })
  await guardians
    .getByText(isEnglish ? /your child turns 14/ : /孩子就满 14 岁了/)
    .first()
    .waitFor()
  await guardians.getByText('李强').first().waitFor()
  expect(await axe(guardians)).toEqual([])
  await screenshot(guardians, `own-age-guardian-${size}`)
  await guardians.context().close()

  const theirs = await stage.open('/my', { size, locale })
  await theirs.context().addCookies([{ name: 'peiban_proxy', value: relative.cookie, url: stage.url, httpOnly: true }])
  await theirs.goto(`${stage.url}/my`)
  await theirs.getByRole('button', { name: /王小满/ }).click()
  await theirs.getByText(isEnglish ? /choose themselves who may look/ : /那天起由 TA 自己决定请谁看/).waitFor()
  await theirs.getByText('14:30').waitFor()
  await settled(theirs)
  expect(await theirs.content()).not.toContain('复诊')
  expect(await axe(theirs)).toEqual([])
  await screenshot(theirs, `own-age-relative-${size}`)
  await theirs.context().close()

  const staff = await stage.openAs(manager, `/patients/${id}`, { size, locale, at: house.clock.now() })
  await staff.getByText(isEnglish ? /is their 14th birthday/ : /满 14 岁，之后由本人决定请谁/).waitFor()
  expect(await axe(staff)).toEqual([])
  await screenshot(staff, `own-age-header-${size}`)
  await staff.getByRole('button', { name: isEnglish ? 'Family' : '家人', exact: true }).click()
  await staff.getByText(isEnglish ? /The guardian is told/ : /已经在“消息”里告诉监护人/).waitFor()
  expect(await axe(staff)).toEqual([])
  await screenshot(staff, `own-age-staff-${size}`)
  await staff.context().close()
})
