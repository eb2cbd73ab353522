import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { zongLi2013 } from '../../src/clinical/instrument/growth/china-growth/china-growth.ts'
import { enrolChild, getProgramme, markStage, saveProfile } from '../../src/rooms/growth/contract/growth.ts'
import { aChild } from '../../src/rooms/growth/sample-child.ts'
import { openWay } from '../../src/rooms/patient-access/server/index.ts'
import { aStage, axe, holdUndo, screenshot, thisMorning } from './browser.ts'
import { settled } from './settled.ts'
import { patientTabNames } from './patient-tabs.ts'

const stage = await aStage({ now: thisMorning().toISOString() })
const { house } = stage
const nurse = await house.as('service-manager', { name: '李素珍' })
const doctor = await house.as('physician', { name: '张文远' })
const second = await house.as('physician', { name: '周明' })
const today = house.clock.today(house.tenant.timeZone)
/** The birthday of somebody who turned so many years ten months ago, whatever day it is. */
const bornYearsAgo = (years: number) => {
  const day = new Date(`${today}T00:00:00Z`)
  day.setUTCFullYear(day.getUTCFullYear() - years)
  return new Date(day.getTime() - 300 * 86_400_000).toISOString().slice(0, 10)
}
const daysAgo = (days: number) => new Date(house.clock.now().getTime() - days * 86_400_000).toISOString().slice(0, 10)

/** Nine years old; two and a half years of measurements, the last year slow. */
const measured = [
  [daysAgo(920), 120.4, 22],
  [daysAgo(730), 123.8, 23.4],
  [daysAgo(550), 126.7, 25],
  [daysAgo(366), 129.8, 26.8],
  [daysAgo(182), 131.6, 28],
  [daysAgo(100), 132.4, 29],
] as const
const team = { doctorId: doctor.staffId, managerId: nurse.staffId }
const child = await house.write((ctx) =>
  aChild(ctx, { name: '赵一诺', sex: 'male', birthDate: bornYearsAgo(9), measured, ...team }),
)
const newcomer = await house.write((ctx) =>
  aChild(ctx, { name: '阿依古丽·买买提江', sex: 'female', birthDate: bornYearsAgo(8), ...team }),
)
const params = { patientId: child as never }
await nurse.call(saveProfile, {
  params,
  body: {
    fatherCm: 176,
    motherCm: 162,
    parentsMeasured: false,
    gestationWeeks: 39,
    reference: 'zong-li-2013',
    version: 0,
  },
})
await nurse.call(enrolChild, {
  params,
  body: { consent: { relation: 'mother', name: '赵敏', givenOn: today, way: 'paper', textVersion: '1' } },
})
// The programme began a year ago, so that its first year can be summed up.
await house.write((ctx) =>
  ctx.tx
    .updateTable('growth_enrolment')
    .set({ started_on: daysAgo(380) })
    .where('patient_id', '=', child)
    .execute(),
)
await doctor.call(markStage, { params, body: { year: 1, note: '这一年睡得早了，爱上了游泳。挑食还在改。' } })

const VIEWS = [
  ['desktop', 'zh-CN'],
  ['desktop', 'en'],
  ['phone', 'zh-CN'],
] as const

test.each(VIEWS)('the tab shows curve, speed and programme (%s %s)', async (size, locale) => {
  const page = await stage.openAs(nurse, `/patients/${child}?tab=growth`, { size, locale })
  await page.locator('.gc svg').first().waitFor()
  await page
    .getByText(locale === 'en' ? 'Year 1' : '第 1 年')
    .first()
    .waitFor()
  await screenshot(page, `growth-tab-${size}-${locale}`)
  expect(await axe(page)).toEqual([])
  // The reference is named, what is worth a look is said, and nothing foretells.
  await page
    .getByText(/zong-li-2013@1/)
    .first()
    .waitFor()
  await expect
    .poll(() =>
      page
        .locator('.ant-alert')
        .filter({ hasText: locale === 'en' ? 'for staff only' : '只给医务人员看' })
        .count(),
    )
    .toBe(1)
  if (size === 'phone') expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  const tall = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: page.viewportSize()!.width, height: Math.min(tall, 4000) })
  await screenshot(page, `growth-tab-whole-${size}-${locale}`)
  await page.context().close()
})

