import { join } from 'node:path'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { cardActivated } from '../../src/rooms/card/contract/card.ts'
import { saveDraft } from '../../src/rooms/message/contract/template.ts'
import { setPreference } from '../../src/rooms/message/contract/message.ts'
import { sendDue, sendMessage } from '../../src/rooms/message/server/index.ts'
import {
  aPatient,
  aTemplate,
  keepingTransport,
  mailingBy,
  mailRow,
  publish,
  setWebAddress,
} from '../../src/rooms/message/sample.ts'
import { taskDigestDue } from '../../src/rooms/task/contract/events.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot, type PageOptions } from './browser.ts'
import { settled } from './settled.ts'

/** Messages as staff see them: the ledger, a copy, the outbox, templates, a patient's tab, the bell; and as the patient sees a link. */

const stage = await aStage()
const { house } = stage
let manager: Caller
let editor: Caller
let patientId: string
let token = ''
const draft = aTemplate({
  code: 'spring-check',
  name: { zh: '春季问候', en: 'Spring greeting' },
  zh: {
    subject: '您的糖尿病随访',
    text: '{{ greeting }}：\n\n天气转暖，{{ what }}。我们的治愈率很高。',
    html: '',
    button: '登录看看',
  },
})

beforeAll(async () => {
  await setWebAddress(house, 'https://care.example.org')
  manager = await house.as('service-manager', { name: '健管师李晓雯' })
  editor = await house.as('content-editor', { name: '内容小周' })
  const names = ['王秀英', '欧阳若曦', '阿依古丽·买买提吐尔逊', '李建国', '赵敏']
  const ids: string[] = []
  for (const name of names) {
    const id = await aPatient(house, { name })
    await house.house.databases
      .of(house.tenant.id)
      .updateTable('patient')
      .set({ manager_id: manager.staffId })
      .where('id', '=', id)
      .execute()
    ids.push(id)
  }
  patientId = ids[0]!
  const tell = (id: string, template: string, touch: string, over: object = {}) =>
    house.write((ctx) => sendMessage(ctx, { patientId: id, template, touch, ...over }))
  for (const id of ids)
    await house.write((ctx) => ctx.emit(cardActivated, { cardId: ctx.ids.next(), patientId: id } as never))
  await house.settle()
  await manager.call(setPreference, {
    params: { patientId: ids[3]! as never },
    body: { purpose: 'care', channel: 'email', optedOut: true },
  })
  await tell(ids[0]!, 'bp-remeasure', 'x')
  await tell(ids[1]!, 'report-ready', 'r')
  await tell(ids[3]!, 'bp-remeasure', 'x')
  await tell(ids[4]!, 'follow-up-due', 'f', { sendAt: new Date('2026-03-05T01:00:00Z') })
  const { mails, transport } = keepingTransport((mail) =>
    Promise.resolve(
      mail.to.includes('patient2@')
        ? { kind: 'rejected', reply: '550 Mailbox not found', code: 550 }
        : { kind: 'accepted', reply: '250 ok' },
    ),
  )
  await sendDue(mailingBy(house.house, transport), house.tenant)
  token = /\/u\/(.*)>/.exec(
    mails.find((mail) => mail.headers?.['List-Unsubscribe'])!.headers!['List-Unsubscribe']!,
  )![1]!
  await editor.call(saveDraft, {
    params: { code: draft.code },
    body: { definition: draft, revision: null, reviewOn: '2026-02-01' } as never,
  })
  await house.write((ctx) =>
    ctx.emit(taskDigestDue, { executorId: manager.staffId as never, day: '2026-03-02', count: 4, overdue: 1 }),
  )
  await house.settle()
})

