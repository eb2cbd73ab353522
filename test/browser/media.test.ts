import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { installShippedMedia } from '../../src/rooms/media/server/index.ts'
import { recordReports } from '../../src/rooms/observation/server/index.ts'
import { aReport } from '../../src/rooms/observation/sample-record.ts'
import { assignCarers, registerPatient } from '../../src/rooms/patient/server/index.ts'
import { openWay } from '../../src/rooms/patient-access/server/index.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot, type PageOptions } from './browser.ts'
import { settled } from './settled.ts'

/** 图解: the library and its cards, written by one and published by another; sent; found beside a result and looked at. */

const stage = await aStage({ now: '2026-11-22T02:00:00Z' })
const { house } = stage
let manager: Caller
let editor: Caller
let reviewer: Caller
let patientId: string

beforeAll(async () => {
  manager = await house.as('service-manager', { name: '李慧' })
  editor = await house.as('content-editor', { name: '周小编' })
  reviewer = await house.as('medical-reviewer', { name: '方审核' })
  const doctor = await house.as('physician', { name: '陈立' })
  patientId = await house.write(async (ctx) => {
    await installShippedMedia(ctx)
    const person = {
      name: '林晓安',
      called: '林阿姨',
      sex: 'female',
      email: 'lin@example.com',
      birthDate: '1968-03-21',
    }
    const id = await registerPatient(ctx, person as never)
    await assignCarers(ctx, id, { doctorId: doctor.staffId, managerId: manager.staffId })
    await recordReports(
      ctx,
      [5.6, 6.1, 6.6].map((value, n) =>
        aReport(ctx, id, { effectiveAt: new Date(`${2023 + n}-05-10T01:00:00Z`) }, [
          { code: 'hba1c', value, unit: '%', low: 4, high: 6, flag: value > 6 ? 'H' : 'N' },
          { code: 'wbc', value: 5 + n, unit: '10*9/L', low: 3.5, high: 9.5, flag: 'N' },
        ]),
      ),
    )
    return id
  })
  house.clock.advance({ minutes: 20 })
}, 180_000)

const LOOKS: PageOptions[] = [
  { size: 'desktop', locale: 'zh-CN' },
  { size: 'desktop', locale: 'en', theme: 'dark' },
  { size: 'phone', locale: 'zh-CN' },
]

async function fits(page: Page): Promise<void> {
  expect(await axe(page)).toEqual([])
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wide, 'nothing sticks out at the side').toBe(0)
}

/** Every picture in sight has come: a broken one has no size of its own. */
async function picturesCame(page: Page, within = 'body'): Promise<void> {
  const pictures = page.locator(`${within} img`)
  await pictures.first().waitFor()
  const blank = () =>
    pictures.evaluateAll((all) =>
      (all as HTMLImageElement[])
        .filter((one) => one.loading !== 'lazy' && (!one.complete || one.naturalWidth === 0))
        .map(({ src }) => src),
    )
  await expect.poll(blank, { timeout: 15_000 }).toEqual([])
}

/** As `screenshot`, where a frame of the page keeps the network busy in the browser's eyes. */
async function still(page: Page, name: string): Promise<void> {
  const folder = process.env['PEIBAN_SCREENSHOTS']
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) })
}

/** An own page of the person, come in with the date of birth. */
async function openOwn(path: string, options: PageOptions): Promise<Page> {
  const { link } = await house.write((ctx) => openWay(ctx, patientId, { page: '/my' }))
  const page = await stage.open(new URL(link).pathname, options)
  const isEnglish = options.locale === 'en'
  await page.getByLabel(isEnglish ? 'Date of birth' : '出生日期').fill('1968.3.21')
  await page.getByRole('button', { name: isEnglish ? 'Open' : '打开', exact: true }).click()
  await page.waitForURL('**/my')
  await page.goto(stage.url + path)
  await page.locator('h1').first().waitFor()
  return page
}

