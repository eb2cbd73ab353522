import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openWay } from '../../src/rooms/patient-access/server/index.ts'
import { addHomework } from '../../src/rooms/care-plan/contract/team.ts'
import { listPlans, readPlan } from '../../src/rooms/care-plan/contract/plan.ts'
import { aPlanClinic, ofPatient, ofPlan } from '../../src/rooms/care-plan/sample-clinic.ts'
import { askForSteps, measurePlans } from '../../src/rooms/care-plan/server/round.ts'
import { listSummaries } from '../../src/rooms/stage-summary/contract/summary.ts'
import { aStage, axe, screenshot } from './browser.ts'
import { settled } from './settled.ts'

const stage = await aStage()
const clinic = await aPlanClinic(stage.house)
const { house, doctor, manager, counsellor } = clinic
const press = (page: Page, name: string | RegExp) =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click()

/** The person's own phone, by a link and the date of birth. */
async function phoneOf(patientId: string, path: string, heading: string, size: 'phone' | 'desktop'): Promise<Page> {
  const { link } = await house.write((ctx) => openWay(ctx, patientId, { page: path }))
  const page = await stage.open(new URL(link).pathname, { size, at: house.clock.now() })
  await page.getByLabel(/出生日期/).fill('1968-03-21')
  await page.getByRole('button', { name: '打开', exact: true }).click()
  await page.getByRole('heading', { name: heading }).waitFor()
  return page
}

/** A pressure at home: what cannot be is refused beside its card, what was right goes into the record. */
async function notePressure(own: Page, size: string): Promise<void> {
  const morning = own.getByRole('region', { name: '早上量一次血压' }).first()
  const [upper, lower] = [morning.getByLabel(/高压/), morning.getByLabel(/低压/)]
  await upper.fill('82')
  await lower.fill('128')
  await morning.getByRole('button', { name: '记下' }).click()
  await morning.getByRole('alert').waitFor()
  await screenshot(own, `my-plan-refused-${size}`)
  await upper.fill('128')
  await lower.fill('82')
  await morning.getByRole('button', { name: '记下' }).click()
  await morning.getByText('128/82 mmHg').waitFor()
}

