import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse, TEST_NOW, type Caller } from '../../../test/house.ts'
import { aPerson, evaluate } from '../follow-up/sample-plan.ts'
import { installShippedProtocols } from '../follow-up/server/index.ts'
import { mergePatients, proposeMerge, undoMerge } from '../patient/contract/merge.ts'
import { createNewTask, getTask } from '../task/contract/task.ts'
import * as contract from './contract/home-visit.ts'
import { ADDRESS, aContent, aCustomer, aPhoto, photoAs, PLACE_IN_PHOTO, visitAs, visitBody } from './sample-visit.ts'
import { removeDropped } from './server/photo.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
const manager = await house.as('service-manager', { name: '李健管' })
const doctor = await house.as('physician', { name: '张医生' })
const other = await house.as('service-manager', { name: '赵健管' })
const desk = await house.as('front-desk')
const sales = await house.as('sales-manager')
const lead = await house.as('quality-lead')
const carers = { doctor, manager }
let patientId: never
beforeAll(async () => {
  await house.write(installShippedProtocols)
})
beforeEach(async () => {
  house.clock.set(TEST_NOW)
  patientId = await aCustomer(house, carers)
})

const GIVEN = { answer: 'given', saidBy: 'person' } as const
const of = (homeVisitId: string) => ({ params: { homeVisitId: homeVisitId as never } })
const photoOf = (homeVisitId: string, photoId: string) => ({ params: { homeVisitId, photoId } as never })
const counts = async () =>
  (
    await sql<
      Record<string, string>
    >`select (select count(*) from home_visit) visits, (select count(*) from home_visit_version) versions,
      (select count(*) from home_visit_photo where deleted_at is null) photos, (select count(*) from home_visit_photo_consent) consents`.execute(
      db(),
    )
  ).rows[0]!
const audited = async (action: string) =>
  (
    await sql<{ n: string }>`select count(*) n from audit_entry where action = ${action} and outcome = 'done'`.execute(
      db(),
    )
  ).rows[0]!.n

describe('a visit', () => {
  test('is written down, stands in the file and on the timeline, and its address is sealed', async () => {
    const visit = await visitAs(house, manager, patientId, {
      content: { position: { kind: 'shared', latitude: 31.230_416, longitude: 121.473_701 } },
    })
    expect(visit).toMatchObject({
      outcome: 'seen',
      minutes: 45,
      address: ADDRESS,
      attention: 1,
      position: { kind: 'shared', latitude: 31.23, longitude: 121.474 },
      staff: { name: '李健管' },
      version: 1,
      can: { correct: true, addPhotos: true },
    })
    const list = await doctor.call(contract.patientHomeVisits, { params: { patientId }, query: {} as never })
    expect(list.rows.map(({ id }) => id)).toEqual([visit.id])
    const told = await doctor.call(contract.homeVisitTimeline, { params: { patientId }, query: {} as never })
    expect(told.rows).toMatchObject([{ kind: 'home-visit', code: 'seen', by: '李健管', tone: 'due' }])
    const { rows } = await sql<{
      words: string
    }>`select row_to_json(v)::text words from home_visit_version v where visit_id = ${visit.id}`.execute(db())
    expect(rows[0]!.words).not.toContain('和平街')
    expect(rows[0]!.words).not.toContain('31.23')
    expect(rows[0]!.words).not.toContain(Buffer.from(ADDRESS).toString('hex'))
  })

  test('begins with where the person was visited last', async () => {
    const before = await manager.call(contract.prepareHomeVisit, { params: { patientId }, query: {} })
    expect(before).toMatchObject({ known: null, patient: { name: '王桂香', needsGuardian: false } })
    const known = visitBody(house, { content: { place: 'known' } })
    expect(await manager.try(contract.recordHomeVisit, { params: { patientId }, body: known })).toMatchObject({
      status: 422,
      code: 'HomeVisitPlaceUnknown',
    })
    await visitAs(house, manager, patientId)
    const after = await manager.call(contract.prepareHomeVisit, { params: { patientId }, query: {} })
    expect(after.known).toEqual({ address: ADDRESS, on: '2026-03-02' })
    expect((await visitAs(house, manager, patientId, { content: { place: 'known' } })).place).toBe('known')
  })

  test('nobody at home is a visit as well', async () => {
    const visit = await visitAs(house, manager, patientId, {
      content: { outcome: 'not-home', present: [], seen: '', findings: {} },
    })
    expect(visit).toMatchObject({ outcome: 'not-home', attention: 0 })
  })

  test('what is wrong is said at its field, and nothing is kept', async () => {
    const before = await counts()
    const answer = await manager.try(contract.recordHomeVisit, {
      params: { patientId },
      body: visitBody(house, { content: { leftAt: '2026-03-01T23:00:00.000Z' } }),
    })
    expect(answer).toMatchObject({ status: 422, code: 'HomeVisitLeftBefore' })
    expect(JSON.stringify(answer.body)).toContain('content.leftAt')
    expect(await counts()).toEqual(before)
  })

  test('is not written of somebody who has died', async () => {
    await sql`update patient set state = 'deceased', deceased_on = '2026-03-01' where id = ${patientId}`.execute(db())
    expect(
      await manager.try(contract.recordHomeVisit, { params: { patientId }, body: visitBody(house) }),
    ).toMatchObject({ status: 409, code: 'HomeVisitPatientGone' })
  })
})

