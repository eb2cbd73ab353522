import { beforeAll, expect, test } from 'vitest'
import { aHouse, type Caller, type PatientCaller } from '../../../test/house.ts'
import type { PatientId } from '../../platform/contract/index.ts'
import { raiseAlert } from '../alert/server/index.ts'
import { listPrintedReports } from './contract/health-report.ts'
import * as own from './contract/own.ts'
import * as signing from './contract/composition.ts'
import { anExam, aPerson } from './sample-exam.ts'
import { pdfPageTexts } from '../../platform/print/pdf-text.ts'

/** What the person reads: issued reports only, in plain words, never before a human has told what is urgent. */
const house = await aHouse()
let doctor: Caller, manager: Caller
let patientId: PatientId
let person: PatientCaller, other: PatientCaller
let id = '' as never

beforeAll(async () => {
  ;[doctor, manager] = [await house.as('physician', { name: '张文远' }), await house.as('service-manager')]
  const both = await house.write(async (ctx) => {
    const carers = { doctorId: doctor.staffId, managerId: manager.staffId }
    const one = await aPerson(ctx, carers)
    await anExam(ctx, one, { number: 'R-1', finding: '肝脏形态正常。乙肝表面抗原阳性。' })
    return [one, await aPerson(ctx, carers, '别人')] as const
  })
  patientId = both[0]
  ;[person, other] = [await house.asPatient(both[0]), await house.asPatient(both[1])]
  const { exams } = await doctor.call(listPrintedReports, { params: { patientId } })
  id = (await doctor.call(signing.startComposition, { params: { patientId }, body: { examId: exams[0]!.id } }))
    .id as never
})

const params = () => ({ compositionId: id })
const reports = async (caller: PatientCaller = person) => (await caller.call(own.listMyReports)).reports
const sent = async () =>
  house.house.databases
    .of(house.tenant.id)
    .selectFrom('message')
    .select(['template', 'channel', 'touch'])
    .where('patient_id', '=', patientId)
    .execute()

test('a draft is nothing to read, nor to be told of', async () => {
  expect(await reports()).toEqual([])
  expect((await person.try(own.readMyReport, { params: params() })).status).toBe(404)
  expect((await manager.try(signing.notifyPatient, { params: params() })).code).toBe('ReportNotIssued')
})

test('issued, it is there with each marked result explained; nothing is sent before staff say so, and then once', async () => {
  const { parts, hash } = await doctor.call(signing.getComposition, { params: params() })
  await doctor.call(signing.signParts, {
    params: params(),
    body: { parts: parts.map((part) => ({ key: part.key, hash: part.hash })) },
  })
  await doctor.call(signing.issueComposition, { params: params(), body: { hash } })
  await house.settle()
  expect((await sent()).filter(({ touch }) => touch.startsWith('report-issued'))).toEqual([])
  expect(await reports()).toMatchObject([{ id, marked: 2, version: 1, issuedOn: '2026-03-02' }])
  const report = await person.call(own.readMyReport, { params: params() })
  expect(report.explained.map(({ name, standing }) => [name, standing])).toEqual([
    ['收缩压', '比参考范围的上限高约 9%。'],
    ['空腹血糖', '比参考范围的上限高约 18%。'],
  ])
  for (const { about, advice } of report.explained) expect(about && advice).not.toBe('')
  expect(JSON.stringify(report)).not.toMatch(/乙肝|HBV|Reactive|核心抗体/)
  expect((await person.try(own.readMyReport, { params: params() }, { locale: 'en' })).raw.body).toContain('Fasting')

  const tell = () => manager.try(signing.notifyPatient, { params: params() })
  expect((await Promise.all([tell(), tell()])).map(({ status }) => status)).toEqual([200, 200])
  const told = (await sent()).filter(({ touch }) => touch.startsWith('report-issued'))
  expect(told.map(({ template, channel }) => `${template} ${channel}`).toSorted()).toEqual([
    'report-issued email',
    'report-issued in-app',
  ])
})

test('the paper is the same that staff print', async () => {
  const file = await person.try(own.openMyReport, { params: params() })
  expect(file.raw.headers['content-type']).toBe('application/pdf')
  const text = pdfPageTexts(file.raw.rawPayload).join('').replaceAll(/\s/g, '')
  expect(text).toContain('张文远')
  expect(text).not.toMatch(/草稿|乙肝/)
  await person.try(own.openMyReport, { params: params() })
  expect((await doctor.call(listPrintedReports, { params: { patientId } })).reports).toHaveLength(1)
})

test('somebody else’s is not found, staff do not come in, and each look is kept', async () => {
  expect(await reports(other)).toEqual([])
  expect((await other.try(own.readMyReport, { params: params() })).status).toBe(404)
  expect((await other.try(own.openMyReport, { params: params() })).status).toBe(404)
  expect((await doctor.try(own.listMyReports)).status).toBe(401)
  const rows = await house.house.databases
    .of(house.tenant.id)
    .selectFrom('audit_entry')
    .select('action')
    .where('patient_id', '=', patientId)
    .where('actor_kind', '=', 'patient')
    .execute()
  expect(new Set(rows.map(({ action }) => action))).toEqual(new Set(['my.reports', 'my.report', 'my.report-file']))
})

test('while a class A result has not been told by a human, there is nothing to read and nobody is told', async () => {
  await house.write((ctx) =>
    raiseAlert(ctx, { patientId, class: 'A', title: '血小板 21', source: 'test', sourceKey: '1' }),
  )
  expect(await reports()).toEqual([])
  expect((await person.try(own.readMyReport, { params: params() })).status).toBe(404)
  expect((await manager.try(signing.notifyPatient, { params: params() })).code).toBe('AlertStillOpen')
  await house.write((ctx) =>
    ctx.tx
      .updateTable('alert')
      .set({ state: 'reached', reached_at: ctx.clock.now() })
      .where('patient_id', '=', patientId)
      .execute(),
  )
  expect(await reports()).toHaveLength(1)
})

test('a recalled report is out of sight', async () => {
  await doctor.call(signing.recallComposition, { params: params(), body: { because: '拿错了人' } })
  expect(await reports()).toEqual([])
})
