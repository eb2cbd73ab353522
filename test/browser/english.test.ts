import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { seedDemonstration } from '../../src/apps/demo/seed.ts'
import { ADMINISTRATORS, ROLES, type Role } from '../../src/rooms/staff/contract/permissions.ts'
import { createOrganizationWithAccounts } from '../../src/rooms/staff/server/index.ts'
import { aStage, screenshot } from './browser.ts'
import { settled } from './settled.ts'

/**
 * Every page of staff, in English, with the demonstration: nothing that Peiban ships may stand there in Chinese. What
 * people and the house have written stays as it is, and so do fields that hold the Chinese side of something.
 */
const ROOT = join(import.meta.dirname, '../..')
const HAN = /\p{Script=Han}/u
const json = (file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as unknown

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return HAN.test(value) ? [value.trim()] : []
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : []
}
/** Words of people's own files that are shipped words by chance: the name of a plan as it was given, a diagnosis. */
const THEIRS = new Set(['血压管理 30 天', '糖尿病'])
/** The Chinese of pages and of shipped content; of one or two characters it may just as well be a result or a name. */
const shipped = new Set(
  [
    ...globSync('src/{platform/web,rooms/*}/locales/zh-CN.json', { cwd: ROOT }).flatMap((file) => textsIn(json(file))),
    // What patients are written to is theirs; demonstrations are what people would have written.
    ...globSync(
      'src/rooms/{alert,tag,follow-up,segment,specialty-pack,care-plan,lifecycle,advice,media,nodule}/content/**/*.json',
      { cwd: ROOT },
    )
      .filter((file) => !/demonstration|in-english/.test(file))
      .flatMap((file) => textsIn(json(file))),
    ...globSync('src/rooms/*/content/in-english.json', { cwd: ROOT }).flatMap((file) =>
      Object.keys(json(file) as object),
    ),
  ].filter((text) => text.length > 2 && !THEIRS.has(text)),
)

const paths = readdirSync(join(ROOT, 'src/rooms')).flatMap((room) => {
  const file = join(ROOT, 'src/rooms', room, 'staff/pages.tsx')
  return existsSync(file) ? [...readFileSync(file, 'utf8').matchAll(/path: '([^']+)'/g)].map((found) => found[1]!) : []
})
const patterns = paths.filter((path) => path.includes('$'))
const patternOf = (path: string) =>
  paths.includes(path)
    ? undefined
    : patterns.find((one) => new RegExp(`^${one.replace(/\$\w+/g, '[^/]+')}$`).test(path))

const stage = await aStage()
const { house } = stage

/** Chinese words on the page, and in what is read aloud of it; not in fields, nor in what patients are shown. */
const hanOn = (page: Page) =>
  page.evaluate(() => {
    const han = /\p{Script=Han}/u
    const all = [...document.querySelectorAll('body *')].filter(
      (one) => !one.closest('noscript, [lang^="zh"], textarea, .pb-phone'),
    )
    return all
      .flatMap((element) => [
        ...['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? ''),
        ...[...element.childNodes]
          .filter((node) => node.nodeType === Node.TEXT_NODE)
          .map((node) => node.textContent ?? ''),
      ])
      .filter((text) => han.test(text))
      .map((text) => text.trim())
  })

async function openAll(page: Page, wanted: readonly string[]): Promise<{ left: string[]; found: string[] }> {
  const found: string[] = []
  const left = [...wanted]
  const known = new Set<string>()
  const look = async (where: string) => {
    await settled(page)
    for (const text of await hanOn(page)) if (shipped.has(text)) found.push(`${where}: ${text}`)
    for (const href of await page
      .locator('a[href^="/"]')
      .evaluateAll((links) => links.map((one) => one.getAttribute('href')!))) {
      const path = href.split('?')[0]!
      const pattern = patternOf(path)
      if (!pattern || known.has(pattern)) continue
      known.add(pattern)
      left.push(path)
    }
  }
  let opened = 0
  for (let path = left[0]; path; path = left[++opened]) {
    await page.goto(stage.url + path)
    await page.locator('h1').first().waitFor()
    await look(path)
    const tabs = page.locator('main [role=tab]:not([aria-disabled=true])')
    for (let n = 1; n < (await tabs.count()); n++) {
      await tabs.nth(n).click()
      await look(`${path} ${await tabs.nth(n).textContent()}`)
    }
  }
  return { left, found }
}

test('no page of staff says in Chinese to readers of English what Peiban ships', { timeout: 600_000 }, async () => {
  const load = { patients: 30, years: 3, seed: 1 }
  const demoLoad = { ...load, today: house.clock.today('Asia/Shanghai'), loaded: 0 }
  await createOrganizationWithAccounts(house.house, { slug: 'demo', name: 'Hekang', demoLoad })
  const { tenant } = (await seedDemonstration(house.house, house.databaseUrl, load))!
  await house.settle()
  const others = (Object.keys(ROLES) as Role[]).filter(
    (role) => !ADMINISTRATORS.includes(role as never) && role !== 'corporate-hr',
  )
  const plain = paths.filter((path) => !path.includes('$') && path !== '/sign-in' && path !== '/invitation')
  const found: string[] = []
  for (const [roles, wanted] of [
    [others, plain.filter((path) => !path.startsWith('/settings') && path !== '/audit')],
    [['system-administrator'], plain.filter((path) => path.startsWith('/settings') && path !== '/settings/security')],
    [['security-administrator'], ['/settings/security']],
    [['audit-administrator'], ['/audit']],
  ] as [Role[], string[]][]) {
    const page = await stage.openAs(await house.as(roles, { tenant, name: 'Reader' }), '/account', { locale: 'en' })
    const { left, found: here } = await openAll(page, wanted)
    found.push(...here)
    if (roles === others)
      expect(left.filter((path) => patternOf(path)).length, 'pages of one thing').toBeGreaterThan(12)
    await page.context().close()
  }
  expect(found).toEqual([])
})

test('where rules and lists are from is read in either language', { timeout: 300_000 }, async () => {
  const [tenant] = await house.house.tenants().then((all) => all.filter(({ name }) => name === 'Hekang'))
  for (const size of ['desktop', 'phone'] as const)
    for (const [path, roles, zh, en] of [
      ['/alert-settings', 'quality-lead', '见于 20–25 g/L', 'Elsewhere 20–25 g/L'],
      ['/worklists', 'service-manager', '高血压，血压没控制好', 'Hypertension, not under control'],
      [
        '/protocols/hypertension',
        'physician',
        /国家基本公共卫生服务规范（第三版，2017） 高血压患者健康管理服务规范/,
        /National Basic Public Health Services, 3rd edition \(2017\), hypertension: at least 4/,
      ],
    ] as [string, Role, string | RegExp, string | RegExp][])
      for (const [locale, words] of [
        ['zh-CN', zh],
        ['en', en],
      ] as const) {
        const page = await stage.openAs(await house.as(roles, { tenant: tenant!, name: 'Reader' }), path, {
          locale,
          size,
        })
        await page.getByText(words).first().waitFor()
        await screenshot(page, `in-english${path.replaceAll('/', '-')}-${size}-${locale}`)
        await page.context().close()
      }
})
