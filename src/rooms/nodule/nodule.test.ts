import { describe, expect, test } from 'vitest'
import { listTasks } from '../task/contract/task.ts'
import {
  addScan,
  closeNodule,
  correctPlace,
  correctScan,
  getNodule,
  listNodules,
  noteTalk,
  patientNodules,
  registerNodule,
  reopenNodule,
  setRecheckDay,
  settleGrade,
  withdrawScan,
} from './contract/nodule.ts'
import { listNoduleSettings } from './contract/setting.ts'
import type { NoduleView } from './contract/words.ts'
import { aNoduleClinic, SOLID } from './sample-nodule.ts'
import { moveBack, moveMerged } from './server/merge.ts'

const clinic = await aNoduleClinic()
const { house, nurse, doctor } = clinic
await clinic.set('lung', 'lung-rads-2022')
await clinic.set('breast', 'bi-rads')
await clinic.set('thyroid', 'acr-tirads')

const of = (nodule: NoduleView) => ({ params: { noduleId: nodule.id } })
const key = () => house.house.ids.next<string & never>() as string
const newest = (nodule: NoduleView) => nodule.scans.find(({ ended }) => !ended)!
const close = (nodule: NoduleView, body: object) => ({
  ...of(nodule),
  body: { version: nodule.version, ...body } as never,
})

describe('found', () => {
  test('the instrument proposes, nothing is settled, and the doctor is asked', async () => {
    const nodule = await clinic.found('lung', SOLID)
    expect(nodule).toMatchObject({
      state: 'open',
      waiting: 'grade',
      dueOn: null,
      grade: { state: 'proposed', category: '3', systemName: 'Lung-RADS 2022' },
    })
    expect(newest(nodule).grades).toMatchObject([
      { source: 'instrument', state: 'proposed', category: '3', title: { zh: '很可能是良性的' } },
    ])
    const { rows } = await doctor.call(listTasks, { query: { scope: 'mine', patientId: nodule.patient.id } as never })
    expect(rows).toMatchObject([{ type: 'other', title: '肺结节 上部：确定分类', dueOn: '2026-03-09' }])
  })

  test('a report that names no system is kept in its words and converts to nothing', async () => {
    const reported = { system: null, category: '4', raw: 'TI-RADS 4类' }
    const scan = { on: '2026-03-01', modality: 'ultrasound' as const, longMm: 12, reported }
    const nodule = await clinic.found('thyroid', scan)
    expect(newest(nodule).grades).toMatchObject([
      { source: 'report', system: null, systemName: '', category: '4', raw: 'TI-RADS 4类' },
    ])
    expect(newest(nodule).refusal?.zh).toContain('还缺')
    expect(nodule.waiting).toBe('grade')
  })

  test('sent twice it is one, also at once', async () => {
    const patientId = (await clinic.aPatient()) as never
    const body = { organ: 'lung' as const, side: 'left' as const, place: '', scan: SOLID as never, key: key() }
    const sent = { params: { patientId }, body }
    const two = await Promise.all([nurse.call(registerNodule, sent), nurse.call(registerNodule, sent)])
    expect(two[0]!.id).toBe(two[1]!.id)
    expect((await nurse.call(patientNodules, { params: { patientId } })).rows).toHaveLength(1)
    const scan = { ...of(two[0]!), body: { scan: { ...SOLID, on: '2026-03-02' } as never, key: key() } }
    await Promise.all([nurse.call(addScan, scan), nurse.call(addScan, scan)])
    expect((await clinic.read(two[0]!)).scans).toHaveLength(2)
  })

  test.each<[string, object, string]>([
    ['tomorrow', { on: '2026-03-03' }, 'NoduleScanInFuture'],
    ['before birth', { on: '1960-01-01' }, 'NoduleScanBeforeBirth'],
    ['a short axis that is longer', { shortMm: 8 }, 'NoduleAxesWrong'],
    ['a solid part larger than the whole', { solidMm: 8 }, 'NoduleAxesWrong'],
    ['no size', { longMm: null, shortMm: null }, 'NoduleSizeMissing'],
    ['gone with a size', { gone: true }, 'NoduleSizeMissing'],
    ['an interval that is none', { radiologist: { months: null, on: null } }, 'NoduleIntervalWrong'],
    ['an interval that is two', { radiologist: { months: 3, on: '2026-06-01' } }, 'NoduleIntervalWrong'],
    ['a day before the scan', { radiologist: { on: '2026-02-01' } }, 'NoduleIntervalWrong'],
    ['a category of another organ', { reported: { system: 'bi-rads', category: '3', raw: '' } }, 'NoduleSystemUnfit'],
    [
      'a category that there is not',
      { reported: { system: 'lung-rads-2022', category: '9', raw: '' } },
      'NoduleCategoryUnfit',
    ],
    ['a report of nobody', { reportId: '00000000-0000-7000-8000-000000000001' }, 'NoduleReportUnknown'],
  ])('%s is refused', async (_what, change, code) => {
    const params = { patientId: (await clinic.aPatient()) as never }
    const body = { organ: 'lung' as const, side: 'left' as const, scan: { ...SOLID, ...change } as never, key: key() }
    expect(await nurse.try(registerNodule, { params, body })).toMatchObject({ code })
  })
})

