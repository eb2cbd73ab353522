import type { FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shippedQuestionnaires } from '../../src/clinical/questionnaire/content/index.ts'
import { installShippedAdviceCards } from '../../src/rooms/advice/server/index.ts'
import { assignCarers, registerPatient } from '../../src/rooms/patient/server/index.ts'
import {
  answerForPatient,
  publishDraft,
  readDefinition,
  responsesOf,
  saveDraft,
  versionsOf,
} from '../../src/rooms/questionnaire/contract/questionnaire.ts'
import { closeFormPrinter, installShippedQuestionnaires } from '../../src/rooms/questionnaire/server/index.ts'
import { installShippedTags } from '../../src/rooms/tag/server/index.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot, thisMorning } from './browser.ts'
import { settled } from './settled.ts'

// The pages reckon by the browser's own day, so the house stands in the present too.
const stage = await aStage({ now: thisMorning().toISOString() })
const { house } = stage
let doctor: Caller, editor: Caller, reviewer: Caller
let patientId = '' as never
let count = 0

async function aPatient(name: string): Promise<never> {
  const id = (await house.write((ctx) =>
    registerPatient(ctx, {
      name,
      phone: `1340000${String(++count).padStart(4, '0')}`,
      birthDate: '1968-03-21',
    } as never),
  )) as never
  await house.write((ctx) => assignCarers(ctx, id, { doctorId: doctor.staffId } as never))
  return id
}

afterAll(closeFormPrinter)
beforeAll(async () => {
  await house.write(installShippedTags)
  await house.write(installShippedAdviceCards)
  await house.write(installShippedQuestionnaires)
  doctor = await house.as('physician', { name: '张文远' })
  editor = await house.as('content-editor', { name: '陈小雨' })
  reviewer = await house.as('medical-reviewer', { name: '李国栋' })
  patientId = await aPatient('欧阳春晓')
}, 180_000)

/** A button by the end of its name: an icon may stand before it, and two characters may be spaced. */
const button = (page: Page | FrameLocator, name: string | RegExp) =>
  page.getByRole('button', { name: typeof name === 'string' ? new RegExp(`${[...name].join('\\s?')}$`) : name })
const saved = (page: Page) => page.getByRole('status').getByText('已保存').waitFor()
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true })

async function addItem(page: Page, kind: string): Promise<void> {
  await button(page, '添加题目').click()
  await page.getByRole('menuitem', { name: kind, exact: true }).click()
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await field(page, label).click()
  await page.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).click()
}

const heading = (page: Page) => page.locator('h1').first()

async function unlock(page: Page): Promise<void> {
  await page.getByLabel('出生日期').fill('1968-03-21')
  await button(page, '打开问卷').click()
}

