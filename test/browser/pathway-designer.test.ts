import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { draftProtocol, getProtocol } from '../../src/rooms/follow-up/contract/catalogue.ts'
import type { ProtocolDefinition } from '../../src/rooms/follow-up/contract/protocol.ts'
import { enrol } from '../../src/rooms/follow-up/contract/run.ts'
import { evaluate } from '../../src/rooms/follow-up/sample-plan.ts'
import { assignCarers, registerPatient } from '../../src/rooms/patient/server/index.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot, thisMorning } from './browser.ts'
import { settled } from './settled.ts'

// The pages reckon by the browser's own day, so the house stands in the present too.
const stage = await aStage({ now: thisMorning().toISOString() })
const { house } = stage
const CODE = 'lung-nodule-follow-up'
const PLANS = 500
let head: Caller, reviewer: Caller, editor: Caller
const db = () => house.house.databases.of(house.tenant.id)
let count = 0

/** 结节零零一, 结节零零二 …: a person's name has no digits. */
const named = (n: number) =>
  `结节${[...String(n).padStart(3, '0')].map((digit) => '零一二三四五六七八九'[Number(digit)]).join('')}`

async function aPatient(name: string): Promise<string> {
  const id = await house.write((ctx) =>
    registerPatient(ctx, {
      name,
      phone: `1360000${String(++count).padStart(4, '0')}`,
      birthDate: '1962-03-21',
    } as never),
  )
  await house.write((ctx) => assignCarers(ctx, id, { managerId: head.staffId } as never))
  return id
}

beforeAll(async () => {
  // 护士长: head of the department and manager of her own patients.
  head = await house.as(['quality-lead', 'service-manager'], { name: '赵护士长' })
  reviewer = await house.as('medical-reviewer', { name: '李国栋' })
  editor = await house.as('content-editor', { name: '陈小雨' })
  await aPatient('欧阳春晓')
}, 180_000)

/** A button by the end of its name: an icon may stand before it, and two characters may be spaced. */
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name: typeof name === 'string' ? new RegExp(`${[...name].join('\\s?')}$`) : name })
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true })
const saved = (page: Page) => page.locator('[data-saving=saved]').waitFor()
const chip = (page: Page, step: string) => page.locator(`.pb-path-chip[data-step="${step}"]`)
const dayOf = async (page: Page, step: string) => Number(await chip(page, step).getAttribute('data-day'))
const part = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click()

async function choose(page: Page, label: string, option: string): Promise<void> {
  await field(page, label).click()
  await page.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).click()
}
/** In a list that is longer than what is shown at once: by typing. */
async function find(page: Page, label: string, typed: string): Promise<void> {
  await field(page, label).fill(typed)
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click()
}
async function add(page: Page, where: string | RegExp, kind: string): Promise<void> {
  await button(page, where).first().click()
  await page.getByRole('menuitem', { name: kind, exact: true }).click()
}
async function closeDrawer(page: Page): Promise<void> {
  await page.locator('.ant-drawer-open .ant-drawer-close').click()
  await page.locator('.ant-drawer-open').waitFor({ state: 'detached' })
}
const definition = async (): Promise<ProtocolDefinition> =>
  (await head.call(getProtocol, { params: { code: CODE } })).versions[0]!.definition
const wide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

