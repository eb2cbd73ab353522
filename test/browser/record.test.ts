import { beforeAll, expect, test } from 'vitest'
import { memberAt } from '../../bench/population/index.ts'
import type { WriteContext } from '../../src/platform/context/context.ts'
import type { PatientId } from '../../src/platform/contract/index.ts'
import { aPatient, aReport } from '../../src/rooms/observation/sample-record.ts'
import { addFacts, recordObservations, recordReports } from '../../src/rooms/observation/server/index.ts'
import { assignCarers } from '../../src/rooms/patient/server/index.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot, type PageOptions } from './browser.ts'
import { settled } from './settled.ts'

/** The tabs of the record on a patient's page: nothing known, one year, eight years, the longest names. */

const stage = await aStage({ now: '2026-11-21T02:00:00Z' })
const people: Record<string, PatientId> = {}
let firstReport = ''
let doctor: Caller

/** The lifelong record of a made-up member. */
async function record(ctx: WriteContext, index: number, years: number, patientId: PatientId): Promise<void> {
  const member = memberAt(1, index, { years, today: '2026-11-21' })
  const [first] = await recordReports(
    ctx,
    member.checkups.flatMap((checkup) => [
      aReport(
        ctx,
        patientId,
        {
          sourceReportId: checkup.number,
          category: 'health-check',
          title: checkup.package,
          performer: checkup.laboratory,
          effectiveAt: new Date(checkup.takenAt),
        },
        checkup.observations.map(({ code, value, text, unit, low, high, range, flag }) => ({
          code,
          value,
          valueText: text,
          unit,
          low,
          high,
          rangeText: range,
          flag,
        })),
      ),
      ...checkup.imaging.map((image) =>
        aReport(
          ctx,
          patientId,
          {
            sourceReportId: `${checkup.number}-${image.kind}`,
            category: 'imaging',
            title: image.name,
            effectiveAt: new Date(checkup.takenAt),
            finding: image.findings,
            impression: image.impression,
          },
          [],
        ),
      ),
    ]),
  )
  if (years === 8) firstReport = first!.reportId
  await recordObservations(
    ctx,
    member.visits.flatMap((visit) =>
      visit.observations.map(({ code, value, unit, flag }) => ({
        id: ctx.ids.next(),
        patientId,
        code,
        value,
        unit,
        flag,
        effectiveAt: new Date(visit.takenAt),
        source: 'staff',
      })),
    ),
  )
  await addFacts(ctx, {
    condition: member.conditions.map(({ code, name, recordedOn, status }) => ({
      patientId,
      code,
      name,
      onsetOn: recordedOn,
      clinicalStatus: status,
    })),
    medication: member.medications.map(({ name, dose, startOn }) => ({ patientId, name, dose, startedOn: startOn })),
    procedure: member.procedures.map(({ code, name, on }) => ({ patientId, code, name, performedOn: on })),
    allergy: member.person.allergies.map(({ substance, reaction, severity }) => ({
      patientId,
      substance,
      reaction,
      severity,
    })),
    encounter: member.visits.map((visit) => ({
      patientId,
      class: 'outpatient' as const,
      title: '复诊',
      department: visit.department,
      startedAt: new Date(visit.takenAt),
    })),
  })
}

/** Somebody with hypertension and several check-ups. */
function ill(): number {
  for (let index = 0; index < 4000; index++) {
    const member = memberAt(1, index, { years: 8, today: '2026-11-21' })
    if (
      member.checkups.length >= 6 &&
      member.conditions.length >= 2 &&
      member.medications.length > 0 &&
      !member.person.deceasedOn
    )
      return index
  }
  throw new Error('nobody is ill')
}

