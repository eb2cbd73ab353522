import { afterAll, expect, test } from 'vitest'
import { seedDemonstration } from '../../src/apps/demo/seed.ts'
import { openStandIns } from '../../src/apps/demo/stand-ins.ts'
import type { StandInUrls } from '../../src/platform/stand-in.ts'
import { work } from '../../src/rooms/message/sample.ts'
import { createOrganizationWithAccounts, openSession } from '../../src/rooms/staff/server/index.ts'
import { visitor } from '../house.ts'
import { aStage, axe, screenshot } from './browser.ts'

/** The demonstration with its stand-ins: what went out by SMS, WeChat and WeCom, and what came back. */
const urls: StandInUrls = {}
const stage = await aStage({ standIns: urls })
const { house } = stage
const demoLoad = { patients: 40, years: 1, seed: 1, today: '2026-03-02', loaded: 0 }
const { tenant } = await createOrganizationWithAccounts(house.house, { slug: 'demo', name: '和康体检中心', demoLoad })
await seedDemonstration(house.house, house.databaseUrl, { patients: 40, years: 1, seed: 1 })
const standIns = (await openStandIns(house.house, house.rooms, { webUrl: stage.url, urls }))!
afterAll(() => standIns.close())
for (const seconds of [1, 1, 3, 3, 10, 120]) {
  house.clock.advance({ seconds })
  await standIns.turn()
  await house.settle()
  await work(house, tenant)
}
const known = await house.house.databases
  .of(tenant.id)
  .selectFrom('channel_account_patient as c')
  .innerJoin('patient as p', 'p.id', 'c.patient_id')
  .select('p.manager_id')
  .executeTakeFirstOrThrow()
const signedIn = { secondFactor: true, address: '127.0.0.1', userAgent: 'test' }
const manager = visitor(house, await house.write((ctx) => openSession(ctx, known.manager_id!, signedIn), tenant))
const administrator = await house.as('system-administrator', { tenant, name: '钱工' })

const VIEWS = [
  ['desktop', 'zh-CN'],
  ['desktop', 'en'],
  ['phone', 'zh-CN'],
] as const

test.each(VIEWS)(
  'the outbox shows each way as a stand-in, and what came of its messages (%s %s)',
  async (size, locale) => {
    const page = await stage.openAs(manager, '/messages?tab=outbox', { size, locale })
    await page
      .getByText(/替身，不会真的发出|Stand-in: nothing is really sent/)
      .nth(2)
      .waitFor()
    await page
      .getByText(/客户回复了|They wrote back/)
      .first()
      .waitFor()
    await screenshot(page, `stand-in-outbox-${size}-${locale}`)
    expect(await axe(page)).toEqual([])
    await page
      .getByRole('button', { name: /微信演示|WeChat demonstration/ })
      .first()
      .click()
    await page
      .getByRole('dialog')
      .getByText(/已送达|Delivered|Arrived/)
      .first()
      .waitFor()
    await screenshot(page, `stand-in-message-${size}-${locale}`)
    await page.context().close()
  },
)

test.each(VIEWS)('accounts of stand-ins say so (%s %s)', async (size, locale) => {
  const page = await stage.openAs(administrator, '/settings/sms', { size, locale })
  await page.getByText(/这是演示用的替身账号|This is a stand-in of the demonstration/).waitFor()
  await screenshot(page, `stand-in-sms-${size}-${locale}`)
  expect(await axe(page)).toEqual([])
  await page.goto(`${stage.url}/settings/wechat`)
  await page
    .getByText(/这是演示用的替身账号|This is a stand-in of the demonstration/)
    .nth(1)
    .waitFor()
  await screenshot(page, `stand-in-wechat-${size}-${locale}`)
  expect(await axe(page)).toEqual([])
  await page.context().close()
})
