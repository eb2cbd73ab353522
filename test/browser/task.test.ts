import { expect, test } from 'vitest'
import { addDays } from '../../src/platform/clock.ts'
import { assignCarers, registerPatient } from '../../src/rooms/patient/server/index.ts'
import { bindManager } from '../../src/rooms/staff/server/index.ts'
import { createTask, type NewTask } from '../../src/rooms/task/server/index.ts'
import { cardActivated } from '../../src/rooms/card/contract/card.ts'
import { aStage, axe, screenshot, thisMorning } from './browser.ts'
import { settled } from './settled.ts'

// The pages reckon by the browser's own day, so the house stands in the present too.
const stage = await aStage({ now: thisMorning().toISOString() })
const { house } = stage
const today = house.clock.today(house.tenant.timeZone)

const li = await house.as('service-manager', { name: '李素珍' })
const wang = await house.as('service-manager', { name: '王海燕' })
const doctor = await house.as('physician', { name: '张文远' })
const sales = await house.as('sales-manager', { name: '周敏' })
const lead = await house.as('quality-lead', { name: '郑国华' })
const NAMES = ['王秀英', '欧阳雪梅', '陈桂芳', '阿依古丽·买买提', '李建国', '赵铁柱']

const patients = await house.write(async (ctx) => {
  for (const manager of [li, wang])
    await bindManager(ctx.tx, ctx.organizationId, doctor.staffId, manager.staffId, ctx.clock.now())
  const ids: string[] = []
  for (const [i, name] of NAMES.entries()) {
    const id = await registerPatient(ctx, {
      name,
      sex: i % 2 ? 'male' : 'female',
      birthDate: `19${50 + i * 5}-04-05`,
      phone: `1380000${1000 + i}`,
    })
    await assignCarers(ctx, id, { doctorId: doctor.staffId, managerId: li.staffId })
    ids.push(id)
  }
  return ids
})

const TASKS: (Partial<NewTask> & { days: number })[] = [
  { days: -3, type: 'recheck', title: '复查空腹血糖', priority: 'urgent' },
  { days: -1, type: 'call', title: '' },
  { days: 0, type: 'diagnosis-assessment', title: '三天血压偏高，请确诊评估', priority: 'stat' },
  { days: 0, type: 'follow-up', title: '术后第 30 天随访' },
  { days: 0, type: 'complete-record', note: '家族史、用药还没有问到。\n本人说下午接电话方便。', remindBefore: [60] },
  { days: 4, type: 'other', title: '寄送饮食卡片' },
]
const taskIds = await house.write(async (ctx) => {
  const ids: string[] = []
  for (const [i, { days, ...task }] of TASKS.entries())
    ids.push(
      (
        await createTask(ctx, {
          type: 'call',
          patientId: patients[i]!,
          ownerId: li.staffId,
          dueOn: addDays(today, days),
          source: 'browser',
          ...task,
        })
      ).id,
    )
  await createTask(ctx, {
    type: 'recheck',
    title: '请联系复查甲状腺超声',
    patientId: patients[0]!,
    dueOn: addDays(today, 2),
    source: 'browser',
  })
  return ids
})

const VIEWS = [
  ['desktop', 'zh-CN', 'light'],
  ['desktop', 'en', 'dark'],
  ['phone', 'zh-CN', 'light'],
  ['phone', 'en', 'dark'],
] as const

