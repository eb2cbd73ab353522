import { beforeAll, expect, test } from 'vitest'
import type { PatientId } from '../../src/platform/contract/index.ts'
import { fillLongLife, LIFE } from '../../src/rooms/observation/sample-life.ts'
import { aPatient } from '../../src/rooms/observation/sample-record.ts'
import { addFacts, recordObservations } from '../../src/rooms/observation/server/index.ts'
import { assignCarers } from '../../src/rooms/patient/server/index.ts'
import { closeTask, createTask } from '../../src/rooms/task/server/index.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot, type PageOptions } from './browser.ts'
import { settled } from './settled.ts'
import { openPatientTab } from './patient-tabs.ts'

/** 历年指标 of a long life: twenty years, forty exams, six thousand results. */

const stage = await aStage({ now: '2026-03-02T02:00:00Z' })
let doctor: Caller
let patientId: PatientId
let exams: string[] = []

beforeAll(async () => {
  doctor = await stage.house.as(['physician', 'service-manager'], { name: '陈医生' })
  exams = await stage.house.write(async (ctx) => {
    patientId = await aPatient(ctx, { name: '周慧兰', sex: 'female', birthDate: '1955-08-20' })
    await assignCarers(ctx, patientId, { doctorId: doctor.staffId } as never)
    const visits = Array.from({ length: 20 }, (_, at) => new Date(Date.UTC(2023, 1 + at * 2, 10, 2)))
    await addFacts(ctx, {
      condition: [{ patientId, code: 'I10', name: '原发性高血压', onsetOn: '2022-11-03' }],
      medication: [
        { patientId, name: '氨氯地平', dose: '5 mg 每日一次', startedOn: '2023-03-01', endedOn: '2024-02-10' },
        { patientId, name: '缬沙坦氨氯地平片', dose: '1 片 每日一次', startedOn: '2024-02-10' },
        { patientId, name: '阿托伐他汀', dose: '20 mg 每晚一次', startedOn: '2015-04-01' },
      ],
      procedure: [{ patientId, code: '45.23', name: '结肠镜检查', performedOn: '2024-06-18' }],
      encounter: visits.map((startedAt) => ({
        patientId,
        class: 'outpatient' as const,
        title: '高血压复诊',
        startedAt,
      })),
    })
    const now = ctx.clock.now()
    const glucose = { code: 'fpg', value: 5.8, unit: 'mmol/L', source: 'staff', effectiveAt: now }
    await recordObservations(ctx, [{ id: ctx.ids.next(), patientId, ...glucose }])
    const { id } = await createTask(ctx, { type: 'follow-up', patientId, source: 'test' })
    await closeTask(ctx, id, { state: 'completed', reason: '' })
    return fillLongLife(ctx, patientId)
  })
}, 180_000)

const open = (search: string, look: PageOptions = {}) =>
  stage.openAs(doctor, `/patients/${patientId}?tab=indicators${search}`, look)