test.each(['desktop', 'phone'] as const)(
  'S0-7 S1-14 drafted from a template, signed, ticked for seven days (%s)',
  async (size) => {
    const patient = await clinic.aPatient(size === 'desktop' ? '王秀兰' : '阿依古丽·买买提江')
    await clinic.aValue(patient, 'sbp', 152, 3)
    await clinic.aValue(patient, 'dbp', 94, 3)
    const staff = await stage.openAs(manager, `/patients/${patient}?tab=care-plan`, { size, at: house.clock.now() })
    await staff.getByText('还没有干预方案').waitFor()
    await screenshot(staff, `plan-empty-${size}`)
    await press(staff, '新建方案')
    await staff.getByRole('button', { name: /血压管理 30 天/ }).click()
    await staff.getByLabel('方案名称').waitFor()
    await screenshot(staff, `plan-draft-${size}`)
    expect(await axe(staff, '.ant-drawer')).toEqual([])
    await staff.getByLabel('数值').first().fill('135')
    await press(staff, '保存草稿')
    await staff
      .getByText(/第 1 版草稿/)
      .first()
      .waitFor()
    await screenshot(staff, `plan-to-submit-${size}`)
    await press(staff, '请医生签署')
    await staff.getByText('第 1 版，等医生签署').waitFor()
    expect(await staff.getByRole('button', { name: '签署', exact: true }).count()).toBe(0)
    await staff.context().close()

    const desk = await stage.openAs(doctor, '/care-plans?filter=waiting', { size, at: house.clock.now() })
    await desk.getByText('血压管理 30 天').first().waitFor()
    await screenshot(desk, `plan-list-${size}`)
    expect(await axe(desk)).toEqual([])
    await desk.goto(`${stage.url}/patients/${patient}?tab=care-plan`)
    await desk.getByText('与模板相同 91%', { exact: false }).first().waitFor()
    await screenshot(desk, `plan-sign-${size}`)
    expect(await axe(desk)).toEqual([])
    await desk.getByRole('button', { name: /^签\s?署$/ }).click()
    await desk.getByText('执行中').first().waitFor()
    await desk.context().close()

    const { plans } = await doctor.call(listPlans, ofPatient(patient))
    const planId = plans[0]!.id
    const homework = {
      id: house.house.ids.next<string & never>() as string,
      title: '睡前慢呼吸十分钟',
      words: '',
      cadence: { kind: 'daily' as const },
      ask: { kind: 'outcome' as const },
    }
    await counsellor.call(addHomework, { ...ofPlan(patient, planId), body: homework })
    for (let day = 0; day < 7; day++) {
      const own = await phoneOf(patient, '/my/plan', '我的方案', size)
      if (day === 0) {
        await screenshot(own, `my-plan-${size}`)
        expect(await axe(own)).toEqual([])
      }
      const salt = own.getByRole('region', { name: '今天少放盐' }).first()
      // Before the line goes, the page has what it needs.
      await salt.waitFor()
      await settled(own)
      if (day === 2) await own.context().setOffline(true)
      if (day === 0) await notePressure(own, size)
      await salt.getByRole('button', { name: day === 4 ? '做了一点' : '做到了' }).click()
      if (day === 2) {
        await own.getByText(/先存在这部手机上/).waitFor()
        await screenshot(own, `my-plan-offline-${size}`)
        await own.context().setOffline(false)
        await own.evaluate(() => window.dispatchEvent(new Event('online')))
        await own.getByText(/先存在这部手机上/).waitFor({ state: 'detached' })
      }
      await salt.getByRole('status').waitFor()
      const walk = own.getByRole('region', { name: '快走 30 分钟' }).first()
      await walk.getByRole('textbox').fill('35')
      await walk.getByRole('button', { name: '记下' }).click()
      await walk.getByText('35 分钟').waitFor()
      if (day === 1) {
        await walk.getByRole('button', { name: '撤回' }).click()
        await walk.getByRole('textbox').waitFor()
      }
      await own.waitForFunction(() => localStorage.getItem('peiban.ticks') === null)
      if (day === 6) await screenshot(own, `my-plan-ticked-${size}`)
      await own.context().close()
      await clinic.pass(1)
    }
    await clinic.aValue(patient, 'sbp', 131)
    await askForSteps(house.house, house.tenant)
    await measurePlans(house.house, house.tenant)
    const view = await doctor.call(readPlan, ofPlan(patient, planId))
    expect(view.actions.find(({ key }) => key === 'salt')!.adherence).toEqual({
      expected: 7,
      done: 6,
      partly: 1,
      percent: 93,
    })
    const page = await stage.openAs(doctor, `/patients/${patient}?tab=care-plan`, { size, at: house.clock.now() })
    await page.getByText('93%（n=7）').first().waitFor()
    await screenshot(page, `plan-glance-${size}`)
    expect(await axe(page)).toEqual([])
    await page.context().close()

    // The stage summary: drafted from facts, finished by the manager, signed by the doctor, read by the person.
    const writer = await stage.openAs(manager, `/patients/${patient}?tab=stage-summary`, {
      size,
      at: house.clock.now(),
    })
    await press(writer, '按事实起草')
    const sentence = writer.getByRole('button', { name: /“血压管理 30 天”该做/ })
    await sentence.click()
    await writer.getByText('1 条记录').first().waitFor()
    await screenshot(writer, `summary-draft-${size}`)
    expect(await axe(writer)).toEqual([])
    await press(writer, /^修\s?改$/)
    await writer.getByLabel('医生的看法 第 1 句').fill('血压降下来了，药先不变。')
    await writer.getByLabel('下一阶段 第 1 句').fill('接着少放盐，下个月再看。')
    await screenshot(writer, `summary-edit-${size}`)
    expect(await axe(writer)).toEqual([])
    await press(writer, /^保\s?存$/)
    await press(writer, '请医生签署')
    await writer.getByText('待签署').first().waitFor()
    await writer.context().close()
    const signer = await stage.openAs(doctor, `/patients/${patient}?tab=stage-summary`, { size, at: house.clock.now() })
    await signer.getByText('血压降下来了，药先不变。').waitFor()
    await press(signer, /^签\s?署$/)
    await press(signer, '发给客户')
    await signer
      .getByText(/已发给客户/)
      .first()
      .waitFor()
    await screenshot(signer, `summary-signed-${size}`)
    expect(await axe(signer)).toEqual([])
    const { rows } = await doctor.call(listSummaries, ofPatient(patient))
    await signer.goto(`${stage.url}/stage-summaries/${patient}/${rows[0]!.id}`)
    await signer.getByRole('heading', { name: '医生的看法' }).waitFor()
    await screenshot(signer, `summary-print-${size}`)
    expect(await axe(signer)).toEqual([])
    await signer.context().close()
    const reader = await phoneOf(patient, `/my/summary/${rows[0]!.id}`, '阶段小结', size)
    await reader.getByText('血压降下来了，药先不变。').waitFor()
    await screenshot(reader, `my-summary-${size}`)
    expect(await axe(reader)).toEqual([])
    await press(reader, '大字')
    await screenshot(reader, `my-summary-large-${size}`)
    await reader.context().close()
    const list = await stage.openAs(manager, '/stage-summaries?filter=sent', { size, at: house.clock.now() })
    await list.getByText('看过').first().waitFor()
    await screenshot(list, `summary-list-${size}`)
    expect(await axe(list)).toEqual([])
    await list.context().close()
  },
  300_000,
)