test.each(['desktop', 'phone'] as const)('metres are asked about before anything is kept (%s)', async (size) => {
  const page = await stage.openAs(nurse, `/patients/${newcomer}?tab=growth`, { size })
  await page.getByText('还没有身高和体重').or(page.locator('.gc svg').first()).first().waitFor()
  if (size === 'desktop') await screenshot(page, 'growth-empty-desktop')
  await page.getByRole('button', { name: '记一次测量' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('spinbutton', { name: /^身高/ }).fill(size === 'desktop' ? '1.27' : '127.4')
  await drawer.getByRole('spinbutton', { name: /^体重/ }).fill('51.6')
  await drawer.getByRole('button', { name: /^保\s?存$/ }).click()
  await drawer.getByText('先核对一下，还没有保存').waitFor()
  await screenshot(page, `growth-question-${size}`)
  expect(await axe(page, '.ant-drawer')).toEqual([])
  if (size === 'desktop') await drawer.getByRole('button', { name: '改成 127.0' }).click()
  await drawer.getByRole('button', { name: '改成 25.8' }).click()
  if (size === 'desktop') await drawer.getByRole('button', { name: /^保\s?存$/ }).click()
  else {
    // The same day stands there already: that is the one question left, and it is answered.
    await drawer.getByRole('button', { name: '数字没错，保存' }).click()
  }
  await page.getByText('已保存，曲线已更新').waitFor()
  await page.locator('.gc svg').first().waitFor()
  await page.context().close()
})

test.each(['desktop', 'phone'] as const)(
  'consent comes first, then the five modules; an item is done and undone (%s)',
  async (size) => {
    const page = await stage.openAs(nurse, `/patients/${size === 'desktop' ? newcomer : child}?tab=growth`, { size })
    if (size === 'desktop') {
      await page.getByRole('button', { name: '加入长高管理' }).click()
      const drawer = page.getByRole('dialog')
      await drawer.getByText('怎么退出').waitFor()
      await screenshot(page, 'growth-consent-desktop')
      expect(await axe(page, '.ant-drawer')).toEqual([])
      await drawer.getByRole('button', { name: '已同意，加入' }).click()
      await page.getByText('知情同意已登记').waitFor()
    }
    const family = page.getByRole('region', { name: '家庭' })
    const item = family.locator('li').filter({ hasText: '和家长谈饮食与睡眠习惯' })
    await item.waitFor()
    await family.getByRole('button', { name: /^做了/ }).first().click()
    await family.getByLabel('结果（可不填）').fill('晚上九点半睡，早饭能吃完')
    await family.getByRole('button', { name: '记下' }).click()
    await page.getByText('已记下').first().waitFor()
    await holdUndo(page)
    await item.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '撤销' }).click()
    await item.waitFor()
    await family.getByRole('button', { name: /^加一项/ }).click()
    await family.getByLabel('要做什么（家长会看到）').fill('坚持跳绳，保证长高')
    await family.getByRole('button', { name: '加上' }).click()
    await page.getByText(/换一种说法/).waitFor()
    await screenshot(page, `growth-promise-${size}`)
    await page.context().close()
  },
)

