import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse, visitor, type Caller } from '../../../test/house.ts'
import { startSpeechStandIn } from '../../apps/stand-ins/speech/server.ts'
import { openSession } from '../staff/server/index.ts'
import * as contract from './contract/recording.ts'
import { aCustomer, aPiece, beginning, putAs } from './sample-recording.ts'
import { eraseKept } from './server/rounds.ts'
import { transcribeDue } from './server/transcribe.ts'

const WORDS = [
  { start: 0, end: 2, text: '您好，我是李健管。' },
  { start: 2, end: 5.2, text: '头不晕，要药按时吃了。' },
]
const server = await startSpeechStandIn({ words: WORDS })
afterAll(() => server.close())
const house = await aHouse({ recogniserUrl: server.url })
const without = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
let manager = await house.as('service-manager', { name: '李健管' })
const doctor = await house.as('physician', { name: '张医生' })
const other = await house.as('service-manager', { name: '赵健管' })
let lead = await house.as('quality-lead', { name: '质控' })
const desk = await house.as('front-desk')
const patientId = await aCustomer(house, { doctor, manager })
const LINE = {
  zh: '您好，这次通话我们想录音，并转成文字，用来核对记录。您可以不同意。可以吗？',
  en: 'We would like to record this call and turn it into text, to check our notes. You may say no. May we?',
}
/** Sessions end while the clock travels. */
const signIn = async () => void ([manager, lead] = [await again(manager), await again(lead)])
beforeEach(async () => {
  server.asked.length = 0
  server.during = async () => {}
  await signIn()
})

const of = (recordingId: string) => ({ params: { recordingId: recordingId as never } })
const settings = () => lead.call(contract.readSettings)
const set = async (transcribe: boolean, who = lead) =>
  who.try(contract.changeSettings, {
    body: { enabled: true, transcribe, classes: [], revision: (await who.call(contract.readSettings)).revision },
  })
const line = async (text: typeof LINE, transcript: boolean) =>
  lead.try(contract.changeLine, { body: { text, transcript, version: (await settings()).line.version } })
const again = async ({ staffId, ...rest }: Caller): Promise<Caller> => {
  const browser = { secondFactor: true, address: '127.0.0.1', userAgent: 'test' }
  return { ...rest, ...visitor(house, await house.write((ctx) => openSession(ctx, staffId, browser))), staffId }
}
const work = () => transcribeDue(house.house, house.tenant)

/** A call of three pieces after the line of this version. */
async function aCall(lineVersion: number): Promise<string> {
  const body = { ...beginning(house), lineVersion }
  const { id } = await manager.call(contract.beginRecording, { params: { patientId }, body })
  for (let number = 0; number < 3; number++) await putAs(house, manager, id, number)
  await manager.call(contract.endRecording, { ...of(id), body: { pieces: 3 } })
  return id
}

async function opened(id: string, who = manager, reason = '') {
  const { playId } = await who.call(contract.playRecording, { ...of(id), body: { reason } })
  return { params: { recordingId: id as never, playId } }
}
const read = async (id: string, who = manager) => who.call(contract.readTranscript, await opened(id, who))
const rowOf = async (id: string) =>
  (await db().selectFrom('recording_transcription').selectAll().where('recording_id', '=', id).execute())[0]

describe('switching it on', () => {
  test('asks for a line that tells of it, in both languages', async () => {
    expect((await settings()).transcribe).toEqual({ enabled: false, recogniser: 'whisper-test', counts: [] })
    expect(await set(true)).toMatchObject({ status: 409, code: 'TranscriptUntold' })
    const silent = { zh: '这次通话我们想录音，用来核对记录，可以吗？', en: LINE.en }
    expect(await line(silent, true)).toMatchObject({ status: 422, code: 'LineSilentOnText' })
    expect((await settings()).line.version).toBe(0)
    expect((await line(LINE, true)).status).toBe(200)
    expect(
      (await set(true, await house.as('service-manager')).catch((error: Error) => error.message)) as unknown,
    ).toMatch(/403/)
    expect((await set(true)).status).toBe(200)
    expect((await settings()).transcribe.enabled).toBe(true)
  })

  test('is refused where nothing is connected, and nothing is sent', async () => {
    const theirs = await without.as('quality-lead')
    const { revision, transcribe } = await theirs.call(contract.readSettings)
    expect(transcribe.recogniser).toBeNull()
    const body = { enabled: true, transcribe: true, classes: [], revision }
    expect(await theirs.try(contract.changeSettings, { body })).toMatchObject({ status: 409, code: 'RecogniserNone' })
    expect(await transcribeDue(without.house, without.tenant)).toBe(0)
  })
})