test.each(['desktop', 'phone'] as const)('the counsellor’s notes, the meeting, the templates (%s)', async (size) => {
  const patient = await clinic.aPatient('赵敏')
  const page = await stage.openAs(counsellor, `/patients/${patient}?tab=counselling`, { size, at: house.clock.now() })
  await press(page, '写咨询记录')
  await page.getByLabel('内容').fill('睡眠好转，能说出担心的事。')
  await screenshot(page, `note-write-${size}`)
  expect(await axe(page, '.ant-drawer')).toEqual([])
  await press(page, /^保\s?存$/)
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.getByRole('heading', { name: '咨询记录' }).waitFor()
  await page.context().close()
  const mdt = await stage.openAs(manager, `/patients/${patient}?tab=mdt`, { size, at: house.clock.now() })
  await press(mdt, '记一次会诊')
  await mdt.getByLabel('要解决的问题').waitFor()
  await press(mdt, '加一位外请专家')
  await press(mdt, '加一件要做的事')
  await screenshot(mdt, `mdt-draft-${size}`)
  expect(await axe(mdt, '.ant-drawer')).toEqual([])
  await mdt.goto(`${stage.url}/patients/${patient}?tab=care-plan`)
  await press(mdt, '加一位同事')
  await mdt.getByLabel('在团队里做什么').waitFor()
  await screenshot(mdt, `team-join-${size}`)
  expect(await axe(mdt, '.ant-drawer')).toEqual([])
  await mdt.goto(`${stage.url}/care-plan-templates`)
  await mdt.getByText('睡眠与心情 28 天').first().waitFor()
  await mdt.getByRole('heading', { name: '方案相似度' }).waitFor()
  await screenshot(mdt, `template-list-${size}`)
  expect(await axe(mdt)).toEqual([])
  await mdt.goto(`${stage.url}/care-plan-templates/hypertension?version=1`)
  await mdt.getByText('还没有医生审阅').first().waitFor()
  await screenshot(mdt, `template-${size}`)
  expect(await axe(mdt)).toEqual([])
  await mdt.context().close()
})
