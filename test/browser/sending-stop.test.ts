import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { sendDue, sendMessages } from '../../src/rooms/message/server/index.ts'
import { markRestored } from '../../src/rooms/message/server/restored.ts'
import { aPatient, aTemplate, publish, setWebAddress } from '../../src/rooms/message/sample.ts'
import { aCampaign, aRunning } from '../../src/rooms/campaign/sample-campaign.ts'
import { enterDue, stepDue } from '../../src/rooms/campaign/server/index.ts'
import { withClient } from '../database.ts'
import type { Caller } from '../house.ts'
import { anSmtpEnd } from '../smtp-end.ts'
import { aStage, axe, screenshot, type PageOptions } from './browser.ts'
import { settled } from './settled.ts'

/** What stands still as staff see it: after a restore, a provider that refuses us, a campaign that was stopped. */

const end = await anSmtpEnd({
  answer: (command) => (/^RCPT.*@qq\.com/i.test(command) ? '550 DMARC check failed' : undefined),
})
const stage = await aStage({ smtpUrl: `smtp://127.0.0.1:${end.port}` })
const { house } = stage
let lead: Caller
let manager: Caller
let campaign = ''

const tell = (ids: readonly string[], touch: string, over: object = {}) =>
  house.write((ctx) =>
    sendMessages(
      ctx,
      ids.map((patientId) => ({ patientId, template: 'to-say', touch, channels: ['email'] as const, ...over })),
    ),
  )

beforeAll(async () => {
  lead = await house.as('quality-lead', { name: '质控孙主任' })
  manager = await house.as('service-manager', { name: '健管师李晓雯' })
  await setWebAddress(house, 'https://care.example.org')
  await publish(house, aTemplate({ code: 'to-say', channels: ['email', 'in-app'] }))
  const elders = []
  for (let n = 0; n < 4; n++) elders.push(await aPatient(house, { birthDate: '1950-05-05', email: `elder${n}@qq.com` }))
  campaign = await aRunning(
    house,
    aCampaign({
      audience: { age: { op: '>=', years: 70 } },
      path: [{ id: 'mail', kind: 'send', template: 'to-say', channels: ['email'] } as never],
    }),
  )
  await enterDue(house.house, house.tenant)
  await stepDue(house.house, house.tenant)
  await sendDue(house.house, house.tenant)
  await house.settle()
  const young = []
  for (let n = 0; n < 3; n++) young.push(await aPatient(house, { birthDate: '1980-05-05', email: `young${n}@qq.com` }))
  await tell(young.slice(0, 1), 'first')
  await sendDue(house.house, house.tenant)
  await tell(young.slice(1), 'second')
  await sendDue(house.house, house.tenant)
  await withClient(house.databaseUrl, (client) =>
    markRestored(client, new Date('2026-03-01T15:30:00Z'), house.clock.now()),
  )
  await tell(elders, `of:${randomUUID()}`)
})

const LOOKS: [string, PageOptions][] = [
  ['desktop-zh', { size: 'desktop', locale: 'zh-CN' }],
  ['phone-zh', { size: 'phone', locale: 'zh-CN' }],
  ['desktop-en', { size: 'desktop', locale: 'en' }],
  ['phone-en', { size: 'phone', locale: 'en' }],
]

test.each(LOOKS)('the pages stand: %s', async (look, options) => {
  const places: [string, Caller, string, string][] = [
    ['stops', lead, '/message-rules?tab=stops', '[role=tabpanel] .pb-facts'],
    ['banner', manager, '/messages', '.ant-alert'],
    ['campaign', lead, `/campaigns/${campaign}`, '.ant-alert'],
  ]
  for (const [name, who, path, sign] of places) {
    const page = await stage.openAs(who, path, options)
    await page.locator(sign).first().waitFor()
    await screenshot(page, `stop-${name}-${look}`)
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1),
      `${name} is wider than ${look}`,
    ).toBe(true)
    if (look.endsWith('zh')) expect(await axe(page), `${name} ${look}`).toEqual([])
    await page.context().close()
  }
})

test('who may lets it go on with a reason; the others see why and no button', async () => {
  const reader = await stage.openAs(manager, '/message-rules?tab=stops')
  await reader.locator('[role=tabpanel] .pb-facts').first().waitFor()
  await settled(reader)
  expect(await reader.getByRole('button', { name: '恢复发送' }).count()).toBe(0)
  await reader.context().close()
  const page = await stage.openAs(lead, '/message-rules?tab=stops')
  const all = page.locator('section, .ant-card').filter({ hasText: '全部停发' }).last()
  await all.getByLabel('为什么可以恢复').fill('已核对邮件服务器的记录')
  await all.getByRole('button', { name: '恢复发送' }).click()
  await page.getByText('已核对邮件服务器的记录').waitFor()
  await screenshot(page, 'stop-lifted')
  await page.context().close()
  const ofCampaign = await stage.openAs(lead, `/campaigns/${campaign}`)
  await ofCampaign.getByLabel('为什么可以继续').fill('发信设置已改好')
  await ofCampaign.getByRole('button', { name: '写明理由后继续' }).click()
  await ofCampaign.getByText('进行中').first().waitFor()
  await ofCampaign.context().close()
})
