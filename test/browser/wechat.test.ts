import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { listWeChatAccounts } from '../../src/rooms/wechat/contract/account.ts'
import { putPlatformTemplate } from '../../src/rooms/wechat/contract/template.ts'
import { aStage, axe, screenshot } from './browser.ts'

const stage = await aStage()
const { house } = stage
const administrator = await house.as('system-administrator', { name: '钱工' })
await house.as('service-manager', { name: '林护士' })
const editor = await house.as('content-editor', { name: '何编辑' })

const VIEWS = [
  ['desktop', 'zh-CN'],
  ['desktop', 'en'],
  ['phone', 'zh-CN'],
] as const
/** A drawer that is still there has fields of the same names. */
const closed = (page: Page) => expect.poll(() => page.getByRole('dialog').count()).toBe(0)
const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'

test('without an account the page says what that means', async () => {
  const page = await stage.openAs(administrator, '/settings/wechat', {})
  await page.getByText('还没有接入微信或企业微信').waitFor()
  await screenshot(page, 'wechat-none')
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

test('accounts and a template are entered; nothing secret is shown again', async () => {
  const page = await stage.openAs(administrator, '/settings/wechat', {})
  await page.getByRole('button', { name: '接入账号' }).click()
  await page.getByLabel('AppID').fill('wx0123456789abcdef')
  await page.getByLabel('名称').fill('和康服务号')
  await page.getByLabel('AppSecret').fill('a secret of 1234')
  await page.getByLabel('Token（令牌）').fill('agreed1')
  await page.getByLabel('EncodingAESKey').fill(KEY)
  await screenshot(page, 'wechat-form')
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText('和康服务号 · 服务号').waitFor()
  await closed(page)
  const shown = await page.content()
  for (const secret of ['a secret of 1234', 'agreed1', KEY]) expect(shown).not.toContain(secret)

  await page.getByRole('button', { name: '添加模板' }).click()
  await page.getByLabel('模板编号').fill('OPENTM401234567')
  await page.getByLabel('模板标题').fill('复诊提醒')
  await page.getByLabel('字段名').fill('thing1')
  await page.getByLabel('含义').fill('复诊事项')
  await page.getByRole('button', { name: '添加字段' }).click()
  await page.getByLabel('字段名').nth(1).fill('wish2')
  await page.getByLabel('含义').nth(1).fill('时间')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText('微信没有 wish2 这种字段').waitFor()
  await page.getByLabel('字段名').nth(1).fill('time2')
  await screenshot(page, 'wechat-template-form')
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText('复诊事项 · 时间').waitFor()
  await closed(page)

  await page.getByRole('button', { name: '接入账号' }).click()
  await page.getByLabel('类型').click()
  await page.getByTitle('企业微信', { exact: true }).click()
  await page.getByLabel('企业 ID（corpid）').fill('ww0123456789abcdef')
  await page.getByLabel('名称').fill('和康企业微信')
  await page.getByLabel('应用 AgentId').fill('1000002')
  await page.getByLabel('应用 Secret').fill('another secret')
  await page.getByLabel('Token（令牌）').fill('agreed2')
  await page.getByLabel('EncodingAESKey').fill(KEY)
  await page.getByLabel('加好友后的第一句话').fill('您好，我是您的健康管理师，有事随时找我。')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText('和康企业微信 · 企业微信').waitFor()
  await closed(page)
  await page.getByRole('button', { name: '添加一行' }).click()
  await page.getByLabel('企业微信账号').fill('lin')
  await page.getByLabel('员工').click()
  await page.getByTitle('林护士').click()
  await page.getByRole('button', { name: '保存对应关系' }).click()
  await page.getByText('对应关系已保存').waitFor()
  await page.context().close()
  const { rows } = await administrator.call(listWeChatAccounts)
  expect(rows.map(({ kind, staff, templates }) => [kind, staff.length, templates.length])).toEqual([
    ['service', 0, 1],
    ['wecom', 1, 0],
  ])
})

test('a menu is drafted, and says what WeChat would refuse of it', async () => {
  const page = await stage.openAs(administrator, '/settings/wechat', {})
  await page.getByRole('button', { name: /编辑菜单/ }).click()
  await page.getByRole('button', { name: '加“我的健康”' }).click()
  await page.getByRole('button', { name: /^(plus )?加一个$/ }).click()
  await page.getByLabel('名称').nth(1).fill('名字实在太长')
  await page.getByRole('button', { name: /在下面加一个 第 2 个/ }).click()
  await page.getByLabel('名称').nth(2).fill('预约挂号')
  await page.getByLabel('网址').nth(1).fill('http://care.example.org/book')
  await screenshot(page, 'wechat-menu-form')
  expect(await axe(page, '[role=dialog]')).toEqual([])
  await page.getByRole('button', { name: '存草稿' }).click()
  await page.getByText('第 2 个 · 名称太长').waitFor()
  await page.getByText('第 2 个下面的第 1 个 · 网址要以 https:// 开头').waitFor()
  await expect.poll(() => page.getByRole('button', { name: '发布', exact: true }).isDisabled()).toBe(true)
  await screenshot(page, 'wechat-menu-faults')
  await page.getByRole('button', { name: /编辑菜单/ }).click()
  await page.getByLabel('名称').nth(1).fill('服务')
  await page.getByLabel('网址').nth(1).fill('https://care.example.org/book')
  await page.getByRole('button', { name: '存草稿' }).click()
  await page.getByText('第 2 个 · 名称太长').waitFor({ state: 'detached' })
  await page.getByText('还没有发布').waitFor()
  await page.context().close()
})

test.each(VIEWS)('the accounts, and a platform that cannot be asked (%s %s)', async (size, locale) => {
  const page = await stage.openAs(administrator, '/settings/wechat', { size, locale })
  await page.getByText(/和康服务号 · (服务号|Service account)/).waitFor()
  await page
    .getByRole('button', { name: /检查连接|Check the connection/ })
    .first()
    .click()
  await page.getByText(/连不上平台|cannot be reached/).waitFor()
  await screenshot(page, `wechat-${size}-${locale}`)
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

test.each(VIEWS)('a template’s words for SMS and WeChat, and its ladder (%s %s)', async (size, locale) => {
  const page = await stage.openAs(editor, '/message-templates/follow-up-due', { size, locale })
  await page.getByRole('button', { name: /添加阿里云短信|Add SMS by Aliyun/ }).click()
  await page.getByLabel(/^(模板编号|Template number)$/).fill('SMS_100002')
  await page.getByLabel(/^(审核通过的原文|Words as approved)$/).fill('您好${name}，我们约在${day}随访。')
  await page.getByLabel(/变量 day 填|Variable day is/).waitFor()
  await page.getByRole('button', { name: /添加微信模板消息|Add WeChat template message/ }).click()
  await page.getByLabel(/^(平台模板|Template of the platform)$/).click()
  await page.getByTitle('复诊提醒').click()
  await page.getByLabel(/复诊事项/).fill('{{ dueOn }}随访')
  await screenshot(page, `template-outward-${size}-${locale}`)
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

/** WeChat's own part of the page, as far as it is needed here: a button that answers as somebody does. */
const SDK = `
  window.wx = { config: (given) => { window.configured = given }, error: () => undefined }
  for (const ask of document.querySelectorAll('wx-open-subscribe')) {
    const button = document.createElement('button')
    button.textContent = '愿意收'
    button.onclick = () => ask.dispatchEvent(Object.assign(new Event('success'), { detail: { subscribeDetails: '{"' + ask.getAttribute('template') + '":"{\\\\"status\\\\":\\\\"accept\\\\"}"}' } }))
    ask.append(button)
  }`

test.each(['phone', 'desktop'] as const)('the page of WeChat asks for notices, on a %s', async (size) => {
  const { rows } = await administrator.call(listWeChatAccounts)
  const account = rows.find(({ kind }) => kind === 'service')!
  const body = { channel: 'wechat-notice', title: '报告通知', fields: [{ key: 'thing1', label: '事项' }] } as const
  await administrator.call(putPlatformTemplate, { params: { accountId: account.id, templateId: 'NOTICE' }, body })
  const plain = (id: string) => id.replaceAll('-', '')
  const path = `/api/wechat-notices/${plain(house.tenant.id)}-${plain(account.id)}`
  const page = await stage.open('/', { size })
  await page.route('https://res.wx.qq.com/**', (route) => route.abort())
  await page.goto(`${stage.url}${path}`)
  await page.getByText('请在微信里打开这一页').waitFor()
  await screenshot(page, `wechat-notices-outside-${size}`)
  expect(await axe(page)).toEqual([])
  await page.addInitScript(() => Object.defineProperty(navigator, 'userAgent', { value: 'MicroMessenger' }))
  await page.unroute('https://res.wx.qq.com/**')
  await page.route('https://res.wx.qq.com/**', (route) => route.fulfill({ contentType: 'text/javascript', body: SDK }))
  const signed = { appId: account.appId, timestamp: 1, nonceStr: 'n', signature: 's' }
  await page.route('**/config?url=*', (route) => route.fulfill({ json: signed }))
  await page.reload()
  await page.getByRole('button', { name: '愿意收' }).click()
  await page.getByText('好的，到时候会发到您的微信').waitFor()
  await screenshot(page, `wechat-notices-${size}`)
  expect(await page.evaluate('window.configured.openTagList')).toEqual(['wx-open-subscribe'])
  await page.context().close()
})
