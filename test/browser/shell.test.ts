import { expect, test } from 'vitest'
import type { Role } from '../../src/rooms/staff/contract/permissions.ts'
import { aStage, axe, screenshot } from './browser.ts'
import { settled } from './settled.ts'

const stage = await aStage()
const NOBODY = '019cac46-1500-74d1-9a4d-f3133aeaee32'

test.each([
  ['desktop', 'zh-CN', 'light'],
  ['desktop', 'en', 'dark'],
  ['phone', 'zh-CN', 'dark'],
  ['phone', 'en', 'light'],
] as const)('the shell on a %s in %s, %s, hinders nobody', async (size, locale, theme) => {
  const page = await stage.openAs('service-manager', '/', { size, locale, theme })
  await screenshot(page, `shell-${size}-${locale}-${theme}`)
  expect(await axe(page)).toEqual([])
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe(locale)
  await page.context().close()
})

test('nobody is led to the sign-in page, and back to where they wanted', async () => {
  const context = await stage.browser.newContext()
  const page = await context.newPage()
  await page.goto(`${stage.url}/settings/audit?from=2026-01-01`)
  await page.waitForURL(/\/sign-in\?next=/)
  expect(new URL(page.url()).searchParams.get('next')).toBe('/settings/audit?from=2026-01-01')
  await context.close()
})

test('an unknown address says so and keeps the navigation', async () => {
  const page = await stage.openAs('service-manager', '/no/such/page')
  await expect.poll(() => page.locator('h1').textContent()).toBe('没有这个页面')
  await page.context().close()
})

test('a page outside of the role is refused calmly, and is not in the navigation', async () => {
  const page = await stage.openAs('service-manager', '/settings/staff')
  await expect.poll(() => page.locator('h1').textContent()).toBe('您的角色没有这项权限')
  await page.getByRole('navigation').getByRole('link').first().waitFor()
  await settled(page)
  expect(await page.locator('a[href="/settings/staff"]').count()).toBe(0)
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

test('whose role opens no page yet is told so at the front door, and refused nothing', async () => {
  const page = await stage.openAs('desk-agent', '/')
  await expect.poll(() => page.locator('h1').textContent()).toBe('您已登录，这里还没有您要用的页面')
  await settled(page)
  expect(await page.getByText('没有这项权限').count()).toBe(0)
  expect(await axe(page)).toEqual([])
  await screenshot(page, 'shell-nothing-yet')
  await page.context().close()
})

test('what is seldom needed is folded at first, and a browser remembers what its reader turned over', async () => {
  const page = await stage.openAs('physician', '/no/such/page')
  const nav = page.getByRole('navigation', { name: '导航' })
  const entry = (name: string) => nav.getByRole('link', { name })
  await entry('工作台').waitFor()
  await settled(page)
  expect(await entry('随访方案').isVisible()).toBe(false)
  await nav.getByRole('button', { name: '内容与规则', expanded: false }).click()
  await entry('随访方案').waitFor()
  await nav.getByRole('button', { name: '今天', expanded: true }).click()
  await entry('工作台').waitFor({ state: 'hidden' })
  expect(await axe(page)).toEqual([])
  await page.reload()
  await entry('随访方案').waitFor()
  await settled(page)
  expect(await entry('工作台').isVisible()).toBe(false)
  await page.context().close()
})

test('who has one kind of work alone sees it without folds', async () => {
  const page = await stage.openAs('audit-administrator', '/no/such/page')
  const nav = page.getByRole('navigation', { name: '导航' })
  await nav.getByRole('link', { name: '审计日志' }).waitFor()
  await settled(page)
  expect(await nav.getByRole('button').count()).toBe(0)
  await page.context().close()
})

test('on a phone the drawer holds everything, and a tap leads there and closes it', async () => {
  const page = await stage.openAs('physician', '/no/such/page', { size: 'phone' })
  const bar = page.getByRole('navigation', { name: '导航' })
  await expect.poll(() => bar.getByRole('link').allTextContents()).toEqual(['工作台', '重要异常', '随访', '客户'])
  await bar.getByRole('button', { name: '更多' }).click()
  const drawer = page.getByRole('dialog', { name: '导航' })
  await drawer.getByText('内容与规则').waitFor()
  await screenshot(page, 'shell-drawer')
  await expect.poll(async () => (await drawer.boundingBox())!.y, { message: 'its head is in sight' }).toBeGreaterThan(0)
  expect(await axe(page)).toEqual([])
  await drawer.getByRole('link', { name: '随访方案' }).click()
  await page.waitForURL(/\/protocols$/)
  await drawer.waitFor({ state: 'hidden' })
  await page.context().close()
})

test('signing out ends the session and leads to the sign-in page', async () => {
  const page = await stage.openAs('service-manager', '/no/such/page')
  await page.getByRole('button', { name: '我的菜单' }).click()
  await page.getByText('退出登录').click()
  await page.waitForURL(/\/sign-in$/)
  await page.goto(`${stage.url}/no/such/page`)
  await page.waitForURL(/\/sign-in\?next=/)
  await page.context().close()
})

test('the first stop of the keyboard skips to the content', async () => {
  const page = await stage.openAs('service-manager', '/no/such/page')
  await settled(page)
  await page.keyboard.press('Tab')
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('跳到正文')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content')
  await page.context().close()
})

test('the palette opens by a slash and by Ctrl K, and closes by Escape', async () => {
  const page = await stage.openAs('service-manager', '/no/such/page')
  for (const keys of ['/', 'Control+k']) {
    await settled(page)
    await page.keyboard.press(keys)
    const field = page.getByRole('combobox', { name: '查找' })
    await field.waitFor()
    expect(await axe(page)).toEqual([])
    await field.fill('没有这样的东西')
    await page.getByText('没有找到“没有这样的东西”').waitFor()
    await page.keyboard.press('Escape')
    await field.waitFor({ state: 'detached' })
  }
  await page.context().close()
})

test('the language changes without a reload and is remembered', async () => {
  const page = await stage.openAs('service-manager', '/no/such/page')
  await page.evaluate(() => ((globalThis as { stayed?: boolean }).stayed = true))
  await page.getByRole('button', { name: '我的菜单' }).click()
  await page.getByText('English').click()
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
  expect(await page.evaluate(() => (globalThis as { stayed?: boolean }).stayed)).toBe(true)
  await page.reload()
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
  await page.context().close()
})

test('when the network goes, the page says so and goes on by itself', async () => {
  const page = await stage.openAs('service-manager', '/no/such/page')
  const away = /\/(?:api|healthz)/
  await page.route(away, (route) => route.abort())
  await page.getByRole('button', { name: '我的菜单' }).click()
  // Any call shows it; the language told to the account is the nearest.
  await page.getByText('English').click()
  const banner = page.getByText('The network is away')
  await banner.waitFor()
  expect(await axe(page)).toEqual([])
  await page.unroute(away)
  await banner.waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
  await page.context().close()
})

test.each([
  ['the sign-in page', '/sign-in', undefined],
  ['the workbench', '/', 'service-manager'],
] as const)('%s says nothing in the console and tries nothing that the policy forbids', async (_what, path, role) => {
  const context = await stage.browser.newContext({ locale: 'zh-CN' })
  const said: string[] = []
  context.on('console', (message) => said.push(`${message.type()}: ${message.text()}`))
  context.on('weberror', (error) => said.push(`thrown: ${error.error().message}`))
  await context.exposeFunction('tellViolation', (directive: string) => said.push(`policy: ${directive}`))
  await context.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', (event) =>
      (globalThis as unknown as { tellViolation(text: string): void }).tellViolation(
        `${event.effectiveDirective} ${event.blockedURI}`,
      ),
    ),
  )
  if (role) {
    const { token } = await stage.house.as(role)
    await context.addCookies([{ name: 'peiban_session', value: token, url: stage.url, httpOnly: true }])
  }
  const page = await context.newPage()
  await page.goto(stage.url + path)
  await page.locator('h1').first().waitFor()
  await page.waitForLoadState('networkidle')
  // The sign-in page asks whether somebody is signed in; the browser notes the answer by itself.
  const asked = 'error: Failed to load resource: the server responded with a status of 401 (Unauthorized)'
  await expect.poll(() => said).toEqual(role ? [] : [asked])
  await context.close()
})

