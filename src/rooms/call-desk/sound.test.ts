import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { registerPatient, assignCarers } from '../patient/server/index.ts'
import { patientRecordings, playRecording } from '../recording/contract/listen.ts'
import { soundOf } from '../recording/sample-recording.ts'
import { room as recordingRoom } from '../recording/server/room.ts'
import { createApiKey } from '../staff/contract/api-key.ts'
import * as contract from './contract/call-desk.ts'
import { aCallTask, again, nextOf } from './sample-call.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
let nurse: Caller
let lead: Caller
let key: string
const patients: string[] = []

beforeAll(async () => {
  nurse = await house.as('service-manager', { name: '李健管' })
  lead = await house.as('quality-lead', { name: '质控' })
  const administrator = await house.as('system-administrator')
  const body = { name: '电话交换机', permissions: ['recording.submit' as const], validDays: null }
  key = (await administrator.call(createApiKey, { body })).key
  for (const [name, phone] of [
    ['王秀英', '13812341999'],
    ['欧阳建国', '13812342888'],
    ['欧阳建业', '13812342888'],
  ] as const)
    patients.push(
      await house.write(async (ctx) => {
        const id = await registerPatient(ctx, { name, sex: 'male', birthDate: '1960-01-01', phone })
        await assignCarers(ctx, id, { managerId: nurse.staffId } as never)
        return id as string
      }),
    )
}, 60_000)

const machine = (method: 'POST' | 'PUT', url: string, payload: object | Buffer, token = key) =>
  house.app.inject({
    method,
    url: `/api${url}`,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': Buffer.isBuffer(payload) ? 'application/octet-stream' : 'application/json',
    },
    payload: payload as never,
  })

/** One second of a tone, as an exchange would write it. */
function wav(seconds = 20): Buffer {
  const sound = Buffer.alloc(44 + seconds * 16_000, 7)
  sound.write('RIFF', 0)
  sound.writeUInt32LE(sound.length - 8, 4)
  sound.write('WAVEfmt ', 8)
  sound.writeUInt32LE(16, 16)
  sound.writeUInt32LE(16_000, 28)
  sound.write('data', 36)
  sound.writeUInt32LE(sound.length - 44, 40)
  return sound
}

let count = 0
interface Told {
  id: string
  state: string
  wants: string
}
async function told(more: object = {}): Promise<Told> {
  const beganAt = house.clock.now().toISOString()
  const raw = await machine('POST', '/call-sounds', {
    key: `pbx-${++count}`,
    phone: '+86 138 1234 1999',
    beganAt,
    durationMs: 20_000,
    consent: 'given',
    ...more,
  })
  expect([raw.statusCode, raw.body]).toEqual([200, expect.anything()])
  return raw.json<Told>()
}
const put = (id: string, sound: Buffer = wav()) => machine('PUT', `/call-sounds/${id}/sound`, sound)

/** A call of the desk with somebody, not yet ended. */
async function aCall(patientId: string): Promise<contract.CallSession> {
  nurse = await again(house, nurse)
  await aCallTask(house, patientId, nurse.staffId)
  const session = (await nextOf(house, nurse))!
  expect(session.patient.id).toBe(patientId)
  return session
}
const end = (id: string) =>
  nurse.call(contract.endCall, { params: { sessionId: id as never }, body: { outcome: 'reached' } as never })
const open = async () => (await (await again(house, lead)).call(contract.listSounds, { query: {} })).rows

