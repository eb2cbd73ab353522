import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { installContent, populate } from '../../src/apps/demo/seed.ts'
import { startWorker } from '../../src/apps/worker.ts'
import { addDays, instantAt } from '../../src/platform/clock.ts'
import { pdfPageTexts } from '../../src/platform/print/pdf-text.ts'
import { changeSettings, getSettings } from '../../src/rooms/organization/contract/organization.ts'
import { addSource } from '../../src/rooms/report-intake/contract/sources.ts'
import { startIntake } from '../../src/rooms/report-intake/server/index.ts'
import { connectMllp } from '../../src/rooms/report-intake/server/wire/mllp-client.ts'
import { createOrganizationWithAccounts } from '../../src/rooms/staff/server/index.ts'
import { aStage, screenshot } from './browser.ts'
import { checkUpMessages, newcomer } from './check-ups.ts'
import { aMailServer } from './mail-server.ts'

/**
 * The whole loop on a house as it runs: card, doctor, record, report, tags, diagnosis, plan, follow-up, mail, print.
 * The tests are stations of one way and stand in its order. The house's clock and the browser's stand still between them.
 */
const WAIT = { timeout: 30_000, interval: 100 }
const SERVICE = '和康体检中心'

const post = await aMailServer()
const stage = await aStage({ smtpUrl: post.url })
const { house, clock } = stage.house
const { tenant } = await createOrganizationWithAccounts(house, { slug: 'hekang', name: SERVICE })
const db = house.databases.of(tenant.id)
await installContent(house, tenant)
await populate(house, stage.house.databaseUrl, tenant, { patients: 40, years: 5, seed: 1 })
const engineer = await stage.house.as('system-administrator', { tenant })
const { settings, version } = await engineer.call(getSettings)
await engineer.call(changeSettings, {
  body: { settings: { ...settings, webAddress: 'https://care.example.org' }, version },
})
await engineer.call(addSource, { body: { name: '检验科', address: '127.0.0.1' } })

const worker = await startWorker(house, stage.house.rooms)
const intake = await startIntake({ house, port: 0, host: '127.0.0.1', onKept: worker.nudgeIntake })
const laboratory = await connectMllp({ port: intake.port })
afterAll(async () => {
  laboratory.destroy()
  await intake.close()
  await worker.stop()
})

const member = newcomer('欧阳晓䶮')
const { name, idNumber, phone } = member.person
const email = 'ouyang@example.com'
let patientId = ''
let managerLogin = ''

/** A page of an account, signed in through the form, at the house's own time. */
async function signIn(login: string, path: string): Promise<Page> {
  const page = await stage.open(`/sign-in?next=${encodeURIComponent(path)}`, { at: clock.now() })
  await page.getByLabel('机构').click()
  await page.getByTitle(SERVICE).click()
  await page.getByRole('button', { name: login, exact: true }).click()
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.waitForURL(({ pathname }) => pathname !== '/sign-in')
  await page.locator('h1').first().waitFor()
  return page
}

const button = (within: Page | Locator, label: string) => within.getByRole('button', { name: label, exact: true })

const taskTypes = async () =>
  (await db.selectFrom('task').select('type').where('patient_id', '=', patientId).execute()).map(({ type }) => type)

const taskTitles = async () =>
  (await db.selectFrom('task').select('title').where('patient_id', '=', patientId).execute()).map(({ title }) => title)

/** The visits of the newcomer's plan, oldest first. */
const visits = () =>
  db
    .selectFrom('occurrence')
    .selectAll()
    .where('patient_id', '=', patientId)
    .where('track', '=', 'visit')
    .orderBy('sequence')
    .execute()

test('前台开卡：资料由身份证号得出，手机验证码激活', async () => {
  const page = await signIn('qiantai', '/patients')
  await button(page, '开卡').first().click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('姓名').fill(name)
  await drawer.getByLabel('证件号').fill(idNumber!)
  await drawer.getByLabel('手机').fill(phone)
  await drawer.locator('summary').click()
  await drawer.getByLabel('邮箱').fill(email)
  for (const consent of ['建立健康档案', '接收服务消息']) await drawer.getByLabel(consent).check()
  await expect.poll(() => drawer.getByLabel('男', { exact: true }).isChecked()).toBe(true)
  await screenshot(page, 'loop-01-open-card')
  await button(drawer, '登记并开卡').click()
  await button(drawer, '发送验证码').click()
  const told = await drawer.getByText(`【${SERVICE}】您的会员卡验证码是`).textContent()
  const code = /验证码是 (\d{6})/.exec(told!)![1]!
  await drawer.locator('.ant-otp input').first().click()
  await page.keyboard.type(code)
  await button(drawer, '激活').click()
  await drawer.getByRole('status').getByText('已激活').waitFor()
  await screenshot(page, 'loop-02-activated')
  await drawer.getByRole('link', { name: '打开档案' }).click()
  await page.getByRole('heading', { name }).waitFor()
  patientId = /patients\/([\w-]+)/.exec(page.url())![1]!
  await page.context().close()
})

