import { describe, expect, test } from 'vitest'
import { listTasks } from '../task/contract/task.ts'
import { myNodules } from './contract/my.ts'
import {
  addScan,
  closeNodule,
  correctScan,
  listNodules,
  patientNodules,
  registerNodule,
  setRecheckDay,
  withdrawScan,
} from './contract/nodule.ts'
import type { NoduleView, ScanBody } from './contract/words.ts'
import { aNoduleClinic, SOLID } from './sample-nodule.ts'

/** What goes wrong with nodules elsewhere: the day an interval counts from, whose word it is, slow and hidden growth, sizes. */
const clinic = await aNoduleClinic()
const { house, nurse, doctor } = clinic
await clinic.set('lung', 'lung-rads-2022')
await clinic.set('thyroid', 'acr-tirads')

const key = () => house.house.ids.next<string & never>() as string
const newest = (nodule: NoduleView) => nodule.scans.find(({ ended }) => !ended)!
const proposed = (nodule: NoduleView) =>
  newest(nodule)
    .grades.filter(({ source, kind, superseded }) => source === 'instrument' && kind === 'category' && !superseded)
    .map(({ category }) => category)
const lung = (on: string, mm: number, more: Partial<ScanBody> = {}): Partial<ScanBody> => ({
  ...SOLID,
  on,
  longMm: mm,
  shortMm: mm,
  ...more,
})

describe('the day it counts from', () => {
  test('is that of the scan, however late it is entered: what is overdue then is overdue at once', async () => {
    const nodule = await clinic.settled(await clinic.found('lung', lung('2025-03-01', 7)), 'lung-rads-2022', '3')
    expect(nodule).toMatchObject({ dueOn: '2025-09-01', rechecks: [{ anchorOn: '2025-03-01', months: 6 }] })
    const late = await nurse.call(listNodules, { query: { view: 'overdue' } as never })
    expect(late.rows.map(({ id }) => id)).toContain(nodule.id)
  })

  test('two scans of one day: the later entered counts, and no growth is told between them', async () => {
    const nodule = await clinic.found('lung', lung('2026-02-01', 7))
    const twice = await clinic.look(nodule, lung('2026-02-01', 9))
    expect(newest(twice)).toMatchObject({ longMm: 9, growth: null })
    expect(proposed(twice)).toEqual(['4A'])
  })

  test('not of a day to come, nor before the birth', async () => {
    const patientId = (await clinic.aPatient({ birthDate: '2000-01-01' })) as never
    const found = (on: string) =>
      nurse.try(registerNodule, {
        params: { patientId },
        body: { organ: 'lung', side: 'left', scan: { ...SOLID, on } as never, key: key() },
      })
    expect((await found('2026-03-03')).code).toBe('NoduleScanInFuture')
    expect((await found('1999-12-31')).code).toBe('NoduleScanBeforeBirth')
  })
})

describe('whose word it is', () => {
  test('the radiologist’s interval stands against a guideline that asks for more, and for less', async () => {
    const years = { radiologist: { months: 12, on: null, words: '建议年度复查' } }
    const large = await clinic.settled(
      await clinic.found('lung', lung('2026-02-01', 16, years)),
      'lung-rads-2022',
      '4B',
    )
    expect(large.rechecks[0]).toMatchObject({ source: 'radiologist', kind: 'recheck', dueOn: '2027-02-01' })
    const soon = { radiologist: { months: 1, on: null, words: '一月后复查' } }
    const small = await clinic.settled(await clinic.found('lung', lung('2026-02-01', 5, soon)), 'lung-rads-2022', '2')
    expect(small).toMatchObject({ dueOn: '2026-03-01' })
    // It was said of that scan: the next one is by the guideline again.
    const next = await clinic.settled(await clinic.look(small, lung('2026-03-01', 5)), 'lung-rads-2022', '2')
    expect(next.rechecks[0]).toMatchObject({ source: 'guideline', dueOn: '2027-03-01' })
  })

  test('the guideline is the clinic’s, by its version: another one set later changes nothing behind anybody’s back', async () => {
    const nodule = await clinic.settled(await clinic.found('lung', lung('2026-02-01', 7)), 'lung-rads-2022', '3')
    await clinic.set('lung', 'lung-rads-2022', { rows: { '3': { act: 'recheck', months: [4], then: 'repeat' } } })
    expect((await clinic.read(nodule)).dueOn).toBe(nodule.dueOn)
    const after = await clinic.settled(
      await clinic.look(nodule, lung('2026-03-02', 7)),
      'lung-rads-2022',
      '3',
      '按新设定',
    )
    expect(after).toMatchObject({ dueOn: '2026-07-02' })
    await clinic.set('lung', 'lung-rads-2022')
  })
})