beforeAll(async () => {
  doctor = await stage.house.as('physician', { name: '陈医生' })
  const index = ill()
  const add = (key: string, name: string, fill?: (ctx: WriteContext, id: PatientId) => Promise<void>) =>
    stage.house.write(async (ctx) => {
      const id = await aPatient(ctx, { name })
      await assignCarers(ctx, id, { doctorId: doctor.staffId } as never)
      await ctx.tx
        .updateTable('patient')
        .set({ main_worry: '怕像父亲一样中风，还要照顾孙子' })
        .where('id', '=', id)
        .execute()
      await fill?.(ctx, id)
      people[key] = id
    })
  await add('nothing', '王安')
  await add('one', '李秀英', (ctx, id) => record(ctx, index, 1, id))
  await add('eight', '张建国', (ctx, id) => record(ctx, index, 8, id))
  await add('long', '阿卜杜热合曼·买买提依明江', async (ctx, id) => {
    await record(ctx, index, 2, id)
    await addFacts(ctx, {
      allergy: [
        {
          patientId: id,
          substance: '含碘造影剂（碘海醇、碘帕醇、碘克沙醇等非离子型）',
          severity: 'severe',
          reaction: '皮疹、呼吸困难、血压下降',
        },
        { patientId: id, substance: '青霉素' },
      ],
    })
    await recordReports(ctx, [
      aReport(
        ctx,
        id,
        {
          title: '入职前职业健康检查（含有害因素接触者专项检查）及复查补充报告',
          impression: '甲状腺左叶结节 TI-RADS 3 类，建议 6 至 12 个月复查超声；其余未见明显异常。'.repeat(2),
        },
        [
          {
            code: 'local:LIS|Z',
            value: 12.3456,
            unit: 'nmol/(L·h)',
            flag: 'H',
            original: { name: '血清脂蛋白相关磷脂酶A2活性（速率法）复核' },
          },
        ],
      ),
    ])
  })
})

const TABS = ['', '?tab=timeline', '?tab=indicators', '?tab=reports']
const LOOKS: PageOptions[] = [
  { size: 'desktop', locale: 'zh-CN' },
  { size: 'phone', locale: 'zh-CN' },
  { size: 'desktop', locale: 'en' },
]
const CASES = ['nothing', 'one', 'eight', 'long'].flatMap((who) =>
  TABS.flatMap((tab) => LOOKS.filter((_look, at) => at < 2 || who === 'eight').map((look) => ({ who, tab, ...look }))),
)
const MORE = [
  '?tab=reports&report=first',
  '?entry=blood-pressure',
  '?entry=allergy',
  '?facts=condition',
  '?tab=indicators&code=sbp',
  '?tab=indicators&view=table',
  '?entry=indicator',
].flatMap((tab) => LOOKS.slice(0, 2).map((look) => ({ who: 'eight', tab, ...look })))

test.each([...CASES, ...MORE])('$who $tab on a $size in $locale hinders nobody', async ({ who, tab, ...look }) => {
  const page = await stage.openAs(doctor, `/patients/${people[who]}${tab.replace('=first', `=${firstReport}`)}`, look)
  await page.locator('[role=tabpanel] :is(.pb-card, .pb-empty, .pb-list)').first().waitFor()
  await settled(page)
  await screenshot(page, `record-${who}-${tab.replace(/\W+/g, '-') || 'overview'}-${look.size}-${look.locale}`)
  // Whatever the bar at the bottom of a phone covers at the moment counts as too small otherwise.
  if (look.size === 'phone') await page.setViewportSize({ width: 390, height: 3000 })
  expect(await axe(page)).toEqual([])
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wide, 'nothing sticks out at the side').toBe(0)
  await page.context().close()
})

test('a nurse enters a blood pressure, sees it, corrects it, and the former value stays in sight', async () => {
  const page = await stage.openAs(doctor, `/patients/${people['nothing']}`)
  await page.getByRole('button', { name: '记血压' }).first().click()
  await page.getByLabel('收缩压').fill('88')
  await page.getByLabel('舒张压').fill('152')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('两个数可能填反了').waitFor()
  await page.getByLabel('收缩压').fill('152')
  await page.getByLabel('舒张压').fill('88')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('152').first().waitFor()
  await page.getByRole('link', { name: '收缩压 / 舒张压' }).click()
  await page.getByRole('button', { name: '更正' }).first().click()
  await page.getByLabel('正确的值').fill('142')
  await page.getByLabel('原因').fill('看错一位')
  await page.getByRole('button', { name: '更正' }).first().click()
  await page.locator('del', { hasText: '152' }).waitFor()
  await page.getByText('陈医生已更正').waitFor()
  await screenshot(page, 'record-corrected')
  await page.context().close()
})
