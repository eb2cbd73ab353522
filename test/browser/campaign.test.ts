import { beforeAll, expect, test } from 'vitest'
import { aPatient } from '../../src/rooms/message/sample.ts'
import { installShippedCampaigns, furnishCampaigns } from '../../src/rooms/campaign/server/index.ts'
import { listCampaigns } from '../../src/rooms/campaign/contract/campaign.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot, type PageOptions } from './browser.ts'

/** Campaigns as staff see them: the list, one on its way, its results and people, and the editor step by step. */

const stage = await aStage()
const { house } = stage
let editor: Caller
let manager: Caller
let running = ''
let draft = ''

beforeAll(async () => {
  editor = await house.as('content-editor', { name: '内容小周' })
  manager = await house.as('service-manager', { name: '健管师李晓雯' })
  await house.as('medical-reviewer', { name: '审核王主任' })
  for (const name of ['王秀英', '欧阳若曦', '李建国', '赵敏']) {
    const id = await aPatient(house, { name })
    const db = house.house.databases.of(house.tenant.id)
    await db.updateTable('patient').set({ manager_id: manager.staffId }).where('id', '=', id).execute()
  }
  await house.write(installShippedCampaigns)
  await house.write(furnishCampaigns)
  const { rows } = await editor.call(listCampaigns)
  running = rows.find(({ state }) => state === 'running')!.id
  draft = rows.find(({ name }) => name.zh === '预约提醒')!.id
})

const LOOKS: [string, PageOptions][] = [
  ['desktop-zh', { size: 'desktop', locale: 'zh-CN' }],
  ['phone-zh', { size: 'phone', locale: 'zh-CN' }],
  ['desktop-en', { size: 'desktop', locale: 'en' }],
  ['phone-en', { size: 'phone', locale: 'en' }],
]

test.each(LOOKS)('the pages stand: %s', async (look, options) => {
  // Each with something that only stands there once the data have come.
  const places: [string, Caller, string, string][] = [
    ['list', editor, '/campaigns', `a[href="/campaigns/${running}"]`],
    ['one', editor, `/campaigns/${running}`, '.pb-campaign-branches'],
    ['draft', editor, `/campaigns/${draft}`, '.pb-campaign-path'],
    ['outcome', editor, `/campaigns/${running}?tab=outcome`, '.pb-campaign-sums'],
    ['results', editor, `/campaigns/${running}?tab=results`, '[role=tabpanel] .pb-facts'],
    ['people', manager, `/campaigns/${running}?tab=people`, 'text=王秀英'],
    ['editor', editor, `/campaigns/${draft}/edit`, 'input[maxlength="60"]'],
    ['calendar', editor, '/campaigns/calendar', 'a[href^="/campaigns/0"]'],
  ]
  for (const [name, who, path, sign] of places) {
    const page = await stage.openAs(who, path, options)
    await page.locator(sign).first().waitFor()
    await screenshot(page, `campaign-${name}-${look}`)
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1),
      `${name} is wider than ${look}`,
    ).toBe(true)
    if (look.endsWith('zh')) expect(await axe(page), `${name} ${look}`).toEqual([])
    await page.context().close()
  }
})

test('a number opens the people behind it', async () => {
  const page = await stage.openAs(manager, `/campaigns/${running}?tab=outcome`)
  const line = page.locator('.pb-campaign-sums a').first()
  const words = (await line.textContent())!
  await line.click()
  await page.getByText(`只看：${words}`).waitFor()
  await page
    .getByText(/王秀英|欧阳若曦|李建国|赵敏/)
    .first()
    .waitFor()
  await screenshot(page, 'campaign-behind-a-number')
  await page.getByRole('button', { name: '看全部' }).click()
  await page.getByText(`只看：${words}`).waitFor({ state: 'detached' })
  await expect.poll(() => new URL(page.url()).searchParams.get('reason')).toBe(null)
  await page.context().close()
})

test('a campaign is written step by step, and a goal comes first', async () => {
  const page = await stage.openAs(editor, '/campaigns/new')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  // Without goal and name it is refused, and nothing is kept.
  await page.locator('.ant-alert').first().waitFor()
  await page.getByText('就诊后关怀').click()
  await page.getByLabel('名称', { exact: true }).fill('冬天的一声问候')
  await page.getByLabel('英文名称').fill('A winter greeting')
  await page.getByLabel('希望带来什么变化').fill('让久未见面的客户知道有人惦记')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '加一步' }).click()
  await page.getByRole('menuitem', { name: '发消息' }).click()
  await page.getByLabel('模板', { exact: true }).waitFor()
  await screenshot(page, 'campaign-path-editor')
  await page.getByRole('button', { name: '保存并查看' }).click()
  await page.getByRole('button', { name: '交给同事审核' }).click()
  await page.getByText('第 1 版等审核').waitFor()
  const rows = (await editor.call(listCampaigns)).rows
  expect(rows.find(({ name }) => name.zh === '冬天的一声问候')).toMatchObject({ versionState: 'submitted' })
  await page.context().close()
})

test('a day of the calendar that has nothing yet is drafted, and says what is lacking', async () => {
  const page = await stage.openAs(editor, '/campaigns/calendar?kind=health')
  await page.getByRole('button', { name: '为世界肾脏日起草' }).click()
  await page.waitForURL(/campaigns\/new\?day=kidney/)
  await expect.poll(() => page.locator('input[maxlength="60"]').first().inputValue()).toBe('世界肾脏日')
  await page.getByRole('button', { name: '保存并查看' }).click()
  await page.waitForURL(/campaigns\/[0-9a-f-]{36}$/)
  await page.goto(`${new URL(page.url()).origin}/campaigns/calendar?kind=health`)
  const row = page.getByRole('row', { name: /世界肾脏日/ })
  await row.getByText('草稿').waitFor()
  expect(await row.getByRole('button').count()).toBe(0)
  await screenshot(page, 'campaign-calendar-drafted')
  await page.context().close()
})
