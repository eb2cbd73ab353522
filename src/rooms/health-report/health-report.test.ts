import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, nobody, type Caller } from '../../../test/house.ts'
import { recordObservations, recordReports } from '../observation/server/index.ts'
import * as contract from './contract/health-report.ts'
import * as signing from './contract/composition.ts'
import { pdfPageTexts } from '../../platform/print/pdf-text.ts'

const house = await aHouse()
const { tenant, clock } = house
let doctor: Caller, manager: Caller, desk: Caller
let patientId = ''

beforeAll(async () => {
  ;[doctor, manager, desk] = [
    await house.as('physician', { name: '张文远' }),
    await house.as('service-manager'),
    await house.as('front-desk'),
  ]
  patientId = await aPatient('欧阳䶮')
  await aCheckup(patientId, 'R-2025', 300, { sbp: 138, fpg: 6.3 })
  await aCheckup(patientId, 'R-2026', 1, { sbp: 152, fpg: 7.2 })
})

async function aPatient(name: string): Promise<string> {
  return house.write(async (ctx) => {
    const id = ctx.ids.next<string>()
    const at = ctx.clock.now()
    await ctx.tx
      .insertInto('patient')
      .values({
        organization_id: tenant.id,
        id,
        name,
        sex: 'male',
        birth_date: '1968-04-02',
        record_number: 'P00012345',
        phone_masked: '138****5678',
        doctor_id: doctor.staffId,
        manager_id: manager.staffId,
        created_at: at,
        updated_at: at,
      } as never)
      .execute()
    return id
  })
}

async function aCheckup(of: string, number: string, daysAgo: number, values: Record<string, number>): Promise<void> {
  await house.write(async (ctx) => {
    const effectiveAt = new Date(ctx.clock.now().getTime() - daysAgo * 86_400_000)
    const observations = Object.entries(values).map(([code, value]) => ({
      id: ctx.ids.next<string>(),
      code,
      effectiveAt,
      value,
      unit: code === 'sbp' ? 'mm[Hg]' : 'mmol/L',
      low: code === 'sbp' ? 90 : 3.9,
      high: code === 'sbp' ? 139 : 6.1,
      flag: value > (code === 'sbp' ? 139 : 6.1) ? ('H' as const) : ('N' as const),
      source: 'lab',
    }))
    const hepatitis = {
      id: ctx.ids.next<string>(),
      code: 'hbsag',
      effectiveAt,
      valueText: '阳性',
      flag: 'A' as const,
      source: 'lab',
    }
    await recordReports(ctx, [
      {
        report: {
          id: ctx.ids.next(),
          patientId: of,
          category: 'health-check',
          title: '年度体检',
          status: 'final',
          sourceSystem: 'LIS',
          sourceReportId: number,
          fingerprint: Buffer.from(number),
          effectiveAt,
        },
        observations: [...observations, hepatitis],
      },
    ])
  })
}

const params = () => ({ patientId: patientId as never })
const print = (caller: Caller, body: object = {}) => caller.call(contract.printReport, { params: params(), body })

/** Begins the report of the newest examination, signs all parts and issues it. */
async function issued(caller: Caller, of = patientId): Promise<string> {
  const { exams } = await caller.call(contract.listPrintedReports, { params: { patientId: of as never } })
  const { id } = await caller.call(signing.startComposition, {
    params: { patientId: of as never },
    body: { examId: exams[0]!.id },
  })
  const params = { compositionId: id }
  const view = await caller.call(signing.getComposition, { params })
  await caller.call(signing.signParts, { params, body: { parts: view.parts.map(({ key, hash }) => ({ key, hash })) } })
  await caller.call(signing.issueComposition, { params, body: { hash: view.hash } })
  return id
}

async function fileOf(caller: Caller, id: string) {
  return caller.try(contract.openPrintedReport, { params: { ...params(), reportId: id as never } })
}

