import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { aHouse, TEST_NOW, visitor, type Caller } from '../../../test/house.ts'
import { writePart } from '../../platform/files/part-file.ts'
import { patientMerged, patientUnmerged } from '../patient/contract/events.ts'
import { openSession } from '../staff/server/index.ts'
import * as contract from './contract/recording.ts'
import { aCall, aCustomer, aPiece, beginAs, beginning, putAs, soundOf, SPOKEN } from './sample-recording.ts'
import { closeCutOff } from './server/rounds.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
const manager = await house.as('service-manager', { name: '李健管' })
const doctor = await house.as('physician', { name: '张医生' })
const other = await house.as('service-manager', { name: '赵健管' })
const lead = await house.as('quality-lead', { name: '质控' })
const desk = await house.as('front-desk')
const patientId = await aCustomer(house, { doctor, manager })
beforeEach(() => house.clock.set(TEST_NOW))

const of = (recordingId: string) => ({ params: { recordingId: recordingId as never } })
const linesOf = async (who: Caller = manager) =>
  (await who.call(contract.patientRecordings, { params: { patientId }, query: {} })).rows
const lineOf = async (id: string) => (await linesOf()).find((row) => row.id === id)!
/** What somebody hears who opens it now, without the mark at the end. */
async function heard(id: string, who: Caller = manager): Promise<string> {
  const { playId, watermark } = await who.call(contract.playRecording, { ...of(id), body: {} })
  const { rawPayload } = await soundOf(house, who, id, playId)
  expect(rawPayload.includes(watermark)).toBe(true)
  return rawPayload.subarray(0, rawPayload.indexOf(Buffer.from('1254c367', 'hex'))).toString('latin1')
}
const signedIn = async ({ staffId }: Caller): Promise<Caller> => {
  const browser = { secondFactor: true, address: '127.0.0.1', userAgent: 'test' }
  return visitor(house, await house.write((ctx) => openSession(ctx, staffId, browser)))
}
const spoken = (...numbers: number[]) => Buffer.concat(numbers.map((n) => aPiece(n))).toString('latin1')
const counts = async () =>
  (
    await sql<
      Record<string, string>
    >`select (select count(*) from recording) recordings, (select count(*) from recording_piece) pieces,
      (select count(*) from recording_play) plays, (select count(*) from recording_consent) consents`.execute(db())
  ).rows[0]!

