import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { aHouse, nobody, TEST_NOW, visitor, type Caller } from '../../../test/house.ts'
import { openSession } from '../staff/server/index.ts'
import * as contract from './contract/recording.ts'
import { aCall, aCustomer, aPiece, beginAs, soundOf } from './sample-recording.ts'
import { furnishRecordings, keepTranscript } from './server/index.ts'
import { eraseKept } from './server/rounds.ts'

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
const play = (who: Caller, id: string, reason = '') => who.try(contract.playRecording, { ...of(id), body: { reason } })
const opened = async (who: Caller, id: string, reason = '') =>
  who.call(contract.playRecording, { ...of(id), body: { reason } })
const signedIn = async ({ staffId }: Caller): Promise<Caller> => {
  const browser = { secondFactor: true, address: '127.0.0.1', userAgent: 'test' }
  return { ...visitor(house, await house.write((ctx) => openSession(ctx, staffId, browser))), staffId }
}
const auditOf = async (action: string, subjectId: string) =>
  (
    await sql<{ actor_name: string; outcome: string; patient_id: string; detail: Record<string, unknown> }>`
      select actor_name, outcome, patient_id, detail from audit_entry where action = ${action} and subject_id = ${subjectId} order by at, id`.execute(
      db(),
    )
  ).rows
const fileOf = (id: string) => join(house.filesFolder, house.tenant.id, 'parts', id.slice(-2), id)

describe('who listens', () => {
  test('whoever looks after the person hears it without more ado; nobody else finds it', async () => {
    const { id } = await aCall(house, manager, patientId)
    expect((await play(manager, id)).status).toBe(200)
    expect((await play(doctor, id)).status).toBe(200)
    expect(await play(other, id)).toMatchObject({ status: 404, code: 'RecordingUnknown' })
    expect((await play(desk, id)).status).toBe(403)
    expect((await play(nobody(house), id)).status).toBe(401)
    expect((await other.call(contract.listRecordings, { query: {} })).rows).toEqual([])
    expect((await other.try(contract.patientRecordings, { params: { patientId }, query: {} })).status).toBe(404)
  })

  test('the quality lead says why; each time is noted and told', async () => {
    const { id } = await aCall(house, manager, patientId)
    expect(await play(lead, id)).toMatchObject({ status: 422, code: 'ListenReasonWanted' })
    expect(await play(lead, id, '看')).toMatchObject({ status: 422 })
    await opened(manager, id)
    house.clock.advance({ minutes: 1 })
    await opened(lead, id, '核对投诉')
    const { rows } = await manager.call(contract.recordingPlays, of(id))
    expect(rows.map((row) => [row.by, row.reason])).toEqual([
      ['质控', '核对投诉'],
      ['李健管', ''],
    ])
    expect(await auditOf('recording.play', id)).toMatchObject([
      { actor_name: '质控', outcome: 'refused' },
      { actor_name: '质控', outcome: 'refused' },
      { actor_name: '李健管', outcome: 'done', patient_id: patientId },
      { actor_name: '质控', outcome: 'done', patient_id: patientId, detail: { reason: '核对投诉' } },
    ])
    const [line] = (await lead.call(contract.listRecordings, { query: { limit: 1 } as never })).rows
    expect(line).toMatchObject({ id, plays: 2, asksReason: true, patient: { name: '王桂香' } })
  })

  test('the sound answers to its listener alone, for four hours', async () => {
    const { id } = await aCall(house, manager, patientId)
    const { playId } = await opened(manager, id)
    expect((await soundOf(house, manager, id, playId)).statusCode).toBe(200)
    for (const who of [doctor, lead, other]) expect((await soundOf(house, who, id, playId)).statusCode).toBe(404)
    const another = await aCall(house, manager, patientId)
    expect((await soundOf(house, manager, another.id, playId)).statusCode).toBe(404)
    house.clock.advance({ hours: 4, minutes: 1 })
    expect((await soundOf(house, await signedIn(manager), id, playId)).statusCode).toBe(404)
  })

  test('a call that is still going on is not heard', async () => {
    const { id } = await beginAs(house, manager, patientId)
    expect(await play(manager, id)).toMatchObject({ status: 409, code: 'RecordingNotOver' })
  })
})