describe('growth that hides', () => {
  test('a millimetre a year: the proposal rises, and nobody is told that nothing has changed', async () => {
    const patientId = await clinic.aPatient()
    let nodule = await clinic.found('lung', lung('2023-02-20', 6), patientId)
    for (const [year, mm] of [
      ['2024', 7],
      ['2025', 8],
      ['2026', 9],
    ] as const)
      nodule = await clinic.look(nodule, lung(`${year}-02-20`, mm))
    expect(newest(nodule).growth).toMatchObject({ verdict: 'within-error', changeMm: 1 })
    expect(proposed(nodule)).toEqual(['4B'])
    await clinic.settled(nodule, 'lung-rads-2022', '4B')
    const mine = await (await house.asPatient(patientId)).call(myNodules)
    expect(mine.rows).toMatchObject([{ state: 'settled', unchanged: false }])
  })

  test('an older scan that comes to light makes the newest one growth; the former proposal is kept, marked', async () => {
    const nodule = await clinic.found('lung', lung('2026-02-20', 9))
    expect(proposed(nodule)).toEqual(['4A'])
    const after = await clinic.look(nodule, lung('2025-06-20', 6))
    expect(proposed(after)).toEqual(['4B'])
    expect(newest(after).grades.map(({ category, superseded }) => [category, superseded])).toContainEqual(['4A', true])
    // Taken back, it is as it was.
    const older = after.scans.find(({ on }) => on === '2025-06-20')!
    const params = { noduleId: nodule.id, scanId: older.id }
    expect(proposed(await nurse.call(withdrawScan, { params, body: { because: '是别人的片子' } }))).toEqual(['4A'])
  })

  test('a correction of the former scan is a correction of the growth', async () => {
    const nodule = await clinic.look(await clinic.found('lung', lung('2025-06-20', 9)), lung('2026-02-20', 9))
    expect(proposed(nodule)).toEqual(['3'])
    const former = nodule.scans.find(({ on }) => on === '2025-06-20')!
    const body = { scan: lung('2025-06-20', 6) as never, because: '抄错了' }
    const after = await nurse.call(correctScan, { params: { noduleId: nodule.id, scanId: former.id }, body })
    expect(proposed(after)).toEqual(['4B'])
  })

  test('what a physician has settled stays theirs, with the new proposal beside it', async () => {
    const nodule = await clinic.settled(await clinic.found('lung', lung('2026-02-20', 7)), 'lung-rads-2022', '3')
    const after = await clinic.look(nodule, lung('2025-08-20', 5))
    expect(after.grade).toMatchObject({ state: 'settled', category: '3' })
    expect(proposed(after)).toEqual(['4A'])
  })

  test('a solid part that grows in ground glass', async () => {
    const glass = await clinic.found('lung', lung('2025-08-20', 12, { features: { type: 'groundGlass' } }))
    expect(proposed(glass)).toEqual(['2'])
    const part = await clinic.look(glass, lung('2026-02-20', 12, { features: { type: 'partSolid' }, solidMm: 4 }))
    expect(newest(part).growth).toMatchObject({ verdict: 'larger', changeMm: 0, solidChangeMm: 4, doubling: null })
    expect(proposed(part)).toEqual(['4B'])
  })
})