describe('a call', () => {
  test('is begun with a yes, kept piece by piece, ended, and heard as it was spoken', async () => {
    const terms = await manager.call(contract.recordingTerms, { params: { patientId, subjectKind: 'follow-up' } })
    expect(terms).toMatchObject({ off: null, line: { version: 0 }, lastRefusedOn: null })
    expect(terms.line.text.zh).toContain(house.tenant.name)
    const line = await aCall(house, manager, patientId)
    expect(line).toMatchObject({
      state: 'ended',
      class: 'follow-up',
      durationMs: 12_000,
      missing: 0,
      keptUntil: '2041-03-02',
      consent: { event: 'given', lineVersion: 0 },
      staff: { name: '李健管' },
    })
    expect(await heard(line.id)).toBe(spoken(0, 1, 2))
  })

  test('takes pieces in any order, and each once', async () => {
    const { id } = await beginAs(house, manager, patientId)
    const key = house.house.ids.next<string>()
    expect(await putAs(house, manager, id, 2, { key })).toMatchObject({ status: 200, pieces: 1 })
    expect(await putAs(house, manager, id, 0)).toMatchObject({ status: 200, pieces: 2 })
    expect(await putAs(house, manager, id, 2, { key })).toMatchObject({ status: 200, pieces: 2 })
    expect(await putAs(house, manager, id, 2)).toMatchObject({ status: 409, code: 'PieceDiffers' })
    const same = house.house.ids.next<string>()
    const twice = await Promise.all([1, 1, 1].map((number) => putAs(house, manager, id, number, { key: same })))
    expect(twice.map(({ status, pieces }) => [status, pieces])).toEqual([200, 200, 200].map((ok) => [ok, 3]))
    await manager.call(contract.endRecording, { ...of(id), body: { pieces: 3 } })
    expect(await heard(id)).toBe(spoken(0, 1, 2))
    expect(await putAs(house, manager, id, 3)).toMatchObject({ status: 409, code: 'RecordingOver' })
    // What had come already is still acknowledged: the recorder may not have heard it the first time.
    expect(await putAs(house, manager, id, 2, { key })).toMatchObject({ status: 200, pieces: 3 })
  })

  test('many pieces at once find their places', async () => {
    const { id } = await beginAs(house, manager, patientId)
    const numbers = Array.from({ length: 12 }, (_none, number) => number)
    const answers = await Promise.all(numbers.map((number) => putAs(house, manager, id, number)))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    await manager.call(contract.endRecording, { ...of(id), body: { pieces: 12 } })
    expect(await heard(id)).toBe(spoken(...numbers))
  })

  test('says what is missing', async () => {
    const { id } = await beginAs(house, manager, patientId)
    for (const number of [0, 2, 3]) await putAs(house, manager, id, number)
    const line = await manager.call(contract.endRecording, { ...of(id), body: { pieces: 6 } })
    expect(line).toMatchObject({ missing: 3, durationMs: 12_000 })
    expect(await manager.call(contract.playRecording, { ...of(id), body: {} })).toMatchObject({ gapsMs: [4000] })
  })

  test('begun twice by one request is begun once; another window takes the place of the first', async () => {
    const before = await counts()
    const body = beginning(house)
    const both = await Promise.all(
      [1, 2].map(() => manager.try(contract.beginRecording, { params: { patientId }, body })),
    )
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    expect(new Set(both.map(({ body: line }) => (line as { id: string }).id)).size).toBe(1)
    expect(Number((await counts())['recordings'])).toBe(Number(before['recordings']) + 1)
    const first = (both[0]!.body as { id: string }).id
    const second = await beginAs(house, manager, patientId)
    expect((await lineOf(first)).state).toBe('interrupted')
    expect((await lineOf(second.id)).state).toBe('recording')
    const stranger = await other.try(contract.beginRecording, { params: { patientId }, body })
    expect(stranger.status).toBe(404)
  })

  test.each([
    ['nothing', Buffer.alloc(0), 422, 'PieceEmpty'],
    ['no sound', Buffer.from('<html>'), 422, 'SoundUnreadable'],
    ['another kind of sound', Buffer.from('OggS\0'), 422, 'SoundUnreadable'],
    ['too much', Buffer.alloc(contract.PIECE_BYTES_MAX + 1), 413, 'PieceTooLarge'],
  ])('refuses %s', async (_what, bytes, status, code) => {
    const { id } = await beginAs(house, manager, patientId)
    expect(await putAs(house, manager, id, 0, { bytes })).toMatchObject({ status, code })
    expect(await lineOf(id)).toMatchObject({ durationMs: 0 })
  })
})

describe('a crash', () => {
  test('of the browser: the house closes it, and pieces that waited still come for a day', async () => {
    const { id } = await beginAs(house, manager, patientId)
    for (const number of [0, 1]) await putAs(house, manager, id, number)
    house.clock.advance({ seconds: 90 })
    await closeCutOff(house.house, house.tenant)
    expect((await lineOf(id)).state).toBe('recording')
    house.clock.advance({ minutes: 1 })
    expect(await closeCutOff(house.house, house.tenant)).toBeGreaterThan(0)
    expect(await lineOf(id)).toMatchObject({ state: 'interrupted', endedAt: '2026-03-02T02:00:00.000Z', missing: 0 })
    expect(await heard(id)).toBe(spoken(0, 1))
    expect(await putAs(house, manager, id, 2)).toMatchObject({ status: 200, pieces: 3 })
    expect(await manager.call(contract.endRecording, { ...of(id), body: { pieces: 3 } })).toMatchObject({
      state: 'ended',
    })
    const late = await beginAs(house, manager, patientId)
    house.clock.advance({ hours: 25 })
    const again = await signedIn(manager)
    expect(await putAs(house, again, late.id, 0)).toMatchObject({ status: 409, code: 'RecordingOver' })
  })

  test('of the server in mid-piece: what it left is written over, and nothing that was answered is lost', async () => {
    const { id } = await beginAs(house, manager, patientId)
    await putAs(house, manager, id, 0)
    const { sealed_bytes } = await db()
      .selectFrom('recording')
      .select('sealed_bytes')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    await writePart(house.filesFolder, house.tenant.id, id, Number(sealed_bytes), Buffer.alloc(5000, 7))
    await putAs(house, manager, id, 1)
    await manager.call(contract.endRecording, { ...of(id), body: { pieces: 2 } })
    expect(await heard(id)).toBe(spoken(0, 1))
  })
})