describe('a head nurse and 肺结节', () => {
  test('designs it from nothing, on a time axis', async () => {
    const page = await stage.openAs(head, '/protocols')
    await button(page, '新建服务路径').click()
    await field(page, '中文名称').fill('肺结节随访')
    await field(page, '英文名称').fill('Lung nodule follow-up')
    await button(page, '开始设计').click()
    await page.getByRole('heading', { name: '设计“肺结节随访”' }).waitFor()

    await field(page, '名称（中文）').fill('建档电话')
    await find(page, '填的表单', '肺结节')
    await field(page, '这一步为了什么（中文）').fill('知道自己要复查，放下一半心')
    await field(page, '做完留下什么（中文）').fill('结节卡，下次复查的月份')
    await page.getByText('话术', { exact: true }).click()
    await field(page, '开场（中文）').fill('您好，我是医院的赵护士，现在方便说几分钟吗？')
    await field(page, '要问的（中文，一行一句）').fill('片子和报告都在吗？\n您最担心什么？')
    await part(page, '时间')
    await field(page, '多少小时内做完').fill('72')
    await choose(page, '过了窗口没做，转给', '责任医生')

    // A second step behind it, dragged along the axis, moved by keys, and taken back.
    await add(page, '接着加一步', '随访')
    await part(page, '做什么')
    await field(page, '名称（中文）').fill('低剂量 CT 复查')
    await expect.poll(() => dayOf(page, 'visit')).toBe(37)
    await chip(page, 'visit').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(() => dayOf(page, 'visit')).toBe(45)
    await page.keyboard.press('Control+z')
    await expect.poll(() => dayOf(page, 'visit')).toBe(37)
    await button(page, '重做').click()
    await expect.poll(() => dayOf(page, 'visit')).toBe(45)
    // What is measured has come to rest.
    await settled(page)
    const box = (await chip(page, 'visit').boundingBox())!
    await page.mouse.move(box.x + 30, box.y + 10)
    await page.mouse.down()
    await page.mouse.move(box.x + 160, box.y + 10, { steps: 6 })
    await page.mouse.up()
    await expect.poll(() => dayOf(page, 'visit')).toBeGreaterThan(50)
    await part(page, '时间')
    const after = page.getByLabel('在“建档电话”之后多久', { exact: true })
    await after.fill('90')
    await expect.poll(() => dayOf(page, 'visit')).toBe(97)
    await page.getByLabel('可以提前：单位').click()
    await page.locator('.ant-select-dropdown:visible').getByText('% 间隔', { exact: true }).click()
    await field(page, '可以提前').fill('10')

    // It repeats twice; what was put off leads to a call of its own.
    await field(page, '重复做').click()
    await field(page, '一共几次').fill('2')
    await part(page, '做什么')
    await find(page, '填的表单', '肺结节')
    await part(page, '接下来')
    await button(page, '加一条分支').click()
    await page.getByRole('menuitem', { name: '按表单里的回答' }).click()
    await choose(page, '第 1 条分支：哪一题', '这次该做的复查')
    await field(page, '第 1 条分支：哪些选项').click()
    await page.locator('.ant-select-dropdown:visible').getByText('过了日子还没做', { exact: true }).click()
    await page.locator('.ant-select-dropdown:visible').getByText('还没到时间', { exact: true }).click()
    await page.keyboard.press('Escape')
    await page.getByText('“这次该做的复查”答“过了日子还没做”').first().waitFor()
    await choose(page, '第 1 条分支走到', '新加一步')
    await page.locator('.pb-path-chip.pb-path-branch').waitFor()

    // A message in a line of its own, with its ladder and the words for the person.
    await add(page, '另起一条线', '消息')
    await part(page, '做什么')
    await field(page, '名称（中文）').fill('检查前提醒')
    await part(page, '给客户')
    await field(page, '客户能看到这一步').click()
    await field(page, '给客户看的话（中文）').fill('请带上以前的片子。')
    await find(page, '窗口打开时发的消息', '随访到期')
    await field(page, '加一种渠道').click()
    await page.locator('.ant-select-dropdown:visible').getByText('邮件', { exact: true }).click()
    await field(page, '加一种渠道').click()
    await page.locator('.ant-select-dropdown:visible').getByText('消息中心', { exact: true }).click()
    await field(page, '消息中心提前').click()
    await saved(page)
    await screenshot(page, 'pathway-design-desktop')
    expect(await axe(page)).toEqual([])

    // A copy that is not wanted after all.
    await button(page, '复制一步').click()
    await chip(page, 'message-2').waitFor()
    await button(page, '去掉这一步').click()
    await chip(page, 'message-2').waitFor({ state: 'detached' })

    // On the same day as the first call: said in a list that leads there.
    const clash = page.getByRole('region', { name: '检查' }).getByRole('button', { name: /^第 7 天同时有/ })
    await clash.waitFor()
    await clash.click()
    await chip(page, 'message').focus()
    await page.keyboard.press('Shift+ArrowRight')
    await clash.waitFor({ state: 'detached' })

    // The whole: goal, way in, way out.
    await button(page, '打开：目标').click()
    await field(page, '目的（中文）').fill('按时复查，有变化早知道')
    await button(page, '加一个目标').click()
    await field(page, '目标的名称（中文）').fill('一年内复查过')
    await choose(page, '用什么衡量', '档案里的条件')
    await closeDrawer(page)
    await button(page, '打开：谁加入').click()
    await choose(page, '怎样加入', '有诊断且符合条件的人自动加入')
    await page.locator('.pb-condition').waitFor()
    await screenshot(page, 'pathway-entry-desktop')
    await choose(page, '怎样加入', '手动加入')
    await closeDrawer(page)
    await button(page, '打开：怎样结束').click()
    await button(page, '加一条规则').click()
    await field(page, '规则的名称（中文）').fill('两年没有变化')
    await page.getByLabel('过多久', { exact: true }).fill('24')
    await closeDrawer(page)
    await page.getByText('两年没有变化（24 个月后）').waitFor()
    await page.getByText('按时复查，有变化早知道 · 一年内复查过').waitFor()
    await saved(page)
    const kept = await definition()
    expect(kept.steps.map(({ code }) => code)).toEqual(['call', 'visit', 'visit-2', 'message'])
    const [call, visit, , message] = kept.steps
    expect(call).toMatchObject({ targetTime: { hours: 72 }, escalation: 'doctor', script: { ask: [{}, {}] } })
    expect(visit).toMatchObject({
      after: { days: 90 },
      window: { before: { percent: 10 } },
      recurrence: { times: 2 },
      branches: [{ item: 'recheck', in: ['overdue'], next: 'visit-2' }],
    })
    expect(message).toMatchObject({ channels: ['in-app', 'email'], forPatient: { text: { zh: '请带上以前的片子。' } } })
    expect(kept.exits).toMatchObject([{ when: { after: { months: 24 } }, as: 'graduated' }])
    await page.context().close()
  }, 240_000)

  test('walks a patient through it in fast time', async () => {
    const page = await stage.openAs(head, `/protocols/${CODE}/design`)
    await button(page, '试走').click()
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel('选一位客户').fill('欧阳')
    await page
      .locator('.ant-select-dropdown:visible')
      .getByText(/欧阳春晓/)
      .click()
    await drawer.getByRole('button', { name: '走一遍' }).click()
    const days = drawer.getByRole('list', { name: '一天一天会发生什么' })
    await days.getByText('建档电话').first().waitFor()
    await days.getByText('健康管理师收到任务').first().waitFor()
    await screenshot(page, 'pathway-walk-desktop')
    expect(await axe(page, '.ant-drawer')).toEqual([])
    // What if the scan was put off.
    await drawer.getByLabel('假设“低剂量 CT 复查”第 1 次').click()
    await page
      .locator('.ant-select-dropdown:visible')
      .getByText(/^做了，“这次该做的复查”/)
      .click()
    await days.getByText(/因为\s*“这次该做的复查”答“过了日子还没做”/).waitFor()
    await screenshot(page, 'pathway-walk-branch-desktop')
    expect(await db().selectFrom('plan_run').select('id').execute()).toEqual([])
    await page.context().close()
  })

  test('whoever drafted it does not publish it; a second person does', async () => {
    const own = await stage.openAs(head, `/protocols/${CODE}`)
    await own.getByText('“这次该做的复查”答“过了日子还没做”').first().waitFor()
    await settled(own)
    expect(await own.getByRole('button', { name: /^发布第/ }).count()).toBe(0)
    await screenshot(own, 'pathway-page-desktop')
    expect(await axe(own)).toEqual([])
    await own.context().close()
    const page = await stage.openAs(reviewer, `/protocols/${CODE}`)
    await button(page, '发布第 1 版').click()
    await page.getByText('没有在用的计划走别的版本。').waitFor()
    await button(page, '发布第 1 版').click()
    await expect
      .poll(async () => (await head.call(getProtocol, { params: { code: CODE } })).versions[0]!.state)
      .toBe('published')
    await page.context().close()
  })

  test('edits it while 500 run, and sees what that does before it is published', async () => {
    for (let n = 0; n < PLANS; n++) {
      const patientId = await aPatient(named(n + 1))
      await head.call(enrol, { params: { patientId: patientId as never }, body: { protocol: CODE, reason: '' } })
    }
    await evaluate(house)
    const page = await stage.openAs(head, `/protocols/${CODE}/design`)
    // What is in force is not called a kept draft.
    await page.getByText('这是在用的版本，一改就另存草稿').waitFor()
    await chip(page, 'call').focus()
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(() => dayOf(page, 'call')).toBe(14)
    await saved(page)
    await page.goto(`${stage.url}/protocols/${CODE}`)
    await button(page, '看第 2 版的影响').click()
    await page.getByText(`${PLANS} 个计划还在走别的版本`).waitFor()
    await page.getByText('这一版是您起草的').waitFor()
    await page.getByText('结节零零一').first().waitFor()
    // Whoever drafted it cannot decide, and sees all the same what each way would do to a plan.
    const line = page.getByRole('row').filter({ hasText: '结节零零一' })
    await line.getByText('不变').waitFor()
    await page.getByRole('radio', { name: /现在就按新版重排/ }).check()
    await line.getByText('不变').waitFor({ state: 'detached' })
    await settled(page)
    expect(await page.getByRole('button', { name: /发布第 2 版/ }).count()).toBe(0)
    await screenshot(page, 'pathway-impact-draft-desktop')
    await page.context().close()

    const second = await stage.openAs(reviewer, `/protocols/${CODE}/running?version=2`)
    await second.getByText(`${PLANS} 个计划还在走别的版本`).waitFor()
    await settled(second)
    expect(await second.getByText('结节零零一').count()).toBe(0)
    await button(second, '发布第 2 版并照此处理').click()
    await expect
      .poll(async () => (await head.call(getProtocol, { params: { code: CODE } })).versions[0]!.state)
      .toBe('published')
    await second.context().close()
  }, 300_000)

  const hows = async () => {
    const rows = await db().selectFrom('plan_run').select(['switch_how', 'protocol_version']).execute()
    const tally = (how: string | null) => rows.filter((row) => row.switch_how === how).length
    return { leave: tally(null), next: tally('next-step'), again: tally('re-plan') }
  }

  test('chooses for all, for a group and for one what happens, and takes it back', async () => {
    const page = await stage.openAs(head, `/protocols/${CODE}`)
    await button(page, `在用计划（${PLANS}）`).click()
    await page.getByText(`${PLANS} 个计划还在走别的版本`).waitFor()
    // For all: with the next step. For a group: planned anew. For one: left.
    await page.getByRole('radio', { name: /下一次随访起用新版/ }).check()
    await page.getByLabel('找姓名').fill('结节零一')
    await button(page, '选这一组 10 个').click()
    await page.getByText('已选 10 个').waitFor()
    await field(page, '把选中的改为…').click()
    await page.locator('.ant-select-dropdown:visible').getByText('现在就按新版重排', { exact: true }).click()
    await page.getByLabel('找姓名').fill('结节三三三')
    await choose(page, '结节三三三怎么办', '按旧版走完')
    const sum = page.getByRole('status', { name: '各有多少' })
    await expect
      .poll(() => sum.textContent())
      .toMatch(/按旧版走完\s*1\s*下一次随访起用新版\s*489\s*现在就按新版重排\s*10/)
    await page.getByLabel('找姓名').fill('')
    await screenshot(page, 'pathway-running-desktop')
    expect(await axe(page)).toEqual([])
    await button(page, '照此处理 499 个计划').click()
    await page.getByText('已决定 499 个计划').waitFor()
    await expect.poll(hows).toEqual({ leave: 1, next: 489, again: 10 })
    const former = page.getByRole('region', { name: '最近的决定' })
    await former.getByText(/499 个计划，第 2 版/).waitFor()
    await former.getByRole('button', { name: /撤\s?回/ }).click()
    await former.getByText('已撤回').waitFor()
    await expect.poll(hows).toEqual({ leave: PLANS, next: 0, again: 0 })
    await page.context().close()
  }, 180_000)
})