describe('a call', () => {
  test('of somebody who was told becomes text, once; of somebody who was not, never', async () => {
    const [told, untold] = [await aCall(1), await aCall(0)]
    expect((await read(told)).because).toBe('soon')
    expect(await work()).toBe(1)
    expect(await work()).toBe(0)
    expect(server.asked).toHaveLength(1)
    expect(server.asked[0]!.bytes).toEqual(Buffer.concat([0, 1, 2].map((number) => aPiece(number))))
    expect(await read(told)).toMatchObject({
      state: 'done',
      version: 1,
      lines: [
        { atMs: 0, text: WORDS[0]!.text },
        { atMs: 2000, text: WORDS[1]!.text },
      ],
      versions: [{ version: 1, recogniser: 'whisper-test', by: null }],
    })
    expect(await read(untold)).toMatchObject({ state: 'none', because: 'not-told', lines: [] })
    expect(await rowOf(untold)).toBeUndefined()
  })

  test('that goes on, or was cut off and may still get pieces, waits', async () => {
    const body = { ...beginning(house), lineVersion: 1 }
    const { id } = await manager.call(contract.beginRecording, { params: { patientId }, body })
    await putAs(house, manager, id, 0)
    expect(await work()).toBe(0)
    await db().updateTable('recording').set({ state: 'interrupted' }).where('id', '=', id).execute()
    expect(await work()).toBe(0)
    house.clock.advance({ hours: 25 })
    await signIn()
    expect(await work()).toBe(1)
    expect((await read(id)).state).toBe('done')
  })

  test('is left alone while it is switched off', async () => {
    const id = await aCall(1)
    await set(false)
    expect(await work()).toBe(0)
    expect(await read(id)).toMatchObject({ state: 'none', because: 'off' })
    await set(true)
    expect(await work()).toBe(1)
  })

  test('two workers take it once; one that died is followed by another when its time is up', async () => {
    const id = await aCall(1)
    await Promise.all([work(), work()])
    expect(server.asked).toHaveLength(1)
    const second = await aCall(1)
    let go = () => {}
    const held = new Promise<void>((resolve) => (go = resolve))
    server.during = () => held
    const dead = work()
    await expect.poll(() => server.asked.length).toBe(2)
    expect(await work()).toBe(0)
    house.clock.advance({ minutes: 31 })
    server.during = async () => {}
    expect(await work()).toBe(1)
    // The one that was thought dead answers after all: its try is not the newest any more.
    go()
    await dead
    await signIn()
    for (const one of [id, second]) expect((await read(one)).versions).toHaveLength(1)
  })

  test('that is taken back while it is being turned into text leaves nothing', async () => {
    const id = await aCall(1)
    server.during = async () => void (await manager.call(contract.withdrawConsent, of(id)))
    await work()
    expect(server.asked).toHaveLength(1)
    const { rows } = await sql`select from recording_transcript where recording_id = ${id}
      union all select from recording_transcription where recording_id = ${id}`.execute(db())
    expect(rows).toEqual([])
  })
})

