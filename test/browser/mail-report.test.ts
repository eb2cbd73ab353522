import { expect, test } from 'vitest'
import { getMailDomain } from '../../src/rooms/mail-domain/contract/mail-domain.ts'
import { returnTokenOf } from '../../src/rooms/mail-domain/server/rules/return-address.ts'
import { listMailReports } from '../../src/rooms/mail-report/contract/mail-report.ts'
import { aDsn, anArf, aPlain } from '../../src/rooms/mail-report/sample-reports.ts'
import { takeReport } from '../../src/rooms/mail-report/server/take.ts'
import { aPatient, mailRow } from '../../src/rooms/message/sample.ts'
import { sendDue, sendMessages } from '../../src/rooms/message/server/index.ts'
import { aStage, axe, screenshot } from './browser.ts'
import { settled } from './settled.ts'

const stage = await aStage()
const { house } = stage
const administrator = await house.as('system-administrator', { name: '钱工' })
const lead = await house.as('quality-lead', { name: '孙主任' })
const zone = new Map<string, string[]>()
house.house.lookupTxt = (name) => Promise.resolve(zone.get(name) ?? [])

const VIEWS = [
  ['desktop', 'zh-CN'],
  ['desktop', 'en'],
  ['phone', 'zh-CN'],
] as const

test.each(VIEWS)('before anything is set up, both pages say what that means (%s %s)', async (size, locale) => {
  const page = await stage.openAs(administrator, '/settings/mail-domain', { size, locale })
  await page.getByText(/邮件还没有签名|Mails are not signed yet/).waitFor()
  await screenshot(page, `mail-domain-none-${size}-${locale}`)
  expect(await axe(page)).toEqual([])
  await page.context().close()
  const reports = await stage.openAs(lead, '/mail-reports', { size, locale })
  await reports.getByText(/还没有设置退信地址|No return address is set yet/).waitFor()
  await screenshot(reports, `mail-reports-none-${size}-${locale}`)
  expect(await axe(reports)).toEqual([])
  await reports.context().close()
})

