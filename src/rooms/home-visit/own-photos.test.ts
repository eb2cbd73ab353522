import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { relativeOf } from '../../../test/family-clinic.ts'
import { aHouse, TEST_NOW, type Caller } from '../../../test/house.ts'
import { listNotices } from '../message/contract/notice.ts'
import { mergePatients, proposeMerge, undoMerge } from '../patient/contract/merge.ts'
import * as contract from './contract/home-visit.ts'
import { aCustomer, photoAs, visitAs } from './sample-visit.ts'
import { removeDropped } from './server/photo.ts'

/** Photos of a home visit, withdrawn by the person on their own pages (PIPL §15, §47). */
const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
const GIVEN = { answer: 'given', saidBy: 'person' } as const
let manager: Caller
let doctor: Caller
beforeAll(async () => {
  manager = await house.as('service-manager', { name: '李慧' })
  doctor = await house.as('physician', { name: '陈医生' })
})
beforeEach(() => house.clock.set(TEST_NOW))

const withPhotos = async (change: Record<string, unknown> = {}, saidBy: 'person' | 'guardian' = 'person') => {
  const patientId = await aCustomer(house, { doctor, manager }, change)
  const visit = await visitAs(house, manager, patientId, { photos: { answer: 'given', saidBy } })
  const ids = [await photoAs(house, manager, visit.id), await photoAs(house, manager, visit.id)].map(({ id }) => id!)
  return { patientId, visit, ids, person: await house.asPatient(patientId) }
}
const of = (id: string) => ({ params: { homeVisitId: id as never } })
const kept = async (visitId: string) => {
  const { rows } = await sql<{ open: number }>`
    select count(*) filter (where sealed_key is not null)::int open from home_visit_photo where visit_id = ${visitId}`.execute(
    db(),
  )
  return rows[0]!.open
}
const auditOf = (patientId: string, action: string) =>
  db().selectFrom('audit_entry').selectAll().where('patient_id', '=', patientId).where('action', '=', action).execute()