test('the same on a phone: a list by day, and everything in drawers', async () => {
  const page = await stage.openAs(head, `/protocols/${CODE}/design`, { size: 'phone' })
  const step = page.locator('.pb-path-dayname', { hasText: '低剂量 CT 复查' })
  await step.waitFor()
  await screenshot(page, 'pathway-design-phone')
  expect(await axe(page)).toEqual([])
  expect(await wide(page)).toBeLessThanOrEqual(0)
  await step.click()
  await part(page, '时间')
  await page.getByLabel('可以推后', { exact: true }).fill('21')
  await screenshot(page, 'pathway-step-phone')
  expect(await wide(page)).toBeLessThanOrEqual(0)
  await closeDrawer(page)
  await saved(page)
  expect((await definition()).steps[1]!.window.after).toEqual({ days: 21 })
  await button(page, '试走').click()
  await page.getByRole('dialog').getByRole('button', { name: '走一遍' }).click()
  await page.getByRole('list', { name: '一天一天会发生什么' }).getByText('建档电话').first().waitFor()
  await screenshot(page, 'pathway-walk-phone')
  await closeDrawer(page)
  await page.goto(`${stage.url}/protocols/${CODE}/running?version=2`)
  await page.getByText(`${PLANS} 个计划还在走别的版本`).waitFor()
  await page.getByLabel('结节零零一怎么办').waitFor()
  await screenshot(page, 'pathway-running-phone')
  expect(await axe(page)).toEqual([])
  expect(await wide(page)).toBeLessThanOrEqual(0)
  await page.context().close()
})

