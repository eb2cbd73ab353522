import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import type { PatientId } from '../../platform/contract/index.ts'
import { addFacts } from '../observation/server/index.ts'
import * as printed from './contract/health-report.ts'
import * as signing from './contract/composition.ts'
import type { CompositionView } from './contract/composition.ts'
import { anExam, aPerson } from './sample-exam.ts'
import { pdfPageTexts } from '../../platform/print/pdf-text.ts'

const house = await aHouse()
let doctor: Caller, chief: Caller, manager: Caller
let patientId: PatientId
let examId = ''
let count = 0

beforeAll(async () => {
  ;[doctor, chief, manager] = [
    await house.as('physician', { name: '张文远' }),
    await house.as('physician', { name: '钟离昀' }),
    await house.as('service-manager', { name: '王护士' }),
  ]
})

beforeEach(async () => {
  await house.write(async (ctx) => {
    patientId = await aPerson(ctx, { doctorId: doctor.staffId, managerId: manager.staffId })
    await grant(ctx.tx)
    examId = await anExam(ctx, patientId, { number: `R-${++count}`, finding: '肝脏大小正常。乙肝两对半见附页。' })
  })
  await house.settle()

  /** The chief examiner sees the person as somebody who was asked in. */
  async function grant(tx: Parameters<Parameters<typeof house.write>[0]>[0]['tx']) {
    await tx
      .insertInto('patient_access')
      .values({
        organization_id: house.tenant.id,
        patient_id: patientId,
        staff_id: chief.staffId,
        because: '主检',
        granted_by: null,
        granted_at: house.clock.now(),
        until: null,
      })
      .execute()
  }
})

const start = async (caller = manager) =>
  (await caller.call(signing.startComposition, { params: { patientId }, body: { examId: examId as never } })).id
const view = (id: string, caller = doctor): Promise<CompositionView> =>
  caller.call(signing.getComposition, { params: { compositionId: id as never } }) as Promise<CompositionView>
const of = (id: string) => ({ params: { compositionId: id as never } })
const handed = (seen: CompositionView) => ({ parts: seen.parts.map(({ key, hash }) => ({ key, hash })) })

async function signed(id: string): Promise<CompositionView> {
  const seen = await view(id)
  await doctor.call(signing.signParts, { ...of(id), body: handed(seen) })
  return view(id, chief)
}

async function issued(id: string): Promise<CompositionView> {
  const seen = await signed(id)
  await chief.call(signing.issueComposition, { ...of(id), body: { hash: seen.hash } })
  return view(id, chief)
}

