import { beforeAll, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import type { PatientId } from '../../platform/contract/index.ts'
import * as printed from './contract/health-report.ts'
import * as sealed from './contract/sealed.ts'
import * as signing from './contract/composition.ts'
import { anExam, aPerson } from './sample-exam.ts'
import { pdfPageTexts } from '../../platform/print/pdf-text.ts'

/** R13: results of hepatitis B are on a sheet of their own, only on the person's own written wish. */
const house = await aHouse()
let doctor: Caller, manager: Caller
let patientId: PatientId
let examId = '' as never

beforeAll(async () => {
  ;[doctor, manager] = [await house.as('physician', { name: '张文远' }), await house.as('service-manager')]
  await house.write(async (ctx) => {
    patientId = await aPerson(ctx, { doctorId: doctor.staffId, managerId: manager.staffId })
    examId = (await anExam(ctx, patientId, { number: 'R-1', finding: '肝脏形态正常。乙肝表面抗原阳性。' })) as never
  })
})

const list = (caller = manager) => caller.call(sealed.listSealedReports, { params: { patientId } })
const wish = (body: object = {}, caller = manager) =>
  caller.try(sealed.recordWish, {
    params: { patientId },
    body: { examId, wishedOn: '2026-03-02', keptWhere: '档案柜 3-12', signedByPerson: true, ...body },
  })
const print = (caller = doctor) => caller.try(sealed.printSealedReport, { params: { patientId }, body: { examId } })
const words = (bytes: Uint8Array) => pdfPageTexts(bytes).join('').replaceAll(/\s/g, '')
const APART = /乙肝|乙型|HB[sec]|HBV|核心抗体|阳性|Reactive|5\.2E4/

test('without a wish on record there is no sheet; the list tells no result', async () => {
  expect((await print()).code).toBe('WishMissing')
  const shown = await list()
  expect(shown.exams).toMatchObject([{ id: examId, items: 6 }])
  expect(JSON.stringify(shown)).not.toMatch(APART)
})

test('the wish is noted with where its paper is kept, once; not for a day to come, not without the person’s signature', async () => {
  expect((await wish({ signedByPerson: false })).status).toBe(400)
  expect((await wish({ wishedOn: '2026-03-09' })).status).toBe(400)
  const answers = await Promise.all([wish(), wish()])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  const clean = await house.write(async (ctx) => aPerson(ctx, { doctorId: doctor.staffId }))
  const none = await doctor.try(sealed.recordWish, {
    params: { patientId: clean },
    body: { examId, wishedOn: '2026-03-02', keptWhere: '档案柜', signedByPerson: true },
  })
  expect(none.code).toBe('NothingSealed')
})

test('then a physician prints it in their own name, and it holds those results and no others', async () => {
  expect((await print(manager)).code).toBe('NotPermitted')
  const paper = (await print()).body as { id: never; number: string }
  await house.settle()
  const params = { patientId, reportId: paper.id }
  expect((await manager.try(sealed.openSealedReport, { params })).status).toBe(403)
  const text = words((await doctor.try(sealed.openSealedReport, { params })).raw.rawPayload)
  for (const word of [
    '乙肝表面抗原',
    '乙型肝炎病毒e抗体',
    'HBV-DNA定量',
    '核心抗体IgM',
    '张文远',
    '乙肝表面抗原阳性。',
    '只交给本人',
  ])
    expect(text).toContain(word)
  expect(text).not.toMatch(/收缩压|空腹血糖|152|主检结论/)
  expect((await list()).papers).toMatchObject([{ number: paper.number, signedBy: '张文远' }])
})

test('neither the report, nor the list of prints, nor what is signed shows a trace of it', async () => {
  const { id } = await manager.call(signing.startComposition, { params: { patientId }, body: { examId } })
  const view = await doctor.call(signing.getComposition, { params: { compositionId: id } })
  expect(JSON.stringify(view)).not.toMatch(APART)
  const paper = await manager.call(printed.printReport, { params: { patientId }, body: {} })
  const file = await manager.try(printed.openPrintedReport, { params: { patientId, reportId: paper.id } })
  expect(words(file.raw.rawPayload)).not.toMatch(APART)
  const tab = await manager.call(printed.listPrintedReports, { params: { patientId } })
  expect(tab.reports.map(({ id: one }) => one)).toEqual([paper.id])
  const sheet = (await list()).papers[0]!
  expect((await doctor.try(printed.openPrintedReport, { params: { patientId, reportId: sheet.id } })).status).toBe(404)
  const body = (text: string) => ({
    edition: view.edition,
    conclusions: [{ title: text, basis: '', advice: '', severity: 'positive' as const }],
    notDone: [],
  })
  for (const text of ['乙肝病毒携带', '小三阳', 'HBsAg（+）']) {
    const answer = await doctor.try(signing.editComposition, { params: { compositionId: id }, body: body(text) })
    expect(answer.code, text).toBe('HepatitisBApart')
  }
})

test('when the person no longer wants it, the sheet is void', async () => {
  const [standing] = (await list()).wishes
  await manager.call(sealed.withdrawWish, { params: { patientId, wishId: standing!.id } })
  expect((await list()).papers).toMatchObject([{ state: 'withdrawn' }])
  expect((await print()).code).toBe('WishMissing')
  const again = await manager.call(sealed.withdrawWish, { params: { patientId, wishId: standing!.id } })
  expect(again.withdrawn).toBe(false)
})
