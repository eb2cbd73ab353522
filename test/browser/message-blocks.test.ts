import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { Block } from '../../src/rooms/message/contract/block.ts'
import { uploadMailPicture } from '../../src/rooms/message/contract/block-mail.ts'
import { previewTemplate, saveDraft } from '../../src/rooms/message/contract/template.ts'
import { templateDefinition } from '../../src/rooms/message/contract/template.ts'
import {
  aPatient,
  aTemplate,
  keepingTransport,
  mailingBy,
  publish,
  setWebAddress,
} from '../../src/rooms/message/sample.ts'
import { sendDue, sendMessage } from '../../src/rooms/message/server/index.ts'
import { noteTemplateUse } from '../../src/rooms/message/server/template-use.ts'
import { createSegment, saveSegment } from '../../src/rooms/segment/contract/segment.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot } from './browser.ts'
import { settled } from './settled.ts'

/** Templates by blocks: written, looked at, checked; the mail itself in light and dark; the inventory. */

const stage = await aStage()
const { house } = stage
let editor: Caller
let manager: Caller
let patientId: string
let letter: Block[]
const both = (zh: string, en: string) => ({ zh, en })

/** A drawing of two hills, as a picture somebody hands in. */
async function aPicture(page: Page): Promise<Buffer> {
  await page.setContent(
    '<body style="margin:0;background:linear-gradient(#cfe8e4,#faf7f2)"><svg width="800" height="320"><circle cx="620" cy="90" r="46" fill="#f4c95d"/><path d="M0 320 L0 230 Q200 90 420 230 T800 200 L800 320Z" fill="#0b7a75" opacity=".85"/></svg></body>',
  )
  return page.screenshot({ type: 'jpeg', quality: 70, clip: { x: 0, y: 0, width: 800, height: 320 } })
}

beforeAll(async () => {
  await setWebAddress(house, 'https://care.example.org')
  editor = await house.as('content-editor', { name: '内容小周' })
  manager = await house.as('service-manager', { name: '健管师李晓雯' })
  patientId = await aPatient(house, { name: '欧阳若曦' })
  const db = house.house.databases.of(house.tenant.id)
  await db.updateTable('patient').set({ manager_id: manager.staffId }).where('id', '=', patientId).execute()
  const context = await stage.browser.newContext({ viewport: { width: 800, height: 320 } })
  const content = await aPicture(await context.newPage())
  await context.close()
  const answer = await house.app.inject({
    method: 'POST',
    url: `/api${uploadMailPicture.path}`,
    headers: { 'x-peiban': '1', 'content-type': 'application/octet-stream' },
    cookies: { peiban_session: editor.token },
    payload: content,
  })
  const { picture, width, height } = answer.json() as { picture: string; width: number; height: number }
  letter = [
    { kind: 'heading', id: 'head', level: 1, words: both('天凉了，动一动', 'Colder days: keep moving') },
    {
      kind: 'text',
      id: 'text',
      words: both(
        '{{ greeting }}：\n\n天气转凉，**每天走半小时**，身体会谢谢您。',
        '{{ greeting }},\n\nDays grow colder. **Walk half an hour a day**, and your body will thank you.',
      ),
    },
    {
      kind: 'picture',
      id: 'pict',
      picture,
      width,
      height,
      words: both('两座小山，太阳刚升起来', 'Two hills and a rising sun'),
    },
    { kind: 'heading', id: 'small', level: 2, words: both('出门前看一眼', 'Before you go out') },
    {
      kind: 'list',
      id: 'list',
      ordered: false,
      words: both('鞋子合脚\n带上水\n告诉家里人去哪儿', 'Shoes that fit\nSome water\nTell somebody where you go'),
    },
    {
      kind: 'quote',
      id: 'quote',
      words: both('成年人每周至少活动一百五十分钟。', 'Adults should move for at least 150 minutes a week.'),
      source: both('世界卫生组织《身体活动指南》', 'WHO guidelines on physical activity'),
      date: '2020',
    },
    {
      kind: 'columns',
      id: 'cols',
      left: [{ kind: 'text', id: 'left', words: both('**上午** 太阳出来再走。', '**Morning:** wait for the sun.') }],
      right: [
        {
          kind: 'text',
          id: 'right',
          words: both('**傍晚** 饭后歇一歇再走。', '**Evening:** rest after your meal first.'),
        },
      ],
    },
    {
      kind: 'notice',
      id: 'note',
      title: both('不舒服就停下来', 'Stop if you feel unwell'),
      words: both('胸口发闷、喘不上气，请马上拨打 120。', 'With a tight chest or no breath, call 120 at once.'),
    },
    { kind: 'button', id: 'butt', words: both('登录记下今天的步数', 'Sign in and note your steps'), to: 'link' },
    { kind: 'divider', id: 'line' },
    {
      kind: 'contact',
      id: 'cont',
      words: both(
        '想聊聊您自己的情况，随时联系您的健康管理师。',
        'To talk about yourself, your health manager is there.',
      ),
    },
  ]
  const definition = aTemplate({
    code: 'keep-moving',
    name: both('动一动', 'Keep moving'),
    knowledge: true,
    blocks: letter,
    zh: { subject: '天凉了，出门走走', text: '…' },
    en: { subject: 'Colder days: take a walk', text: '…' },
  })
  await editor.call(saveDraft, {
    params: { code: definition.code },
    body: { definition, revision: null, ownerId: editor.staffId } as never,
  })
})

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PEIBAN_SCREENSHOTS']
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

