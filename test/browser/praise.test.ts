import { expect, test } from 'vitest'
import { aPlanClinic } from '../../src/rooms/care-plan/sample-clinic.ts'
import { openWay } from '../../src/rooms/patient-access/server/index.ts'
import { givePraise } from '../../src/rooms/praise/server/index.ts'
import { aStage, axe, screenshot } from './browser.ts'

const stage = await aStage()
const clinic = await aPlanClinic(stage.house)
const { house } = clinic
const uuid = () => house.house.ids.next<string & never>() as string

test.each(['desktop', 'phone'] as const)('S0-27 what was reached stands on the page of the plan (%s)', async (size) => {
  const patientId = await clinic.aPatient()
  await clinic.running(patientId)
  await house.write((ctx) => givePraise(ctx, [{ patientId, milestone: 'days-in-a-row', occurrence: uuid(), days: 7 }]))
  await clinic.pass(1)
  await house.write((ctx) => givePraise(ctx, [{ patientId, milestone: 'goal-met', occurrence: uuid() }]))
  const { link } = await house.write((ctx) => openWay(ctx, patientId, { page: '/my/plan' }))
  const page = await stage.open(new URL(link).pathname, { size, at: house.clock.now() })
  await page.getByLabel(/出生日期/).fill('1968-03-21')
  await page.getByRole('button', { name: '打开', exact: true }).click()
  await page.getByText('连续 7 天都记了', { exact: false }).waitFor()
  await page.getByText('您做到的').scrollIntoViewIfNeeded()
  await screenshot(page, `my-praise-${size}`)
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

test.each(['desktop', 'phone'] as const)('the house switches what is praised (%s)', async (size) => {
  const page = await stage.openAs('quality-lead', '/praise-rule', { size })
  await page.getByRole('switch', { name: '达到目标' }).waitFor()
  await screenshot(page, `praise-rule-${size}`)
  expect(await axe(page)).toEqual([])
  await page.getByRole('switch', { name: '达到目标' }).click()
  await page.getByLabel('为什么改').fill(`先不说（${size}）`)
  await page.getByRole('button', { name: /^保\s?存$/ }).click()
  await page.getByText(`先不说（${size}）`).waitFor()
  const english = await stage.openAs('quality-lead', '/praise-rule', { size, locale: 'en' })
  await english.getByText('What is praised').first().waitFor()
  await screenshot(english, `praise-rule-english-${size}`)
  const other = await stage.openAs('physician', '/praise-rule', { size })
  await other.getByText('您的角色没有这项权限').first().waitFor()
})