describe('from draft to issued', () => {
  test('parts are signed by their doctors, the whole by the chief examiner; the paper carries each name', async () => {
    const id = await start()
    expect(await start(doctor), 'begun once').toBe(id)
    const draft = await view(id)
    expect(draft).toMatchObject({
      state: 'draft',
      version: 1,
      abnormal: 2,
      notDone: [{ name: '胃镜', reason: '弃检' }],
    })
    expect((await chief.try(signing.issueComposition, { ...of(id), body: { hash: draft.hash } })).code).toBe(
      'PartsNotSigned',
    )
    const [first, ...rest] = handed(draft).parts
    await doctor.call(signing.signParts, { ...of(id), body: { parts: [first!] } })
    expect((await view(id)).state).toBe('draft')
    expect((await chief.call(signing.signParts, { ...of(id), body: { parts: rest } })).state).toBe('signed')
    const whole = await view(id, chief)
    await chief.call(signing.issueComposition, { ...of(id), body: { hash: whole.hash } })
    const after = await view(id)
    expect(after).toMatchObject({ state: 'issued', outdated: false, issued: { name: '钟离昀' } })
    expect(after.log.map(({ part, name }) => [part, name])).toContainEqual(['chief', '钟离昀'])

    const paper = await manager.call(printed.printReport, { params: { patientId }, body: {} })
    expect(paper).toMatchObject({ signedBy: '钟离昀', signedOn: '2026-03-02' })
    await house.settle()
    const file = await manager.try(printed.openPrintedReport, { params: { patientId, reportId: paper.id } })
    const text = pdfPageTexts(file.raw.rawPayload).join('').replaceAll(/\s/g, '')
    for (const word of [
      '张文远',
      '钟离昀',
      '审核日期',
      '每一项提示说明什么',
      '空腹8小时以上的血糖',
      '胃镜',
      '弃检',
      '肝脏大小正常',
    ])
      expect(text).toContain(word)
    expect(text).not.toMatch(/草稿|未签发|乙肝|HBV|核心抗体|Reactive/)
  })

  test('lists show what waits for whom, and only to those who see the person', async () => {
    const stage = async (name: (typeof signing.STAGES)[number], caller = doctor) =>
      (await caller.call(signing.listCompositions, { query: { stage: name } as never })).rows.filter(
        ({ patient }) => patient.id === patientId,
      )
    const id = await start()
    expect(await stage('parts')).toMatchObject([{ id, parts: 4, signedParts: 0, abnormal: 2, state: 'draft' }])
    await signed(id)
    expect(await stage('parts')).toEqual([])
    expect(await stage('chief', chief)).toMatchObject([{ id, signedParts: 4 }])
    const { hash } = await view(id, chief)
    await chief.call(signing.issueComposition, { ...of(id), body: { hash } })
    expect(await stage('issued')).toMatchObject([{ id, issuedBy: '钟离昀' }])
    const stranger = await house.as('physician')
    expect(await stage('issued', stranger)).toEqual([])
    expect((await stranger.try(signing.getComposition, of(id))).status).toBe(404)
  })

  test('who may not, may not: a manager signs nothing, the desk sees nothing', async () => {
    const id = await start()
    const seen = await view(id, manager)
    expect(seen.can).toMatchObject({ edit: true, sign: false, signChief: false })
    expect((await manager.try(signing.signParts, { ...of(id), body: handed(seen) })).code).toBe('NotPermitted')
    expect((await manager.try(signing.issueComposition, { ...of(id), body: { hash: seen.hash } })).code).toBe(
      'NotPermitted',
    )
    const desk = await house.as('front-desk')
    expect((await desk.try(signing.getComposition, of(id))).status).toBe(403)
  })
})