describe('a no', () => {
  test('stands in the record, and nothing is taken', async () => {
    const line = await beginAs(house, manager, patientId, { answer: 'refused' })
    expect(line).toMatchObject({
      state: 'refused',
      consent: { event: 'refused' },
      keptUntil: null,
      can: { play: false },
    })
    expect(await putAs(house, manager, line.id, 0)).toMatchObject({ status: 409, code: 'RecordingStopped' })
    expect(await manager.try(contract.playRecording, { ...of(line.id), body: {} })).toMatchObject({
      code: 'RecordingSilent',
    })
    const terms = await manager.call(contract.recordingTerms, { params: { patientId, subjectKind: 'follow-up' } })
    expect(terms.lastRefusedOn).toBe('2026-03-02')
  })

  test('in mid-call stops it at once, and takes away what there was', async () => {
    const { id } = await beginAs(house, manager, patientId)
    for (const number of [0, 1]) await putAs(house, manager, id, number)
    await manager.call(contract.markRecording, { ...of(id), body: { ref: 'q1', label: '头晕吗', atMs: 900 } })
    const [line, late] = await Promise.all([
      manager.call(contract.withdrawConsent, of(id)),
      putAs(house, manager, id, 2),
    ])
    expect(line).toMatchObject({ state: 'withdrawn', deletedBecause: 'withdrawn', consent: { event: 'withdrawn' } })
    expect([200, 409]).toContain(late.status)
    expect(await putAs(house, manager, id, 3)).toMatchObject({ code: 'RecordingStopped' })
    const left = await sql`select from recording r where id = ${id} and (sealed_key is not null
      or exists (select from recording_piece where recording_id = r.id) or exists (select from recording_mark where recording_id = r.id))`.execute(
      db(),
    )
    expect(left.rows).toEqual([])
    expect(await manager.try(contract.endRecording, { ...of(id), body: { pieces: 3 } })).toMatchObject({
      code: 'RecordingStopped',
    })
  })
})