describe('the sound', () => {
  test('comes in whatever parts a player asks for, with who listens in the file and its name', async () => {
    const { id } = await aCall(house, manager, patientId)
    const { playId, sizeBytes, watermark, peaks } = await opened(manager, id)
    expect(watermark).toBe('李健管 2026-03-02 10:00')
    expect(peaks).toEqual([10, 40, 90, 10, 40, 90, 10, 40, 90])
    const whole = await soundOf(house, manager, id, playId)
    expect(whole.rawPayload).toHaveLength(sizeBytes)
    expect(whole.headers).toMatchObject({
      'content-type': 'audio/webm',
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
      'content-length': String(sizeBytes),
    })
    expect(decodeURIComponent(String(whole.headers['content-disposition']))).toMatch(
      /^inline; .*李健管-2026-03-02-10-00\.webm$/,
    )
    expect(whole.rawPayload.includes(watermark)).toBe(true)
    const first = aPiece(0).length
    for (const [from, to] of [
      [0, 0],
      [0, 1],
      [first - 1, first],
      [first, first + 9],
      [first + 5, sizeBytes - 1],
      [sizeBytes - 3, sizeBytes - 1],
    ] as const) {
      const part = await soundOf(house, manager, id, playId, `bytes=${from}-${to}`)
      expect(part.statusCode).toBe(206)
      expect(part.headers['content-range']).toBe(`bytes ${from}-${to}/${sizeBytes}`)
      expect(part.rawPayload).toEqual(whole.rawPayload.subarray(from, to + 1))
    }
    const open = await soundOf(house, manager, id, playId, `bytes=${first}-`)
    expect(open.rawPayload).toEqual(whole.rawPayload.subarray(first))
    expect((await soundOf(house, manager, id, playId, `bytes=${sizeBytes}-`)).statusCode).toBe(416)
  })

  test('marks say where a question was answered; answered again, the mark moves', async () => {
    const { id } = await aCall(house, manager, patientId)
    const mark = (ref: string, label: string, atMs: number, who = manager) =>
      who.try(contract.markRecording, { ...of(id), body: { ref, label, atMs } })
    await mark('sbp', '家里量的血压', 8000)
    await mark('dizzy', '头晕吗', 2000)
    await mark('sbp', '家里量的血压', 9000)
    expect((await mark('x', '别人的', 1, doctor)).status).toBe(404)
    const { marks } = await opened(manager, id)
    expect(marks.map((one) => [one.ref, one.atMs])).toEqual([
      ['dizzy', 2000],
      ['sbp', 9000],
    ])
  })
})