/** Like `screenshot`, without waiting for a silent network: a frame that is written by its parent may never report it. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PEIBAN_SCREENSHOTS']
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) })
}

const LOOKS: [string, PageOptions][] = [
  ['desktop-zh', { size: 'desktop', locale: 'zh-CN' }],
  ['phone-zh', { size: 'phone', locale: 'zh-CN' }],
  ['desktop-en', { size: 'desktop', locale: 'en' }],
  ['phone-en', { size: 'phone', locale: 'en' }],
]

test.each(LOOKS)(
  'the pages stand: %s',
  async (look, options) => {
    const row = await mailRow(house, patientId)
    // Each with something that only stands there once the data have come.
    const places: [string, Caller, string, string][] = [
      ['ledger', manager, '/messages', 'text=欧阳若曦'],
      ['copy', manager, `/messages?message=${row.id}`, 'iframe'],
      ['outbox', manager, '/messages?tab=outbox', 'text=王秀英'],
      ['patient', manager, `/patients/${patientId}?tab=message`, '.pb-topic'],
      ['templates', editor, '/message-templates', 'a[href="/message-templates/report-ready"]'],
      ['template', editor, '/message-templates/spring-check', 'iframe, .pb-phone .pb-plain-list'],
    ]
    for (const [name, who, path, sign] of places) {
      const page = await stage.openAs(who, path, options)
      await page.locator(sign).first().waitFor()
      await settled(page)
      await picture(page, `message-${name}-${look}`)
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1),
        `${name} is wider than ${look}`,
      ).toBe(true)
      // The frame of the patient's page is judged by the room it belongs to.
      if (look.endsWith('zh'))
        expect(await axe(page, name === 'patient' ? '[role=tabpanel]' : 'body'), `${name} ${look}`).toEqual([])
      await page.context().close()
    }
  },
  180_000,
)

test('the bell tells, is read, and leads on', async () => {
  const page = await stage.openAs(manager, '/messages')
  await page.getByRole('button', { name: '提醒，1 条未读' }).click()
  await page.getByText('今天还有 4 项计划没完成').waitFor()
  await screenshot(page, 'message-bell')
  await page.getByText('全部已读').click()
  await page.getByRole('button', { name: '提醒', exact: true }).waitFor()
  await page.context().close()
})

test('a manager writes by hand, and stops what a patient does not want', async () => {
  const page = await stage.openAs(manager, `/patients/${patientId}?tab=message`)
  await page.getByRole('button', { name: '发消息' }).click()
  await page.getByRole('combobox', { name: '内容' }).click()
  await page.getByTitle('请联系我们').click()
  await screenshot(page, 'message-write')
  await page.getByRole('button', { name: /^发\s*送$/ }).click()
  await page.getByText('已安排发送').waitFor()
  await page.getByRole('button', { name: '健康知识，邮件：照常发' }).click()
  await page.getByText('已停：健康知识 · 邮件').waitFor()
  await page.getByRole('button', { name: '健康知识，邮件：不再发' }).waitFor()
  await screenshot(page, 'message-topic-stopped')
  await page.getByRole('button', { name: '健康知识，邮件：不再发' }).click()
  await page.getByText('已恢复：健康知识 · 邮件').waitFor()
  await page.getByText('整类停发').click()
  await page.getByRole('button', { name: /停发.*关怀 邮件/ }).click()
  await page.getByText('已停：关怀 · 邮件').waitFor()
  await page.getByRole('button', { name: /恢复.*关怀 邮件/ }).click()
  await page.getByText('已恢复：关怀 · 邮件').waitFor()
  await page.context().close()
})

test("the editor sees while typing what is wrong, and a reader's page holds no form", async () => {
  const page = await stage.openAs(editor, '/message-templates/spring-check')
  await page.getByText(/主题里有病名/).waitFor()
  await page.getByLabel('主题').first().fill('春天好')
  await page.getByText(/主题里有病名/).waitFor({ state: 'detached' })
  await page
    .getByText(/法律不允许的说法/)
    .first()
    .waitFor()
  await page.context().close()
  const reader = await stage.openAs(manager, '/message-templates/report-ready')
  await reader.frameLocator('iframe').getByText('王桂兰，您好').waitFor()
  await settled(reader)
  expect(await reader.getByRole('button', { name: '保存草稿' }).count()).toBe(0)
  await screenshot(reader, 'message-template-reader')
  await reader.context().close()
})

test.each([
  ['desktop', 'zh-CN'],
  ['phone', 'zh-CN'],
  ['desktop', 'en'],
] as const)(
  'the rules of sending, on a %s in %s',
  async (size, locale) => {
    const lead = await house.as('quality-lead', { name: '质控陈静' })
    const page = await stage.openAs(lead, '/message-rules', { size, locale })
    const at = (tab: string) => page.goto(`${stage.url}/message-rules?tab=${tab}`)
    const say = (zh: string, en: string) => (locale === 'en' ? en : zh)
    await page.getByRole('button', { name: say('保存规则', 'Save the rules') }).waitFor()
    await screenshot(page, `message-rules-${size}-${locale}`)
    await page.getByRole('button', { name: say('看一看', 'Look') }).click()
    await page.getByRole('status').getByText(/\d/).first().waitFor()
    await screenshot(page, `message-rules-preview-${size}-${locale}`)
    expect(await axe(page)).toEqual([])
    await at('holidays')
    await page.getByText(say('系统自带', 'Comes with Peiban')).first().waitFor()
    await screenshot(page, `message-holidays-${size}-${locale}`)
    expect(await axe(page)).toEqual([])
    await at('suppressions')
    await page.getByText('p***@example.com').first().waitFor()
    await screenshot(page, `message-suppressions-${size}-${locale}`)
    expect(await axe(page)).toEqual([])
    await page.context().close()
  },
  180_000,
)

test('a rule is set with a reason; an address is lifted with one; a message says what held it', async () => {
  const lead = await house.as('quality-lead', { name: '质控陈静' })
  const page = await stage.openAs(lead, '/message-rules')
  await page.getByLabel('为什么改').fill('春节前少打扰')
  await page.getByLabel('对照组（%）').fill('10')
  await page.getByRole('button', { name: '保存规则' }).click()
  await page.getByText('第 1 版，质控陈静：春节前少打扰').waitFor()
  await page.goto(`${stage.url}/message-rules?tab=suppressions`)
  await page
    .getByRole('button', { name: /^解\s*除$/ })
    .first()
    .click()
  await page.getByLabel('为什么解除').fill('本人换回了这个邮箱')
  await screenshot(page, 'message-suppression-lift')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^解\s*除$/ })
    .click()
  await page.getByText('名单是空的').waitFor()
  await page.context().close()
  await house.write((ctx) =>
    sendMessage(ctx, { patientId, template: 'please-contact', touch: 'night', channels: ['email'] }),
  )
  const { transport } = keepingTransport()
  const night = new Date('2026-03-02T15:00:00Z')
  await sendDue({ ...mailingBy(house.house, transport), clock: { ...house.clock, now: () => night } }, house.tenant)
  const row = await house.house.databases
    .of(house.tenant.id)
    .selectFrom('message')
    .select('id')
    .where('touch', '=', 'night')
    .executeTakeFirstOrThrow()
  const reader = await stage.openAs(manager, `/messages?message=${row.id}`)
  await reader.getByText(/当时 23:00，这一类只在 08:00–21:00 发/).waitFor()
  await screenshot(reader, 'message-held')
  await reader.context().close()
})

test('a second person reads what was held back, and lets it go', async () => {
  const held = aTemplate({ byHand: true, zh: { subject: '糖尿病科普讲座', text: '{{ greeting }}：周六上午十点。' } })
  const template = await publish(house, held)
  await house.write((ctx) => sendMessage(ctx, { patientId, template, touch: 'lecture' }))
  const { transport } = keepingTransport()
  await sendDue(mailingBy(house.house, transport), house.tenant)
  const messages = house.house.databases.of(house.tenant.id).selectFrom('message').select('id')
  const { id } = await messages.where('touch', '=', 'lecture').executeTakeFirstOrThrow()
  const page = await stage.openAs(manager, `/messages?message=${id}`, { size: 'phone' })
  await page.getByText('读到：主题里有病名').waitFor()
  await page.getByRole('button', { name: '看过，放行' }).click()
  await page.getByLabel('为什么可以发').fill('讲座的名称，不是本人的病')
  await screenshot(page, 'message-approve')
  expect(await axe(page, '[role=dialog]')).toEqual([])
  await page.getByRole('button', { name: '看过，放行' }).click()
  await page.getByText(/同事看过，放行/).waitFor()
  await page.context().close()
})

test.each([['desktop', 'phone'] as const].flat())('a patient stops mails by the link, on a %s', async (size) => {
  const page = await stage.open(`/api/u/${token}`, { size })
  await screenshot(page, `message-unsubscribe-${size}`)
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: '只停这一类' }).click()
  await page.getByText('好的，已经停了').waitFor()
  await screenshot(page, `message-unsubscribed-${size}`)
  await page.getByRole('button', { name: '点错了，恢复' }).click()
  await page.getByText('好的，已经恢复').waitFor()
  await page.getByRole('link', { name: '一类一类自己选' }).click()
  await page.getByRole('group', { name: '健康知识' }).getByLabel('短信').uncheck()
  await screenshot(page, `message-choices-${size}`)
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: '就这样' }).click()
  await page.getByText('改好了，马上生效').waitFor()
  await expect.poll(() => page.getByRole('group', { name: '健康知识' }).getByLabel('短信').isChecked()).toBe(false)
  await expect.poll(() => page.getByRole('group', { name: '健康知识' }).getByLabel('邮件').isChecked()).toBe(true)
  await page.context().close()
})

/** Forty mails of a fortnight that count their reading; some were looked at, some followed. */
async function mailsThatWereRead(touch: string) {
  const now = house.clock.now()
  await house.write(async ({ tx, ids, organizationId }) => {
    for (let n = 0; n < 40; n++) {
      const [id, at] = [ids.next(), new Date(now.getTime() - n * 8 * 3_600_000)]
      await sql`insert into message (organization_id, id, patient_id, touch, channel, template, purpose, locale, state, source, created_at, sent_at, counts_reading)
        values (${organizationId}, ${id}, ${patientId}, ${`${touch}-${n}`}, 'email', ${n < 32 ? 'thinking-of-you' : 'spring-check'}, 'care', 'zh-CN', 'accepted', 'test', ${at}, ${at}, true)`.execute(
        tx,
      )
      if (n % 2 === 0)
        await sql`insert into message_reading (organization_id, message_id, raw, seen, clicked, first_at, changed_at)
          values (${organizationId}, ${id}, true, ${n % 4 === 0}, ${n % 8 === 0}, ${at}, ${at})`.execute(tx)
    }
  })
}

