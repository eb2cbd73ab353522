import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { enrol } from '../../src/rooms/follow-up/contract/run.ts'
import { installShippedProtocols } from '../../src/rooms/follow-up/server/index.ts'
import { aPerson, look, visited } from '../../src/rooms/lifecycle/sample-people.ts'
import { installShippedStageRules } from '../../src/rooms/lifecycle/server/index.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, holdUndo, screenshot } from './browser.ts'

/** 关系阶段: where people stand, what brings them forward, back with a reason, and the rules behind it. */
const stage = await aStage()
const { house } = stage
let doctor: Caller
let manager: Caller
const carers = () => ({ doctorId: doctor.staffId, managerId: manager.staffId })

beforeAll(async () => {
  await house.write(installShippedStageRules)
  await house.write(installShippedProtocols)
  doctor = await house.as('physician', { name: '张文远' })
  manager = await house.as('service-manager', { name: '李素珍' })
  for (let n = 0; n < 34; n++) {
    const id = await aPerson(house, carers())
    if (n % 3 === 0) await visited(house, id)
  }
  await look(house)
}, 180_000)

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()

describe.each(['desktop', 'phone'] as const)('S0-20 S2-21 on a %s', (size) => {
  test('the two axes of one person: set back with a reason, taken back, and why', async () => {
    const patientId = await aPerson(house, carers())
    await visited(house, patientId)
    await manager.call(enrol, { params: { patientId }, body: { protocol: 'hypertension' } as never })
    await look(house)
    const page = await stage.openAs(manager, `/patients/${patientId}?tab=relationship`, { size })
    await page.getByText('现在在这里').waitFor()
    await page.getByText('高血压', { exact: false }).first().waitFor()
    await screenshot(page, `relationship-${size}`)
    expect(await axe(page, '[role=tabpanel]:not([hidden])')).toEqual([])
    await page.getByRole('combobox', { name: '调到' }).click()
    await page.locator('.ant-select-item-option', { hasText: '入会（往回）' }).click()
    await page.getByLabel('原因').fill('搬去外地女儿家，先不定期联系')
    await press(page, '调整')
    await page.getByText('之前规则不再自动调整').waitFor()
    await page.getByText('搬去外地女儿家，先不定期联系').waitFor()
    const toast = page.locator('.ant-message')
    await toast.getByRole('button', { name: '撤销', exact: true }).waitFor()
    await holdUndo(page)
    await screenshot(page, `relationship-back-${size}`)
    expect(await axe(page, '[role=tabpanel]:not([hidden])')).toEqual([])
    await press(page, '撤销这次调整')
    await toast.getByText('阶段和日期都回到原来').waitFor()
    // The other way back is none any more, and is gone with it.
    expect(await toast.getByRole('button', { name: '撤销', exact: true }).count()).toBe(0)
    await page.getByText('李素珍 撤销了上一次调整').waitFor()
    await page.getByRole('listitem').filter({ hasText: '照护中' }).getByRole('button', { name: '为什么' }).click()
    await page.locator('.ant-drawer').getByText('有过就诊').first().waitFor()
    await screenshot(page, `relationship-why-${size}`)
    expect(await axe(page, '.ant-drawer')).toEqual([])
    await page.context().close()
  }, 120_000)

  test('the numbers, each with its meaning and interval, open their people', async () => {
    const page = await stage.openAs(doctor, '/relationships', { size })
    await page.getByRole('button', { name: /^初识/ }).click()
    await page.getByText('秦朗').first().waitFor()
    await page.getByText('95% 区间', { exact: false }).first().waitFor()
    await screenshot(page, `relationships-${size}`)
    expect(await axe(page)).toEqual([])
    await page.getByRole('button', { name: /^已结案/ }).click()
    await page.getByText('这个阶段里没有您的客户').waitFor()
    await page.context().close()
  }, 120_000)
})

test('a rule is drafted by one and put in force by another', async () => {
  const lead = await house.as('quality-lead', { name: '赵主任' })
  const page = await stage.openAs(lead, '/relationship-rules')
  await page.getByText('有责任医生，并且就诊过', { exact: false }).waitFor()
  await screenshot(page, 'relationship-rules-desktop')
  expect(await axe(page)).toEqual([])
  await page.getByRole('link', { name: '修改“照护中”的规则' }).click()
  await page.getByLabel('这个阶段是什么意思').fill('有责任医生，并且来过')
  await page.locator('.pb-condition-panel').waitFor()
  await screenshot(page, 'relationship-rule-edit-desktop')
  expect(await axe(page)).toEqual([])
  await press(page, '保存草稿')
  await page.getByText('您写的草稿要由另一位同事启用。').waitFor()
  await screenshot(page, 'relationship-rules-draft-desktop')
  await page.context().close()
  const reviewer = await stage.openAs('medical-reviewer', '/relationship-rules', { size: 'phone' })
  await reviewer.getByText('草稿（第 2 版）', { exact: false }).waitFor()
  await screenshot(reviewer, 'relationship-rules-phone')
  expect(await axe(reviewer)).toEqual([])
  await press(reviewer, '启用')
  await reviewer.getByText('第 2 版，', { exact: false }).first().waitFor()
  await reviewer.getByText('草稿（第 2 版）', { exact: false }).waitFor({ state: 'detached' })
  await reviewer.context().close()
  const english = await stage.openAs(manager, '/relationships', { locale: 'en' })
  await english.getByText('Long together').first().waitFor()
  await screenshot(english, 'relationships-desktop-en')
  await english.context().close()
}, 120_000)