describe('S0-3 from an idea to an answer', () => {
  let link = ''

  test('somebody designs a questionnaire with logic, a score, bands, a tag and a task', async () => {
    const page = await stage.openAs(editor, '/questionnaires')
    await page.getByText('患者健康问卷（PHQ-9）').waitFor()
    expect(await axe(page)).toEqual([])
    await screenshot(page, 'design-list-desktop')
    await button(page, /新建问卷/).click()
    await page.getByLabel('中文名称').fill('睡眠小调查')
    await page.getByLabel('英文名称').fill('A few questions about sleep')
    await page.getByLabel('代码', { exact: true }).fill('sleep-check')
    await button(page, '开始设计').click()
    await page.getByRole('heading', { name: '设计“睡眠小调查”' }).waitFor()

    await addItem(page, '单选')
    await field(page, '题目文字（中文）').fill('最近一个月，您睡得好吗？')
    await field(page, '题目文字（英文）').fill('How well did you sleep this month?')
    await button(page, /加一个选项/).click()
    for (const [n, [zh, en]] of [
      ['好', 'Well'],
      ['一般', 'So so'],
      ['不好', 'Badly'],
    ].entries()) {
      await field(page, `选项 ${n + 1} 中文`).fill(zh!)
      await field(page, `选项 ${n + 1} 英文`).fill(en!)
    }
    await button(page, '依次打分').click()
    await page.getByRole('menuitem', { name: '从上往下 0、1、2…' }).click()

    await addItem(page, '数字')
    await field(page, '题目文字（中文）').fill('大约几点才能睡着？躺下后要多少分钟？')
    await field(page, '题目文字（英文）').fill('How many minutes until you fall asleep?')
    await field(page, '单位').fill('分钟')
    await field(page, '最大').fill('300')
    await button(page, /加一个条件/).click()
    await choose(page, '条件 1：答案', '不好')
    await page.getByText('当第 1 题“最近一个月，您睡得好吗？”选了“不好”时显示').waitFor()

    await addItem(page, '是/否')
    await field(page, '题目文字（中文）').fill('白天会犯困吗？')
    await field(page, '题目文字（英文）').fill('Are you sleepy by day?')
    await saved(page)
    await screenshot(page, 'design-item-desktop')
    expect(await axe(page)).toEqual([])

    // By keyboard one up, and back by Ctrl Z.
    const rows = () => page.locator('.pb-design-name .pb-design-text').allTextContents()
    await expect.poll(rows).toHaveLength(3)
    const before = await rows()
    await page.locator('.pb-design-name').nth(2).focus()
    await page.keyboard.press('Alt+ArrowUp')
    await expect.poll(rows).toEqual([before[0], before[2], before[1]])
    await page.keyboard.press('Control+z')
    await expect.poll(rows).toEqual(before)
    // By mouse the same.
    await page
      .locator('.pb-design-row')
      .nth(2)
      .dragTo(page.locator('.pb-design-row').nth(0), { targetPosition: { x: 60, y: 4 } })
    await expect.poll(rows).toEqual([before[2], before[0], before[1]])
    await button(page, '撤销').click()
    await expect.poll(rows).toEqual(before)

    await page.getByRole('tab', { name: '计分' }).click()
    await button(page, /加一个得分/).click()
    await button(page, /加一段/).click()
    await field(page, '第 1 段：到（含）').fill('1')
    await choose(page, '第 1 段：轻重', '平稳')
    await field(page, '第 1 段：结论（中文）').fill('睡眠大体不错')
    await field(page, '第 1 段：结论（英文）').fill('You sleep well enough')
    await button(page, /加一段/).click()
    await choose(page, '第 2 段：轻重', '需要跟进')
    await field(page, '第 2 段：结论（中文）').fill('睡眠不太好')
    await field(page, '第 2 段：结论（英文）').fill('You sleep badly')
    await field(page, '第 2 段：给客户的话（中文）').fill('我们会联系您，一起看看怎样睡得好一些。')
    await field(page, '第 2 段：给客户的话（英文）').fill('We will call you and look at what may help.')
    await field(page, '第 2 段：给同事的话（中文）').fill('先问睡前用药和咖啡')
    await field(page, '第 2 段：给同事的话（英文）').fill('Ask for medicines and coffee at night first')
    const second = page.getByRole('region', { name: '第 2 段' })
    await second.getByRole('button', { name: /加一件要做的事/ }).click()
    await page.getByRole('menuitem', { name: '加标签' }).click()
    await second.getByLabel('选标签 第 2 段').fill('失联')
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click()
    await second.getByRole('button', { name: /加一件要做的事/ }).click()
    await page.getByRole('menuitem', { name: '建计划' }).click()
    await field(page, '计划内容（中文）').fill('电话了解睡眠情况')
    await field(page, '计划内容（英文）').fill('Call about sleep')
    await second.getByRole('button', { name: /加一件要做的事/ }).click()
    await page.getByRole('menuitem', { name: '提出建议卡片' }).click()
    await second.getByLabel('选建议卡片 第 2 段').click()
    await page.locator('.ant-select-dropdown:visible').getByText('饮食', { exact: true }).waitFor()
    await screenshot(page, 'design-card-desktop')
    await second.getByLabel('选建议卡片 第 2 段').fill('反酸')
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click()
    await second.getByText(/^提出建议卡片“/).waitFor()
    await page.getByText('第 1 题的分数相加').waitFor()
    await saved(page)
    await screenshot(page, 'design-scoring-desktop')
    expect(await axe(page)).toEqual([])

    // The phone beside it, and what the answers would come to.
    await button(page, '全填最高').click()
    const result = page.getByRole('region', { name: '按现在的回答' })
    await result.getByText('睡眠不太好').waitFor()
    await expect.poll(() => result.textContent()).toMatch(/建计划“电话了解睡眠情况”.*7 天内完成/)
    await button(page, '重新填').click()
    const phone = page.frameLocator('iframe')
    await phone.getByRole('radio', { name: '不好' }).check()
    await button(phone, '下一题').click()
    await phone.getByText('躺下后要多少分钟').waitFor()
    await screenshot(page, 'design-try-desktop')
    await settled(page)
    expect(await page.locator('.pb-design-faults').count()).toBe(0)
    await page.context().close()
  }, 180_000)

  test('whoever wrote it does not publish it; a second person reads it and does', async () => {
    const own = await stage.openAs(editor, '/questionnaires/sleep-check')
    await own.getByText('睡眠大体不错').first().waitFor()
    await settled(own)
    expect(await own.getByRole('button', { name: /发布第/ }).count()).toBe(0)
    await own.context().close()
    const page = await stage.openAs(reviewer, '/questionnaires/sleep-check')
    await page.getByText('当第 1 题“最近一个月，您睡得好吗？”选了“不好”时显示').waitFor()
    await screenshot(page, 'design-overview-desktop')
    expect(await axe(page)).toEqual([])
    await button(page, '发布第 1 版').click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /发\s?布/ })
      .click()
    await page.getByText('第 1 版在用').first().waitFor()
    await page.context().close()
  })

  test('its link is sent from the patient’s page', async () => {
    const page = await stage.openAs(doctor, `/patients/${patientId as string}?tab=questionnaires`)
    await button(page, /发问卷/)
      .first()
      .click()
    await page.getByLabel('选哪一份').fill('睡眠小')
    await page.locator('.ant-select-dropdown:visible').getByText('睡眠小调查').click()
    await button(page, '生成链接').click()
    link = await page.getByLabel('问卷链接', { exact: true }).inputValue()
    await page.context().close()
  })

  test('it is answered on a phone, interrupted and resumed', async () => {
    const path = new URL(link).pathname
    const page = await stage.open(path, { size: 'phone' })
    await unlock(page)
    await page.getByRole('radio', { name: '不好' }).check()
    await button(page, '下一题').click()
    await expect.poll(() => heading(page).textContent()).toContain('多少分钟')
    await expect.poll(() => page.getByRole('status').textContent()).toBe('已保存')
    await page.context().close()
    const again = await stage.open(path, { size: 'phone' })
    await unlock(again)
    await expect.poll(() => heading(again).textContent()).toContain('多少分钟')
    await again.getByRole('textbox').fill('45')
    await button(again, '下一题').click()
    await again.getByRole('radio', { name: '是' }).check()
    await button(again, '下一题').click()
    await button(again, '交卷').click()
    await again.getByText('睡眠不太好').waitFor()
    await settled(again)
    // What is meant for colleagues is not for the person.
    expect(await again.content()).not.toContain('咖啡')
    await screenshot(again, 'design-answered-phone')
    await again.context().close()
  })

  test.each(['desktop', 'phone'] as const)(
    'its score, band, tag and task are there for staff on a %s',
    async (size) => {
      const { rows } = await doctor.call(responsesOf, { params: { patientId } })
      expect(rows).toMatchObject([{ author: 'patient', scores: [{ value: 2, band: 'band-2', tone: 'act' }] }])
      const page = await stage.openAs(doctor, `/patients/${patientId as string}?tab=questionnaires`, { size })
      await page.getByText('睡眠不太好').first().waitFor()
      await page.getByText('先问睡前用药和咖啡').first().waitFor()
      await screenshot(page, `design-result-${size}`)
      expect(await axe(page)).toEqual([])
      await page.getByText('失联').first().waitFor()
      await page
        .getByRole('button', { name: /看答案/ })
        .first()
        .click()
      const print = page.getByRole('dialog').getByRole('button', { name: /打\s?印/ })
      await print.waitFor()
      await screenshot(page, `design-answers-${size}`)
      if (size === 'desktop') {
        const [paper] = await Promise.all([page.waitForEvent('popup'), print.click()])
        await paper.waitForURL(/^blob:/)
      }
      // The card waits with its reason until somebody gives it.
      await house.settle()
      await page.goto(`${stage.url}/patients/${patientId as string}?tab=advice`)
      await page.getByText(/“睡眠小调查”总分 2 分，睡眠不太好/).waitFor()
      await screenshot(page, `design-advice-${size}`)
      await page.goto(`${stage.url}/tasks?scope=customers&state=open`)
      await page.getByText('电话了解睡眠情况').first().waitFor()
      await screenshot(page, `design-task-${size}`)
      await page.context().close()
    },
  )
})

