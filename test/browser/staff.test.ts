import { expect, test } from 'vitest'
import {
  createOrganizationWithAccounts,
  createOrganizationWithAdministrators,
  DEMO_PASSWORD,
} from '../../src/rooms/staff/server/index.ts'
import { codeAt } from '../../src/rooms/staff/server/totp.ts'
import { aStage, axe, screenshot, type PageOptions } from './browser.ts'
import { settled } from './settled.ts'

const stage = await aStage()
const { house } = stage.house
await createOrganizationWithAccounts(house, { slug: 'demo', name: '示范医院', nameEn: 'Demonstration' })
const SHAPES: PageOptions[] = [
  { size: 'desktop', locale: 'zh-CN' },
  { size: 'phone', locale: 'en', theme: 'dark' },
]

test('signing in: a wrong password is told, the right one leads to where one wanted to go', async () => {
  const page = await stage.open('/account', { locale: 'zh-CN' })
  await page.waitForURL(/\/sign-in\?next=%2Faccount|\/sign-in\?next=\/account/)
  await page.getByLabel('机构').click()
  await page.getByTitle('示范医院').click()
  await page.getByLabel('登录名').fill('yisheng')
  await page.getByLabel('密码').fill('wrong')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.getByRole('alert').textContent()).toContain('登录名或密码不对')
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: 'yisheng', exact: true }).click()
  await expect.poll(() => page.getByLabel('密码').inputValue()).toBe(DEMO_PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.waitForURL(/\/account$/)
  await expect.poll(() => page.locator('h1').textContent()).toBe('我的账号')
  await page.context().close()
})

test('an administrator comes by invitation, sets a password, and has to bind an authenticator', async () => {
  const names = { 'system-administrator': '何伟', 'security-administrator': '冯静', 'audit-administrator': '许正' }
  const { administrators } = await createOrganizationWithAdministrators(house, {
    slug: 'renhe',
    name: '仁和医院',
    administratorNames: names,
  })
  const { invitationToken } = administrators.find(({ login }) => login === 'shenji')!
  const page = await stage.open(`/invitation#${invitationToken}`, { size: 'phone' })
  await expect.poll(() => page.locator('h1').textContent()).toBe('许正，欢迎')
  expect(await axe(page)).toEqual([])
  await page.getByLabel('新密码', { exact: true }).fill('Zhenxin-2026')
  await page.getByLabel('再填一次新密码').fill('Zhenxin-2026')
  await page.getByRole('button', { name: '保存并登录' }).click()
  await page.waitForURL(/\/sign-in/)
  await page.getByRole('img', { name: '绑定验证器的二维码' }).waitFor()
  expect(await axe(page)).toEqual([])
  await screenshot(page, 'staff-bind-authenticator')
  await page.getByText('手工输入密钥').click()
  const secret = (await page.locator('details code').textContent())!.replaceAll(' ', '')
  // The last digit sends the form by itself.
  await page.getByLabel('验证码').fill(codeAt(secret, house.clock.now()))
  await page.waitForURL(({ pathname }) => pathname === '/')
  await page.goto(`${stage.url}/audit`)
  await page.getByText('邀请：接受邀请').first().waitFor()
  await page.context().close()
})

test('a link that is spent says so and whom to ask', async () => {
  const page = await stage.open('/invitation#nothing')
  await expect.poll(() => page.getByRole('alert').textContent()).toContain('安全管理员')
  await page.context().close()
})

test('inviting a colleague shows the link once', async () => {
  const page = await stage.openAs('security-administrator', '/settings/staff')
  await page.getByRole('button', { name: '邀请员工' }).first().click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('姓名').fill('李素珍')
  await drawer.getByLabel('登录名').fill('lisuzhen')
  await drawer.getByLabel('角色').click()
  await page.getByTitle('服务型健管师').click()
  await page.keyboard.press('Escape')
  await drawer.getByRole('button', { name: '邀请员工' }).click()
  await expect.poll(() => drawer.getByLabel('链接').inputValue()).toMatch(/\/invitation#[0-9a-f]{32}\./)
  await drawer.getByRole('button', { name: '好了' }).click()
  await page.getByText('已邀请，未设密码').first().waitFor()
  await page.context().close()
})

test.each(
  SHAPES.flatMap(
    (shape) =>
      [
        ['system-administrator', '/settings/organization', shape],
        ['system-administrator', '/settings/organization?tab=hours', shape],
        ['system-administrator', '/settings/organization?tab=departments', shape],
        ['system-administrator', '/settings/api-keys', shape],
        ['security-administrator', '/settings/staff', shape],
        ['security-administrator', '/settings/bindings', shape],
        ['security-administrator', '/settings/security', shape],
        ['audit-administrator', '/audit', shape],
        ['audit-administrator', '/audit?tab=chain', shape],
        ['physician', '/account', shape],
      ] as const,
  ),
)('as %s, %s hinders nobody %j', async (role, path, shape) => {
  const page = await stage.openAs(role, path, shape)
  await settled(page)
  // What lies half below the bar at the foot of a phone can be scrolled up.
  expect((await axe(page)).filter((line) => !line.includes('partially obscured'))).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await page.context().close()
})
