import fastify from 'fastify'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { build } from 'vite'
import { chromium, type Browser, type Page } from 'playwright-core'
import { servePages } from '../../src/platform/http/static.ts'
import { CHROMIUM_ARGUMENTS, chromiumEnvironment } from '../chromium.ts'
import { axe, newPage, screenshot, type PageOptions } from './browser.ts'
import { settled } from './settled.ts'

/** The components before made-up rows: what every page is made of is judged once, here. */

const ROOT = join(import.meta.dirname, '../..')
const app = fastify()
let browser: Browser
let url: string

beforeAll(async () => {
  await build({ configFile: join(ROOT, 'vite.config.ts'), mode: 'kit', logLevel: 'error' })
  await servePages(app, join(ROOT, 'build/kit'))
  await app.listen({ host: '127.0.0.1', port: 0 })
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  browser = await chromium.launch({
    executablePath: inject('chromium'),
    args: CHROMIUM_ARGUMENTS,
    env: chromiumEnvironment(),
  })
})
afterAll(async () => {
  await browser.close()
  await app.close()
})

const open = (path: string, options: PageOptions = {}): Promise<Page> => newPage(browser, url + path, options)

const LOOKS = [
  { size: 'desktop', theme: 'light', locale: 'zh-CN' },
  { size: 'desktop', theme: 'dark', locale: 'en' },
  { size: 'phone', theme: 'light', locale: 'en' },
  { size: 'phone', theme: 'dark', locale: 'zh-CN' },
] as const
const CASES = [
  ...LOOKS.flatMap((look) => ['/dev/kit', '/dev/kit/list'].map((path) => ({ ...look, path }))),
  { ...LOOKS[0], path: '/dev/kit?tab=results' },
  { ...LOOKS[1], path: '/dev/kit/list?rows=0' },
  { ...LOOKS[1], path: '/dev/kit/list?person=p2' },
  { ...LOOKS[3], path: '/dev/kit/list?person=p2' },
]

test.each(CASES)('$path on a $size, $theme, $locale hinders nobody', async ({ path, ...look }) => {
  const page = await open(path, look)
  if (path === '/dev/kit') await page.locator('[role=img] svg path').first().waitFor()
  await screenshot(page, `kit${path.replace(/\W+/g, '-')}-${look.size}-${look.theme}`)
  expect(await axe(page)).toEqual([])
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wide, 'nothing sticks out at the side').toBe(0)
  await page.context().close()
})

test('a list is walked, chosen from and opened by the keyboard, and the focus comes back', async () => {
  const page = await open('/dev/kit/list')
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
  await settled(page)
  await page.keyboard.press('ArrowDown')
  await expect.poll(focused).toContain('王秀英')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('x')
  await page.getByText('已选 1 条').waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByText('李建国').waitFor()
  await page.waitForURL((url) => url.searchParams.get('person') === 'p1')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(focused).toContain('李建国')
  await page.context().close()
})

test('filters stand in the address and come back from it', async () => {
  const page = await open('/dev/kit/list')
  await page.getByRole('textbox', { name: '姓名' }).fill('欧阳')
  await page.waitForURL(/q=%E6%AC%A7%E9%98%B3/)
  await page.getByText('共 4 条').waitFor()
  await page.reload()
  await page.getByText('共 4 条').waitFor()
  await page.getByRole('button', { name: '清除筛选' }).click()
  await page.getByText('共 40 条').waitFor()
  await expect.poll(() => new URL(page.url()).search).toBe('')
  await page.context().close()
})

test('a form keeps what is typed over a reload, and a refusal stands at its field', async () => {
  const page = await open('/dev/kit')
  await page.getByLabel('姓名').fill('王秀英')
  await page.getByLabel('手机').fill('138')
  await page.getByLabel('姓名').focus()
  await page.getByText('写法不对，请检查后再填').waitFor()
  await page.reload()
  await page.getByText('上次没写完的内容还在').waitFor()
  await expect.poll(() => page.getByLabel('姓名').inputValue()).toBe('王秀英')
  await page.getByLabel('手机').fill('13800001999')
  await page.getByRole('radio', { name: '女' }).check()
  await page.getByRole('button', { name: '登记' }).click()
  await page.getByText('这个电话已经属于李建国').waitFor()
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

test('a trend can be read as a table', async () => {
  const page = await open('/dev/kit')
  await page.getByRole('button', { name: /看数据表\s*糖化血红蛋白/ }).click()
  const table = page.getByRole('table', { name: '糖化血红蛋白' })
  await expect.poll(() => table.getByRole('row').nth(1).textContent()).toContain('偏低')
  await page.context().close()
})

test('an act can be undone, a dangerous one names its reach', async () => {
  const page = await open('/dev/kit')
  await page.getByRole('button', { name: '可撤销' }).click()
  await page.getByRole('button', { name: '撤销', exact: true }).click()
  await page.getByText('已撤回').waitFor()
  await page.getByRole('button', { name: '撤回消息' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('涉及 298 位客户').waitFor()
  expect(await axe(page)).toEqual([])
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('取消')
  await page.context().close()
})

test('the palette opens what the arrow keys have chosen', async () => {
  const page = await open('/dev/kit')
  await settled(page)
  await page.keyboard.press('/')
  await page.locator('[role=combobox]:focus').waitFor()
  await page.getByRole('option', { name: '工作台', selected: true }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.getByRole('option', { name: '客户', selected: true }).waitFor()
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/dev\/kit\/list$/)
  await page.getByRole('heading', { name: '客户', level: 1 }).waitFor()
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.tagName), {
      message: 'the heading has the focus after a navigation',
    })
    .toBe('H1')
  await page.context().close()
})

test('a folded navigation says its words on hover', async () => {
  const page = await open('/dev/kit')
  await page.getByRole('button', { name: '收起导航' }).click()
  await page.getByRole('link', { name: '报告接入' }).hover()
  await page.getByRole('tooltip', { name: '报告接入' }).waitFor()
  await page.context().close()
})