describe('sent again', () => {
  test('at once and later, it stands once', async () => {
    const before = await counts()
    const body = visitBody(house, { photos: GIVEN })
    const many = await Promise.all(
      [1, 2, 3, 4].map(() => manager.try(contract.recordHomeVisit, { params: { patientId }, body })),
    )
    expect(many.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(new Set(many.map(({ body: visit }) => (visit as { id: string }).id)).size).toBe(1)
    await manager.call(contract.recordHomeVisit, { params: { patientId }, body })
    const after = await counts()
    for (const what of ['visits', 'versions', 'consents']) expect(Number(after[what])).toBe(Number(before[what]) + 1)
  })

  test('with other words, typed while the line was gone, nothing is lost', async () => {
    const body = visitBody(house)
    const first = await manager.call(contract.recordHomeVisit, { params: { patientId }, body })
    const more = { ...body, content: aContent({ seen: '还想起来：卫生间没有扶手。' }) }
    const second = await manager.call(contract.recordHomeVisit, { params: { patientId }, body: more })
    expect(second).toMatchObject({ id: first.id, version: 2, seen: '还想起来：卫生间没有扶手。' })
    await manager.call(contract.recordHomeVisit, { params: { patientId }, body: more })
    expect((await manager.call(contract.getHomeVisit, of(first.id))).version).toBe(2)
  })

  test('does not come back over a correction', async () => {
    const body = visitBody(house)
    const { id } = await manager.call(contract.recordHomeVisit, { params: { patientId }, body })
    const corrected = { version: 1, because: '写错了', content: aContent({ seen: '更正过的话。' }) }
    await manager.call(contract.correctHomeVisit, { ...of(id), body: corrected })
    expect(await manager.call(contract.recordHomeVisit, { params: { patientId }, body })).toMatchObject({
      version: 2,
      seen: '更正过的话。',
    })
  })

  test('by somebody else, or for somebody else, it is refused', async () => {
    const body = visitBody(house)
    await manager.call(contract.recordHomeVisit, { params: { patientId }, body })
    const before = await counts()
    expect(await doctor.try(contract.recordHomeVisit, { params: { patientId }, body })).toMatchObject({
      status: 409,
      code: 'HomeVisitKeyTaken',
    })
    const another = await aCustomer(house, carers, { name: '李芬' })
    expect(await manager.try(contract.recordHomeVisit, { params: { patientId: another }, body })).toMatchObject({
      code: 'HomeVisitKeyTaken',
    })
    expect(await counts()).toEqual(before)
  })
})

describe('corrected', () => {
  test('it is a new version, and of two at once one is', async () => {
    const { id } = await visitAs(house, manager, patientId)
    const correction = (seen: string) => ({
      ...of(id),
      body: { version: 1, because: '核对药盒后更正', content: aContent({ seen }) },
    })
    const both = await Promise.all(
      ['一', '二'].map((one) => manager.try(contract.correctHomeVisit, correction(`更正${one}`))),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const view = await doctor.call(contract.getHomeVisit, of(id))
    expect(view.versions.map(({ version, because }) => [version, because])).toEqual([
      [2, '核对药盒后更正'],
      [1, ''],
    ])
  })

  test('only by whoever visited; a mistake stays to be seen and takes its photos away', async () => {
    const { id } = await visitAs(house, manager, patientId, { photos: GIVEN })
    const photo = await photoAs(house, manager, id)
    const body = { version: 1, because: '不是我写的', content: aContent() }
    expect(await doctor.try(contract.correctHomeVisit, { ...of(id), body })).toMatchObject({
      status: 403,
      code: 'HomeVisitNotYours',
    })
    expect(await doctor.try(contract.markHomeVisitError, { ...of(id), body: { because: '记错人了' } })).toMatchObject({
      status: 403,
    })
    const marked = await manager.call(contract.markHomeVisitError, { ...of(id), body: { because: '记错人了' } })
    expect(marked).toMatchObject({
      state: 'error',
      errorBecause: '记错人了',
      photos: 0,
      pictures: [{ deletedBecause: 'error' }],
    })
    expect(await manager.try(contract.openPhoto, photoOf(id, photo.id!))).toMatchObject({
      status: 410,
      code: 'PhotoGone',
    })
    expect(
      (await manager.call(contract.homeVisitTimeline, { params: { patientId }, query: {} as never })).rows,
    ).toEqual([])
    expect((await manager.call(contract.prepareHomeVisit, { params: { patientId }, query: {} })).known).toBeNull()
    expect(await manager.try(contract.correctHomeVisit, { ...of(id), body })).toMatchObject({ code: 'HomeVisitError' })
  })
})

describe('photos', () => {
  const files = () =>
    readdirSync(house.filesFolder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))

  test('are kept after a yes, without what the camera wrote, sealed, and each look is in the log', async () => {
    const visit = await visitAs(house, manager, patientId, { photos: GIVEN })
    const put = await photoAs(house, manager, visit.id, { bytes: aPhoto('a wound of Mrs Wang') })
    expect(put.status).toBe(200)
    const before = Number(await audited('home-visit.open-photo'))
    const raw = await doctor.try(contract.openPhoto, photoOf(visit.id, put.id!))
    expect(raw.raw.headers).toMatchObject({ 'content-type': 'image/jpeg', 'cache-control': 'no-store' })
    expect(raw.raw.rawPayload.includes('a wound of Mrs Wang')).toBe(true)
    expect(raw.raw.rawPayload.includes(PLACE_IN_PHOTO)).toBe(false)
    expect(Number(await audited('home-visit.open-photo'))).toBe(before + 1)
    expect(files().some((file) => readFileSync(file).includes('a wound of Mrs Wang'))).toBe(false)
    const view = await doctor.call(contract.getHomeVisit, of(visit.id))
    expect(view.pictures).toMatchObject([{ takenBy: '李健管', width: 384, height: 288, deletedAt: null }])
    expect(view.consent).toMatchObject({ event: 'given', saidBy: 'person' })
  })

  test.each([
    ['nobody asked', null],
    ['they said no', { answer: 'refused', saidBy: 'person' } as const],
  ])('are refused when %s, and nothing changes', async (_what, photos) => {
    const visit = await visitAs(house, manager, patientId, { photos })
    const [before, stored] = [await counts(), files().length]
    expect(await photoAs(house, manager, visit.id)).toMatchObject({ status: 409, code: 'PhotoConsentMissing' })
    expect(await counts()).toEqual(before)
    expect(files()).toHaveLength(stored)
  })

  test('sent again are kept once; the same key with another photo is refused', async () => {
    const visit = await visitAs(house, manager, patientId, { photos: GIVEN })
    const key = house.house.ids.next<string>()
    const many = await Promise.all([1, 2, 3].map(() => photoAs(house, manager, visit.id, { key })))
    expect(many.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(new Set(many.map(({ id }) => id)).size).toBe(1)
    expect(await photoAs(house, manager, visit.id, { key, bytes: aPhoto('another') })).toMatchObject({
      status: 409,
      code: 'PhotoDiffers',
    })
    expect((await manager.call(contract.getHomeVisit, of(visit.id))).photos).toBe(1)
  })

  test.each([
    ['nothing', Buffer.alloc(0), 422, 'PhotoEmpty'],
    ['a page', Buffer.from(`<html>${' '.repeat(99)}`), 422, 'PhotoUnreadable'],
    ['half a photo', aPhoto().subarray(0, -6), 422, 'PhotoUnreadable'],
    ['too much', Buffer.concat([aPhoto(), Buffer.alloc(contract.PHOTO_BYTES_MAX)]), 413, 'PhotoTooLarge'],
  ])('%s is no photo', async (_what, bytes, status, code) => {
    const visit = await visitAs(house, manager, patientId, { photos: GIVEN })
    const before = await counts()
    expect(await photoAs(house, manager, visit.id, { bytes })).toMatchObject({ status, code })
    expect(await counts()).toEqual(before)
  })

  test('are as many as are good for a visit, also when they come at once', async () => {
    const visit = await visitAs(house, manager, patientId, { photos: GIVEN })
    const many = Array.from({ length: contract.PHOTOS_MAX + 2 }, () => photoAs(house, manager, visit.id))
    const codes = (await Promise.all(many)).map(({ status }) => status)
    expect(codes.filter((status) => status === 200)).toHaveLength(contract.PHOTOS_MAX)
    expect(codes.filter((status) => status === 409)).toHaveLength(2)
  })

  test('are gone when the person does not want them any more, whoever of the carers hears it', async () => {
    const visit = await visitAs(house, manager, patientId, { photos: GIVEN })
    const ids = [await photoAs(house, manager, visit.id), await photoAs(house, manager, visit.id)].map(({ id }) => id!)
    // What earlier visits have dropped.
    await removeDropped(house.house, house.tenant)
    const stored = files().length
    const after = await doctor.call(contract.withdrawPhotoConsent, { ...of(visit.id), body: { saidBy: 'person' } })
    expect(after).toMatchObject({ photos: 0, consent: { event: 'withdrawn' }, can: { withdraw: false } })
    for (const id of ids) expect((await manager.try(contract.openPhoto, photoOf(visit.id, id))).code).toBe('PhotoGone')
    const { rows } = await sql<{
      sealed_key: Buffer | null
    }>`select sealed_key from home_visit_photo where visit_id = ${visit.id}`.execute(db())
    expect(rows.map(({ sealed_key }) => sealed_key)).toEqual([null, null])
    await removeDropped(house.house, house.tenant)
    expect(files()).toHaveLength(stored - 2)
    expect(await photoAs(house, manager, visit.id)).toMatchObject({ code: 'PhotoConsentMissing' })
    // Said twice it was said once; a yes afterwards counts from then on.
    const before = await counts()
    await doctor.call(contract.withdrawPhotoConsent, { ...of(visit.id), body: { saidBy: 'person' } })
    expect(await counts()).toEqual(before)
    await manager.call(contract.answerPhotoConsent, { ...of(visit.id), body: GIVEN })
    expect((await photoAs(house, manager, visit.id)).status).toBe(200)
  })

  test('of a child are for the guardian to agree to', async () => {
    const child = await aCustomer(house, carers, {
      name: '小禾',
      birthDate: '2017-05-01',
      guardian: { name: '林母', relation: 'mother', phone: '13800007111' },
    })
    const before = await counts()
    expect(
      await manager.try(contract.recordHomeVisit, {
        params: { patientId: child },
        body: visitBody(house, { photos: GIVEN }),
      }),
    ).toMatchObject({ status: 422, code: 'PhotoConsentGuardian' })
    expect(await counts()).toEqual(before)
    const visit = await visitAs(house, manager, child, { photos: { answer: 'given', saidBy: 'guardian' } })
    expect((await photoAs(house, manager, visit.id)).status).toBe(200)
  })

  test('one can be taken away by whoever took it', async () => {
    const visit = await visitAs(house, manager, patientId, { photos: GIVEN })
    const { id } = await photoAs(house, manager, visit.id)
    expect(await doctor.try(contract.removePhoto, photoOf(visit.id, id!))).toMatchObject({ status: 403 })
    expect(await manager.call(contract.removePhoto, photoOf(visit.id, id!))).toMatchObject({
      photos: 0,
      pictures: [{ deletedBecause: 'by-hand' }],
    })
  })
})

describe('who may not', () => {
  test('changes nothing and sees nothing', async () => {
    const visit = await visitAs(house, manager, patientId, { photos: GIVEN })
    const { id: photoId } = await photoAs(house, manager, visit.id)
    const [before, stored] = [await counts(), readdirSync(house.filesFolder, { recursive: true }).length]
    const tries = (who: Caller) =>
      Promise.all([
        who.try(contract.prepareHomeVisit, { params: { patientId }, query: {} }),
        who.try(contract.recordHomeVisit, { params: { patientId }, body: visitBody(house) }),
        who.try(contract.getHomeVisit, of(visit.id)),
        who.try(contract.patientHomeVisits, { params: { patientId }, query: {} as never }),
        who.try(contract.homeVisitTimeline, { params: { patientId }, query: {} as never }),
        who.try(contract.correctHomeVisit, {
          ...of(visit.id),
          body: { version: 1, because: '改一改', content: aContent() },
        }),
        who.try(contract.markHomeVisitError, { ...of(visit.id), body: { because: '删掉它' } }),
        who.try(contract.answerPhotoConsent, { ...of(visit.id), body: { answer: 'refused', saidBy: 'person' } }),
        who.try(contract.withdrawPhotoConsent, { ...of(visit.id), body: { saidBy: 'person' } }),
        who.try(contract.openPhoto, photoOf(visit.id, photoId!)),
        who.try(contract.removePhoto, photoOf(visit.id, photoId!)),
        photoAs(house, who, visit.id),
      ])
    for (const who of [desk, sales, lead])
      expect((await tries(who)).map(({ status }) => status)).toEqual(Array(12).fill(403))
    // Somebody else's customers do not exist.
    expect((await tries(other)).map(({ status }) => status)).toEqual(Array(12).fill(404))
    expect((await other.call(contract.listHomeVisits, { query: {} as never })).rows).toEqual([])
    expect(await counts()).toEqual(before)
    expect(readdirSync(house.filesFolder, { recursive: true })).toHaveLength(stored)
  })

  test('a counsellor writes down a visit and opens no photo', async () => {
    const counsellor = await house.as('counsellor', { name: '何顾问' })
    await sql`update patient set counsellor_id = ${counsellor.staffId} where id = ${patientId}`.execute(db())
    const visit = await visitAs(house, manager, patientId, { photos: GIVEN })
    const { id } = await photoAs(house, manager, visit.id)
    expect((await counsellor.call(contract.getHomeVisit, of(visit.id))).can.openPhotos).toBe(false)
    expect((await counsellor.try(contract.openPhoto, photoOf(visit.id, id!))).status).toBe(403)
    expect((await visitAs(house, counsellor, patientId)).staff.name).toBe('何顾问')
  })
})

describe('made for something', () => {
  test('a task is closed with the visit, once, and not by one in vain', async () => {
    const task = { type: 'other', title: '去家里看看', ownerId: manager.staffId, dueOn: '2026-03-05', patientId }
    const { id: taskId } = await manager.call(createNewTask, { body: task as never })
    const vain = { content: { outcome: 'not-home' as const, present: [], seen: '' }, taskId }
    expect((await visitAs(house, manager, patientId, vain)).taskDone).toBe(false)
    expect((await manager.call(getTask, { params: { taskId } })).state).not.toBe('completed')
    const body = visitBody(house, { taskId })
    const visit = await manager.call(contract.recordHomeVisit, { params: { patientId }, body })
    expect(visit).toMatchObject({ taskId, taskDone: true })
    expect(await manager.call(getTask, { params: { taskId } })).toMatchObject({
      state: 'completed',
      outcome: { text: '周四再打电话。' },
    })
    expect((await manager.call(contract.recordHomeVisit, { params: { patientId }, body })).id).toBe(visit.id)
    // A colleague was quicker: the visit is kept all the same.
    expect((await visitAs(house, manager, patientId, { taskId })).taskDone).toBe(false)
    const another = await aCustomer(house, carers, { name: '李芬' })
    expect(
      await manager.try(contract.recordHomeVisit, {
        params: { patientId: another },
        body: visitBody(house, { taskId }),
      }),
    ).toMatchObject({ status: 422, code: 'HomeVisitTaskOther' })
  })

  test('a follow-up is named, shows its visits, and is done by its own form', async () => {
    const person = (await aPerson(house, {
      managerId: manager.staffId,
      doctorId: doctor.staffId,
      condition: 'I10',
    })) as never
    await evaluate(house)
    const { id: followUpId } = await db()
      .selectFrom('occurrence')
      .select('id')
      .where('patient_id', '=', person)
      .limit(1)
      .executeTakeFirstOrThrow()
    const ready = await manager.call(contract.prepareHomeVisit, {
      params: { patientId: person },
      query: { followUp: followUpId },
    })
    expect(ready.followUp).toMatchObject({ id: followUpId, isOpen: true })
    expect(ready.followUp!.name).toContain('高血压')
    const visit = await visitAs(house, manager, person, { followUpId })
    expect(visit.followUp).toEqual({ name: ready.followUp!.name, isOpen: true })
    const query = { followUp: followUpId } as never
    expect(
      (await manager.call(contract.patientHomeVisits, { params: { patientId: person }, query })).rows.map(
        ({ id }) => id,
      ),
    ).toEqual([visit.id])
    expect(
      await manager.try(contract.recordHomeVisit, { params: { patientId }, body: visitBody(house, { followUpId }) }),
    ).toMatchObject({ status: 422, code: 'HomeVisitFollowUpOther' })
  })
})

test('visits follow a merge of two files, and go home', async () => {
  const double = await aCustomer(house, carers)
  const visit = await visitAs(house, manager, double)
  const { proposalId } = await desk.call(proposeMerge, { body: { oneId: double, otherId: patientId } })
  const { mergeId } = await desk.call(mergePatients, {
    params: { proposalId },
    body: { intoId: patientId, chosen: {} },
  })
  await house.settle()
  expect((await manager.call(contract.getHomeVisit, of(visit.id))).patient.id).toBe(patientId)
  await desk.call(undoMerge, { params: { mergeId }, body: { reason: '认错了' } })
  await house.settle()
  expect((await manager.call(contract.getHomeVisit, of(visit.id))).patient.id).toBe(double)
})