describe('recording is switched off', () => {
  const change = async (body: {
    enabled: boolean
    classes: { code: never; enabled: boolean; keepMonths: number }[]
  }) => {
    const { revision } = await lead.call(contract.readSettings)
    return lead.call(contract.changeSettings, { body: { ...body, revision } })
  }
  const tried = (kind: 'follow-up' | 'other') =>
    manager.try(contract.beginRecording, { params: { patientId }, body: beginning(house, { kind }) })

  test('for one class, or for all; and on again', async () => {
    await change({ enabled: true, classes: [{ code: 'service' as never, enabled: false, keepMonths: 36 }] })
    expect(await tried('other')).toMatchObject({ status: 409, code: 'RecordingClassOff' })
    expect(await tried('follow-up')).toMatchObject({ status: 200 })
    await change({ enabled: false, classes: [] })
    expect(await tried('follow-up')).toMatchObject({ status: 409, code: 'RecordingOff' })
    const terms = await manager.call(contract.recordingTerms, { params: { patientId, subjectKind: 'follow-up' } })
    expect(terms.off).toBe('organization')
    await change({ enabled: true, classes: [] })
    expect(await tried('other')).toMatchObject({ status: 200 })
  })

  test('of two who set it at once one is told that it has changed', async () => {
    const { revision } = await lead.call(contract.readSettings)
    const body = { enabled: true, classes: [], revision }
    const both = await Promise.all([1, 2].map(() => lead.try(contract.changeSettings, { body })))
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  test('what people are told has versions, in plain words', async () => {
    const text = {
      zh: '这里是{{organization}}，这次通话会录音，可以吗？',
      en: 'This is {{organization}}. May we record this call?',
    }
    const { line } = await lead.call(contract.readSettings)
    const both = await Promise.all(
      [1, 2].map(() => lead.try(contract.changeLine, { body: { text, version: line.version } })),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const terms = await manager.call(contract.recordingTerms, { params: { patientId, subjectKind: 'follow-up' } })
    expect(terms.line).toEqual({
      version: line.version + 1,
      text: {
        zh: `这里是${house.tenant.name}，这次通话会录音，可以吗？`,
        en: `This is ${house.tenant.name}. May we record this call?`,
      },
    })
    const unplain = { text: { ...text, zh: '您的病情预后不良，必须录音！' }, version: line.version + 1 }
    expect(await lead.try(contract.changeLine, { body: unplain })).toMatchObject({ status: 422, code: 'LineNotPlain' })
  })
})

test('whoever may not changes nothing', async () => {
  const { id } = await beginAs(house, manager, patientId)
  const before = await counts()
  const body = beginning(house)
  const refused = await Promise.all([
    desk.try(contract.beginRecording, { params: { patientId }, body }),
    lead.try(contract.beginRecording, { params: { patientId }, body }),
    other.try(contract.beginRecording, { params: { patientId }, body }),
    other.try(contract.endRecording, { ...of(id), body: { pieces: 0 } }),
    doctor.try(contract.withdrawConsent, of(id)),
    manager.try(contract.holdRecording, { ...of(id), body: { hold: true, because: '作为凭证' } }),
    manager.try(contract.changeSettings, { body: { enabled: false, classes: [], revision: 0 } }),
  ])
  expect(refused.map(({ status }) => status)).toEqual([403, 403, 404, 404, 404, 403, 403])
  expect((await putAs(house, other, id, 0)).status).toBe(404)
  expect((await putAs(house, desk, id, 0)).status).toBe(403)
  expect(await counts()).toEqual(before)
  expect((await lineOf(id)).state).toBe('recording')
})

test('nothing that was said lies about in plain: not on the disk, not in the tables', async () => {
  await aCall(house, manager, patientId)
  const files = readdirSync(house.filesFolder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  expect(files.length).toBeGreaterThan(0)
  const isPlain = (bytes: Buffer) => bytes.includes(SPOKEN) || bytes.includes(Buffer.from('1a45dfa3', 'hex'))
  expect(files.filter((entry) => isPlain(readFileSync(join(entry.parentPath, entry.name))))).toEqual([])
  const hex = Buffer.from(SPOKEN).toString('hex')
  for (const table of ['recording', 'recording_piece', 'recording_mark', 'audit_entry', 'outbox_event']) {
    const { rows } = await sql<{ text: string }>`select t::text as text from ${sql.table(table)} t`.execute(db())
    expect(rows.filter(({ text }) => text.includes(SPOKEN) || text.includes(hex))).toEqual([])
  }
})

test('recordings follow a merge of two files, and come home when it is taken back', async () => {
  const from = await aCustomer(house, { doctor, manager }, { name: '王桂香（重）' })
  const { id } = await aCall(house, manager, from)
  const mergeId = house.house.ids.next<string>()
  const merge = { fromId: from, intoId: patientId, mergeId } as never
  await house.write((ctx) => ctx.emit(patientMerged, merge))
  await house.settle()
  expect(await lineOf(id)).toMatchObject({ id, patient: { id: patientId } })
  expect(await heard(id)).toBe(spoken(0, 1, 2))
  await house.write((ctx) => ctx.emit(patientUnmerged, merge))
  await house.settle()
  expect(await lineOf(id)).toBeUndefined()
  const home = await manager.call(contract.patientRecordings, { params: { patientId: from }, query: {} })
  expect(home.rows).toMatchObject([{ id }])
})