test.each([
  ['desktop', 'zh-CN'],
  ['phone', 'zh-CN'],
  ['desktop', 'en'],
  ['phone', 'en'],
] as const)(
  'the editor by blocks, on a %s in %s',
  async (size, locale) => {
    const say = (zh: string, en: string) => (locale === 'en' ? en : zh)
    const page = await stage.openAs(editor, '/message-templates/keep-moving', { size, locale })
    await page.frameLocator('iframe').getByText(say('不舒服就停下来', 'Stop if you feel unwell')).waitFor()
    await page.getByRole('button', { name: /^(图片|Picture)/ }).click()
    await page.getByLabel(say('图片的文字说明', 'What the picture says')).waitFor()
    await picture(page, `blocks-editor-${size}-${locale}`)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1)).toBe(true)
    expect(await axe(page)).toEqual([])
    await page.getByText(say('深色', 'Dark')).click()
    await page.getByText(say('电脑', 'Computer'), { exact: true }).click()
    await picture(page, `blocks-editor-dark-wide-${size}-${locale}`)
    await page.context().close()
  },
  120_000,
)

test('a letter turned into blocks: added, moved by keys and by dragging, taken back, checked, saved', async () => {
  const page = await stage.openAs(editor, '/message-templates/flu-season')
  await page.getByRole('button', { name: '改用内容块来写' }).click()
  const names = () => page.locator('.pb-block-name strong').allTextContents()
  await expect.poll(names).toEqual(['段落', '段落', '列表', '段落', '段落'])
  await page.getByLabel('科普内容：要注明出处和年份').check()
  await page.getByText(/科普内容要有一处引用/).waitFor()
  await page.getByRole('button', { name: '加一块' }).click()
  await page.getByRole('menuitem', { name: '引用' }).click()
  await page
    .getByText(/引用缺少出处或年份/)
    .first()
    .waitFor()
  await page.getByRole('textbox', { name: '引用的话', exact: true }).fill('每年入冬前打一次流感疫苗。')
  await page.getByRole('textbox', { name: '出处', exact: true }).fill('世界卫生组织《流感》')
  await page.getByRole('textbox', { name: '年份（可到月、日）', exact: true }).fill('2023')
  await picture(page, 'blocks-citation')
  await page.getByRole('tab', { name: '英文' }).first().click()
  await page.getByRole('textbox', { name: '引用的话', exact: true }).fill('Have a flu shot before each winter.')
  await page.getByRole('textbox', { name: '出处', exact: true }).fill('WHO, Influenza')
  await page.getByText('检查通过').waitFor()
  await page.getByRole('textbox', { name: '引用的话', exact: true }).press('Alt+ArrowUp')
  await expect.poll(names).toEqual(['段落', '段落', '列表', '段落', '引用', '段落'])
  await page
    .locator('.pb-block-handle')
    .nth(4)
    .dragTo(page.locator('.pb-block').first(), { targetPosition: { x: 40, y: 4 } })
  await expect.poll(names).toEqual(['引用', '段落', '段落', '列表', '段落', '段落'])
  await page.getByRole('button', { name: '撤销' }).click()
  await page.getByRole('button', { name: '撤销' }).click()
  await expect.poll(names).toEqual(['段落', '段落', '列表', '段落', '段落', '引用'])
  await page.getByRole('button', { name: '重做' }).click()
  await expect.poll(names).toEqual(['段落', '段落', '列表', '段落', '引用', '段落'])
  await page.getByRole('button', { name: '删除第 6 块（段落）' }).click()
  await expect.poll(names).toEqual(['段落', '段落', '列表', '段落', '引用'])
  await page.getByRole('button', { name: '保存草稿' }).click()
  await page.getByText('草稿已保存', { exact: true }).waitFor()
  await page.context().close()
})

