import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aCarePlan, aKnownPerson, aRun, aVisit } from '../../src/rooms/care-figures/sample-care.ts'
import { makeReport } from '../../src/rooms/care-figures/server/index.ts'
import { installShippedProtocols } from '../../src/rooms/follow-up/server/index.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot } from './browser.ts'

/** 随访与管理质量: figures by pathway that open their people, the board without one number, and the reports of months. */
const stage = await aStage()
const { house } = stage
const at = house.clock.now()
let nurse: Caller
let lead: Caller

const MONTHS = ['2025-12', '2026-01', '2026-02']
const NAMES = ['王秀英', '欧阳建国', '阿依古丽·买买提', '陈晓', '赵玉兰', '孙伟民', '周敏', '吴桂芳']

beforeAll(async () => {
  await house.write(installShippedProtocols)
  nurse = await house.as('service-manager', { name: '李健管' })
  lead = await house.as('quality-lead', { name: '质控' })
  for (let n = 0; n < 44; n++) {
    const patientId = await aKnownPerson(
      house,
      `${NAMES[n % NAMES.length]!}${n < NAMES.length ? '' : n}`,
      nurse.staffId,
    )
    const protocol = n % 11 === 0 ? 'diabetes-2' : 'hypertension'
    const isLost = n % 9 === 8
    const runId = await aRun(house, patientId, {
      protocol,
      startedOn: n % 4 === 0 ? '2025-02-16' : '2025-06-02',
      ...(isLost ? { endedOn: '2026-02-25', reason: n % 2 === 0 ? 'lost' : 'moved-away' } : {}),
    })
    for (const [k, month] of MONTHS.entries()) {
      const isDone = (n + k) % 4 !== 3
      const isLate = isDone && (n + k) % 10 === 5
      await aVisit(house, patientId, runId, {
        until: `${month}-18`,
        tries: n % 5 === 0 ? [] : [['phone', (n + k) % 3 === 0 ? 'no-answer' : n % 7 === 0 ? 'refused' : 'reached']],
        ...(isDone
          ? {
              state: isLate ? 'done-late' : 'done',
              actualOn: `${month}-${isLate ? 20 : 15}`,
              class: (n + k) % 3 === 0 ? 'unsatisfied' : 'satisfied',
            }
          : { state: 'missed' }),
      })
    }
    if (n % 3 === 0) await aCarePlan(house, patientId, { percent: 60 + n, expected: 12 })
    if (n < 6)
      await sql`update patient set source = ${n < 2 ? 'referral' : 'outpatient'}, created_at = '2026-02-20T04:00:00Z' where id = ${patientId}`.execute(
        house.house.databases.of(house.tenant.id),
      )
  }
  for (const day of ['2026-01-06', '2026-02-06', '2026-03-06']) await makeReport(house.house, house.tenant, day)
}, 180_000)

describe.each(['desktop', 'phone'] as const)('S0-21 S3-27 on a %s', (size) => {
  test('each figure says what it counts, and opens its people', async () => {
    const page = await stage.openAs(nurse, '/care-figures', { size, at })
    await page.getByText('只算您负责的客户').waitFor()
    await page.getByRole('heading', { name: '覆盖率' }).first().waitFor()
    await page.getByText('95% 区间', { exact: false }).first().waitFor()
    await screenshot(page, `care-figures-${size}`)
    expect(await axe(page)).toEqual([])
    await page.getByRole('heading', { name: '控制率' }).scrollIntoViewIfNeeded()
    await page.getByText('2 型糖尿病患者随访', { exact: true }).last().scrollIntoViewIfNeeded()
    await screenshot(page, `care-figures-pathways-${size}`)
    await page.getByRole('region', { name: '完成率', exact: true }).getByRole('button').click()
    const drawer = page.locator('.ant-drawer')
    await drawer.getByText('按时做了').first().waitFor()
    await drawer.getByText('没算进去的', { exact: true }).click()
    await drawer.getByText('没做', { exact: true }).first().waitFor()
    await page.waitForURL((url) => url.searchParams.get('part') === 'rest')
    await screenshot(page, `care-figures-rows-${size}`)
    expect(await axe(page, '.ant-drawer')).toEqual([])
    await page.context().close()
  }, 120_000)

  test('a year is chosen with one press, counts its pathways, and its rows open', async () => {
    const page = await stage.openAs(nurse, '/care-figures', { size, at })
    await page.getByText('近一年', { exact: true }).click()
    await page.waitForURL(/from=2025-03-/)
    const figure = page.getByRole('region', { name: '完成率', exact: true })
    // Three months of 44 people.
    await figure.getByRole('button', { name: '看这 132 条' }).waitFor()
    await screenshot(page, `care-figures-year-${size}`)
    expect(await axe(page)).toEqual([])
    await figure.getByRole('button').click()
    await page.locator('.ant-drawer').getByText('按时做了').first().waitFor()
    await page.context().close()
  }, 120_000)

  test('the board: each by itself, and 尚无数据 where nobody was asked', async () => {
    const page = await stage.openAs(nurse, '/care-figures?tab=board&from=2026-02-01&until=2026-02-28', { size, at })
    await page.getByText('不合成一个总分', { exact: false }).waitFor()
    await page.getByRole('region', { name: '信任' }).getByText('尚无数据').waitFor()
    await page.getByRole('region', { name: '方案做到' }).getByText('样本太少', { exact: false }).waitFor()
    await screenshot(page, `care-board-${size}`)
    expect(await axe(page)).toEqual([])
    await page.getByRole('region', { name: '转介绍' }).getByRole('button').click()
    await page.locator('.ant-drawer').getByText('欧阳建国').waitFor()
    await page.context().close()
  }, 120_000)

  test('quality sees the house with names masked, and the reports of months', async () => {
    const page = await stage.openAs(lead, '/care-figures?figure=lost&part=counting', { size, at })
    const drawer = page.locator('.ant-drawer')
    await drawer.getByText('迁走', { exact: true }).first().waitFor()
    expect(await drawer.getByRole('link').count()).toBe(0)
    await screenshot(page, `care-figures-lost-${size}`)
    await page
      .getByRole('button', { name: /关闭|Close/ })
      .first()
      .click()
    await page.getByRole('tab', { name: '月报' }).click()
    await page.getByText('每个月 6 日自动生成', { exact: false }).waitFor()
    await page.getByText('2025-12').first().waitFor()
    await page.getByRole('img', { name: '完成率每月的走势' }).locator('svg').waitFor()
    await screenshot(page, `care-reports-${size}`)
    expect(await axe(page)).toEqual([])
    await page.getByRole('tab', { name: '陪伴成效' }).click()
    await page.getByRole('region', { name: '满意度' }).getByRole('link', { name: '打开满意度' }).waitFor()
    await screenshot(page, `care-board-quality-${size}`)
    expect(await axe(page)).toEqual([])
    await page.context().close()
  }, 120_000)
})

test('in English; a month without anything says so', async () => {
  const page = await stage.openAs(lead, '/care-figures', { locale: 'en', at })
  await page.getByRole('heading', { name: 'Coverage' }).first().waitFor()
  await screenshot(page, 'care-figures-desktop-en')
  expect(await axe(page)).toEqual([])
  await page.goto(`${stage.url}/care-figures?from=2024-01-01&until=2024-01-31`)
  await page.getByText('No follow-up fell due in this period').waitFor()
  await page.context().close()
}, 120_000)
