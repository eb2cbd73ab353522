import { beforeAll, expect, test } from 'vitest'
import { installShippedAdviceCards } from '../../src/rooms/advice/server/index.ts'
import { aPatient, setWebAddress } from '../../src/rooms/message/sample.ts'
import { createSegment, saveSegment } from '../../src/rooms/segment/contract/segment.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot, type PageOptions } from './browser.ts'
import { settled } from './settled.ts'

/** The newsletter as staff make it: begun, put together, approved by another, sent; and the archive. */

const stage = await aStage()
const { house } = stage
let editor: Caller
let reviewer: Caller
let manager: Caller

beforeAll(async () => {
  await setWebAddress(house, 'https://care.example.org')
  await house.write(installShippedAdviceCards)
  editor = await house.as('content-editor', { name: '内容小周' })
  reviewer = await house.as('medical-reviewer', { name: '审核王主任' })
  manager = await house.as('service-manager', { name: '健管师李晓雯' })
  const patientId = await aPatient(house, { name: '欧阳若曦' })
  await house.house.databases
    .of(house.tenant.id)
    .updateTable('patient')
    .set({ manager_id: manager.staffId })
    .where('id', '=', patientId)
    .execute()
  const name = { zh: '六十岁以上', en: 'Sixty and over' }
  const condition = { age: { op: '>=' as const, years: 60 } }
  const definition = { name, purpose: '多说一句', mode: 'dynamic' as const, condition }
  const { id } = await editor.call(createSegment, { body: { definition } })
  await editor.call(saveSegment, { params: { segmentId: id }, body: { version: 1 } })
  await house.settle()
})

const LOOKS: [string, PageOptions][] = [
  ['desktop-zh', { size: 'desktop', locale: 'zh-CN' }],
  ['phone-zh', { size: 'phone', locale: 'zh-CN' }],
  ['desktop-en', { size: 'desktop', locale: 'en' }],
  ['phone-en', { size: 'phone', locale: 'en' }],
]

test('an empty archive offers the first issue; it is put together, approved by another and sent', async () => {
  const page = await stage.openAs(editor, '/newsletters')
  await page.getByText('还没有月刊').waitFor()
  await screenshot(page, 'newsletter-none')
  await page.getByRole('button', { name: /写 .* 的月刊|写 .*月的月刊/ }).click()
  await page.getByText('第 1 期').first().waitFor()
  await page.getByText('至少选三篇文章').waitFor()
  await screenshot(page, 'newsletter-begun')
  await page.getByRole('textbox', { name: '标题（也是邮件主题）' }).fill('三月，出门走走')
  await page.getByRole('textbox', { name: '开头的话' }).fill('天暖了，这个月说三件小事，都能从今天做起。')
  for (const title of ['盐少一点', '从每天走一刻钟开始', '酒越少越好']) {
    await page.getByRole('combobox', { name: '加一篇' }).fill(title)
    await page.locator('.ant-select-item-option').filter({ hasText: title }).click()
    await page.getByRole('region', { name: '本期文章' }).getByRole('textbox', { name: '文章标题' }).last().waitFor()
  }
  await page.getByRole('button', { name: '第 3 篇上移' }).click()
  await page.getByRole('combobox', { name: '给哪个人群' }).click()
  await page.getByTitle('六十岁以上').click()
  await page.getByRole('textbox', { name: '这段话的标题' }).fill('给年长的您')
  await page.getByRole('textbox', { name: '这段话', exact: true }).fill('出门带上拐杖，天黑前回家。')
  await page.getByRole('tab', { name: '英文' }).click()
  await page.getByRole('textbox', { name: '标题（也是邮件主题）' }).fill('March: go for a walk')
  await page.getByRole('textbox', { name: '开头的话' }).fill('Warmer days, and three small things to begin with.')
  await page.getByRole('textbox', { name: '这段话的标题' }).fill('For you who are older')
  await page
    .getByRole('textbox', { name: '这段话', exact: true })
    .fill('Take your stick along and be home before dark.')
  await page.getByText('出处还差英文名，请在“英文”里补上').waitFor()
  await page.getByText('中文写的是“成人高血压食养指南（2023年版），国家卫生健康委”。').scrollIntoViewIfNeeded()
  expect(await axe(page)).toEqual([])
  await screenshot(page, 'newsletter-source-wanted')
  for (const source of await page.getByRole('textbox', { name: '出处' }).all())
    if ((await source.inputValue()) === '') await source.fill('Food as care for adults with hypertension (2023)')
  await page.getByRole('tab', { name: '中文' }).click()
  await page.getByText('检查通过').waitFor()
  expect(await axe(page)).toEqual([])
  await screenshot(page, 'newsletter-written')
  await page.getByRole('button', { name: '提交审核' }).click()
  await page.getByText('待审核').first().waitFor()
  const address = new URL(page.url()).pathname
  await page.context().close()

  const second = await stage.openAs(reviewer, address)
  await second.getByText('请您审核').waitFor()
  await second.frameLocator('iframe').getByText('您自己的下一步').waitFor()
  await screenshot(second, 'newsletter-decide')
  expect(await axe(second)).toEqual([])
  await second.getByRole('button', { name: /^通\s*过$/ }).click()
  await second.getByText('已审核，还没发').first().waitFor()
  await second.context().close()

  const third = await stage.openAs(editor, address)
  await third.getByRole('button', { name: /^发\s*出$/ }).click()
  await third.getByRole('dialog').getByText('18 岁以上的会员').waitFor()
  await screenshot(third, 'newsletter-send')
  await third
    .getByRole('dialog')
    .getByRole('button', { name: /^发\s*出$/ })
    .click()
  await third.getByText('已发出').first().waitFor()
  await third.getByRole('link', { name: /正在发，看发送情况/ }).waitFor()
  await third.context().close()
}, 120_000)

test.each(LOOKS)('the archive and an issue that went out: %s', async (look, options) => {
  const say = (zh: string, en: string) => (options.locale === 'en' ? en : zh)
  const page = await stage.openAs(manager, '/newsletters', options)
  await page.getByText(say('三月，出门走走', 'March: go for a walk')).first().waitFor()
  await screenshot(page, `newsletter-archive-${look}`)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1)).toBe(true)
  expect(await axe(page)).toEqual([])
  await page.getByText(say('三月，出门走走', 'March: go for a walk')).first().click()
  await page.frameLocator('iframe').getByText(say('您自己的下一步', 'Your own next steps')).waitFor()
  await screenshot(page, `newsletter-sent-${look}`)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1)).toBe(true)
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

test('on a phone the next month is begun, and thrown away again', async () => {
  const page = await stage.openAs(editor, '/newsletters', { size: 'phone' })
  await page.getByRole('button', { name: /的月刊$/ }).click()
  await page.getByText('第 2 期').first().waitFor()
  await screenshot(page, 'newsletter-second-phone')
  await page.getByRole('button', { name: '删除草稿' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '删除草稿' }).click()
  await page.waitForURL(/\/newsletters$/)
  // Of the list nothing is shown that was kept from before: what was thrown away is offered to nobody, not for a moment.
  await page.getByText('三月，出门走走').first().waitFor()
  expect(await page.getByText('第 2 期').count()).toBe(0)
  await settled(page)
  expect(await page.getByText('第 2 期').count()).toBe(0)
  await page.context().close()
})