describe.each(LOOKS)('on a $size in $locale', (look) => {
  const name = `${look.size}-${look.locale}`
  const isEnglish = look.locale === 'en'

  test('the library shows its cards by their pictures, and one as on a phone', async () => {
    const page = await stage.openAs(manager, '/media', look)
    await page.getByRole('button', { name: isEnglish ? /What HbA1c is/ : /糖化血红蛋白是什么/ }).waitFor()
    await picturesCame(page)
    await screenshot(page, `media-library-${name}`)
    await fits(page)
    await page.getByRole('button', { name: isEnglish ? /What HbA1c is/ : /糖化血红蛋白是什么/ }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByText(isEnglish ? /^Opened: \d+, sent: \d+/ : /^打开 \d+ 次，发出 \d+ 次/).waitFor()
    const phone = page.frameLocator('iframe')
    const picture = phone.locator('img').first()
    await expect
      .poll(() => picture.evaluate((one) => (one as HTMLImageElement).naturalWidth), { timeout: 15_000 })
      .toBeGreaterThan(0)
    await still(page, `media-card-${name}`)
    expect(await axe(page, '.ant-drawer')).toEqual([])
    await page.context().close()
  })

  test('pictures open beside a result, are walked through, and close again', async () => {
    const page = await openOwn('/my/trend/hba1c', { ...look, theme: 'light' })
    const link = page.getByRole('button', { name: isEnglish ? 'See it in pictures' : '看图了解' })
    await link.click()
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('heading', { name: isEnglish ? 'What HbA1c is' : '糖化血红蛋白是什么' }).waitFor()
    await picturesCame(page, 'dialog')
    await screenshot(page, `media-sheet-${name}`)
    expect(await axe(page, 'dialog')).toEqual([])
    await sheet.getByRole('button', { name: isEnglish ? 'Next' : '下一张' }).click()
    await sheet.getByText('2 / 2').waitFor()
    await sheet.getByRole('group').press('ArrowLeft')
    await sheet.getByText('1 / 2').waitFor()
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await expect.poll(() => link.evaluate((one) => one === document.activeElement)).toBe(true)
    await link.click()
    await sheet.waitFor()
    await page.goBack()
    await sheet.waitFor({ state: 'detached' })
    await expect.poll(() => new URL(page.url()).pathname).toBe('/my/trend/hba1c')
    await page.context().close()
  })

  test('all pictures are found from the home page, and each has a page of its own', async () => {
    const page = await openOwn('/my/media', { ...look, theme: 'light' })
    await page.getByText(isEnglish ? 'What an examination is like' : '检查是怎样的').waitFor()
    await screenshot(page, `media-own-list-${name}`)
    await fits(page)
    await page.getByRole('link', { name: isEnglish ? /Measuring blood pressure/ : /在家怎样量血压/ }).click()
    await picturesCame(page, 'main')
    await screenshot(page, `media-own-page-${name}`)
    await fits(page)
    await page.context().close()
  })
})

test('what moves can be stopped, and does not begin where less is asked for', async () => {
  const page = await openOwn('/my/media/glucose-insulin', { size: 'phone' })
  await page.locator('main img').first().waitFor()
  const first = () => page.locator('main img').first().getAttribute('src')
  await expect.poll(first).toContain('-still-')
  await settled(page)
  expect(await page.getByRole('button', { name: /动画|动起来/ }).count(), 'nothing to stop').toBe(0)
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await page.reload()
  await page.getByRole('button', { name: '停住动画' }).waitFor()
  await expect.poll(first).toContain('-moving-')
  await page.getByRole('button', { name: '停住动画' }).click()
  await expect.poll(first).toContain('-still-')
  await page
    .getByRole('button', { name: '大字' })
    .or(page.getByRole('button', { name: '关怀版' }))
    .click()
  await settled(page)
  await screenshot(page, 'media-own-large')
  await fits(page)
  await page.context().close()
})

test('an indicator without a card has no link', async () => {
  const page = await openOwn('/my/trend/wbc', { size: 'phone' })
  await settled(page)
  expect(await page.getByRole('button', { name: '看图了解' }).count()).toBe(0)
  await page.context().close()
})

test('a card is written by one and published by another; a drawing with a script is refused by name', async () => {
  const page = await stage.openAs(editor, '/media?card=new')
  const drawer = page.getByRole('dialog')
  const fill = (label: string, value: string) => drawer.getByLabel(label, { exact: true }).fill(value)
  await fill('编号', 'pulse')
  await fill('标题（中文）', '怎样数脉搏')
  await fill('标题（英文）', 'Counting the pulse')
  await fill('一句话（中文）', '两根手指放在手腕上，数一分钟。')
  await fill('一句话（英文）', 'Two fingers on the wrist, for a minute.')
  const handIn = (inner: string) =>
    drawer.locator('input[type=file]').setInputFiles({
      name: 'pulse.svg',
      mimeType: 'image/svg+xml',
      buffer: Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 270"><rect class="f-ground" width="360" height="270"/>${inner}</svg>`,
      ),
    })
  await handIn('<script>alert(1)</script>')
  await drawer.getByText(/不能用的内容（<script>）/).waitFor()
  await screenshot(page, 'media-refused')
  await handIn('<circle cx="180" cy="130" r="70" class="f-red m-pulse"/>')
  await drawer.locator('img').waitFor()
  await fill('给看不见的人听的描述（中文）', '两根手指按在手腕上。')
  await fill('给看不见的人听的描述（英文）', 'Two fingers on a wrist.')
  await fill('图下的话（中文）', '手指轻轻放在拇指一侧的手腕上。')
  await fill('图下的话（英文）', 'Lay the fingers lightly on the thumb side.')
  await fill('依据', '《诊断学》（第 9 版）')
  await fill('有效到', '2028-11-30')
  await page.keyboard.press('Tab')
  await screenshot(page, 'media-form')
  expect(await axe(page, '.ant-drawer fieldset')).toEqual([])
  await drawer.getByRole('button', { name: '存为草稿' }).click()
  await page.getByText('草稿已存，等另一位同事审核').waitFor()
  await page.context().close()
  const other = await stage.openAs(reviewer, '/media?show=drafts')
  await other.getByRole('button', { name: /怎样数脉搏/ }).click()
  await other.getByRole('button', { name: '审核通过，发布' }).click()
  await other.getByText('已发布，客户能看到了').waitFor()
  await other.context().close()
})

test.each(['desktop', 'phone'] as const)('pictures are chosen for somebody and sent (%s)', async (size) => {
  const page = await stage.openAs(manager, `/patients/${patientId}`, { size })
  await page.getByRole('button', { name: '发图解' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('找图解').fill('肠镜')
  await screenshot(page, `media-send-${size}`)
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await drawer.getByRole('button', { name: /发到 .*肠镜和肠道准备/ }).click()
  await page.getByText(/已发到 /).waitFor()
  await drawer
    .getByText(/邮件 · 李慧/)
    .first()
    .waitFor()
  await drawer.getByRole('button', { name: /当面扫码.*肠镜/ }).click()
  await drawer.getByRole('textbox').first().waitFor()
  await screenshot(page, `media-code-${size}`)
  await page.context().close()
  const own = await openOwn('/my', { size })
  await own.getByText(/给您选了：肠镜和肠道准备/).waitFor()
  await own.context().close()
})