describe('a recording of the telephone exchange', () => {
  test('of the number that is just being called becomes a recording of that call, heard as it was', async () => {
    const session = await aCall(patients[0]!)
    const sound = wav()
    const { id, wants } = await told()
    expect(wants).toBe('sound')
    const answer = await put(id, sound)
    expect([answer.statusCode, answer.json()]).toEqual([200, { id, state: 'matched', reason: null }])
    await end(session.id)
    const { rows } = await nurse.call(patientRecordings, { params: { patientId: patients[0]! as never }, query: {} })
    expect(rows).toMatchObject([
      {
        source: 'exchange',
        state: 'ended',
        durationMs: 20_000,
        staff: { name: '李健管' },
        consent: { event: 'given' },
      },
    ])
    const { playId } = await nurse.call(playRecording, { params: { recordingId: rows[0]!.id }, body: {} })
    const heard = await soundOf(house, nurse, rows[0]!.id, playId)
    expect(heard.rawPayload.subarray(0, sound.length).equals(sound)).toBe(true)
    // Told and handed in again, as exchanges do: nothing is kept twice, another sound is refused.
    expect((await told({ key: `pbx-${count}` })).wants).toBe('nothing')
    expect((await put(id, sound)).statusCode).toBe(200)
    expect((await put(id, wav(3))).json()).toMatchObject({ code: 'SoundDiffers' })
    expect(
      (await nurse.call(patientRecordings, { params: { patientId: patients[0]! as never }, query: {} })).rows,
    ).toHaveLength(1)
  })

  test('that names the call needs no number; ten at once are one', async () => {
    house.clock.advance({ days: 1 })
    const session = await aCall(patients[0]!)
    const body = { key: 'same', callId: session.id, phone: undefined }
    const all = await Promise.all(Array.from({ length: 10 }, () => told(body)))
    expect(new Set(all.map(({ id }) => id)).size).toBe(1)
    const answers = await Promise.all(Array.from({ length: 4 }, () => put(all[0]!.id)))
    expect(answers.map((one) => one.json<{ state: string }>().state)).toEqual(
      Array.from({ length: 4 }, () => 'matched'),
    )
    await end(session.id)
  })

  test.each<[string, object, string]>([
    ['a number nobody was called at', { phone: '13900009999' }, 'no-call'],
    ['another time', { beganAt: '2026-02-01T02:00:00Z' }, 'no-call'],
    ['nobody knows what the person answered', { consent: 'unknown' }, 'consent-unknown'],
    ['no number at all', { phone: undefined }, 'no-call'],
  ])('waits for somebody: %s', async (_what, more, reason) => {
    house.clock.advance({ days: 1 })
    const session = await aCall(patients[0]!)
    const { id } = await told(more)
    expect((await put(id)).json()).toMatchObject({ state: 'waiting', reason })
    expect((await open()).find((line) => line.id === id)).toMatchObject({ state: 'waiting', reason })
    await end(session.id)
  })

  test('waits where two people share the number and both were called', async () => {
    house.clock.advance({ days: 1 })
    for (const patientId of patients.slice(1)) await end((await aCall(patientId)).id)
    const { id } = await told({ phone: '13812342888' })
    expect((await put(id)).json()).toMatchObject({ state: 'waiting', reason: 'many-calls' })
  })

  test('of somebody who said no is not asked for', async () => {
    const { wants, state } = await told({ consent: 'refused' })
    expect([wants, state]).toEqual(['nothing', 'refused'])
  })

  test.each<[string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), 'PieceEmpty'],
    ['no sound', Buffer.from('<html>not a sound</html>'), 'SoundUnreadable'],
  ])('is refused when it is %s, and still waited for', async (_what, bytes, code) => {
    const { id } = await told()
    expect((await put(id, bytes)).json()).toMatchObject({ code })
    expect((await open()).find((line) => line.id === id)?.state).toBe('awaiting')
  })
})

describe('by hand', () => {
  const waiting = async () => {
    house.clock.advance({ days: 1 })
    const session = await aCall(patients[0]!)
    const { id } = await told({ consent: 'unknown' })
    await put(id)
    await end(session.id)
    lead = await again(house, lead)
    return { of: { params: { soundId: id as never } }, id, session }
  }
  const looseOf = async (id: string) =>
    (await db().selectFrom('call_sound').select('loose_id').where('id', '=', id).executeTakeFirstOrThrow()).loose_id!
  const fileOf = (id: string) => join(house.filesFolder, house.tenant.id, 'parts', id.slice(-2), id)

  test('the lead says whose it was; two at once settle it once', async () => {
    const { of, session } = await waiting()
    const { rows } = await lead.call(contract.soundCandidates, of)
    expect(rows[0]).toMatchObject({ id: session.id, samePhone: true, patient: { name: '王秀英' } })
    const body = { sessionId: session.id, consent: 'given' as const }
    const both = await Promise.all([1, 2].map(() => lead.try(contract.matchSound, { ...of, body })))
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  test('the person had said no: the sound goes, and its bytes with the next round', async () => {
    const { of, id, session } = await waiting()
    const file = fileOf(await looseOf(id))
    expect(existsSync(file)).toBe(true)
    await lead.call(contract.matchSound, { ...of, body: { sessionId: session.id, consent: 'refused' } })
    const { rows } =
      await sql`select from recording_loose where sealed_key is not null and id = ${await looseOf(id)}`.execute(db())
    expect(rows).toEqual([])
    await recordingRoom.rounds!.find(({ name }) => name === 'recording/retention')!.run(house.house, house.tenant)
    expect(existsSync(file)).toBe(false)
  })

  test('nobody’s: it goes with the reason, which stays', async () => {
    const { of, id } = await waiting()
    const line = await lead.call(contract.discardSound, { ...of, body: { because: '打错分机的测试电话' } })
    expect(line).toMatchObject({ state: 'discarded', note: '打错分机的测试电话', settledBy: '质控' })
    const again2 = await lead.try(contract.discardSound, { ...of, body: { because: '再来一次' } })
    expect(again2.code).toBe('SoundSettled')
    const { rows } = await lead.call(contract.listSounds, { query: { state: 'discarded' } })
    expect(rows.map((row) => row.id)).toContain(id)
  })

  test('a nurse does not see the list; a key without the permission hands nothing in', async () => {
    expect((await (await again(house, nurse)).try(contract.listSounds, { query: {} })).status).toBe(403)
    const administrator = await house.as('system-administrator')
    const body = { name: '检验系统', permissions: ['intake.submit' as const], validDays: null }
    const wrong = await administrator.call(createApiKey, { body })
    expect((await machine('POST', '/call-sounds', {}, wrong.key)).statusCode).toBe(403)
  })
})