test.each(VIEWS)('the list says who is to be measured first (%s %s)', async (size, locale) => {
  const page = await stage.openAs(nurse, '/growth', { size, locale })
  await page.getByText('赵一诺').first().waitFor()
  await screenshot(page, `growth-list-${size}-${locale}`)
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

test.each(['desktop', 'phone'] as const)(
  'a reference is imported by one and confirmed by another (%s)',
  async (size) => {
    const page = await stage.openAs(doctor, '/growth-references', { size })
    await page.getByText('随系统自带').waitFor()
    const pack = {
      ...zongLi2013,
      code: `own-${size}`,
      version: '2026',
      title: { zh: '本院试用参照', en: 'Our own' },
      licence: '本院自制',
    }
    const file = { name: 'own.json.gz', mimeType: 'application/gzip', buffer: gzipSync(JSON.stringify(pack)) }
    await page.locator('input[type=file]').setInputFiles({ ...file, buffer: Buffer.from('{"format":"x"}') })
    await page.getByText(/这不是能读的参照数据包/).waitFor()
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByText('已导入，等另一位医生核对').waitFor()
    await page.getByText('待核对').first().waitFor()
    await screenshot(page, `growth-references-${size}`)
    expect(await axe(page)).toEqual([])
    await settled(page)
    expect(await page.getByRole('button', { name: '核对无误，启用' }).count()).toBe(0)
    await page.context().close()
    const other = await stage.openAs(second, '/growth-references', { size })
    await other.getByRole('button', { name: '核对无误，启用' }).click()
    await other.getByText('参照已启用，可以在孩子的页面选用').waitFor()
    await other.context().close()
  },
)

test.each(VIEWS)('what the programme says is changed by one and published by another (%s %s)', async (size, locale) => {
  const isZh = locale === 'zh-CN'
  const words = isZh
    ? { change: '修改', save: '保存草稿', publish: '启用', waits: /等另一位/, every: '多久量一次' }
    : {
        change: 'Change',
        save: 'Save the draft',
        publish: 'Publish',
        waits: /Waits for another/,
        every: 'How often it is measured',
      }
  const page = await stage.openAs('content-editor', '/growth-references?tab=programme', { size, locale })
  await page.getByRole('button', { name: words.change, exact: true }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel(words.every).fill(size === 'phone' ? '90' : isZh ? '80' : '85')
  await screenshot(page, `growth-content-form-${size}-${locale}`)
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await drawer.getByRole('button', { name: words.save }).click()
  await page.getByText(words.waits).first().waitFor()
  await screenshot(page, `growth-content-draft-${size}-${locale}`)
  await page.context().close()
  const other = await stage.openAs('medical-reviewer', '/growth-references?tab=programme', { size, locale })
  await other.getByRole('button', { name: words.publish, exact: true }).click()
  await other.getByRole('button', { name: words.change, exact: true }).waitFor()
  await screenshot(other, `growth-content-${size}-${locale}`)
  expect(await axe(other)).toEqual([])
  if (size === 'phone')
    expect(await other.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await other.goto(other.url().replace('tab=programme', 'tab=signs'))
  await other.getByText(/P3$/).waitFor()
  await screenshot(other, `growth-signs-${size}-${locale}`)
  expect(await axe(other)).toEqual([])
  await other.context().close()
})

test.each(['phone', 'desktop'] as const)(
  'from 14 it rests on the own page until a tap says to go on (%s)',
  async (size) => {
    const born = bornYearsAgo(14)
    const young = await house.write((ctx) =>
      aChild(ctx, {
        name: `赵一${size === 'phone' ? '凡' : '帆'}`,
        sex: 'female',
        birthDate: born,
        measured: [
          [daysAgo(200), 156],
          [daysAgo(20), 158],
        ],
        ...team,
      }),
    )
    const own = { params: { patientId: young as never } }
    await nurse.call(enrolChild, {
      ...own,
      body: {
        consent: {
          relation: 'self',
          name: '赵一凡',
          givenOn: today,
          way: 'paper',
          textVersion: await textVersion(young),
          guardianToldOn: today,
        },
      },
    })
    // As it stands on the birthday of a child whose guardian had agreed.
    await house.write((ctx) =>
      ctx.tx.updateTable('growth_enrolment').set({ has_own_consent: false }).where('patient_id', '=', young).execute(),
    )
    const { link } = await house.write((ctx) => openWay(ctx, young, { page: '/my/growth' }))
    const page = await stage.open(new URL(link).pathname, { size })
    await page.getByRole('textbox').fill(born.replaceAll('-', ''))
    await page.locator('button[type=submit]').click()
    await page.getByText('现在由本人决定').waitFor()
    await screenshot(page, `my-growth-decide-${size}`)
    expect(await axe(page)).toEqual([])
    await page.getByRole('button', { name: '我看完了，同意继续' }).click()
    await page.getByText('现在由本人决定').waitFor({ state: 'detached' })
    await page.getByText('量身高、体重，画生长曲线').waitFor()
    await page.context().close()
  },
)

const textVersion = async (patientId: string) =>
  (await nurse.call(getProgramme, { params: { patientId: patientId as never } })).text.version

test('a grown person has no such tab, and whoever may not does not see it', async () => {
  const adult = await house.write((ctx) =>
    aChild(ctx, { name: '钱建国', sex: 'male', birthDate: '1970-01-01', ...team }),
  )
  const page = await stage.openAs(nurse, `/patients/${adult}`)
  const names = await patientTabNames(page)
  expect(names).toContain('时间线')
  expect(names).not.toContain('生长发育')
  await page.context().close()
  const desk = await stage.openAs('front-desk', `/patients/${child}`)
  expect(await patientTabNames(desk)).not.toContain('生长发育')
  await desk.context().close()
})

async function pathFor(page: string): Promise<string> {
  const { link } = await house.write((ctx) => openWay(ctx, child, { page }))
  return new URL(link).pathname
}

test.each(['phone', 'desktop'] as const)(
  'a parent reads the curve in plain words, and may leave (%s)',
  async (size) => {
    const page = await stage.open(await pathFor('/my'), { size })
    await page.getByRole('textbox').fill(bornYearsAgo(9).replaceAll('-', ''))
    await page.locator('button[type=submit]').click()
    await page.getByText('看曲线').waitFor()
    await screenshot(page, `my-growth-card-${size}`)
    await page.getByText('看曲线').click()
    await page.locator('.gc svg').first().waitFor()
    await page
      .getByText(/大约站在第 \d+ 个/)
      .first()
      .waitFor()
    await screenshot(page, `my-growth-${size}`)
    expect(await axe(page)).toEqual([])
    await page.getByText('这些线是什么意思').click()
    await settled(page)
    const text = await page.locator('main').innerText()
    // R15: what staff are told to look at is told to no family by itself.
    expect(text).not.toMatch(/值得医生|靶身高|Z 值|保证|一定长/)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      page.viewportSize()!.width,
    )
    const tall = await page.evaluate(() => document.documentElement.scrollHeight)
    await page.setViewportSize({ width: page.viewportSize()!.width, height: tall })
    await screenshot(page, `my-growth-whole-${size}`)
    await page.evaluate(() => document.documentElement.classList.add('pp-large'))
    await screenshot(page, `my-growth-large-${size}`)
    await page.evaluate(() => document.documentElement.classList.remove('pp-large'))
    await page.getByRole('button', { name: '退出长高管理' }).click()
    if (size === 'phone') await page.getByRole('button', { name: '不退出' }).click()
    else {
      await page.getByRole('button', { name: '退出', exact: true }).click()
      await page.getByRole('button', { name: '退出长高管理' }).waitFor({ state: 'detached' })
    }
    await page.context().close()
  },
)