test('two change one draft: nothing is lost, and a person decides', async () => {
  const page = await stage.openAs(head, `/protocols/${CODE}/design`)
  await chip(page, 'call').click()
  await field(page, '名称（中文）').waitFor()
  const given = await definition()
  const theirs = { ...given, goal: { zh: '对方写的目标', en: 'Theirs' } }
  await editor.call(draftProtocol, { params: { code: CODE }, body: { definition: theirs } })
  await field(page, '名称（中文）').fill('我起的名字')
  await page.getByText('陈小雨刚刚也改了这份草稿').waitFor()
  await page.getByText('改得不一样：我起的名字').waitFor()
  await screenshot(page, 'pathway-conflict-desktop')
  expect(await axe(page)).toEqual([])
  await button(page, '用对方的').click()
  await saved(page)
  await expect.poll(() => field(page, '名称（中文）').inputValue()).toBe('建档电话')
  // Ours is one step back.
  await button(page, '撤销').click()
  await expect.poll(() => field(page, '名称（中文）').inputValue()).toBe('我起的名字')
  await expect.poll(async () => (await definition()).steps[0]!.name.zh).toBe('我起的名字')
  await page.context().close()
})

test('whoever may not draft looks and walks, and changes nothing', async () => {
  const doctor = await house.as('physician', { name: '张文远' })
  const page = await stage.openAs(doctor, `/protocols/${CODE}/design`)
  await page.getByText('您可以看和试走').waitFor()
  await expect.poll(() => field(page, '名称（中文）').isDisabled()).toBe(true)
  await settled(page)
  expect(await button(page, '接着加一步').count()).toBe(0)
  const before = await dayOf(page, 'call')
  await chip(page, 'call').focus()
  await page.keyboard.press('ArrowRight')
  await settled(page)
  expect(await dayOf(page, 'call')).toBe(before)
  await button(page, '打开：目标').click()
  await expect.poll(() => field(page, '目的（中文）').isDisabled()).toBe(true)
  await screenshot(page, 'pathway-readonly-desktop')
  await page.context().close()
})

