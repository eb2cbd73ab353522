import { beforeAll, expect, test } from 'vitest'
import { aTemplate, publish } from '../../src/rooms/message/sample.ts'
import { setSmsAccount } from '../../src/rooms/sms/contract/account.ts'
import { aStage, axe, screenshot } from './browser.ts'

/** What a template says before anybody gets it: too long for some once filled, or silent to relatives. */
const stage = await aStage()
const { house } = stage
const code = 'autumn-chat'

beforeAll(async () => {
  await publish(house, {
    ...aTemplate(),
    code,
    name: { zh: '秋天问候', en: 'Autumn' },
    purpose: 'service',
    channels: ['in-app'],
    ladder: ['wechat-chat'],
    variables: [
      { name: 'what', dataClass: 'plain', label: { zh: '事项', en: 'What' }, example: { zh: '复诊', en: 'A visit' } },
    ],
    zh: { subject: '提醒', text: `{{ name }}，{{ what }}。${'慢慢走。'.repeat(160)}` },
    en: { subject: 'Reminder', text: '{{ name }}, {{ what }}' },
  })
})

test.each([
  ['desktop', 'zh-CN', '填好以后可能太长', /有些人会超出约 \d+ 字/],
  ['phone', 'zh-CN', '填好以后可能太长', /有些人会超出约 \d+ 字/],
  ['desktop', 'en', 'May become too long once filled', /for some people: characters too many, about \d+/],
  ['phone', 'en', 'May become too long once filled', /for some people: characters too many, about \d+/],
] as const)(
  'on a %s in %s the preview says by how much some people’s is too long',
  async (size, locale, label, words) => {
    const page = await stage.openAs('content-editor', `/message-templates/${code}`, { size, locale })
    const part = page.getByRole('region', { name: label })
    await part.getByText(words).waitFor()
    expect(await axe(page)).toEqual([])
    await part.scrollIntoViewIfNeeded()
    await screenshot(page, `template-too-long-${size}-${locale}`)
    await page.context().close()
  },
)

test('saving says it as well', async () => {
  const page = await stage.openAs('content-editor', `/message-templates/${code}`)
  await page.getByRole('textbox', { name: '主题' }).first().fill('提醒您')
  await page.getByRole('button', { name: '保存草稿' }).click()
  await page.getByText('有 1 种情况填好后会太长').waitFor()
  await page.context().close()
})

test.each(['desktop', 'phone'] as const)(
  'on a %s it is said that relatives get nothing yet, and the way',
  async (size) => {
    const page = await stage.openAs('content-editor', '/message-templates', { size })
    await page.getByText('没有短信账号：家人收不到').first().waitFor()
    await screenshot(page, `template-relatives-list-${size}`)
    await page.goto(`${stage.url}/message-templates/appointment-relative`)
    await page.getByRole('note').filter({ hasText: '家人现在收不到这条提醒' }).waitFor()
    expect(await axe(page)).toEqual([])
    await screenshot(page, `template-relatives-${size}`)
    await page.context().close()
  },
)

test('with an account and no approved words that is what is said, in English too', async () => {
  const administrator = await house.as('system-administrator')
  await administrator.call(setSmsAccount, {
    body: {
      provider: 'aliyun',
      keyId: 'LTAI-test-key',
      keySecret: 'a secret of the account',
      signName: '和康体检',
      version: null,
    },
  })
  const page = await stage.openAs('content-editor', '/message-templates/appointment-relative', { locale: 'en' })
  await page.getByRole('note').filter({ hasText: 'no short message for it is approved' }).waitFor()
  await screenshot(page, 'template-relatives-en')
  await page.context().close()
})