test('what the check finds leads to its block', async () => {
  const page = await stage.openAs(editor, '/message-templates/keep-moving')
  await page.getByRole('button', { name: /^按钮/ }).click()
  await page.getByLabel('按钮上的字').fill('点击这里')
  await page.getByText(/按钮的字说不清通往哪里“点击这里”/).waitFor()
  await page.getByRole('button', { name: /^按钮/ }).click()
  await page.getByRole('button', { name: '去改' }).click()
  await page.getByLabel('按钮上的字').waitFor()
  await picture(page, 'blocks-finding')
  await page.context().close()
})

test.each(['desktop', 'phone'] as const)('a manager looks at it as one of their people, on a %s', async (size) => {
  const definition = { purpose: '天冷时多说一句', mode: 'dynamic' as const }
  const segments = await Promise.all(
    (['>=', '<'] as const).map((op, n) => {
      const name = n === 0 ? both(`花甲之年 ${size}`, `Sixty ${size}`) : both(`还没到六十 ${size}`, `Not sixty ${size}`)
      return editor.call(createSegment, {
        body: { definition: { ...definition, name, condition: { age: { op, years: 60 } } } },
      })
    }),
  )
  for (const { id } of segments) await editor.call(saveSegment, { params: { segmentId: id }, body: { version: 1 } })
  await house.settle()
  const blocks = letter.map((block) =>
    block.id === 'note'
      ? { ...block, onlyFor: segments[0]!.id }
      : block.id === 'cols'
        ? { ...block, onlyFor: segments[1]!.id }
        : block,
  )
  const code = `for-some-${size}`
  const texts = { zh: { subject: '天凉了，出门走走', text: '…' }, en: { subject: 'Colder days', text: '…' } }
  await editor.call(saveDraft, {
    params: { code },
    body: {
      definition: aTemplate({ code, name: both('动一动', 'Keep moving'), knowledge: true, blocks, ...texts }),
      revision: null,
    },
  })
  const page = await stage.openAs(manager, `/message-templates/${code}`, { size })
  await page.getByRole('combobox', { name: '以一位客户的身份看' }).fill('欧阳')
  await page.getByTitle('欧阳若曦').click()
  await page.getByRole('button', { name: /^看\s*看$/ }).click()
  await page.getByText('这位客户现在能收到').waitFor()
  await page.frameLocator('.pb-as-person iframe').getByText('欧阳若曦，您好').waitFor()
  await page.frameLocator('.pb-as-person iframe').getByText('不舒服就停下来').waitFor()
  await page.getByText('第 8 块：看得到').waitFor()
  await page.getByText('第 7 块：看不到').waitFor()
  expect(await page.frameLocator('.pb-as-person iframe').getByText('太阳出来再走').count()).toBe(0)
  await picture(page, `blocks-as-person-${size}`)
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

test.each([
  ['desktop', 'zh-CN'],
  ['phone', 'zh-CN'],
  ['desktop', 'en'],
] as const)(
  'a block for people of a segment: chosen, proofread, seen as one of them (%s, %s)',
  async (size, locale) => {
    const say = (zh: string, en: string) => (locale === 'en' ? en : zh)
    const name = both(`六十岁以上 ${size} ${locale}`, `Sixty and over ${size} ${locale}`)
    const condition = { age: { op: '>=' as const, years: 60 } }
    const definition = { name, purpose: '天冷时多说一句', mode: 'dynamic' as const, condition }
    const { id } = await editor.call(createSegment, { body: { definition } })
    await editor.call(saveSegment, { params: { segmentId: id }, body: { version: 1 } })
    await house.settle()
    const page = await stage.openAs(editor, '/message-templates/keep-moving', { size, locale })
    await page.getByRole('button', { name: /^(段落|Paragraph)/ }).click()
    await page.getByRole('combobox', { name: say('给谁看', 'Who reads it') }).fill(say('六十', 'Sixty'))
    await page.getByTitle(say(name.zh, name.en)).click()
    await page.getByText(say('发出的那一刻在里面的人才看得到', 'at the moment of sending reads the block')).waitFor()
    await page
      .frameLocator('iframe')
      .getByText(say(`下面这段只给“${name.zh}”里的人看`, 'Only people in'))
      .waitFor()
    await picture(page, `blocks-for-segment-${size}-${locale}`)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1)).toBe(true)
    expect(await axe(page)).toEqual([])
    await page.context().close()
  },
)

