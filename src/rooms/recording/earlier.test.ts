import { beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { aHouse, TEST_NOW, visitor, type Caller } from '../../../test/house.ts'
import { patientMerged, patientUnmerged } from '../patient/contract/events.ts'
import { openSession } from '../staff/server/index.ts'
import * as contract from './contract/recording.ts'
import { aCustomer, beginning, putAs } from './sample-recording.ts'
import { closeCutOff } from './server/rounds.ts'

/** A call whose page was killed, and which is gone on with. */
const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
const manager = await house.as('service-manager', { name: '李健管' })
const doctor = await house.as('physician', { name: '张医生' })
const lead = await house.as('quality-lead', { name: '质控' })
const patientId = await aCustomer(house, { doctor, manager })
const another = await aCustomer(house, { doctor, manager }, { name: '刘芳' })
const ids = () => house.house.ids.next<string>()
beforeEach(() => house.clock.set(TEST_NOW))

const of = (recordingId: string) => ({ params: { recordingId: recordingId as never } })
interface Made {
  who?: Caller
  callId?: string
  subjectId?: string
  pieces?: number
  answer?: 'given' | 'refused'
  whose?: never
}
/** A recording of which so many pieces came, and then nothing more. */
async function cutOff({
  who = manager,
  callId,
  subjectId,
  pieces = 2,
  answer = 'given',
  whose = patientId,
}: Made = {}) {
  const body = {
    ...beginning(house, { answer }),
    subject: { kind: 'follow-up' as const, id: subjectId ?? null },
    ...(callId ? { callId } : {}),
  }
  const line = await who.call(contract.beginRecording, { params: { patientId: whose }, body })
  for (let number = 0; number < pieces; number++) await putAs(house, who, line.id, number)
  return line
}
const earlier = async (query: { callId?: string; subjectId?: string }, who = manager, whose = patientId) =>
  (await who.call(contract.recordingTerms, { params: { patientId: whose, subjectKind: 'follow-up' }, query })).earlier
const lineOf = async (id: string) =>
  (await manager.call(contract.patientRecordings, { params: { patientId }, query: {} })).rows.find(
    (row) => row.id === id,
  )!
const silence = async () => {
  house.clock.advance({ minutes: 3 })
  await closeCutOff(house.house, house.tenant)
}

describe('a call of the desk', () => {
  test('says what is kept of it, before and after the house has closed it, and goes on as one call', async () => {
    const callId = ids()
    expect(await earlier({ callId })).toBe(null)
    const first = await cutOff({ callId })
    expect(await earlier({ callId })).toMatchObject({
      id: callId,
      pieces: [{ id: first.id, state: 'recording', durationMs: 8000, can: { play: false } }],
    })
    await silence()
    expect(await earlier({ callId })).toMatchObject({
      id: callId,
      pieces: [{ id: first.id, state: 'interrupted', begunAt: first.begunAt, part: null, can: { play: true } }],
    })
    const second = await cutOff({ callId, pieces: 3 })
    await manager.call(contract.endRecording, { ...of(second.id), body: { pieces: 3 } })
    expect((await earlier({ callId }))!.pieces.map(({ id, part }) => [id, part])).toEqual([
      [first.id, { number: 1, of: 2 }],
      [second.id, { number: 2, of: 2 }],
    ])
    expect(await lineOf(second.id)).toMatchObject({ part: { number: 2, of: 2 }, missing: 0 })
    // Another call of the same person is another call.
    expect(await earlier({ callId: ids() })).toBe(null)
  })

  test('nothing was heard of it, or the person said no: there is nothing to go on with', async () => {
    const callId = ids()
    await cutOff({ callId, pieces: 0 })
    expect(await earlier({ callId })).toBe(null)
    await cutOff({ callId, answer: 'refused', pieces: 0 })
    expect(await earlier({ callId })).toBe(null)
    const taken = await cutOff({ callId })
    await manager.call(contract.withdrawConsent, of(taken.id))
    expect(await earlier({ callId })).toBe(null)
  })

  test('is nobody else’s, and no other person’s, by the same name', async () => {
    const callId = ids()
    const mine = await cutOff({ callId })
    expect(await earlier({ callId }, doctor)).toBe(null)
    expect(await earlier({ callId }, manager, another)).toBe(null)
    await silence()
    const theirs = await cutOff({ who: doctor, callId })
    const strange = await cutOff({ callId, whose: another })
    expect([theirs.part, strange.part, (await lineOf(mine.id)).part]).toEqual([null, null, null])
    // The no of one of them takes nothing of the others away.
    await doctor.call(contract.withdrawConsent, of(theirs.id))
    expect((await lineOf(mine.id)).state).toBe('interrupted')
    expect((await lead.try(contract.recordingTerms, termsOf())).status).toBe(403)
  })

  test('a merge of two files takes both along, and its undoing brings both back', async () => {
    const twin = await aCustomer(house, { doctor, manager }, { name: '刘方' })
    const callId = ids()
    await cutOff({ callId, whose: twin })
    await silence()
    const second = await cutOff({ callId, whose: twin })
    const merge = { fromId: twin as string, intoId: another as string, mergeId: ids() }
    const people = async () =>
      (await db().selectFrom('recording').select('patient_id').where('call_id', '=', callId).execute()).map(
        ({ patient_id }) => patient_id,
      )
    await house.write((ctx) => ctx.emit(patientMerged, merge as never))
    await house.settle()
    expect(await people()).toEqual([another, another])
    expect((await earlier({ callId }, manager, another))!.pieces[1]).toMatchObject({ id: second.id, part: { of: 2 } })
    await house.write((ctx) => ctx.emit(patientUnmerged, merge as never))
    await house.settle()
    expect(await people()).toEqual([twin, twin])
  })
})

const termsOf = () => ({ params: { patientId, subjectKind: 'follow-up' as const }, query: {} })

describe('a call beside a form, which nobody has named', () => {
  test('is known by its follow-up for half an hour after it was cut off, and the first piece gets its name', async () => {
    const subjectId = ids()
    const first = await cutOff({ subjectId })
    expect(await earlier({ subjectId: ids() })).toBe(null)
    await silence()
    const known = (await earlier({ subjectId }))!
    expect(known).toMatchObject({ id: first.id, pieces: [{ id: first.id }] })
    const second = await cutOff({ subjectId, callId: known.id })
    expect(second.part).toEqual({ number: 2, of: 2 })
    expect((await lineOf(first.id)).part).toEqual({ number: 1, of: 2 })
    expect((await earlier({ subjectId }))!.pieces.map(({ id }) => id)).toEqual([first.id, second.id])
    house.clock.advance({ minutes: 31 })
    // A session ends meanwhile.
    const browser = { secondFactor: true, address: '127.0.0.1', userAgent: 'test' }
    const later = visitor(house, await house.write((ctx) => openSession(ctx, manager.staffId, browser)))
    expect(await earlier({ subjectId }, later)).toBe(null)
  })

  test('one that was ended was ended: the next is another call', async () => {
    const subjectId = ids()
    const { id } = await cutOff({ subjectId })
    await manager.call(contract.endRecording, { ...of(id), body: { pieces: 2 } })
    expect(await earlier({ subjectId })).toBe(null)
  })
})

describe('the person says no after all', () => {
  test('what was cut off before is taken away with the rest of the call; what is held as proof stays', async () => {
    const callId = ids()
    const lines = []
    for (const _one of [1, 2, 3]) {
      lines.push(await cutOff({ callId }))
      await silence()
    }
    const [held, first, last] = lines.map(({ id }) => id)
    await lead.call(contract.holdRecording, { ...of(held!), body: { hold: true, because: '投诉处理中' } })
    const line = await manager.call(contract.withdrawConsent, of(last!))
    expect(line).toMatchObject({ state: 'withdrawn', part: { number: 3, of: 3 } })
    expect([(await lineOf(held!)).state, (await lineOf(first!)).state]).toEqual(['interrupted', 'withdrawn'])
    const left = await sql<{ id: string }>`
      select id from recording where call_id = ${callId} and sealed_key is not null`.execute(db())
    expect(left.rows).toEqual([{ id: held }])
    const noes = await sql<{ recording_id: string }>`
      select recording_id from recording_consent where event = 'withdrawn' and recording_id = any(${[first, last]}::uuid[])`.execute(
      db(),
    )
    expect(noes.rows).toHaveLength(2)
  })

  test('of both pieces at once: each once, and nobody waits for the other for ever', async () => {
    const callId = ids()
    const one = await cutOff({ callId })
    await silence()
    const two = await cutOff({ callId })
    const both = await Promise.all([one, two, one].map(({ id }) => manager.try(contract.withdrawConsent, of(id))))
    expect(both.map(({ status }) => status)).toEqual([200, 200, 200])
    const noes = await sql<{ count: number }>`
      select count(*)::int count from recording_consent where event = 'withdrawn' and recording_id = any(${[one.id, two.id]}::uuid[])`.execute(
      db(),
    )
    expect(noes.rows[0]!.count).toBe(2)
  })
})