/** Each page of one thing, at an address that names nothing, and the list that it belongs to. */
const NOWHERE: [Role, string, string][] = [
  ['content-editor', '/campaigns/not-an-id', '/campaigns'],
  ['content-editor', '/campaigns/not-an-id/edit', '/campaigns'],
  ['service-manager', '/care-plan-templates/no-such-code', '/care-plan-templates'],
  ['medical-reviewer', '/protocols/no-such-code', '/protocols'],
  ['medical-reviewer', '/protocols/no-such-code/design', '/protocols'],
  ['medical-reviewer', '/protocols/no-such-code/running', '/protocols'],
  ['physician', '/report-signing/not-an-id', '/report-signing'],
  ['physician', '/interpretations/not-an-id', '/interpretations'],
  ['content-editor', '/message-templates/no-such-code', '/message-templates'],
  ['content-editor', '/newsletters/not-an-id', '/newsletters'],
  ['physician', '/patients/not-an-id', '/patients'],
  ['physician', `/patients/${NOBODY}`, '/patients'],
  ['medical-reviewer', '/questionnaires/no-such-code', '/questionnaires'],
  ['content-editor', '/questionnaires/no-such-code/design', '/questionnaires'],
  ['service-manager', '/questionnaire-interviews/not-an-id?code=phq-9', '/'],
  ['quality-lead', '/relationship-rules/no-such-stage/edit', '/relationship-rules'],
  ['physician', '/worklists/not-an-id', '/worklists'],
  ['physician', '/worklists/not-an-id/edit', '/worklists'],
  ['service-manager', '/segments/not-an-id', '/segments'],
  ['content-editor', '/segments/not-an-id/edit', '/segments'],
  ['physician', '/specialty-packs/no-such-code', '/specialty-packs'],
  ['physician', '/stage-summaries/not-an-id/not-an-id', '/stage-summaries'],
]

test.each(NOWHERE)(
  '%s: an address that names nothing leads back instead of offering to try again: %s',
  async (role, path, list) => {
    const page = await stage.openAs(role, path)
    const alert = page.getByRole('alert')
    const back = alert.getByRole('link', { name: list === '/' ? '回到工作台' : '回到列表' })
    await back.waitFor()
    expect(await back.getAttribute('href')).toBe(list)
    await settled(page)
    expect(await alert.getByRole('button').count()).toBe(0)
    await page.context().close()
  },
)

test.each(['desktop', 'phone'] as const)('on a %s the way back is at hand, and leads there', async (size) => {
  const page = await stage.openAs('content-editor', '/campaigns/not-an-id', { size })
  const back = page.getByRole('alert').getByRole('link', { name: '回到列表' })
  await back.waitFor()
  await screenshot(page, `shell-leads-nowhere-${size}`)
  expect(await axe(page)).toEqual([])
  await back.click()
  await page.waitForURL((url) => url.pathname === '/campaigns')
  await page.context().close()
})