test('FHIR goes out with what it has no element for, and comes in with what was not understood', async () => {
  const page = await stage.openAs(head, `/protocols/${CODE}/design`)
  await button(page, '导出').click()
  await page.getByRole('region', { name: 'FHIR 里没有对应位置的内容' }).waitFor()
  const [file] = await Promise.all([page.waitForEvent('download'), button(page, '下载文件').click()])
  expect(file.suggestedFilename()).toBe(`${CODE}-3.json`)
  await page.goto(`${stage.url}/protocols`)
  await button(page, '导入').click()
  const foreign = {
    resourceType: 'PlanDefinition',
    name: 'Visits',
    title: '外来路径',
    library: ['x'],
    action: [{ id: 'one', title: '第一次', timingDuration: { value: 3, code: 'd' } }],
  }
  await field(page, '或把内容粘贴在这里').fill(JSON.stringify(foreign))
  await field(page, '换一个代号').fill('from-elsewhere')
  await button(page, '导入为草稿').click()
  await page.getByText('没有读懂，没有带入：library').waitFor()
  await screenshot(page, 'pathway-import-desktop')
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await page.getByRole('link', { name: '打开来改' }).click()
  await page.getByRole('heading', { name: '设计“外来路径”' }).waitFor()
  await page.context().close()
})