describe('photos of a home visit', () => {
  test('are withdrawn by the person at once and for good; the record and the log say who and when', async () => {
    const { patientId, visit, ids, person } = await withPhotos()
    expect(await person.call(contract.myVisitPhotos)).toEqual({
      forGuardian: false,
      rows: [
        {
          id: visit.id,
          on: '2026-03-02',
          staff: '李慧',
          photos: 2,
          pictures: ids.map((id, n) => ({
            id,
            number: n + 1,
            at: expect.any(String),
            label: expect.any(String),
            withdrawnOn: null,
          })),
          withdrawn: null,
        },
      ],
    })
    house.clock.advance({ minutes: 5 })
    expect(await person.call(contract.withdrawMyPhotos, of(visit.id))).toEqual({ withdrawn: 2 })
    for (const photoId of ids)
      expect(
        (await manager.try(contract.openPhoto, { params: { homeVisitId: visit.id, photoId: photoId as never } })).code,
      ).toBe('PhotoGone')
    expect(await kept(visit.id)).toBe(0)
    const at = house.clock.now().toISOString()
    expect((await person.call(contract.myVisitPhotos)).rows).toMatchObject([
      { photos: 0, withdrawn: { on: '2026-03-02', saidBy: 'person', by: null } },
    ])
    // What was written of the visit stays, with the withdrawal beside it.
    expect(await doctor.call(contract.getHomeVisit, of(visit.id))).toMatchObject({
      seen: visit.seen,
      photos: 0,
      consent: { event: 'withdrawn', saidBy: 'person', at, onOwnPages: true },
      pictures: ids.map(() => ({ deletedAt: at, deletedBecause: 'withdrawn', label: '' })),
      can: { withdraw: false },
    })
    const [line] = await auditOf(patientId, 'my.home-visit-photos-withdraw')
    expect(line).toMatchObject({ actor_kind: 'patient', subject_id: visit.id, outcome: 'done' })
    await house.settle()
    expect((await manager.call(listNotices)).rows.map(({ title }) => title)).toContain('王桂香撤回了家访照片')
    // No more without asking again, and the bytes go too.
    expect((await photoAs(house, manager, visit.id)).code).toBe('PhotoConsentMissing')
    await removeDropped(house.house, house.tenant)
    const { rows } = await sql<{ left: number }>`
      select count(*)::int "left" from home_visit_photo where visit_id = ${visit.id} and file_removed_at is null`.execute(
      db(),
    )
    expect(rows[0]!.left).toBe(0)
  })

  test('one of them is withdrawn alone: the others stay, and so does the yes', async () => {
    const { patientId, visit, ids, person } = await withPhotos()
    const [one, other] = ids as [string, string]
    const ofPhoto = (photoId: string) => ({ params: { homeVisitId: visit.id, photoId: photoId as never } })
    const answers = await Promise.all([0, 1].map(() => person.call(contract.withdrawMyPhoto, ofPhoto(one))))
    expect(answers.map(({ withdrawn }) => withdrawn).toSorted()).toEqual([0, 1])
    expect((await manager.try(contract.openPhoto, ofPhoto(one))).code).toBe('PhotoGone')
    expect((await manager.try(contract.openPhoto, ofPhoto(other))).status).toBe(200)
    expect(await kept(visit.id)).toBe(1)
    expect((await person.call(contract.myVisitPhotos)).rows).toMatchObject([
      {
        photos: 1,
        withdrawn: null,
        pictures: [
          { id: one, number: 1, withdrawnOn: '2026-03-02' },
          { id: other, number: 2, withdrawnOn: null },
        ],
      },
    ])
    expect(await doctor.call(contract.getHomeVisit, of(visit.id))).toMatchObject({
      photos: 1,
      consent: { event: 'given' },
      pictures: [
        { id: one, deletedBecause: 'withdrawn', label: '' },
        { id: other, deletedAt: null },
      ],
    })
    const [line] = await auditOf(patientId, 'my.home-visit-photo-withdraw')
    expect(line).toMatchObject({ actor_kind: 'patient', subject_id: one, outcome: 'done' })
    await house.settle()
    expect((await manager.call(listNotices)).rows.map(({ link }) => link)).toContain(
      `/patients/${patientId}?tab=home-visits&visit=${visit.id}`,
    )

    const stranger = await house.asPatient(await aCustomer(house, { doctor, manager }))
    const relative = await relativeOf(house, patientId, ['view', 'ask', 'book', 'remind'])
    const another = await withPhotos()
    expect((await stranger.try(contract.withdrawMyPhoto, ofPhoto(other))).code).toBe('HomeVisitUnknown')
    expect((await relative.try(contract.withdrawMyPhoto, ofPhoto(other))).code).toBe('NotLetIn')
    expect((await person.try(contract.withdrawMyPhoto, ofPhoto(another.ids[0]!))).code).toBe('PhotoUnknown')
    expect([await kept(visit.id), await kept(another.visit.id)]).toEqual([1, 2])
    // The last one too: the visit stays in the list, with what was withdrawn.
    await person.call(contract.withdrawMyPhoto, ofPhoto(other))
    expect((await person.call(contract.myVisitPhotos)).rows).toMatchObject([
      { id: visit.id, photos: 0, withdrawn: null },
    ])
  })

  test('said twice, or at once from two phones, it is said once', async () => {
    const { visit, person } = await withPhotos()
    const answers = await Promise.all([0, 1].map(() => person.call(contract.withdrawMyPhotos, of(visit.id))))
    expect(answers.map(({ withdrawn }) => withdrawn).toSorted()).toEqual([0, 2])
    const said = await db()
      .selectFrom('home_visit_photo_consent')
      .select('event')
      .where('visit_id', '=', visit.id)
      .orderBy('number')
      .execute()
    expect(said.map(({ event }) => event)).toEqual(['given', 'withdrawn'])
  })

  test('of a child are the guardian’s to withdraw', async () => {
    const { visit, person } = await withPhotos(
      { name: '小禾', birthDate: '2017-05-01', guardian: { name: '林母', relation: 'mother', phone: '13800007112' } },
      'guardian',
    )
    expect((await person.call(contract.myVisitPhotos)).forGuardian).toBe(true)
    await person.call(contract.withdrawMyPhotos, of(visit.id))
    expect((await manager.call(contract.getHomeVisit, of(visit.id))).consent).toMatchObject({
      event: 'withdrawn',
      saidBy: 'guardian',
      onOwnPages: true,
    })
  })

  test('another’s are not there, a relative is not let in, and nothing has changed', async () => {
    const { patientId, visit } = await withPhotos()
    const stranger = await house.asPatient(await aCustomer(house, { doctor, manager }))
    const relative = await relativeOf(house, patientId, ['view', 'ask', 'book', 'remind'])
    expect((await stranger.call(contract.myVisitPhotos)).rows).toEqual([])
    expect((await stranger.try(contract.withdrawMyPhotos, of(visit.id))).status).toBe(404)
    expect((await relative.try(contract.withdrawMyPhotos, of(visit.id))).code).toBe('NotLetIn')
    expect((await relative.try(contract.myVisitPhotos)).code).toBe('NotLetIn')
    expect(await kept(visit.id)).toBe(2)
  })

  test('what staff withdrew on their word says by whom; a visit without photos is not listed', async () => {
    const { patientId, visit, person } = await withPhotos()
    await visitAs(house, manager, patientId, { photos: GIVEN })
    await doctor.call(contract.withdrawPhotoConsent, { ...of(visit.id), body: { saidBy: 'person' } })
    expect((await person.call(contract.myVisitPhotos)).rows).toMatchObject([
      { id: visit.id, photos: 0, withdrawn: { by: '陈医生', saidBy: 'person' } },
    ])
    expect(await person.call(contract.withdrawMyPhotos, of(visit.id))).toEqual({ withdrawn: 0 })
  })

  test('a withdrawal outlasts a merge that is taken back', async () => {
    const { patientId, visit } = await withPhotos()
    const intoId = await aCustomer(house, { doctor, manager })
    const desk = await house.as('front-desk')
    const { proposalId } = (await desk.call(proposeMerge, { body: { oneId: patientId, otherId: intoId } })) as never
    const merged = await desk.call(mergePatients, {
      params: { proposalId },
      body: { intoId, chosen: {}, reason: '同一个人' } as never,
    })
    await house.settle()
    const into = await house.asPatient(intoId)
    expect(await into.call(contract.withdrawMyPhotos, of(visit.id))).toEqual({ withdrawn: 2 })
    await desk.call(undoMerge, { params: { mergeId: merged.mergeId }, body: { reason: '是两个人' } })
    await house.settle()
    const again = await house.asPatient(patientId)
    expect((await again.call(contract.myVisitPhotos)).rows).toMatchObject([{ photos: 0, withdrawn: { by: null } }])
  })
})
