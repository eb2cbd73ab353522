import { afterAll, expect, test } from 'vitest'
import type { PatientId } from '../../src/platform/contract/index.ts'
import { anExam, aPerson } from '../../src/rooms/health-report/sample-exam.ts'
import { closeRenderer } from '../../src/rooms/health-report/server/index.ts'
import { aStage, axe, screenshot } from './browser.ts'

/** A report from draft to its reader: begun, signed in parts, issued, told of, read on the phone, printed as a list. */
const stage = await aStage()
const { house } = stage
const doctor = await house.as('physician', { name: '张文远' })
const people: PatientId[] = []
/** The browser's day is the house's. */
const at = house.clock.now()
for (const [n, name] of ['欧阳䶮', '王秀英', '李建国'].entries())
  await house.write(async (ctx) => {
    const id = await aPerson(ctx, { doctorId: doctor.staffId }, name)
    await anExam(ctx, id, { number: `R-${n}-25`, daysAgo: 360, values: { sbp: 138, fpg: 6, ldl: 3.1, hgb: 151 } })
    await anExam(ctx, id, {
      number: `R-${n}`,
      values: { sbp: 152, fpg: 7.2, ldl: 4.1, hgb: 150 },
      finding: '肝脏形态正常，回声稍增强。胆囊壁光滑。乙肝表面抗原阳性。',
    })
    people.push(id)
  })
await house.settle()
const patientId = people[0]!
afterAll(closeRenderer)

test('begun at the patient, signed part by part, issued, and told only when somebody says so', async () => {
  const page = await stage.openAs(doctor, `/patients/${patientId}?tab=printed`, { at })
  await page
    .getByRole('button', { name: /起草报告/ })
    .first()
    .waitFor()
  await screenshot(page, 'report-tab')
  expect(await axe(page)).toEqual([])
  await page
    .getByRole('button', { name: /起草报告/ })
    .first()
    .click()
  await page.getByText('还有 5 个部分没有签署').waitFor()
  await page.getByRole('button', { name: '修改结论' }).click()
  await page.getByRole('button', { name: /加一条/ }).click()
  await page.getByLabel('结论', { exact: true }).last().fill('空腹血糖升高，需要复查')
  await page.getByLabel('建议').last().fill('两周内换一天空腹再查一次，复查前照常吃饭。')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('空腹血糖升高，需要复查').first().waitFor()
  await page.getByRole('button', { name: /^签署.*血糖与胰岛功能/ }).click()
  await page.getByText('还有 4 个部分没有签署').waitFor()
  await screenshot(page, 'report-composition')
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: '签署余下 4 个部分' }).click()
  await page.getByRole('button', { name: '签发', exact: true }).click()
  const asked = page.getByRole('dialog')
  await asked.getByText('不会自动通知客户').waitFor()
  await screenshot(page, 'report-issue')
  await asked.getByRole('button', { name: /签\s?发/ }).click()
  await page
    .getByText(/张文远.*已签发/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: '通知客户' }).click()
  await page.getByText('张文远 已通知客户').waitFor()
  await screenshot(page, 'report-issued')
  await page.context().close()
})

test('the list shows what waits for whom, at the desk and on a phone', async () => {
  for (const size of ['desktop', 'phone'] as const) {
    const page = await stage.openAs(doctor, '/report-signing?tab=issued', { size, at })
    await page.getByText('欧阳䶮').first().waitFor()
    await screenshot(page, `report-signing-${size}`)
    expect(await axe(page)).toEqual([])
    await page.context().close()
  }
})

test('a list is printed as one job and taken along as one file; who is not in it is named', async () => {
  const page = await stage.openAs(doctor, '/report-signing?tab=batch', { at })
  await page.getByRole('button', { name: '按签发日期打印' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '开始打印' }).click()
  await page.getByText('报告打印').first().waitFor()
  const button = page.getByRole('button', { name: '下载 1 份' })
  await expect.poll(() => house.settle().then(() => button.count()), { timeout: 60_000 }).toBe(1)
  await screenshot(page, 'report-batch')
  expect(await axe(page)).toEqual([])
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()])
  expect(file.suggestedFilename()).toMatch(/\.zip$/)
  await page.context().close()
})

test('the sealed sheet is made only after the wish in writing is noted', async () => {
  const page = await stage.openAs(doctor, `/patients/${patientId}?tab=printed`, { at })
  const part = page.locator('section', { hasText: '单独封装（乙肝项目）' }).last()
  await part.getByRole('button', { name: '查看' }).click()
  await part.getByText('本人没有提出').first().waitFor()
  await part.getByRole('button', { name: '登记本人的书面要求' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('书面要求存放在').fill('体检档案柜 3-12')
  await drawer.getByLabel('我已核对').check()
  await screenshot(page, 'report-wish')
  await drawer.getByRole('button', { name: '保存' }).click()
  await part.getByRole('button', { name: '打印单独封装的一份' }).click()
  await part.getByText(/编号 \d{8}-\d{4}/).waitFor()
  await screenshot(page, 'report-sealed')
  await page.context().close()
})

test('the person reads it on the phone: the doctor’s words, what each mark means, a word to tap', async () => {
  const me = await house.asPatient(patientId)
  const context = await stage.browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
    hasTouch: true,
  })
  await context.addCookies([{ name: 'peiban_patient', value: me.token, url: stage.url, httpOnly: true }])
  const page = await context.newPage()
  await page.goto(`${stage.url}/my`)
  await page.getByRole('link', { name: '看报告' }).click()
  await page.getByText('医生怎么说').waitFor()
  await screenshot(page, 'report-my')
  expect(await axe(page)).toEqual([])
  await page
    .getByRole('button', { name: /空腹血糖/ })
    .first()
    .click()
  await page.getByText('空腹 8 小时以上的血糖').waitFor()
  expect(await page.content()).not.toMatch(/乙肝|HBV/)
  await page.locator('summary').first().click()
  await page.evaluate(() => document.documentElement.classList.add('pp-large'))
  await page.evaluate(() => scrollTo(0, 700))
  await screenshot(page, 'report-my-large')
  const href = await page.getByRole('link', { name: '下载完整报告' }).getAttribute('href')
  const file = await context.request.get(stage.url + href!)
  expect(file.headers()['content-type']).toBe('application/pdf')
  await context.close()
})