test.each(VIEWS)('工作台 on a %s in %s, %s', async (size, locale, theme) => {
  const page = await stage.openAs(li, '/', { size, locale, theme })
  await page.locator('[data-task]').first().waitFor()
  await screenshot(page, `workbench-${size}-${locale}`)
  await expect.poll(() => page.locator('[data-task]').count()).toBe(6)
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

test('the keys: j moves, Enter opens, d finishes, n goes on', async () => {
  const page = await stage.openAs(li, '/')
  await page.locator('[data-task]').first().waitFor()
  const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset['task'])
  await settled(page)
  await page.keyboard.press('j')
  await expect.poll(focused).toBe(taskIds[0])
  await page.keyboard.press('j')
  await expect.poll(focused).toBe(taskIds[1])
  await page.keyboard.press('k')
  await expect.poll(focused).toBe(taskIds[0])
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('dialog')
  await drawer.getByText('复查空腹血糖').first().waitFor()
  await screenshot(page, 'task-drawer')
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await page.keyboard.press('n')
  await drawer.getByRole('link', { name: '欧阳雪梅' }).waitFor()
  await settled(page)
  await page.keyboard.press('d')
  await drawer.getByLabel('处理结果').fill('已电话联系，下周三来测')
  await drawer.getByRole('button', { name: '完成' }).click()
  await drawer.getByText('已电话联系，下周三来测').waitFor()
  await screenshot(page, 'task-done')
  await expect.poll(() => page.locator('[data-task]').count()).toBe(5)
  await page.context().close()
})

test.each(VIEWS)('the list on a %s in %s, %s, with its filters in the address', async (size, locale, theme) => {
  const page = await stage.openAs(li, '/tasks?scope=customers&state=open', { size, locale, theme })
  await page.getByText('寄送饮食卡片').first().waitFor()
  await screenshot(page, `tasks-${size}-${locale}`)
  // Tall enough that nothing lies half below the bar of a phone, which would be scrolled to.
  await page.setViewportSize({ width: page.viewportSize()!.width, height: 1600 })
  expect(await axe(page)).toEqual([])
  await page.goto(`${stage.url}/tasks?scope=mine&type=recheck`)
  await page.getByText('复查空腹血糖').first().waitFor()
  await settled(page)
  expect(await page.getByText('寄送饮食卡片').count()).toBe(0)
  await page.context().close()
})

test('a hand-over of many says its reach, does it, and is taken back', async () => {
  const page = await stage.openAs(li, '/tasks?scope=mine')
  await page.getByText('寄送饮食卡片').first().waitFor()
  for (const box of (await page.locator('tbody input[type=checkbox]').all()).slice(0, 2)) await box.check()
  await page.getByRole('button', { name: '转交', exact: true }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('转给').click()
  await page.getByText(/王海燕（手上/).click()
  await drawer.getByLabel('交接说明').fill('下周休假，请接着跟')
  await drawer.getByText('把 2 项转给王海燕').first().waitFor()
  await screenshot(page, 'hand-over')
  await drawer.getByRole('button', { name: '把 2 项转给王海燕' }).click()
  await page.getByRole('button', { name: '撤回 2 项' }).click()
  await page.getByText('已撤回 2 项').waitFor()
  await page.context().close()
})

test.each(['desktop', 'phone'] as const)('a task is made by hand on a %s', async (size) => {
  const page = await stage.openAs(li, '/tasks?open=new', { size })
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('内容').fill(`问候 ${size}`)
  await screenshot(page, `new-task-${size}`)
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await drawer
    .getByRole('button', { name: '安 排' })
    .or(drawer.getByRole('button', { name: '安排' }))
    .click()
  await page.getByText(`问候 ${size}`).first().waitFor()
  await page.context().close()
})

test('a sales manager chooses the doctor and is told who completes the record', async () => {
  const patientId = await house.write((ctx) =>
    registerPatient(ctx, { name: '新开卡', sex: 'female', birthDate: '1970-01-01' }),
  )
  await house.write((ctx) => ctx.emit(cardActivated, { cardId: ctx.ids.next() as never, patientId }))
  await house.settle()
  const page = await stage.openAs(sales, '/')
  await page.locator('[data-task]').first().click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel(/张文远/).check()
  await screenshot(page, 'assign-doctor')
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await drawer.getByRole('button', { name: '分配给张文远' }).click()
  await page.getByText('完善档案的计划已交给王海燕').waitFor()
  await page.context().close()
})

test('the patient’s page tells their tasks', async () => {
  const page = await stage.openAs(li, `/patients/${patients[4]}?tab=tasks`)
  await page.getByText('未完成的计划').first().waitFor()
  await screenshot(page, 'patient-tasks')
  await page.context().close()
})

test('a lead sees the department, the front desk no content, and who has nothing an empty desk', async () => {
  const bench = await stage.openAs(lead, '/')
  await bench.getByRole('heading', { name: '科室一览' }).waitFor()
  await screenshot(bench, 'workbench-lead')
  expect(await axe(bench)).toEqual([])
  const desk = await stage.openAs('front-desk', '/tasks')
  await desk.getByText('李建国').first().waitFor()
  await screenshot(desk, 'tasks-front-desk')
  expect(await desk.getByText('寄送饮食卡片').count()).toBe(0)
  const empty = await stage.openAs('counsellor', '/')
  await empty.getByText('今天没有计划').waitFor()
  await screenshot(empty, 'workbench-empty')
  for (const page of [bench, desk, empty]) await page.context().close()
})