test.each([
  ['desktop', 'zh-CN'],
  ['phone', 'en'],
] as const)('who reads what: three figures with what they mean, and whom they count (%s, %s)', async (size, locale) => {
  await mailsThatWereRead(size)
  const page = await stage.openAs(manager, '/reading-figures?from=2026-02-10&to=2026-03-02', { size, locale })
  await page
    .getByText(locale === 'en' ? /95% interval/ : /95% 区间/)
    .first()
    .waitFor()
  await page
    .getByText(locale === 'en' ? /too few for a percentage/ : /人数太少/)
    .first()
    .waitFor()
  expect(await axe(page)).toEqual([])
  await screenshot(page, `reading-${size}-${locale}`)
  await page.getByRole('link', { name: /%/ }).last().click()
  await page.getByRole('dialog').getByText('王秀英').first().waitFor()
  await screenshot(page, `reading-rows-${size}-${locale}`)
  await page.goto(`${stage.url}/reading-figures`)
  await page.getByText(locale === 'en' ? 'Last 12 months' : '近一年', { exact: true }).click()
  await page.waitForURL(/from=\d{4}-/)
  await page.getByRole('link', { name: /%/ }).last().waitFor()
  await screenshot(page, `reading-year-${size}-${locale}`)
  expect(await axe(page)).toEqual([])
  await page.goto(`${stage.url}/reading-figures?tab=reports`)
  await page.getByText(locale === 'en' ? /No reports yet/ : /还没有月报/).waitFor()
  await page.context().close()
})