describe('printing', () => {
  test('an ordered report is set by the worker and opened as a PDF with the rare name, the years and no hepatitis B', async () => {
    const ordered = await print(doctor)
    expect(ordered).toMatchObject({ state: 'waiting', signedBy: null, examOn: '2026-03-01' })
    await house.settle()
    const { reports } = await doctor.call(contract.listPrintedReports, { params: params() })
    expect(reports[0]).toMatchObject({ number: '20260302-0001', state: 'ready', warnings: [] })
    expect((await fileOf(doctor, reports[0]!.id)).raw.headers['content-disposition']).toContain('20260302-0001.pdf')
    const file = await fileOf(doctor, ordered.id)
    expect(file.raw.headers['content-type']).toBe('application/pdf')
    const text = pdfPageTexts(file.raw.rawPayload).join('').replaceAll(/\s/g, '')
    for (const word of [
      '欧阳䶮',
      '年度体检',
      '草稿',
      '收缩压',
      '152',
      '138',
      '7.2',
      'P0*****45',
      '138****5678',
      '20260302-0001',
    ])
      expect(text).toContain(word)
    expect(text).not.toMatch(/乙肝|HBsAg|乙型肝炎/)
  })

  test('asked for again it is the same paper, until something of it changes', async () => {
    const first = await print(manager)
    await house.settle()
    expect((await print(doctor)).id).toBe(first.id)
    const english = await print(doctor, { language: 'en' })
    expect(english.id).not.toBe(first.id)
    const [one, other] = await Promise.all([print(manager, { language: 'en' }), print(doctor, { language: 'en' })])
    expect([one.id, other.id]).toEqual([english.id, english.id])
    await aCheckup(patientId, 'R-later', 0, { hr: 70 })
    const newer = await print(manager)
    expect(newer.id).not.toBe(first.id)
  })

  test('whoever opens a paper that is still waiting has it drawn at once', async () => {
    const other = await aPatient('等不及')
    await aCheckup(other, 'R-wait', 1, { sbp: 120, fpg: 5 })
    const of = { patientId: other as never }
    const ordered = await doctor.call(contract.printReport, { params: of, body: {} })
    const params = { ...of, reportId: ordered.id }
    const files = await Promise.all([1, 2].map(() => doctor.try(contract.openPrintedReport, { params })))
    expect(files.map(({ status }) => status)).toEqual([200, 200])
    expect(files[0]!.raw.rawPayload).toEqual(files[1]!.raw.rawPayload)
    await house.settle()
    expect((await doctor.call(contract.listPrintedReports, { params: of })).reports).toHaveLength(1)
  })

  test('what changed between the order and the drawing stands in the paper, and the paper is known by it', async () => {
    const other = await aPatient('刚更正')
    await aCheckup(other, 'R-c1', 1, { sbp: 120, fpg: 5 })
    const of = { patientId: other as never }
    const ordered = await doctor.call(contract.printReport, { params: of, body: {} })
    await aCheckup(other, 'R-c2', 0, { fpg: 9.9 })
    await house.settle()
    const again = await doctor.call(contract.printReport, { params: of, body: {} })
    expect(again.examOn).toBe('2026-03-02')
    const params = { ...of, reportId: ordered.id }
    const text = pdfPageTexts((await doctor.try(contract.openPrintedReport, { params })).raw.rawPayload).join('')
    expect(text).toContain('9.9')
  })

  test('the worker may run an order twice and draws it once', async () => {
    const ordered = await print(manager)
    await house.settle()
    const before = (await doctor.call(contract.listPrintedReports, { params: params() })).reports.find(
      (r) => r.id === ordered.id,
    )
    await house.settle()
    expect(
      (await doctor.call(contract.listPrintedReports, { params: params() })).reports.find((r) => r.id === ordered.id),
    ).toEqual(before)
    expect(before).toMatchObject({ state: 'ready', signedBy: null })
  })

  test('numbers of a day never repeat, whoever prints at once', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, (_, n) => aPatient(`同时${n}`)))
    for (const [n, id] of people.entries()) await aCheckup(id, `R-once-${n}`, 1, { sbp: 120 + n })
    const ordered = await Promise.all(
      people.map((id) => manager.call(contract.printReport, { params: { patientId: id as never }, body: {} })),
    )
    expect(new Set(ordered.map((r) => r.number)).size).toBe(8)
  })

  test('the list is audited when it is opened, asking after what is being set is not', async () => {
    await aCheckup(patientId, 'R-audit', 0, { hr: 71 })
    await print(manager)
    const rows = async () =>
      (
        await house.house.databases
          .of(tenant.id)
          .selectFrom('audit_entry')
          .select('action')
          .where('actor_id', '=', manager.staffId)
          .orderBy('id')
          .execute()
      ).map(({ action }) => action)
    const before = await rows()
    const waiting = () => manager.call(contract.countWaitingReports, { query: params() })
    expect((await waiting()).waiting).toBeGreaterThan(0)
    await house.settle()
    expect(await waiting()).toEqual({ waiting: 0 })
    expect(await rows()).toEqual(before)
    const { reports } = await manager.call(contract.listPrintedReports, { params: params() })
    await fileOf(manager, reports[0]!.id)
    expect((await rows()).slice(before.length).toSorted()).toEqual(['health-report.list', 'health-report.open'])
    const other = await house.as('physician')
    expect((await other.try(contract.countWaitingReports, { query: params() })).status).toBe(404)
  })

  test('the desk sees nothing, and another doctor finds nobody', async () => {
    expect((await desk.try(contract.listPrintedReports, { params: params() })).status).toBe(403)
    const other = await house.as('physician')
    expect((await other.try(contract.printReport, { params: params(), body: {} })).status).toBe(404)
  })

  test('who has no examination has nothing to print', async () => {
    const empty = await aPatient('无报告')
    await house.write((ctx) =>
      recordObservations(ctx, [
        { id: ctx.ids.next(), patientId: empty, code: 'sbp', effectiveAt: clock.now(), value: 120, source: 'staff' },
      ]),
    )
    expect((await doctor.try(contract.printReport, { params: { patientId: empty as never }, body: {} })).code).toBe(
      'NothingToPrint',
    )
  })
})