describe('sizes', () => {
  test.each([
    ['12 mm written as 1.2 cm', 1.2],
    ['15 mm with the comma lost', 150],
  ])('%s is asked about, and kept once somebody has looked again', async (_what, longMm) => {
    const patientId = (await clinic.aPatient()) as never
    const found = (more: object) =>
      nurse.try(registerNodule, {
        params: { patientId },
        body: {
          organ: 'thyroid',
          side: 'left',
          scan: { on: '2026-03-01', modality: 'ultrasound', longMm, ...more } as never,
          key: key(),
        },
      })
    expect((await found({})).code).toBe('NoduleSizeDoubtful')
    expect((await nurse.call(patientNodules, { params: { patientId } })).rows).toEqual([])
    expect((await found({ sizeChecked: true })).status).toBe(200)
  })

  test.each([
    ['a short axis longer than the long one', { longMm: 6, shortMm: 7 }],
    ['a solid part larger than the nodule', { longMm: 6, shortMm: 5, solidMm: 7 }],
  ])('%s is refused', async (_what, sizes) => {
    const patientId = (await clinic.aPatient()) as never
    const body = { organ: 'lung' as const, side: 'left' as const, scan: { ...SOLID, ...sizes } as never, key: key() }
    expect((await nurse.try(registerNodule, { params: { patientId }, body })).code).toBe('NoduleAxesWrong')
  })
})

describe('several nodules of one person', () => {
  test('each has its own course: a scan of one meets no recheck of another, and none is closed with another', async () => {
    const patientId = await clinic.aPatient()
    const grade = async (scan: Partial<ScanBody>, category: string) =>
      clinic.settled(await clinic.found('lung', scan, patientId), 'lung-rads-2022', category)
    const [one, other] = [await grade(lung('2025-08-01', 7), '3'), await grade(lung('2025-08-01', 9), '4A')]
    expect([one.dueOn, other.dueOn]).toEqual(['2026-02-01', '2025-11-01'])
    await clinic.look(one, lung('2026-02-10', 7))
    expect(await clinic.read(other)).toMatchObject({ dueOn: '2025-11-01', rechecks: [{ state: 'open' }] })
    const { rows } = await nurse.call(patientNodules, { params: { patientId: patientId as never } })
    expect(rows).toHaveLength(2)
    const late = await nurse.call(listNodules, { query: { view: 'overdue' } as never })
    expect(late.rows.filter(({ patient }) => patient.id === patientId).map(({ id }) => id)).toEqual([other.id])
  })
})

describe('the end', () => {
  test('a nodule ends with a result only: not by time, not with its last recheck, not by a scan that is clear', async () => {
    const nodule = await clinic.settled(await clinic.found('lung', lung('2020-01-10', 5)), 'lung-rads-2022', '2')
    await clinic.pass(400)
    expect(await clinic.read(nodule)).toMatchObject({ state: 'open', dueOn: '2021-01-10' })
    const { rows } = await nurse.call(listTasks, { query: { patientId: nodule.patient.id } as never })
    expect(rows.length).toBeGreaterThan(0)
    const gone = await clinic.look(nodule, { on: '2026-03-02', modality: 'ldct', gone: true })
    expect(gone).toMatchObject({ state: 'open', waiting: 'interval' })
    const body = { result: 'resolved' as const, text: ' ', version: gone.version }
    expect((await doctor.try(closeNodule, { params: { noduleId: nodule.id }, body })).status).toBe(400)
    house.clock.advance({ days: -400 })
  })

  test('nor does the table let one stand without anything that is waited for', async () => {
    const nodule = await clinic.found('lung', lung('2026-02-01', 7))
    const db = house.house.databases.of(house.tenant.id)
    await expect(
      db
        .updateTable('nodule')
        .set({ waiting: null, waiting_since: null, waiting_act_on: null })
        .where('id', '=', nodule.id)
        .execute(),
    ).rejects.toThrow()
    const closed = { state: 'closed' as const, waiting: null, waiting_since: null, waiting_act_on: null }
    await expect(db.updateTable('nodule').set(closed).where('id', '=', nodule.id).execute()).rejects.toThrow()
  })

  test('a day that a physician sets lies not before the scan it is about', async () => {
    const nodule = await clinic.found('lung', lung('2026-02-01', 7))
    const body = { dueOn: '2026-01-31', because: '早一点', version: nodule.version }
    expect((await doctor.try(setRecheckDay, { params: { noduleId: nodule.id }, body })).code).toBe(
      'NoduleIntervalWrong',
    )
    const scan = { ...SOLID, on: '2026-02-20', radiologist: { months: null, on: '2026-02-19', words: '' } } as never
    const early = { params: { noduleId: nodule.id }, body: { scan, key: key() } }
    expect((await nurse.try(addScan, early)).code).toBe('NoduleIntervalWrong')
  })
})