describe('the category', () => {
  test('a physician settles the proposal; the recheck counts from the scan, by the guideline named', async () => {
    const nodule = await clinic.settled(
      await clinic.found('lung', { ...SOLID, on: '2026-01-10' }),
      'lung-rads-2022',
      '3',
    )
    expect(nodule).toMatchObject({
      waiting: null,
      dueOn: '2026-07-10',
      fromOn: '2026-06-26',
      cardCode: 'lung-watch',
      grade: { state: 'settled' },
    })
    expect(nodule.rechecks).toMatchObject([
      {
        source: 'guideline',
        anchorOn: '2026-01-10',
        months: 6,
        settingVersion: 1,
        guideline: { en: 'Lung-RADS 2022 (screening)' },
      },
    ])
    const { rows } = await doctor.call(listTasks, { query: { scope: 'mine', patientId: nodule.patient.id } as never })
    expect(rows).toEqual([])
  })

  test('another one than proposed wants its reason; a change supersedes, and both are kept', async () => {
    const nodule = await clinic.found('lung', SOLID)
    const body = {
      scanId: newest(nodule).id,
      system: 'lung-rads-2022' as const,
      category: '4A',
      because: '',
      version: nodule.version,
    }
    expect(await doctor.try(settleGrade, { ...of(nodule), body })).toMatchObject({ code: 'NoduleBecauseMissing' })
    const first = await doctor.call(settleGrade, { ...of(nodule), body: { ...body, because: '有毛刺' } })
    expect(first.dueOn).toBe('2026-06-01')
    expect(await doctor.try(settleGrade, { ...of(nodule), body: { ...body, because: '再看' } })).toMatchObject({
      code: 'ChangedMeanwhile',
    })
    const second = await clinic.settled(nodule, 'lung-rads-2022', '3', '会诊后改为 3 类')
    expect(second.dueOn).toBe('2026-09-01')
    expect(newest(second).grades.map(({ state, category, superseded }) => [state, category, superseded])).toEqual([
      ['settled', '3', false],
      ['settled', '4A', true],
      ['proposed', '3', false],
    ])
    expect(second.rechecks.map(({ state, dueOn }) => [state, dueOn])).toEqual([
      ['open', '2026-09-01'],
      ['replaced', '2026-06-01'],
    ])
  })

  test('two who settle at once: one does, the other is asked to look again', async () => {
    const nodule = await clinic.found('lung', SOLID)
    const body = {
      scanId: newest(nodule).id,
      system: 'lung-rads-2022' as const,
      because: '两人同时',
      version: nodule.version,
    }
    const answers = await Promise.all(
      ['3', '4A'].map((category) => doctor.try(settleGrade, { ...of(nodule), body: { ...body, category } })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(newest(await clinic.read(nodule)).grades.filter(({ state }) => state === 'settled')).toHaveLength(1)
  })

  test('only with the permission, and a nurse never by the way of a report', async () => {
    const reported = { system: 'lung-rads-2022' as const, category: '2', raw: 'Lung-RADS 2' }
    const nodule = await clinic.found('lung', { ...SOLID, reported })
    expect(newest(nodule).grades.map(({ state }) => state)).toEqual(['proposed', 'proposed'])
    const body = {
      scanId: newest(nodule).id,
      system: 'lung-rads-2022' as const,
      category: '2',
      version: nodule.version,
    }
    expect(await nurse.try(settleGrade, { ...of(nodule), body })).toMatchObject({ status: 403 })
    expect(nodule.can).not.toContain('grade')
    expect((await clinic.read(nodule)).can).toContain('grade')
  })

  test('a category of another system than the clinic’s gives no day; a physician decides it', async () => {
    const nodule = await clinic.settled(
      await clinic.found('thyroid', { on: '2026-03-01', modality: 'ultrasound', longMm: 12 }),
      'c-tirads',
      '4A',
      '报告用 C-TIRADS',
    )
    expect(nodule).toMatchObject({ waiting: 'interval', dueOn: null, cardCode: 'thyroid-watch' })
    const body = { dueOn: '2026-09-01', because: '半年后复查', version: nodule.version }
    expect(await nurse.try(setRecheckDay, { ...of(nodule), body })).toMatchObject({ status: 403 })
    const early = { ...body, dueOn: '2026-02-01' }
    expect(await doctor.try(setRecheckDay, { ...of(nodule), body: early })).toMatchObject({
      code: 'NoduleIntervalWrong',
    })
    expect(await doctor.call(setRecheckDay, { ...of(nodule), body })).toMatchObject({
      waiting: null,
      dueOn: '2026-09-01',
      rechecks: [{ source: 'physician', words: '半年后复查', byName: '张文远' }],
    })
  })
})

describe('the recheck', () => {
  test('the radiologist’s own interval wins, before and after the category is settled', async () => {
    const scan = { ...SOLID, radiologist: { months: 3, on: null, words: '建议 3 个月复查' } }
    const nodule = await clinic.found('lung', scan)
    expect(nodule).toMatchObject({
      waiting: 'grade',
      dueOn: '2026-06-01',
      rechecks: [{ source: 'radiologist', words: '建议 3 个月复查' }],
    })
    const graded = await clinic.settled(nodule, 'lung-rads-2022', '3')
    expect(graded).toMatchObject({ waiting: null, dueOn: '2026-06-01' })
    expect(graded.rechecks).toHaveLength(1)
  })

  test('is met by a new scan only; growth is told with its error; an older scan is history', async () => {
    const first = await clinic.settled(
      await clinic.found('lung', { ...SOLID, on: '2025-09-01' }),
      'lung-rads-2022',
      '3',
    )
    const older = await clinic.look(first, { ...SOLID, on: '2024-09-01', longMm: 6 })
    expect(older).toMatchObject({ waiting: null, dueOn: first.dueOn, lastScanOn: '2025-09-01' })
    const next = await clinic.look(first, { ...SOLID, on: '2026-03-01', longMm: 8, shortMm: 7 })
    expect(next).toMatchObject({ waiting: 'grade', dueOn: null, lastScanOn: '2026-03-01' })
    expect(next.rechecks).toMatchObject([{ state: 'met' }])
    expect(newest(next).growth).toMatchObject({ verdict: 'within-error', changeMm: 1, doubling: null, days: 181 })
    expect(newest(next).grades[0]).toMatchObject({ category: '2', state: 'proposed' })
  })

  test('a list of times counts on from the first scan of the category, and at its end a physician decides', async () => {
    const scan = {
      modality: 'ultrasound' as const,
      longMm: 9,
      reported: { system: 'bi-rads' as const, category: '3', raw: 'BI-RADS 3' },
    }
    let nodule = await clinic.settled(await clinic.found('breast', { ...scan, on: '2024-01-15' }), 'bi-rads', '3')
    expect(nodule.dueOn).toBe('2024-07-15')
    for (const [on, dueOn] of [
      ['2024-07-20', '2025-01-15'],
      ['2025-01-10', '2026-01-15'],
      ['2026-01-20', null],
    ] as const) {
      nodule = await clinic.settled(await clinic.look(nodule, { ...scan, on }), 'bi-rads', '3')
      expect(nodule.dueOn).toBe(dueOn)
    }
    expect(nodule.waiting).toBe('interval')
  })

  test('not seen any more: a physician decides', async () => {
    const nodule = await clinic.settled(
      await clinic.found('lung', { ...SOLID, on: '2025-09-01' }),
      'lung-rads-2022',
      '3',
    )
    const gone = await clinic.look(nodule, { on: '2026-03-01', modality: 'ldct', gone: true })
    expect(gone).toMatchObject({ state: 'open', waiting: 'interval', longMm: null })
    const resolved = close(gone, { result: 'resolved', text: 'CT 没有看到' })
    expect(await nurse.try(closeNodule, resolved)).toMatchObject({ status: 403, code: 'NoduleResultNeedsDoctor' })
    expect(await doctor.call(closeNodule, resolved)).toMatchObject({ state: 'closed', result: 'resolved' })
  })
})

describe('corrected', () => {
  test('the corrected scan supersedes, keeps both, and asks for a category anew', async () => {
    const nodule = await clinic.settled(await clinic.found('lung', SOLID), 'lung-rads-2022', '3')
    const params = { noduleId: nodule.id, scanId: newest(nodule).id }
    const body = { scan: { ...SOLID, longMm: 5, shortMm: 4 } as never, because: '看错一行' }
    const after = await nurse.call(correctScan, { params, body })
    expect(after).toMatchObject({
      waiting: 'grade',
      dueOn: null,
      longMm: 5,
      grade: { category: '2', state: 'proposed' },
    })
    expect(after.scans.map(({ ended }) => ended?.kind ?? null)).toEqual([null, 'corrected'])
    expect(await nurse.try(correctScan, { params, body })).toMatchObject({ code: 'NoduleScanEnded' })
  })

  test('a withdrawn scan counts no more: what it had met runs again', async () => {
    const first = await clinic.settled(
      await clinic.found('lung', { ...SOLID, on: '2025-11-01' }),
      'lung-rads-2022',
      '3',
    )
    const second = await clinic.look(first, SOLID)
    const params = { noduleId: first.id, scanId: newest(second).id }
    const after = await nurse.call(withdrawScan, { params, body: { because: '是别人的片子' } })
    expect(after).toMatchObject({ waiting: null, dueOn: '2026-05-01', lastScanOn: '2025-11-01' })
    expect(after.scans).toHaveLength(2)
    const last = { params: { noduleId: first.id, scanId: newest(after).id }, body: { because: '也不对' } }
    expect(await nurse.try(withdrawScan, last)).toMatchObject({ code: 'NoduleLastScan' })
  })

  test('the place, with the former one in the log', async () => {
    const nodule = await clinic.found('lung', SOLID)
    const body = { side: 'left' as const, place: '左下叶', version: nodule.version }
    expect(await nurse.call(correctPlace, { ...of(nodule), body })).toMatchObject({
      side: 'left',
      place: '左下叶',
      events: [{ kind: 'place-corrected' }, { kind: 'registered' }],
    })
    expect(await nurse.try(correctPlace, { ...of(nodule), body })).toMatchObject({ code: 'ChangedMeanwhile' })
  })
})

describe('ended', () => {
  test.each<[string, object, number]>([
    ['no words', { result: 'declined', text: '' }, 400],
    ['no result', { text: '不想查了' }, 400],
    ['an operation without its day', { result: 'operated', text: '外院手术' }, 422],
    ['a day to come', { result: 'elsewhere', text: '外院复查无变化', on: '2026-03-09' }, 422],
  ])('not with %s', async (_what, body, status) => {
    expect((await nurse.try(closeNodule, close(await clinic.found('lung', SOLID), body))).status).toBe(status)
  })

  test('with the person’s own words; it leaves its list, nothing is due, and it can be taken back', async () => {
    const nodule = await clinic.settled(
      await clinic.found('lung', { ...SOLID, on: '2025-11-01' }),
      'lung-rads-2022',
      '3',
    )
    const body = { result: 'declined', text: '本人说：年纪大了，不想再查' }
    const closed = await nurse.call(closeNodule, close(nodule, body))
    expect(closed).toMatchObject({
      state: 'closed',
      dueOn: null,
      waiting: null,
      can: ['reopen', 'talk'],
      closing: { byName: '李素珍', text: body.text },
    })
    expect(closed.rechecks).toMatchObject([{ state: 'ended' }])
    const listed = await nurse.call(listNodules, { query: { view: 'closed' } as never })
    expect(listed.rows.map(({ id }) => id)).toContain(nodule.id)
    expect(await nurse.try(closeNodule, close(closed, body))).toMatchObject({ code: 'NoduleClosed' })
    const again = { ...of(nodule), body: { because: '想通了，愿意复查', version: closed.version } }
    expect(await nurse.call(reopenNodule, again)).toMatchObject({ state: 'open', dueOn: '2026-05-01', result: null })
    expect(await nurse.try(reopenNodule, again)).toMatchObject({ code: 'ChangedMeanwhile' })
  })
})

describe('the talk', () => {
  test('worries in their words; told back counts with what was said', async () => {
    const nodule = await clinic.settled(await clinic.found('lung', SOLID), 'lung-rads-2022', '3')
    const body = {
      worries: [{ code: 'worry-surgery', words: '怕白开一刀' }],
      cardCode: 'lung-watch',
      taughtBack: true,
      theirWords: '',
      key: key(),
    }
    expect(await nurse.try(noteTalk, { ...of(nodule), body })).toMatchObject({ code: 'NoduleBecauseMissing' })
    const told = { ...body, theirWords: '九月再拍一次，咳血就早点来' }
    const after = await nurse.call(noteTalk, { ...of(nodule), body: told })
    await nurse.call(noteTalk, { ...of(nodule), body: told })
    expect(after.talks).toMatchObject([
      { taughtBack: true, worries: [{ label: { zh: '怕被白开一刀' }, words: '怕白开一刀' }] },
    ])
    expect((await clinic.read(nodule)).talks).toHaveLength(1)
    expect(
      await nurse.try(noteTalk, { ...of(nodule), body: { ...told, cardCode: 'nothing', key: key() } }),
    ).toMatchObject({ code: 'NoduleCardUnknown' })
  })
})

describe('who sees it', () => {
  test('those who look after the person, and nobody else', async () => {
    const nodule = await clinic.found('lung', SOLID)
    const stranger = await house.as('physician', { name: '别的医生' })
    expect((await stranger.try(getNodule, of(nodule))).status).toBe(404)
    expect((await stranger.try(addScan, { ...of(nodule), body: { scan: SOLID as never, key: key() } })).status).toBe(
      404,
    )
    expect((await stranger.call(listNodules, { query: { view: 'waiting' } as never })).rows).toEqual([])
    for (const role of ['front-desk', 'sales-manager', 'counsellor', 'quality-lead'] as const)
      expect(await (await house.as(role)).try(listNodules)).toMatchObject({ status: 403 })
  })

  test('opening and acting leave their lines in the audit log', async () => {
    const nodule = await clinic.settled(await clinic.found('lung', SOLID), 'lung-rads-2022', '3')
    const db = house.house.databases.of(house.tenant.id)
    const rows = await db
      .selectFrom('audit_entry')
      .select('action')
      .where('patient_id', '=', nodule.patient.id)
      .execute()
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['nodule.register', 'nodule.grade', 'nodule.open']),
    )
  })

  test('a page of the board follows the last one', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await nurse.call(listNodules, { query: { view: 'waiting', limit: 3, cursor } as never })
      seen.push(...page.rows.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    const all = await nurse.call(listNodules, { query: { view: 'waiting', limit: 200 } as never })
    expect(seen).toEqual(all.rows.map(({ id }) => id))
    expect(new Set(seen).size).toBe(seen.length)
    expect(await nurse.try(listNodules, { query: { cursor: 'nonsense' } as never })).toMatchObject({ status: 400 })
  })
})

