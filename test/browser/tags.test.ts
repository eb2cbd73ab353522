import { beforeAll, expect, test } from 'vitest'
import { evaluateDue, wake } from '../../src/rooms/agenda/server/index.ts'
import {
  listPrintedReports,
  printReport,
  withdrawPrintedReport,
} from '../../src/rooms/health-report/contract/health-report.ts'
import { aReport } from '../../src/rooms/observation/sample-record.ts'
import { recordReports } from '../../src/rooms/observation/server/index.ts'
import { assignCarers, registerPatient } from '../../src/rooms/patient/server/index.ts'
import { setManualTag, suppressTag } from '../../src/rooms/tag/contract/tag.ts'
import { installShippedTags, tagStep } from '../../src/rooms/tag/server/index.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot, thisMorning } from './browser.ts'
import { settled } from './settled.ts'

/** Tags on a patient's page, the rules behind them, printed reports and what their code tells a stranger. */

const stage = await aStage({ now: thisMorning().toISOString() })
const { house } = stage
let doctor: Caller, editor: Caller, reviewer: Caller
let patientId = ''

beforeAll(async () => {
  await house.write(installShippedTags)
  doctor = await house.as('physician', { name: '张文远' })
  editor = await house.as('content-editor', { name: '陈小雨' })
  reviewer = await house.as('medical-reviewer', { name: '李国栋' })
  patientId = await house.write(async (ctx) => {
    const id = await registerPatient(ctx, {
      name: '阿依古丽·买买提',
      sex: 'female',
      birthDate: '1961-04-05',
      phone: '13800001111',
    })
    await assignCarers(ctx, id, { doctorId: doctor.staffId })
    const values = { sbp: 152, dbp: 94, bmi: 29.4, fpg: 7.3, waist: 96 }
    await recordReports(ctx, [
      aReport(
        ctx,
        id,
        { category: 'health-check', title: '年度体检' },
        Object.entries(values).map(([code, value]) => ({ code, value })),
      ),
    ])
    await wake(ctx.tx, ctx.organizationId, [id], 'browser', ctx.clock.now())
    return id
  })
  while ((await evaluateDue(house.house, house.tenant, [tagStep])) > 0);
  const params = { patientId: patientId as never }
  await doctor.call(setManualTag, { params, body: { code: 'lost-contact', note: '三次电话未接' } })
  await doctor.call(suppressTag, { params: { ...params, tagCode: 'obesity' }, body: { because: '已在减重门诊随诊' } })
}, 180_000)

/** The code as the paper keeps it for the renderer; whoever reads the table without the key does not know it. */
async function codeOf(reportId: string): Promise<string> {
  const row = await house.house.databases
    .of(house.tenant.id)
    .selectFrom('health_report')
    .select('code_sealed')
    .where('id', '=', reportId)
    .executeTakeFirstOrThrow()
  return house.house.sealer.open(house.tenant.id, row.code_sealed!)
}

const VIEWS = [
  ['desktop', 'zh-CN'],
  ['desktop', 'en'],
  ['phone', 'zh-CN'],
] as const

test.each(VIEWS)('the tags of a patient on a %s in %s', async (size, locale) => {
  const page = await stage.openAs(doctor, `/patients/${patientId}`, { size, locale })
  const chip = page.getByRole('button', { name: locale === 'en' ? 'Assess for diabetes' : '血糖待确诊' })
  await chip.waitFor()
  await page.getByRole('button', { name: locale === 'en' ? '1 suppressed' : '已抑制 1 个' }).waitFor()
  await chip.click()
  await page.locator('.pb-because li').first().waitFor()
  await screenshot(page, `tags-${size}-${locale}`)
  expect(await axe(page, 'header')).toEqual([])
  await page.context().close()
})