test('S0-9: from the patient to all courses, to one large with what happened beside it, to two exams side by side', async () => {
  const page = await stage.openAs(doctor, `/patients/${patientId}`)
  await openPatientTab(page, '历年指标')
  const pressure = page.getByRole('article', { name: '收缩压' })
  await pressure.getByText('总体在下降').waitFor()
  await pressure.getByRole('button', { name: '收缩压，这项指标看什么' }).click()
  await page.getByText('心脏收缩时血管里的压力').waitFor()
  await page.keyboard.press('Escape')
  await pressure.getByRole('link', { name: '收缩压，看大图' }).click()

  const figure = page.getByRole('group', { name: /按左右方向键/ })
  await figure.getByText('氨氯地平', { exact: true }).waitFor()
  await figure.getByText('就诊 16 次').waitFor()
  await page.waitForURL(/code=sbp/)
  const readout = page.locator('.pb-readout')
  const before = await readout.innerText()
  await figure.focus()
  await page.keyboard.press('Home')
  await expect.poll(() => readout.innerText()).toMatch('2023-01-02')
  expect(await readout.innerText()).not.toBe(before)
  await page.getByText(/这些年发生的事/).click()
  await page.getByRole('listitem').filter({ hasText: '2023-03-01' }).getByText('氨氯地平').waitFor()
  await page.getByRole('checkbox', { name: '用药' }).uncheck()
  await figure.getByText('氨氯地平', { exact: true }).waitFor({ state: 'detached' })
  await page.waitForURL((url) => url.searchParams.get('hide') === 'medication')
  await screenshot(page, 'courses-walk-large')

  await page.getByRole('link', { name: '全部指标' }).click()
  await page.getByText('对比', { exact: true }).click()
  await page.getByRole('button', { name: '第一次和最近一次' }).click()
  const table = page.locator('.pb-compared')
  await table.getByRole('columnheader', { name: /2006-09-01/ }).waitFor()
  await table.getByRole('columnheader', { name: /2026-03-01/ }).waitFor()
  await expect.poll(() => new URL(page.url()).searchParams.get('compare')).toBe([exams.at(-1), exams[0]].join(','))
  await table
    .getByText(/^\+\d+% 明显$/)
    .first()
    .waitFor()
  await page.getByRole('checkbox', { name: '只看异常或变化明显的' }).check()
  await expect.poll(() => table.getByRole('row').count()).toBeLessThan(LIFE.items)
  await screenshot(page, 'courses-walk-comparison')
  await page.context().close()
})

test('a follow-up that was done stands beside the values', async () => {
  const page = await open('&code=fpg')
  await page.locator('.pb-large').getByText('随访与复查 1 次').waitFor()
  await page.context().close()
})

test('a hundred small pictures stand at once, each drawn as plain lines', async () => {
  const page = await open('&view=compare')
  await page.locator('.pb-compared').waitFor()
  await page.locator('.ant-segmented-item', { hasText: '曲线' }).click()
  await page.locator('.pb-small-figure').nth(99).waitFor()
  // A chart of its own for each would take seconds; how long it takes is measured by `npm run bench -- draw`.
  expect(await page.locator('canvas').count()).toBe(0)
  await page.context().close()
})

const LOOKS: PageOptions[] = [
  { size: 'desktop', locale: 'zh-CN' },
  { size: 'phone', locale: 'zh-CN' },
  { size: 'desktop', locale: 'en' },
]
const PLACES = ['', '&only=abnormal', '&code=sbp', '&code=ldl', '&view=table&panel=lipid', '&view=compare&compare=six']

test.each(PLACES.flatMap((place, at) => LOOKS.slice(0, at % 2 === 0 ? 3 : 2).map((look) => ({ place, ...look }))))(
  '$place on a $size in $locale hinders nobody',
  async ({ place, ...look }) => {
    const page = await open(place.replace('=six', `=${exams.slice(-6).join(',')}`), look)
    await page.locator('[role=tabpanel] :is(.pb-small, .pb-large svg, .pb-chart-table)').first().waitFor()
    await screenshot(page, `courses${place.replace(/\W+/g, '-') || '-all'}-${look.size}-${look.locale}`)
    if (look.size === 'phone') await page.setViewportSize({ width: 390, height: 3000 })
    expect(await axe(page, '[role=tabpanel]')).toEqual([])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(wide, 'nothing sticks out at the side').toBe(0)
    await page.context().close()
  },
)

test('the comparison prints on A4, without what one clicks', async () => {
  const page = await open(`&view=compare&compare=${exams.slice(-3).join(',')}`)
  await page.locator('.pb-compared').waitFor()
  await page.emulateMedia({ media: 'print' })
  await page.getByRole('button', { name: '打印' }).waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: /身高/ }).waitFor()
  // A4 less its margins, in CSS pixels
  await page.setViewportSize({ width: 703, height: 1000 })
  await settled(page)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(wide).toBeLessThanOrEqual(703)
  await screenshot(page, 'courses-print')
  await page.context().close()
})