describe('the end of its time', () => {
  const past = async (at: string) => {
    house.clock.set(at)
    return eraseKept(house.house, house.tenant)
  }

  test('takes key, pieces and file; the line stays and says by which rule', async () => {
    const service = await aCall(house, manager, patientId, { kind: 'other' })
    const followUp = await aCall(house, manager, patientId)
    const held = await aCall(house, manager, patientId, { kind: 'other' })
    const { playId } = await opened(manager, service.id)
    await house.write((ctx) =>
      keepTranscript(ctx, service.id, { recogniser: 'test', spoken: [{ atMs: 0, text: '您好' }] }),
    )
    await lead.call(contract.holdRecording, { ...of(held.id), body: { hold: true, because: '投诉未结' } })
    expect(service.keptUntil).toBe('2029-03-02')
    await past('2029-03-02T10:00:00+08:00')
    expect(existsSync(fileOf(service.id))).toBe(true)
    expect(await past('2029-03-03T10:00:00+08:00')).toBeGreaterThan(0)
    expect(await past('2029-03-03T11:00:00+08:00')).toBe(0)
    expect([service, followUp, held].map(({ id }) => existsSync(fileOf(id)))).toEqual([false, true, true])
    const again = await signedIn(manager)
    const { rows } = await again.call(contract.patientRecordings, { params: { patientId }, query: {} })
    const line = (id: string) => rows.find((row) => row.id === id)
    expect(line(service.id)).toMatchObject({
      state: 'deleted',
      deletedBecause: 'retention',
      plays: 1,
      can: { play: false },
    })
    expect(line(held.id)).toMatchObject({ state: 'ended', hold: { by: '质控', because: '投诉未结' } })
    const { rows: left } = await sql`
      select from recording r where id = ${service.id} and (sealed_key is not null or deleted_rule <> 'service: 36' or file_removed_at is null
        or exists (select from recording_piece where recording_id = r.id) or exists (select from recording_transcript where recording_id = r.id))`.execute(
      db(),
    )
    expect(left).toEqual([])
    expect((await soundOf(house, again, service.id, playId)).statusCode).toBe(404)
    expect(await play(again, service.id)).toMatchObject({ status: 410, code: 'RecordingSilent' })
    expect(await auditOf('recording.erase', service.id)).toMatchObject([{ outcome: 'done', detail: { months: 36 } }])
    // Let go, it goes with the next round.
    await (await signedIn(lead)).call(contract.holdRecording, { ...of(held.id), body: { hold: false } })
    expect(await past('2029-03-03T12:00:00+08:00')).toBe(1)
    expect(existsSync(fileOf(held.id))).toBe(false)
  })

  test('is never set below the law; a longer one counts for what is there already', async () => {
    const { revision } = await lead.call(contract.readSettings)
    const set = (code: 'follow-up' | 'service', keepMonths: number) =>
      lead.try(contract.changeSettings, {
        body: { enabled: true, classes: [{ code, enabled: true, keepMonths }], revision },
      })
    expect(await set('follow-up', 12)).toMatchObject({ status: 422, code: 'KeepTooShort' })
    const { id } = await aCall(house, manager, patientId, { kind: 'other' })
    expect((await set('service', 48)).status).toBe(200)
    await past('2029-06-01T10:00:00+08:00')
    expect(existsSync(fileOf(id))).toBe(true)
    await past('2030-06-01T10:00:00+08:00')
    expect(existsSync(fileOf(id))).toBe(false)
  })

  test('what somebody withdrew goes with the next round, and none of its bytes stays', async () => {
    const { id } = await aCall(house, manager, patientId)
    await manager.call(contract.withdrawConsent, of(id))
    await eraseKept(house.house, house.tenant)
    expect(existsSync(fileOf(id))).toBe(false)
  })

  test('two rounds at once take each once', async () => {
    const calls = [
      await aCall(house, manager, patientId, { kind: 'other' }),
      await aCall(house, manager, patientId, { kind: 'other' }),
    ]
    house.clock.set('2033-01-01T02:00:00Z')
    await Promise.all([eraseKept(house.house, house.tenant), eraseKept(house.house, house.tenant)])
    for (const { id } of calls) expect(await auditOf('recording.erase', id)).toHaveLength(1)
  })
})

describe('another organization', () => {
  test('finds nothing of it, by whatever id', async () => {
    const { id } = await aCall(house, manager, patientId)
    const theirs = await house.anOrganization('别家医院')
    const [stranger, leads] = [
      await house.as('service-manager', { tenant: theirs }),
      await house.as('quality-lead', { tenant: theirs }),
    ]
    expect((await leads.call(contract.listRecordings, { query: {} })).rows).toEqual([])
    expect((await play(leads, id, '核对投诉')).status).toBe(404)
    expect((await stranger.try(contract.withdrawConsent, of(id))).status).toBe(404)
    expect(
      (await leads.try(contract.holdRecording, { ...of(id), body: { hold: true, because: '核对投诉' } })).status,
    ).toBe(404)
    expect(await eraseKept(house.house, theirs)).toBe(0)
    expect(existsSync(fileOf(id))).toBe(true)
  })
})

test('a demonstration has a call to hear, one that was cut off, and one that somebody did not want; once', async () => {
  const theirs = await house.anOrganization('演示')
  const [theirManager, theirDoctor] = [
    await house.as('service-manager', { tenant: theirs, name: '周健管' }),
    await house.as('physician', { tenant: theirs }),
  ]
  for (const name of ['甲一', '乙二', '丙三'])
    await aCustomer(house, { doctor: theirDoctor, manager: theirManager }, { name })
  for (let n = 0; n < 2; n++) await house.write((ctx) => furnishRecordings(ctx, house.house), theirs)
  const { rows } = await theirManager.call(contract.listRecordings, { query: {} })
  expect(rows.map((row) => row.state)).toEqual(['refused', 'interrupted', 'ended'])
  const { playId, media, marks, peaks } = await opened(theirManager, rows[2]!.id)
  expect([media, marks.length, peaks.length]).toEqual(['audio/wav', 3, 96])
  const sound = await soundOf(house, theirManager, rows[2]!.id, playId)
  expect(sound.rawPayload.toString('latin1', 0, 4)).toBe('RIFF')
  expect(readdirSync(join(house.filesFolder, theirs.id, 'parts'), { recursive: true }).length).toBeGreaterThan(1)
})