describe('the pages at both widths', () => {
  const PAGES = [
    ['list', '/questionnaires', '患者健康问卷（PHQ-9）'],
    ['overview', '/questionnaires/phq-9', '在过去两个星期'],
    ['versions', '/questionnaires/phq-9?tab=versions', '起草'],
    ['statistics', '/questionnaires/phq-9?tab=statistics', '重复问'],
    ['import', '/questionnaires?make=import', '把 FHIR 文件拖到这里'],
    ['design', '/questionnaires/ipaq-sf/design', '设计'],
  ] as const

  beforeAll(async () => {
    const phq9 = shippedQuestionnaires.find(({ name }) => name === 'phq-9')!
    for (let n = 0; n < 6; n++) {
      const person = await aPatient(`统计客${'一二三四五六'[n]}`)
      const item = phq9.item!.flatMap(({ linkId, answerOption = [], required }, at) =>
        required
          ? [
              {
                linkId,
                answer: [{ valueCoding: answerOption[linkId === 'phq9-9' ? 0 : (n + at) % 4]!['valueCoding'] }],
              },
            ]
          : [],
      )
      await doctor.call(answerForPatient, {
        params: { patientId: person },
        body: {
          code: 'phq-9',
          version: 1,
          submission: crypto.randomUUID(),
          response: { resourceType: 'QuestionnaireResponse', status: 'completed', item } as never,
        },
      })
    }
  })

  test.each(PAGES.flatMap((page) => [[...page, 'desktop'] as const, [...page, 'phone'] as const]))(
    '%s (%s, %s) on a %s',
    async (name, path, text, size) => {
      const page = await stage.openAs(reviewer, path, { size })
      await page.getByText(text).first().waitFor()
      await screenshot(page, `page-${name}-${size}`)
      expect(await axe(page)).toEqual([])
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(wide).toBeLessThanOrEqual(0)
      await page.context().close()
    },
  )

  test.each(['desktop', 'phone'] as const)('every part of the desk on a %s', async (size) => {
    const page = await stage.openAs(editor, '/questionnaires/phq-9/design', { size })
    for (const part of size === 'phone' ? ['编辑', '计分', '设置', '试填'] : ['计分', '设置']) {
      await page.getByRole('tab', { name: part }).click()
      if (part === '试填') {
        // A frame that joins a quiet page never counts as quiet itself: what it holds is waited for instead.
        const phone = page.frameLocator('iframe')
        await phone.getByRole('radio').nth(1).check()
        await button(phone, '下一题').click()
        await phone.getByText('感到心情低落').waitFor()
        await page.getByText(/已答 1 \/ /).waitFor()
      } else await screenshot(page, `part-${part}-${size}`)
      expect(await axe(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    }
    // Nothing was changed, so nothing was drafted.
    const { rows } = await editor.call(versionsOf, { params: { code: 'phq-9' } })
    expect(rows.map(({ state }) => state)).toEqual(['active'])
    await page.context().close()
  })

  test('a blank form is printed from the list, in a tab of its own', async () => {
    const page = await stage.openAs(doctor, '/questionnaires')
    const print = page.getByRole('button', { name: /打\s?印\s*患者健康问卷/ })
    await print.waitFor()
    const [paper] = await Promise.all([page.waitForEvent('popup', { timeout: 30_000 }), print.click()])
    await paper.waitForURL(/^blob:/, { timeout: 30_000 })
    await page.context().close()
  })

  test('what a role may not see is not there', async () => {
    const manager = await house.as('sales-manager')
    const page = await stage.openAs(manager, '/questionnaires')
    await settled(page)
    expect(await page.getByRole('link', { name: '问卷', exact: true }).count()).toBe(0)
    await page.context().close()
  })
})

test('a draft that is thrown away is in the list no more, not for a moment', async () => {
  const definition = {
    resourceType: 'Questionnaire',
    language: 'zh-CN',
    title: '写了一半',
    item: [{ linkId: 'q1', type: 'boolean', text: '第一稿' }],
  }
  await editor.call(saveDraft, { params: { code: 'half' }, body: { definition: definition as never, revision: 0 } })
  const page = await stage.openAs(editor, '/questionnaires')
  await page.getByText('写了一半').first().click()
  await button(page, '丢弃草稿').click()
  await page.getByRole('dialog').getByRole('button', { name: '丢弃草稿' }).click()
  await page.waitForURL(/\/questionnaires$/)
  await page.getByText('患者健康问卷（PHQ-9）').waitFor()
  expect(await page.getByText('写了一半').count()).toBe(0)
  await page.context().close()
})

test('two change one draft: nothing is lost, and a person decides', async () => {
  const definition = {
    resourceType: 'Questionnaire',
    language: 'zh-CN',
    title: '两个人',
    item: [{ linkId: 'q1', type: 'boolean', text: '第一稿' }],
  }
  const { revision } = await editor.call(saveDraft, {
    params: { code: 'both' },
    body: { definition: definition as never, revision: 0 },
  })
  const page = await stage.openAs(reviewer, '/questionnaires/both/design')
  await field(page, '题目文字（中文）').waitFor()
  const theirs = { ...definition, title: '两个人（陈）' }
  await editor.call(saveDraft, { params: { code: 'both' }, body: { definition: theirs as never, revision } })
  await field(page, '题目文字（中文）').fill('我的第一题')
  await page.getByText('陈小雨刚刚也保存了这份草稿').waitFor()
  await screenshot(page, 'design-conflict-desktop')
  expect(await axe(page)).toEqual([])
  // What was decided against does not leave the page, not even for a moment.
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'PUT') sent.push(request.url())
  })
  await button(page, '用对方的版本').click()
  await saved(page)
  await expect.poll(() => field(page, '题目文字（中文）').inputValue()).toBe('第一稿')
  await settled(page)
  expect(sent).toEqual([])
  // Ours is one step back.
  await button(page, '撤销').click()
  await expect.poll(() => field(page, '题目文字（中文）').inputValue()).toBe('我的第一题')
  await saved(page)
  const draft = async () =>
    editor
      .call(readDefinition, { params: { code: 'both', version: '1' } as never })
      .then((view) => JSON.stringify(view.definition))
  await expect.poll(draft).toContain('我的第一题')
  await page.context().close()
})

