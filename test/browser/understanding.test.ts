import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { openWay } from '../../src/rooms/patient-access/server/index.ts'
import { addCondition } from '../../src/rooms/observation/server/index.ts'
import { assignCarers, registerPatient } from '../../src/rooms/patient/server/index.ts'
import { writeEntry } from '../../src/rooms/understanding/contract/understanding.ts'
import type { EntryKind } from '../../src/rooms/understanding/contract/words.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot, thisMorning } from './browser.ts'

/** 理解卡: their own words, what is refused, and what the person sees of it. */
const stage = await aStage({ now: thisMorning().toISOString() })
const { house } = stage
let doctor: Caller
let manager: Caller
let count = 0

beforeAll(async () => {
  doctor = await house.as('physician', { name: '张文远' })
  manager = await house.as('service-manager', { name: '李素珍' })
})

async function aPatient(): Promise<never> {
  const phone = `1350006${String(++count).padStart(4, '0')}`
  const person = { name: '秦朗', called: '秦老师', sex: 'male', birthDate: '1975-03-21', phone }
  const id = await house.write((ctx) => registerPatient(ctx, person as never))
  const carers = { doctorId: doctor.staffId, managerId: manager.staffId }
  await house.write((ctx) => assignCarers(ctx, id, carers as never))
  await house.write((ctx) => addCondition(ctx, { patientId: id, code: 'I10', name: '原发性高血压' }))
  return id as never
}

const write = (patientId: never, kind: EntryKind, words: string) =>
  manager.call(writeEntry, {
    params: { patientId },
    body: { kind, said: { words, speaker: 'person', source: 'visit', heardOn: '2026-03-01' } },
  })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()

describe.each(['desktop', 'phone'] as const)('S2-1 on a %s', (size) => {
  test('a line is written, refused where it judges, corrected, ended and taken back', async () => {
    const patientId = await aPatient()
    const page = await stage.openAs(manager, `/patients/${patientId}?tab=understanding`, { size })
    await page.getByText('还没有记下什么').waitFor()
    await screenshot(page, `understanding-empty-${size}`)
    await press(page, '记一句')
    await page.getByLabel('原话').fill('这人依从性差')
    await press(page, '保存')
    await page.getByText('请不要给人贴标签', { exact: false }).first().waitFor()
    await screenshot(page, `understanding-refused-${size}`)
    expect(await axe(page, '.ant-drawer')).toEqual([])
    await page.getByLabel('原话').fill('夜班多，早上的药常忘')
    await press(page, '保存')
    await page.getByText('“夜班多，早上的药常忘”').waitFor()
    await write(patientId, 'worry', '我妈就是这个病走的，我怕我也查得太晚。')
    await write(patientId, 'manner', '话说得慢一点，数字写下来给我看。')
    await page.reload()
    await page.getByText('“话说得慢一点', { exact: false }).waitFor()
    await page.getByText('原发性高血压').first().waitFor()
    await screenshot(page, `understanding-${size}`)
    expect(await axe(page, '[role=tabpanel]:not([hidden])')).toEqual([])
    await page.getByRole('region', { name: '担心什么' }).getByRole('button', { name: '不再是这样' }).click()
    await page.getByRole('button', { name: '撤销' }).first().waitFor()
    await page.getByText('以前说过的').waitFor()
    await screenshot(page, `understanding-former-${size}`)
    expect(await axe(page, '[role=tabpanel]:not([hidden])')).toEqual([])
    await press(page, '恢复')
    await page.getByRole('region', { name: '担心什么' }).waitFor()
    await page.context().close()
  }, 120_000)
})

test('the person sees every line, crosses one out and puts it back', async () => {
  const patientId = await aPatient()
  await write(patientId, 'worry', '我怕我也查得太晚。')
  await write(patientId, 'decides', '大事要和女儿商量。')
  const { link } = await house.write((ctx) => openWay(ctx, patientId, { page: '/my/understanding' }))
  const page = await stage.open(new URL(link).pathname, { size: 'phone' })
  await page.getByLabel('出生日期').fill('1975-03-21')
  await press(page, '打开')
  await page.getByText('“我怕我也查得太晚。”').waitFor()
  await screenshot(page, 'my-understanding-phone')
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: '不是这样了 我怕我也查得太晚。' }).click()
  await page.getByText('好的，已经划掉', { exact: false }).waitFor()
  await page.getByRole('button', { name: '放回去 我怕我也查得太晚。' }).waitFor()
  await screenshot(page, 'my-understanding-crossed-phone')
  expect(await axe(page)).toEqual([])
  await page.context().close()
}, 120_000)