test('a tag is set aside with a reason, shown again, and one is added by hand', async () => {
  const page = await stage.openAs(doctor, `/patients/${patientId}`)
  await page.getByRole('button', { name: '血压待复查' }).click()
  await page.getByRole('button', { name: /^抑\s?制$/ }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('为什么抑制').fill('今天复测正常')
  await drawer.getByRole('button', { name: /^抑\s?制$/ }).click()
  await page.getByRole('button', { name: '已抑制 2 个' }).click()
  await page.getByRole('button', { name: '血压待复查（已抑制）' }).click()
  await page.getByText('今天复测正常').waitFor()
  await page.getByRole('button', { name: /^恢\s?复$/ }).click()
  await page.getByRole('button', { name: '已抑制 1 个' }).waitFor()
  await page.mouse.move(0, 500)
  await page.getByRole('button', { name: '添加标签' }).click()
  await drawer.getByLabel('标签').fill('沉睡')
  await page.locator('.ant-select-item-option-active', { hasText: '沉睡' }).waitFor()
  await page.keyboard.press('Enter')
  await drawer.getByRole('button', { name: '添加标签' }).click()
  await page.getByRole('button', { name: '沉睡客户' }).waitFor()
  await page.context().close()
})

test.each(VIEWS)('the rules on a %s in %s', async (size, locale) => {
  const page = await stage.openAs(reviewer, '/tag-rules', { size, locale })
  await page
    .getByText(locale === 'en' ? 'Recheck blood pressure' : '血压待复查')
    .first()
    .waitFor()
  await screenshot(page, `tag-rules-${size}-${locale}`)
  expect(await axe(page)).toEqual([])
  await page.goto(`${stage.url}/tag-rules?rule=bp-three-days`)
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('button', { name: locale === 'en' ? 'Change' : /^修\s?改$/ }).waitFor()
  await drawer.getByRole('status').first().waitFor()
  await screenshot(page, `tag-rule-${size}-${locale}`)
  await drawer.getByRole('button', { name: locale === 'en' ? 'Change' : /^修\s?改$/ }).click()
  await drawer.getByRole('group').first().waitFor()
  await screenshot(page, `tag-rule-edit-${size}-${locale}`)
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await page.context().close()
})

test('one drafts, another publishes; one’s own draft is refused calmly', async () => {
  const page = await stage.openAs(reviewer, '/tag-rules?rule=overweight')
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('button', { name: /^修\s?改$/ }).click()
  await drawer.locator('button.pb-condition-say', { hasText: 'kg/m²' }).first().click()
  await drawer
    .getByLabel('数值', { exact: true })
    .or(drawer.getByLabel('从', { exact: true }))
    .first()
    .fill('23')
  await drawer.locator('.pb-condition-count').waitFor()
  await drawer.getByRole('button', { name: '保存草稿' }).click()
  await drawer.getByRole('button', { name: '发布第 2 版' }).click()
  await drawer.getByText('自己起草的规则要请另一位审核人发布。').waitFor()
  const other = await stage.openAs('medical-reviewer', '/tag-rules?rule=overweight')
  await other.getByRole('button', { name: '发布第 2 版' }).click()
  await other.getByText('已发布，十分钟内').waitFor()
  await other.context().close()
  await page.context().close()
})

test('the editor’s unfinished rule says what is missing', async () => {
  const page = await stage.openAs(editor, '/tag-rules?rule=new')
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('combobox', { name: '加一条' }).click()
  await page.locator('.ant-select-item-option', { hasText: '指标的数值' }).click()
  await drawer.getByText('指标的数值：还没写完').waitFor()
  await drawer.getByText('每一条都写好后').waitFor()
  await settled(page)
  expect(await drawer.getByRole('button', { name: /发布/ }).count()).toBe(0)
  await page.context().close()
})

test.each(VIEWS)('reports are printed and opened on a %s in %s', async (size, locale) => {
  const page = await stage.openAs(doctor, `/patients/${patientId}?tab=printed&print=new`, { size, locale })
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('button', { name: locale === 'en' ? 'Print' : /^打\s?印$/ }).waitFor()
  await screenshot(page, `print-drawer-${size}-${locale}`)
  expect(await axe(page, '.ant-drawer')).toEqual([])
  const ordered = page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.ok())
  await drawer.getByRole('button', { name: locale === 'en' ? 'Print' : /^打\s?印$/ }).click()
  await ordered
  // What was printed before in this language is there at once.
  await page
    .getByText(locale === 'en' ? /Being set|Ready/ : /正在排版|可以打开/)
    .first()
    .waitFor()
  await house.settle()
  await page
    .getByText(locale === 'en' ? 'Ready' : '可以打开')
    .first()
    .waitFor()
  await screenshot(page, `printed-${size}-${locale}`)
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

test('the code tells genuine, void and unknown to anybody', async () => {
  const params = { patientId: patientId as never }
  const ordered = await doctor.call(printReport, { params, body: {} })
  const code = await codeOf(ordered.id)
  await house.settle()
  const page = await stage.open(`/verify/${code}`, { size: 'phone' })
  await page.getByText('出具的真实报告').waitFor()
  await screenshot(page, 'verify-phone')
  expect(await axe(page)).toEqual([])
  await doctor.call(withdrawPrintedReport, {
    params: { ...params, reportId: ordered.id },
    body: { because: '结论写错了' },
  })
  await page.reload()
  await page.getByText('请向机构索取新的一份').waitFor()
  await page.goto(`${stage.url}/verify/${'x'.repeat(43)}`)
  await page.getByText('没有查到这份报告').waitFor()
  expect((await doctor.call(listPrintedReports, { params })).reports.find(({ id }) => id === ordered.id)?.state).toBe(
    'withdrawn',
  )
  await page.context().close()
})