describe('the code on the cover', () => {
  test.each([
    ["the organization's own address", 'https://care.example.org/', 'https://care.example.org/verify/'],
    ['else the address of the house', '', 'http://localhost:3000/verify/'],
  ])('leads to %s', async (_what, webAddress, expected) => {
    await house.write(({ tx }) =>
      tx
        .updateTable('organization')
        .set({ settings: JSON.stringify({ general: { webAddress } }) })
        .where('id', '=', tenant.id)
        .execute(),
    )
    await aCheckup(patientId, `R-${expected}`, 0, { hr: expected.length })
    const ordered = await print(manager)
    await house.settle()
    const [cover] = pdfPageTexts((await fileOf(manager, ordered.id)).raw.rawPayload)
    expect(cover!.replaceAll(/\s/g, '')).toContain(expected)
  })

  test('tells a genuine report from a void and an unknown one, and gives a masked name only', async () => {
    const compositionId = await issued(doctor)
    const ordered = await print(doctor)
    expect(ordered.signedBy).toBe('张文远')
    const row = await house.house.databases
      .of(tenant.id)
      .selectFrom('health_report')
      .select('verify_hash')
      .where('id', '=', ordered.id)
      .executeTakeFirstOrThrow()
    expect(row.verify_hash).toHaveLength(32)
    const code = await codeOf(ordered.id)
    const anyone = nobody(house)
    const verified = () => anyone.call(contract.verifyReport, { params: { code } })
    expect(await verified()).toMatchObject({ state: 'waiting', because: null, printedOn: null })
    await house.settle()
    const good = await anyone.call(contract.verifyReport, { params: { code } })
    expect(good).toMatchObject({
      state: 'ready',
      because: null,
      signed: true,
      number: ordered.number,
      name: '欧**',
      organization: tenant.name,
    })
    const { id: next } = await doctor.call(signing.amendComposition, {
      params: { compositionId: compositionId as never },
      body: { because: '补一项结论' },
    })
    const newer = await doctor.call(signing.getComposition, { params: { compositionId: next } })
    const signs = {
      params: { compositionId: next },
      body: { parts: newer.parts.map(({ key, hash }) => ({ key, hash })) },
    }
    await doctor.call(signing.signParts, signs)
    expect(await verified()).toMatchObject({ state: 'ready', amended: false })
    await doctor.call(signing.issueComposition, { params: { compositionId: next }, body: { hash: newer.hash } })
    expect(await verified()).toMatchObject({ state: 'ready', amended: true })
    await doctor.call(contract.withdrawPrintedReport, {
      params: { ...params(), reportId: ordered.id },
      body: { because: '结论有误' },
    })
    expect(await verified()).toMatchObject({ state: 'withdrawn', because: '结论有误' })
    const { reports } = await doctor.call(contract.listPrintedReports, { params: params() })
    expect(reports.find(({ id }) => id === ordered.id)).toMatchObject({ state: 'withdrawn', reason: '结论有误' })
    expect((await fileOf(doctor, ordered.id)).code).toBe('ReportWithdrawn')
    expect(await anyone.call(contract.verifyReport, { params: { code: `${code.slice(0, -3)}aaa` } })).toMatchObject({
      state: null,
      name: null,
    })
  })
})

/** The code as the row keeps it for the renderer. */
async function codeOf(reportId: string): Promise<string> {
  const row = await house.house.databases
    .of(tenant.id)
    .selectFrom('health_report')
    .select('code_sealed')
    .where('id', '=', reportId)
    .executeTakeFirstOrThrow()
  return house.house.sealer.open(tenant.id, row.code_sealed!)
}