test('another organization sees nothing of it, neither the nodule nor the guideline', async () => {
  const nodule = await clinic.found('lung', SOLID)
  const theirs = await house.as('physician', { tenant: await house.anOrganization() })
  expect((await theirs.try(getNodule, of(nodule))).status).toBe(404)
  expect((await theirs.try(patientNodules, { params: { patientId: nodule.patient.id } })).status).toBe(404)
  const body = { dueOn: '2026-09-01', because: '别家', version: nodule.version }
  expect((await theirs.try(setRecheckDay, { ...of(nodule), body })).status).toBe(404)
  expect((await theirs.call(listNodules, { query: { view: 'waiting' } as never })).rows).toEqual([])
  expect((await theirs.call(listNoduleSettings)).organs.map(({ current }) => current)).toEqual([null, null, null])
})

test('nodules follow their person into another file, and back', async () => {
  const nodule = await clinic.found('lung', SOLID)
  const intoId = (await clinic.aPatient()) as never
  const merge = { fromId: nodule.patient.id, intoId, mergeId: key() as never }
  await house.write((ctx) => moveMerged(ctx, merge))
  expect((await clinic.read(nodule)).patient.id).toBe(intoId)
  await house.write((ctx) => moveBack(ctx, merge))
  expect((await clinic.read(nodule)).patient.id).toBe(nodule.patient.id)
})