test('FHIR from elsewhere: what is not understood is named with its place, value sets can be given, and it goes out again', async () => {
  const set = 'http://example.org/ValueSet/yes'
  const file = {
    resourceType: 'Questionnaire',
    name: 'FromElsewhere',
    title: '外来问卷',
    language: 'zh-CN',
    item: [
      { linkId: '1', type: 'choice', text: '吸烟吗', answerValueSet: set },
      {
        linkId: '2',
        type: 'string',
        text: '备注',
        extension: [{ url: 'http://example.org/strange', valueString: 'x' }],
      },
    ],
  }
  const values = {
    resourceType: 'ValueSet',
    url: set,
    compose: { include: [{ system: 'urn:x', concept: [{ code: 'y', display: '吸' }] }] },
  }
  const page = await stage.openAs(editor, '/questionnaires?make=import')
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('或把内容粘贴在这里').fill(JSON.stringify(file))
  await button(page, '读取').click()
  await drawer.getByText(set).first().waitFor()
  await drawer.getByText('item[1]: extension http://example.org/strange').waitFor()
  await screenshot(page, 'import-found-desktop')
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await drawer.getByLabel('或把内容粘贴在这里').fill(JSON.stringify(values))
  await button(page, '读取').click()
  await expect.poll(() => drawer.getByText('还缺 1 个选项列表').count()).toBe(0)
  await expect.poll(() => drawer.getByLabel('代码', { exact: true }).inputValue()).toBe('from-elsewhere')
  await button(page, '导入为草稿').click()
  await page.getByRole('heading', { name: '设计“外来问卷”' }).waitFor()
  await page.getByText('选项来自值集').waitFor()
  await page.goto(`${stage.url}/questionnaires/from-elsewhere`)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button(page, /导出 FHIR/)
      .first()
      .click(),
  ])
  expect(download.suggestedFilename()).toBe('from-elsewhere-1.json')
  const { rows } = await editor.call(versionsOf, { params: { code: 'from-elsewhere' } })
  expect(
    (await reviewer.try(publishDraft, { params: { code: 'from-elsewhere' }, body: { revision: rows[0]!.revision } }))
      .status,
  ).toBe(200)
  await page.context().close()
})