test('销售型健管师分配责任医生，完善档案的计划落到名下人最少的健管师', async () => {
  await expect.poll(taskTypes, WAIT).toEqual(['assign-doctor'])
  const desk = await signIn('xiaoshou', '/')
  await desk.locator('[data-task]', { hasText: name }).click()
  const drawer = desk.getByRole('dialog')
  await drawer.getByLabel(/张文远/).check()
  const line = await drawer.locator('label', { hasText: '张文远' }).textContent()
  const loads = [.../健管师：(.*)$/.exec(line!)![1]!.matchAll(/([^\s、]+) (\d+)/g)].map(([, who, load]) => ({
    who,
    load: Number(load),
  }))
  const least = loads.toSorted((a, b) => a.load - b.load)[0]!
  expect(loads.filter(({ load }) => load === least.load)).toHaveLength(1)
  await screenshot(desk, 'loop-03-assign-doctor')
  await button(drawer, '分配给张文远').click()
  await desk.getByText(`已分配，完善档案的计划已交给${least.who}`).waitFor()
  await desk.context().close()

  await expect.poll(taskTypes, WAIT).toContain('complete-record')
  managerLogin = least.who === '李素珍' ? 'jianguan' : 'jianguan2'
  const tasks = await signIn(managerLogin, '/tasks?scope=mine&type=complete-record')
  await tasks
    .getByRole('row', { name: new RegExp(name) })
    .getByText('完善客户健康档案')
    .first()
    .waitFor()
  await screenshot(tasks, 'loop-04-complete-record')
  await tasks.context().close()
})

test('检验科经 MLLP 发来三年体检：应答 AA，指标与趋势进档案，标签说得出理由', async () => {
  const messages = checkUpMessages(member)
  for (const [at, message] of messages.entries())
    expect((await laboratory.send(message)).toString()).toContain(`MSA|AA|C${at + 1}`)
  const states = () => db.selectFrom('intake').select('state').execute()
  await expect.poll(async () => (await states()).map(({ state }) => state), WAIT).toEqual(messages.map(() => 'filed'))
  const tags = () =>
    db
      .selectFrom('patient_tag')
      .select('tag_code')
      .where('patient_id', '=', patientId)
      .where('state', '=', 'active')
      .execute()
  await expect
    .poll(async () => (await tags()).map(({ tag_code }) => tag_code), WAIT)
    .toEqual(expect.arrayContaining(['bp-recheck', 'bp-three-days']))

  const page = await signIn('yisheng', `/patients/${patientId}?tab=indicators&code=sbp,dbp`)
  for (const tag of ['血压待复查', '血压待确诊', '血糖待确诊']) await button(page, tag).waitFor()
  await button(page, '血压待确诊').click()
  await page.getByText('半年内有三个不同日子的血压达到 140/90').waitFor()
  await screenshot(page, 'loop-05-tag-reason')
  await page.goto(`${stage.url}/patients/${patientId}`)
  await page.locator('[role=tabpanel] .pb-card').first().waitFor()
  await screenshot(page, 'loop-06-patient')
  await page.goto(`${stage.url}/patients/${patientId}?tab=indicators`)
  await page.getByRole('article', { name: '收缩压', exact: true }).first().waitFor()
  await screenshot(page, 'loop-07-indicators')
  await page.goto(`${stage.url}/patients/${patientId}?tab=indicators&view=table`)
  for (const value of ['128', '136', '148', '152', '156'])
    await page.getByRole('cell', { name: value }).first().waitFor()
  await page.context().close()
  const desk = await signIn(managerLogin, '/intake')
  await desk.locator('tbody tr').first().waitFor()
  await screenshot(desk, 'loop-08-intake')
  await desk.context().close()
})

test('医生完成确诊评估，记下高血压，随访计划随之开始', async () => {
  await expect.poll(taskTitles, WAIT).toContain('确诊评估：血压三日达到 140/90')
  const page = await signIn('yisheng', '/tasks?scope=mine&type=diagnosis-assessment')
  const row = page.getByRole('row', { name: new RegExp(name) }).filter({ hasText: '血压三日达到 140/90' })
  await row.getByText('确诊评估：血压三日达到 140/90').first().click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('button', { name: '完成' }).click()
  await drawer.getByLabel('处理结果').fill('诊室三日血压均高于 140/90，确诊原发性高血压')
  await screenshot(page, 'loop-09-assessment')
  await button(drawer, '完成').click()
  await drawer.getByText('已处理').first().waitFor()

  await page.goto(`${stage.url}/patients/${patientId}?entry=condition`)
  const entry = page.getByRole('dialog')
  await entry.getByRole('combobox', { name: '疾病' }).fill('原发性高血压')
  await page.keyboard.press('Tab')
  await button(entry, '保存').click()
  await entry.waitFor({ state: 'detached' })
  await expect.poll(async () => (await visits()).map(({ state }) => state), WAIT).toEqual(['planned'])
  await page.goto(`${stage.url}/patients/${patientId}?tab=follow-up`)
  await page.getByRole('list', { name: '高血压患者随访' }).getByText('季度随访').waitFor()
  await screenshot(page, 'loop-10-plan')
  await page.context().close()
})