test.each([
  ['light', 'phone'],
  ['dark', 'phone'],
  ['light', 'desktop'],
  ['dark', 'desktop'],
] as const)('the mail itself, %s on a %s', async (scheme, size) => {
  const definition = templateDefinition.parse({
    ...aTemplate({ code: 'keep-moving', blocks: letter, zh: { subject: '天凉了，出门走走', text: '…' } }),
  })
  const { zh } = await editor.call(previewTemplate, { body: { definition } })
  const viewport = size === 'phone' ? { width: 390, height: 844 } : { width: 900, height: 900 }
  const context = await stage.browser.newContext({ viewport, colorScheme: scheme })
  const page = await context.newPage()
  await page.goto(`${stage.url}/api/mail-pictures/none`)
  // From the address of the house, where its pictures are.
  await page.evaluate((html) => document.write(html), zh!.html)
  await page.locator('h2').first().waitFor()
  await page.waitForFunction(() => [...document.images].every((one) => one.complete && one.naturalWidth > 0))
  await picture(page, `blocks-mail-${scheme}-${size}`)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1)).toBe(true)
  const columns = await page
    .locator('.pb-half')
    .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top)))
  expect(new Set(columns).size).toBe(size === 'desktop' ? 1 : 2)
  await context.close()
})

test.each([
  ['desktop', 'zh-CN'],
  ['phone', 'zh-CN'],
  ['desktop', 'en'],
] as const)('the inventory: who keeps what, when it last went, what ends soon (%s, %s)', async (size, locale) => {
  const say = (zh: string, en: string) => (locale === 'en' ? en : zh)
  const db = house.house.databases.of(house.tenant.id)
  const today = house.clock.today('Asia/Shanghai')
  const inDays = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)
  for (const [name, change] of [
    [both('春节前问候', 'Before the Spring Festival'), { expires_on: inDays(9), owner_id: editor.staffId }],
    [both('旧版营养知识', 'Old words on food'), { expires_on: inDays(-3) }],
    [both('夏季防暑', 'Hot days'), { review_on: inDays(-1), owner_id: manager.staffId }],
  ] as const) {
    const code = await publish(house, aTemplate({ name }))
    await house.write((ctx) => sendMessage(ctx, { patientId, template: code, touch: `${code}-x` }))
    await db.updateTable('message_template').set(change).where('code', '=', code).execute()
  }
  await sendDue(mailingBy(house.house, keepingTransport().transport), house.tenant)
  await noteTemplateUse(house.house, house.tenant)
  const page = await stage.openAs(editor, '/message-templates', { size, locale })
  await page.getByText(say('流感季的五个细节', 'Five habits for the flu season')).first().waitFor()
  await screenshot(page, `blocks-inventory-${size}-${locale}`)
  expect(await axe(page)).toEqual([])
  await page.goto(`${stage.url}/message-templates?upkeep=soon,expired,due`)
  await page.getByText(say('春节前问候', 'Before the Spring Festival')).first().waitFor()
  await settled(page)
  expect(await page.getByText(say('流感季的五个细节', 'Five habits for the flu season')).count()).toBe(0)
  await screenshot(page, `blocks-inventory-ends-${size}-${locale}`)
  await page.context().close()
})