test('a key is made, not switched on before its record stands in the DNS, then it is', async () => {
  await house.house.databases
    .of(house.tenant.id)
    .updateTable('organization')
    .set({
      settings: JSON.stringify({ general: { webAddress: 'https://care.example.org', mailFrom: 'care@example.org' } }),
    })
    .where('id', '=', house.tenant.id)
    .execute()
  const page = await stage.openAs(administrator, '/settings/mail-domain')
  await page.getByRole('button', { name: '生成 RSA 密钥' }).click()
  await page.getByRole('button', { name: '检查并启用' }).click()
  await page.getByText('解析记录还没生效').waitFor()
  await page.getByText('还没查到').waitFor()
  await screenshot(page, 'mail-domain-unpublished')
  const [key] = (await administrator.call(getMailDomain)).keys
  zone.set(key!.record.name, [key!.record.value])
  await page.getByRole('button', { name: '检查并启用' }).click()
  await page.getByText('正在签名').waitFor()
  await page.getByRole('button', { name: '设置退信地址' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('textbox', { name: '退信地址' }).fill('bounce+*@mail.example.org')
  await screenshot(page, 'mail-domain-return')
  await form.getByRole('button', { name: '保存' }).click()
  await page.getByText('bounce+complaint@mail.example.org').waitFor()
  expect(await axe(page)).toEqual([])
  await page.context().close()
  expect((await administrator.call(getMailDomain)).keys[0]).toMatchObject({ state: 'signing' })
})

test.each(VIEWS)('the keys in use and the next one (%s %s)', async (size, locale) => {
  const page = await stage.openAs(administrator, '/settings/mail-domain', { size, locale })
  if (size === 'desktop' && locale === 'zh-CN') await page.getByRole('button', { name: '换一把 RSA 密钥' }).click()
  await page
    .getByText(/检查并启用|Check and use/)
    .first()
    .waitFor()
  await screenshot(page, `mail-domain-keys-${size}-${locale}`)
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

async function aMailTo(email: string): Promise<string> {
  const patientId = await aPatient(house, { email })
  await house.write((ctx) =>
    sendMessages(ctx, [{ patientId, template: 'bp-remeasure', touch: `browser:${email}`, channels: ['email'] }]),
  )
  await sendDue(house.house, house.tenant)
  return (await mailRow(house, patientId)).id
}

const receive = (raw: string, to = '') =>
  house.write((ctx) => takeReport(ctx, { raw: Buffer.from(raw), way: 'smtp', to }))

test('what came back: some by itself, some for a person, who ties one to its mail', async () => {
  const [lan, ming, hua] = [
    await aMailTo('lan@qq.com'),
    await aMailTo('ming@163.com'),
    await aMailTo('hua@example.com'),
  ]
  const at = (id: string) => `bounce+${returnTokenOf(house.house.sealer, house.tenant.id, id)}@mail.example.org`
  await receive(aDsn({ to: at(lan), said: '550 Mailbox not found', recipient: 'lan@qq.com' }))
  await receive(aDsn({ to: at(ming), said: '552 Mailbox full', status: '5.2.2', recipient: 'ming@163.com' }))
  await receive(anArf({ to: 'bounce+complaint@mail.example.org', mailFrom: at(hua) }))
  const words = '很抱歉，您发给 hua@example.com 的邮件被退回。\n\n原因：收件人不存在。'
  await receive(
    aPlain({
      to: 'bounce+complaint@mail.example.org',
      from: 'postmaster@example.com',
      subject: '系统退信',
      text: words,
    }),
  )
  await receive(aPlain({ to: at(ming), from: 'postmaster@163.com', subject: '系统退信', text: '见附件' }))
  const page = await stage.openAs(lead, '/mail-reports')
  await page.getByText('待处理（2）').waitFor()
  await screenshot(page, 'mail-reports-open')
  expect(await axe(page)).toEqual([])
  await page.getByRole('cell', { name: '没有系统的标记，不能自动认定' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('系统退信').waitFor()
  await settled(page)
  expect(await drawer.textContent()).not.toContain('hua@example.com')
  await drawer.getByRole('radio').first().check()
  await drawer.getByText('这个地址在退信期限内不再发').waitFor()
  await screenshot(page, 'mail-reports-tie')
  expect(await axe(page, '[role=dialog]')).toEqual([])
  await drawer.getByRole('button', { name: '记到这封邮件' }).click()
  await page.getByText('待处理（1）').waitFor()
  const { rows } = await lead.call(listMailReports, { query: { list: 'settled' } })
  expect(rows.map(({ meaning }) => meaning).toSorted()).toEqual(['complaint', 'gone', 'gone', 'later'])
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByRole('cell', { name: '没看懂说的是什么' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '搁置' }).click()
  await page.getByText('没有要处理的').waitFor()
  await page.getByRole('button', { name: /撤销/ }).click()
  await page.getByText('待处理（1）').waitFor()
  await page.context().close()
})

test.each(VIEWS)('what is noted, and what waits (%s %s)', async (size, locale) => {
  const page = await stage.openAs(lead, '/mail-reports?tab=settled', { size, locale })
  await page
    .getByText(/投诉为垃圾邮件|Called unwanted/)
    .first()
    .waitFor()
  await screenshot(page, `mail-reports-settled-${size}-${locale}`)
  expect(await axe(page)).toEqual([])
  await page.context().close()
  const open = await stage.openAs(lead, '/mail-reports', { size, locale })
  await open
    .getByText(/没看懂说的是什么|Nobody understood what it says/)
    .first()
    .waitFor()
  await screenshot(open, `mail-reports-queue-${size}-${locale}`)
  expect(await axe(open)).toEqual([])
  await open.context().close()
})