describe('failures', () => {
  test('are tried again and again, then shown with the reason, and once more by hand', async () => {
    const id = await aCall(1)
    for (const [pause, expected] of [
      [0, 'waiting'],
      [5, 'waiting'],
      [30, 'waiting'],
      [120, 'waiting'],
      [480, 'waiting'],
      [1440, 'failed'],
    ] as const) {
      house.clock.advance({ minutes: pause })
      server.next({ status: 503 })
      expect(await work()).toBe(1)
      expect(await work()).toBe(0)
      expect(await rowOf(id)).toMatchObject({ state: expected, why: 'busy' })
    }
    await signIn()
    expect(server.asked).toHaveLength(6)
    expect(await read(id)).toMatchObject({ state: 'failed', why: 'busy', nextAt: null, lines: [] })
    expect((await settings()).transcribe.counts).toContainEqual({ state: 'failed', why: 'busy', count: 1 })
    await manager.call(contract.retryTranscript, await opened(id))
    expect(await manager.try(contract.retryTranscript, await opened(id))).toMatchObject({ code: 'TranscriptNotFailed' })
    expect(await work()).toBe(1)
    expect((await read(id)).state).toBe('done')
  })

  test('that no further try mends are shown at once', async () => {
    const id = await aCall(1)
    server.next({ status: 422, body: '{"error":"头不晕"}' })
    await work()
    expect(await read(id)).toMatchObject({ state: 'failed', why: 'unreadable' })
    expect(JSON.stringify(await rowOf(id))).not.toContain('头不晕')
  })
})

describe('who reads it', () => {
  let id: string
  beforeAll(async () => {
    await signIn()
    id = await aCall(1)
    await work()
  })

  test('whoever has opened the recording, with their reason, for four hours; nobody else', async () => {
    const { params } = await opened(id)
    const tryAs = (who: Caller) => who.try(contract.readTranscript, { params })
    expect((await tryAs(manager)).status).toBe(200)
    for (const who of [doctor, other, lead])
      expect(await tryAs(await again(who))).toMatchObject({ status: 404, code: 'RecordingUnknown' })
    expect((await tryAs(await again(desk))).status).toBe(403)
    expect(await lead.try(contract.playRecording, { ...of(id), body: { reason: '' } })).toMatchObject({
      code: 'ListenReasonWanted',
    })
    const reasoned = await opened(id, lead, '核对投诉')
    expect((await lead.call(contract.readTranscript, reasoned)).lines).toHaveLength(2)
    house.clock.advance({ hours: 4, minutes: 1 })
    await signIn()
    expect((await tryAs(manager)).status).toBe(404)
  })

  test('a correction is a version of its own; two at once are one', async () => {
    const play = await opened(id)
    const put = (text: string, version: number) =>
      manager.try(contract.correctTranscript, { ...play, body: { lines: [{ atMs: 2000, text }], version } })
    const answers = await Promise.all([put('头不晕，药按时吃了。', 1), put('头不晕，药吃了。', 1)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const after = await manager.call(contract.readTranscript, play)
    expect(after.versions.map(({ version, by, recogniser }) => [version, by, recogniser])).toEqual([
      [2, '李健管', null],
      [1, null, 'whisper-test'],
    ])
    expect(await put('', 2)).toMatchObject({ status: 400 })
    const stranger = await again(other)
    expect(
      await stranger.try(contract.correctTranscript, {
        ...play,
        body: { lines: [{ atMs: 0, text: '别人' }], version: 2 },
      }),
    ).toMatchObject({ status: 404 })
    expect((await manager.call(contract.readTranscript, play)).version).toBe(2)
    const { rows } = await sql<{ detail: unknown }>`
      select detail from audit_entry where action = 'recording.correct-transcript' and outcome = 'done'`.execute(db())
    expect(rows).toEqual([{ detail: { version: 2 } }])
    expect(JSON.stringify(rows)).not.toContain('头不晕')
  })

  test('nothing of it stands in the open, and it goes with the recording', async () => {
    const { rows } = await sql<{ sealed_text: Buffer }>`
      select sealed_text from recording_transcript where recording_id = ${id}`.execute(db())
    expect(rows).toHaveLength(2)
    for (const { sealed_text } of rows) expect(sealed_text.includes(Buffer.from('头不晕'))).toBe(false)
    const file = readFileSync(join(house.filesFolder, house.tenant.id, 'parts', id.slice(-2), id))
    expect(file.includes(Buffer.from('头不晕'))).toBe(false)
    house.clock.advance({ days: 16 * 366 })
    await eraseKept(house.house, house.tenant)
    const { rows: left } =
      await sql`select from recording_transcript union all select from recording_transcription`.execute(db())
    expect(left).toEqual([])
  })
})
