import axeCore from 'axe-core'
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, inject } from 'vitest'
import { PATIENT_SITE } from '../../src/apps/start.ts'
import { dateIn, instantAt } from '../../src/platform/clock.ts'
import { servePages, serveSite } from '../../src/platform/http/static.ts'
import type { Role } from '../../src/rooms/staff/contract/permissions.ts'
import { CHROMIUM_ARGUMENTS, chromiumEnvironment } from '../chromium.ts'
import { aHouse, type Caller, type TestHouse } from '../house.ts'
import { settled, watchTraffic } from './settled.ts'

const ROOT = join(import.meta.dirname, '../..')

export interface PageOptions {
  /** `desktop` 1440 × 900 (default), `phone` 390 × 844 with touch. */
  size?: 'desktop' | 'phone'
  locale?: 'zh-CN' | 'en'
  theme?: 'light' | 'dark'
  /** What the browser's clock says, standing still; without it, the house's on the same day, else the machine's. */
  at?: Date
}

export interface Stage {
  house: TestHouse
  /** `http://127.0.0.1:port` */
  url: string
  browser: Browser
  /** A page of somebody with these roles, already signed in, at this address. */
  openAs(who: Role | Role[] | Caller, path?: string, options?: PageOptions): Promise<Page>
  /** A page of nobody: the sign-in page and what else is open. */
  open(path?: string, options?: PageOptions): Promise<Page>
}

const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

/**
 * A whole house that listens on a free port of 127.0.0.1, the built pages, and a Chromium before them.
 * @param options.browser further arguments of Chromium: a microphone for tests
 */
export async function aStage({
  browser: more = [],
  ...options
}: NonNullable<Parameters<typeof aHouse>[0]> & { browser?: readonly string[] } = {}): Promise<Stage> {
  const house = await aHouse(options)
  answerLate(house)
  await servePages(house.app, join(ROOT, 'dist/staff'))
  serveSite(house.app, join(ROOT, 'dist/patient'), PATIENT_SITE)
  await house.app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(house.app.server.address() as AddressInfo).port}`
  const browser = await chromium.launch({
    executablePath: inject('chromium'),
    args: [...CHROMIUM_ARGUMENTS, ...more],
    env: chromiumEnvironment(),
  })
  afterAll(() => browser.close())
  return {
    house,
    url,
    browser,
    open: async (path = '/', pageOptions = {}) => go(await newContext(browser, pageOptions, house), url + path),
    async openAs(who, path = '/', pageOptions = {}) {
      const caller = typeof who === 'string' || Array.isArray(who) ? await house.as(who) : who
      const context = await newContext(browser, pageOptions, house)
      await context.addCookies([{ name: 'peiban_session', value: caller.token, url, httpOnly: true }])
      return go(context, url + path)
    },
  }
}

/**
 * With PEIBAN_LATE_ANSWERS=350 each answer to a page comes about so many milliseconds later than it could. Whoever looks
 * before what they wait for is there, and is saved by a quick machine, then fails here and not once in a hundred runs.
 */
function answerLate(house: TestHouse): void {
  const late = Number(process.env['PEIBAN_LATE_ANSWERS'] ?? 0)
  if (late > 0)
    house.app.addHook('onRequest', async (request) => {
      // What a test itself asks comes by no socket.
      if (request.url.startsWith('/api') && request.headers['user-agent'] !== 'lightMyRequest')
        await new Promise((over) => setTimeout(over, late * (0.5 + Math.random())))
    })
}

async function newContext(
  browser: Browser,
  { size = 'desktop', locale = 'zh-CN', theme = 'light', at }: PageOptions,
  house?: TestHouse,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: SIZES[size],
    locale,
    colorScheme: theme,
    timezoneId: 'Asia/Shanghai',
    hasTouch: size === 'phone',
    // Nothing moves, so that a screenshot is the same each time.
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(30_000)
  const ahead = house ? house.clock.now().getTime() - Date.now() : 0
  if (at) await context.clock.setFixedTime(at)
  // Who stands in the present day has one clock with the house.
  else if (Math.abs(ahead) < DAY_MS) await context.addInitScript(goAhead, ahead)
  return context
}

const DAY_MS = 86_400_000

/** In the page: its clock goes on from the machine's and so many milliseconds. */
function goAhead(ms: number): void {
  const Machine = Date
  const now = (): number => Machine.now() + ms
  globalThis.Date = new Proxy(Machine, {
    construct: (target, given: unknown[], as) =>
      Reflect.construct(target, given.length > 0 ? given : [now()], as) as object,
    apply: () => new Machine(now()).toString(),
    get: (target, key) => (key === 'now' ? now : (Reflect.get(target, key) as unknown)),
  })
}

/**
 * Ten in the morning of today in Shanghai, for what has to stand in the present. The hour at which the tests are run says
 * nothing then: a house that stood in the last minute of a day would meet pages of the next one.
 */
export function thisMorning(): Date {
  return instantAt(dateIn(new Date(), 'Asia/Shanghai'), 600, 'Asia/Shanghai')
}

/** A page of a fresh browser, once it shows a heading. Close its context when done. */
export async function newPage(browser: Browser, address: string, options: PageOptions = {}): Promise<Page> {
  return go(await newContext(browser, options), address)
}

async function go(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage()
  watchTraffic(page)
  page.on('pageerror', (error) => console.error(`page error: ${error.message}`))
  await page.goto(address)
  await page.locator('h1').first().waitFor()
  return page
}

/** Kept in the folder that PEIBAN_SCREENSHOTS names; without it only the page is waited for. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await settled(page)
  const folder = process.env['PEIBAN_SCREENSHOTS']
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

/** Rests the pointer on the way back that a short word at the top offers: as long as it is there the word stays. */
export function holdUndo(page: Page): Promise<void> {
  return page.locator('.pb-undo').last().hover()
}

/**
 * What WCAG 2 A and AA say against the page, one line each: rule, element, reason. A test wants `[]`.
 * @param within a selector, to judge one part
 */
export async function axe(page: Page, within = 'body'): Promise<string[]> {
  // Over the debugger, which the page's content security policy does not hinder.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeCore.source)
  // What is still on its way would be judged or not, as chance has it.
  await settled(page)
  // As tall as the page: what the bars cover by the accident of where one has scrolled to is no fault.
  const size = page.viewportSize()
  const tall = await page.evaluate(() => document.documentElement.scrollHeight)
  if (size && tall > size.height) await page.setViewportSize({ width: size.width, height: tall })
  const violations = await page.evaluate(async (selector) => {
    const { axe: judge } = globalThis as unknown as { axe: typeof axeCore }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    const found = await judge.run(selector, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
      // Style sheets are read for one rule, of screens that may not be turned, which axe counts as experimental and leaves out.
      preload: { assets: ['media'] },
    })
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map((n) => `${id}: ${n.target.join(' ')}: ${n.failureSummary ?? ''}`),
    )
  }, within)
  if (size) await page.setViewportSize(size)
  return violations.map((line) => line.replace(/\s+/g, ' '))
}