test('到了窗口，健管师做随访；下一次从实际那天算起', async () => {
  const [first] = await visits()
  const on = addDays(first!.due_on, 1)
  expect(on < first!.window_until).toBe(true)
  clock.set(instantAt(on, 600, tenant.timeZone))
  await expect.poll(async () => (await visits())[0]!.state, WAIT).toBe('due')
  await expect.poll(taskTypes, WAIT).toContain('follow-up')

  const page = await signIn(managerLogin, '/')
  await page.locator('[data-task]', { hasText: name }).first().waitFor()
  await screenshot(page, 'loop-11-workbench')
  await page.goto(`${stage.url}/follow-ups?visit=${first!.id}`)
  const form = page.getByRole('dialog')
  await form.getByText('先看有没有危急情况').waitFor()
  await form.getByRole('group', { name: '危急情况' }).getByText('无', { exact: true }).click()
  await form.getByRole('group', { name: '症状' }).first().getByText('无症状').click()
  await form.getByLabel('收缩压', { exact: true }).fill('134')
  await form.getByLabel('舒张压', { exact: true }).fill('84')
  await screenshot(page, 'loop-12-follow-up')
  for (const [question, answer] of [
    ['服药依从性', '规律'],
    ['药物不良反应', '无'],
    ['并发症', '无新发、无加重'],
  ] as const)
    await form.getByRole('radiogroup', { name: question, exact: true }).getByText(answer, { exact: true }).click()
  await form.getByText('收缩压 134，目标 140 以内').waitFor()
  await button(form, '完成随访').click()
  await page.getByText(`${name}的随访已记下`).waitFor()
  const [done, next] = await visits()
  const anchored = new Date(`${on}T00:00:00Z`)
  anchored.setUTCMonth(anchored.getUTCMonth() + 3)
  expect([done!.state, done!.actual_on, next!.state]).toEqual(['done', on, 'planned'])
  expect(next!.due_on).toBe(anchored.toISOString().slice(0, 10))
  await page.goto(`${stage.url}/patients/${patientId}?tab=follow-up`)
  await page.locator(`.pb-axis time[datetime="${next!.due_on}"]`).waitFor()
  await screenshot(page, 'loop-13-next-visit')
  await page.context().close()
})

test('邮件送到，可以一键退订，里面没有任何结果', async () => {
  const mails = () => post.mails.filter(({ to }) => to.includes(email))
  const subjects = [
    '欢迎您，往后的健康我们一起照看',
    '想请您抽空再量一次',
    '您的体检报告已出',
    '谢谢您，随访已经记下了',
  ]
  await expect.poll(() => mails().map(({ subject }) => subject), WAIT).toEqual(expect.arrayContaining(subjects))
  for (const { subject, headers, text } of mails()) {
    const isCare = subject === '想请您抽空再量一次'
    expect([subject, /^List-Unsubscribe: <https:\/\/care\.example\.org\/api\/u\//m.test(headers)]).toEqual([
      subject,
      isCare,
    ])
    expect(text).toContain('欧阳')
    expect(`${subject}${text}`).not.toMatch(/血压|血糖|高血压|mmHg|mmol|\b1[345]\d\b|\b7\.[14]\b/)
  }
})

test('医生起草、签署并签发健康报告，打印出来 PDF 打得开，首页是本人', async () => {
  const page = await signIn('yisheng', `/patients/${patientId}?tab=printed`)
  await page
    .getByRole('button', { name: /起草报告/ })
    .first()
    .click()
  await page.getByRole('button', { name: /签署余下 \d+ 个部分/ }).click()
  await page.getByRole('button', { name: '签发', exact: true }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /签\s?发/ })
    .click()
  await page
    .getByText(/已签发/)
    .first()
    .waitFor()
  await page.goto(`${stage.url}/patients/${patientId}?tab=printed`)
  await page.getByRole('button', { name: '打印报告' }).first().click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('2026-02-26').first().waitFor()
  await screenshot(page, 'loop-14-print')
  await button(drawer, '打印').click()
  const open = page.getByRole('button', { name: /打开.*\d{8}-\d{4}/ })
  await open.waitFor({ timeout: 40_000 })
  await screenshot(page, 'loop-15-printed')
  const [answer, tab] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/file')),
    page.waitForEvent('popup'),
    open.click(),
  ])
  await tab.waitForURL(/^blob:/)
  expect(await tab.evaluate(() => document.contentType)).toBe('application/pdf')
  const file = await (await page.request.get(answer.url())).body()
  const [cover] = pdfPageTexts(file)
  for (const words of [name, '体检类别健康体检', 'https://care.example.org/verify/'])
    expect(cover!.replaceAll(/\s/g, '')).toContain(words)
  const folder = process.env['PEIBAN_SCREENSHOTS']
  if (folder) writeFileSync(join(folder, 'loop-16-report.pdf'), file)
  await page.context().close()
})