describe('a signature is bound to what was read', () => {
  test('a result that changes takes the signature of its part along, and asks the reader to look again', async () => {
    const id = await start()
    const seen = await signed(id)
    await house.write((ctx) =>
      anExam(ctx, patientId, {
        number: `R-${count}`,
        values: { sbp: 152, fpg: 8.1, hgb: 150 },
        finding: '肝脏大小正常。乙肝两对半见附页。',
      }),
    )
    expect((await chief.try(signing.issueComposition, { ...of(id), body: { hash: seen.hash } })).status).toBe(409)
    await house.settle()
    const after = await view(id)
    expect(after.state).toBe('draft')
    expect(after.parts.map(({ title, changed, signature }) => [title, changed, signature !== null])).toEqual([
      ['生命体征与体格', false, true],
      ['血常规', false, true],
      ['血糖与胰岛功能', true, false],
      ['年度体检', false, true],
    ])
    const old = seen.parts.find(({ title }) => title === '血糖与胰岛功能')!
    const answer = await doctor.try(signing.signParts, {
      ...of(id),
      body: { parts: [{ key: old.key, hash: old.hash }] },
    })
    expect(answer.code).toBe('PartChanged')
  })

  test('of two who sign at once one name stands, and the other is told whose', async () => {
    const id = await start()
    const body = handed(await view(id))
    const answers = await Promise.all(
      [doctor, chief].map((caller) => caller.try(signing.signParts, { ...of(id), body })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)!.raw.body).toMatch(/张文远|钟离昀/)
    expect((await view(id)).log).toHaveLength(body.parts.length)
  })

  test('one’s own can be taken back, and the log keeps both', async () => {
    const id = await start()
    await signed(id)
    const part = (await view(id)).parts[0]!.key
    expect((await chief.try(signing.takeBackSignature, { ...of(id), body: { part } })).code).toBe('SignatureNotYours')
    await doctor.call(signing.takeBackSignature, { ...of(id), body: { part } })
    const after = await view(id)
    expect(after.state).toBe('draft')
    expect(after.parts[0]!.signature).toBeNull()
    expect(after.log.filter((one) => one.part === part).map(({ act }) => act)).toEqual(['signed', 'taken-back'])
  })

  test('conclusions changed meanwhile are not signed unread, and of two who edit one is told', async () => {
    const id = await start()
    const seen = await signed(id)
    const body = { edition: seen.edition, conclusions: [conclusion('血糖升高')], notDone: [] }
    const edits = await Promise.all(
      [doctor, manager].map((caller) => caller.try(signing.editComposition, { ...of(id), body })),
    )
    expect(edits.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect((await chief.try(signing.issueComposition, { ...of(id), body: { hash: seen.hash } })).code).toBe(
      'ChangedMeanwhile',
    )
    const again = await view(id, chief)
    expect((await chief.try(signing.issueComposition, { ...of(id), body: { hash: again.hash } })).status).toBe(200)
  })
})

const conclusion = (title: string, advice = '') => ({ title, basis: '', advice, severity: 'positive' as const })

describe('an issued report', () => {
  test('stands: neither editing nor signing nor the database itself changes it; new facts only say that it is outdated', async () => {
    const id = await start()
    const before = await issued(id)
    const body = { edition: before.edition, conclusions: [], notDone: [] }
    expect((await doctor.try(signing.editComposition, { ...of(id), body })).code).toBe('ReportIssuedAlready')
    expect((await doctor.try(signing.signParts, { ...of(id), body: handed(before) })).code).toBe('ReportIssuedAlready')
    for (const change of [{ conclusions: '[{}]' }, { version: 7 }, { content_key: 'x' }, { state: 'draft' as const }])
      await expect(
        house.write((ctx) => ctx.tx.updateTable('report_composition').set(change).where('id', '=', id).execute()),
      ).rejects.toThrow(/issued report|violates/)
    await house.write((ctx) => anExam(ctx, patientId, { number: `R-${count}x`, daysAgo: 0, values: { ldl: 4.4 } }))
    await house.settle()
    const after = await view(id)
    expect(after.parts.map(({ title }) => title)).toEqual(before.parts.map(({ title }) => title))
    expect(after).toMatchObject({ state: 'issued', outdated: true })
  })

  test('is corrected by a new version, which takes its place when it is issued', async () => {
    const id = await start()
    await issued(id)
    const made = () => doctor.call(signing.amendComposition, { ...of(id), body: { because: '补充血糖结论' } })
    const [one, two] = [await made(), await made()]
    expect(two.id).toBe(one.id)
    expect((await view(id)).state).toBe('issued')
    const next = await issued(one.id)
    expect(next).toMatchObject({ version: 2, state: 'issued', because: '补充血糖结论' })
    expect((await view(id)).state).toBe('amended')
    expect(next.versions.map(({ version, state }) => [version, state])).toEqual([
      [2, 'issued'],
      [1, 'amended'],
    ])
    const paper = await doctor.call(printed.printReport, { params: { patientId }, body: {} })
    const file = await doctor.try(printed.openPrintedReport, { params: { patientId, reportId: paper.id } })
    expect(pdfPageTexts(file.raw.rawPayload)[0]!.replaceAll(/\s/g, '')).toContain('第2版·这一版更正：补充血糖结论')
  })

  test('of the wrong person is recalled, and its prints are void', async () => {
    const id = await start()
    await issued(id)
    const paper = await doctor.call(printed.printReport, { params: { patientId }, body: {} })
    expect((await manager.try(signing.recallComposition, { ...of(id), body: { because: '拿错了人' } })).status).toBe(
      403,
    )
    await chief.call(signing.recallComposition, { ...of(id), body: { because: '拿错了人' } })
    expect(await view(id)).toMatchObject({ state: 'recalled', because: '拿错了人' })
    const { reports } = await doctor.call(printed.listPrintedReports, { params: { patientId } })
    expect(reports.find((one) => one.id === paper.id)).toMatchObject({ state: 'withdrawn', reason: '拿错了人' })
    expect(await start()).not.toBe(id)
  })

  test('goes with its person through a merge and back', async () => {
    const id = await start()
    await issued(id)
    const { patientMerged, patientUnmerged } = await import('../patient/contract/events.ts')
    const into = await house.write((ctx) => aPerson(ctx, { doctorId: doctor.staffId }, '欧阳䶮'))
    const merge = { fromId: patientId, intoId: into, mergeId: house.house.ids.next() as never }
    await house.write((ctx) => ctx.emit(patientMerged, merge))
    await house.settle()
    expect((await view(id)).patient.id).toBe(into)
    await house.write((ctx) => ctx.emit(patientUnmerged, merge))
    await house.settle()
    expect((await view(id)).patient.id).toBe(patientId)
  })
})

test('what the person told stands in the report, and nothing of hepatitis B in it', async () => {
  await house.write((ctx) =>
    addFacts(ctx, {
      condition: [
        { patientId, code: 'I10', name: '高血压' },
        { patientId, code: 'B18.1', name: '慢性乙型病毒性肝炎' },
      ],
      allergy: [{ patientId, substance: '青霉素', reaction: '皮疹' }],
    }),
  )
  const paper = await doctor.call(printed.printReport, { params: { patientId }, body: {} })
  const file = await doctor.try(printed.openPrintedReport, { params: { patientId, reportId: paper.id } })
  const text = pdfPageTexts(file.raw.rawPayload).join('').replaceAll(/\s/g, '')
  for (const word of ['问诊与问卷', '高血压', '青霉素（皮疹）', '草稿·未签发']) expect(text).toContain(word)
  expect(text).not.toMatch(/乙型|乙肝/)
})

test('advice that was given stands in it with who gave it; what was given on the mind does not', async () => {
  await house.write(async (ctx) => {
    const of = {
      organization_id: ctx.organizationId,
      patient_id: patientId,
      basis: 'energy' as const,
      card_code: null,
      card_version: null,
      locale: 'zh-CN' as const,
      edited: true,
      source: '测试',
      reasons: '[]',
      asked: [],
      because: '',
      despite: '',
      given_at: ctx.clock.now(),
      given_by: doctor.staffId,
      given_by_name: '王护士',
    }
    const text = (title: string) =>
      JSON.stringify({ title, summary: '', points: ['每天食盐不超过 5 克。'], avoid: ['咸菜'] })
    for (const [kind, title] of [
      ['diet', '少盐，血压更稳'],
      ['mind', '睡前写三件好事'],
    ] as const)
      await ctx.tx
        .insertInto('advice_given')
        .values({ ...of, id: ctx.ids.next(), submission: ctx.ids.next(), kind, text: text(title) } as never)
        .execute()
  })
  const paper = await doctor.call(printed.printReport, { params: { patientId }, body: {} })
  const file = await doctor.try(printed.openPrintedReport, { params: { patientId, reportId: paper.id } })
  const text = pdfPageTexts(file.raw.rawPayload).join('').replaceAll(/\s/g, '')
  for (const word of ['给您的建议', '少盐，血压更稳', '每天食盐不超过5克', '避免：咸菜', '王护士'])
    expect(text).toContain(word)
  expect(text).not.toContain('睡前写三件好事')
})

test('each step leaves a line in the log of who saw what of whom', async () => {
  const id = await start()
  await issued(id)
  const rows = await house.house.databases
    .of(house.tenant.id)
    .selectFrom('audit_entry')
    .select(['action', 'actor_name', 'patient_id'])
    .where('patient_id', '=', patientId)
    .where('action', 'like', 'health-report.%')
    .execute()
  const actions = rows.map(({ action, actor_name }) => `${action} ${actor_name}`)
  for (const one of ['health-report.start 王护士', 'health-report.sign 张文远', 'health-report.issue 钟离昀'])
    expect(actions).toContain(one)
})
