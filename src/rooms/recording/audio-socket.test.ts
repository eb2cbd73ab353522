import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse, TEST_NOW, type Caller } from '../../../test/house.ts'
import { createApiKey } from '../staff/contract/api-key.ts'
import * as contract from './contract/recording.ts'
import { aCustomer, soundOf } from './sample-recording.ts'
import { PIECE_BYTES } from './server/audio-connection.ts'
import { startAudioSocket } from './server/audio-socket.ts'
import { closeCutOff } from './server/rounds.ts'
import { audioFrame, KINDS, uuidBytes } from './server/rules/audio-frames.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
const manager = await house.as('service-manager', { name: '李健管', login: 'lijianguan' })
const doctor = await house.as('physician', { name: '张医生' })
const lead = await house.as('quality-lead')
const desk = await house.as('front-desk')
const administrator = await house.as('system-administrator')
const patientId = await aCustomer(house, { doctor, manager })
/** Only full pieces: what is kept by the clock is tried with another. */
const NEVER = 600_000
const server = await startAudioSocket({ house: house.house, port: 0, host: '127.0.0.1', flushMs: NEVER, greetMs: 400 })
const quick = await startAudioSocket({ house: house.house, port: 0, host: '127.0.0.1', flushMs: 40 })
afterAll(async () => {
  await server.close()
  await quick.close()
})
beforeEach(() => house.clock.set(TEST_NOW))

const body = () => ({
  key: house.house.ids.next<string>(),
  subject: { kind: 'follow-up' as const, id: null },
  lineVersion: 0,
})
const issue = (who: Caller = manager) => who.call(contract.beginStream, { params: { patientId }, body: body() })
const lineOf = async (id: string) =>
  (await manager.call(contract.patientRecordings, { params: { patientId }, query: {} })).rows.find(
    (row) => row.id === id,
  )!
const piecesOf = async (id: string) =>
  Number(
    (await sql<{ n: string }>`select count(*) n from recording_piece where recording_id = ${id}`.execute(db())).rows[0]!
      .n,
  )
const counts = async () =>
  (
    await sql`select (select count(*) from recording) recordings, (select count(*) from recording_piece) pieces,
      (select count(*) from recording_stream where connection is not null) connected`.execute(db())
  ).rows[0]

/** Speech of so many seconds that can be told from any other: each sample is its own number. */
const speech = (seconds: number, from = 0): Buffer => {
  const pcm = Buffer.alloc(seconds * 16_000)
  for (let n = 0; n < pcm.length / 2; n++) pcm.writeInt16LE(((from + n) % 60_000) - 30_000, n * 2)
  return pcm
}
/** As Asterisk sends it: a frame each 20 ms. */
const spoken = (pcm: Buffer): Buffer =>
  Buffer.concat(
    Array.from({ length: Math.ceil(pcm.length / 320) }, (_none, n) =>
      audioFrame(KINDS.audio, pcm.subarray(n * 320, n * 320 + 320)),
    ),
  )
const named = (streamId: string) => audioFrame(KINDS.uuid, uuidBytes(streamId))

interface Line {
  socket: Socket
  /** What the house said, once it has closed. */
  closed: Promise<Buffer>
}
async function dial(port = server.port): Promise<Line> {
  const socket = connect({ port, host: '127.0.0.1' })
  const heard: Buffer[] = []
  socket.on('data', (chunk: Buffer) => heard.push(chunk))
  socket.on('error', () => {})
  const closed = once(socket, 'close').then(() => Buffer.concat(heard))
  await once(socket, 'connect')
  return { socket, closed }
}
/** What somebody hears who opens it now, without head and mark. */
async function heard(id: string, who: Caller = manager): Promise<Buffer> {
  const { playId, watermark, media } = await who.call(contract.playRecording, {
    params: { recordingId: id as never },
    body: {},
  })
  expect(media).toBe('audio/wav')
  const { rawPayload } = await soundOf(house, who, id, playId)
  expect(rawPayload.toString('latin1', 0, 4)).toBe('RIFF')
  expect(rawPayload.includes(watermark)).toBe(true)
  return rawPayload.subarray(44, 44 + rawPayload.readUInt32LE(40))
}
const REFUSED = audioFrame(KINDS.error, Buffer.from([1]))

describe('a call that an exchange brings', () => {
  test('is agreed to, brought by its UUID, kept as it is spoken, ended by hanging up, and heard', async () => {
    const terms = await manager.call(contract.recordingTerms, { params: { patientId, subjectKind: 'follow-up' } })
    expect(terms.hasStreams).toBe(true)
    const { line, streamId } = await issue()
    expect(line).toMatchObject({ source: 'exchange', state: 'recording', consent: { event: 'given' } })
    const pcm = speech(9)
    const { socket, closed } = await dial()
    socket.write(named(streamId))
    // Cut anywhere: the wire knows no frames.
    const wire = spoken(pcm)
    for (let at = 0; at < wire.length; at += 7001) socket.write(wire.subarray(at, at + 7001))
    await expect.poll(() => piecesOf(line.id), { timeout: 20_000 }).toBe(2)
    expect((await manager.call(contract.myStream)).stream).toMatchObject({ streamId, isConnected: true })
    socket.write(audioFrame(KINDS.dtmf, Buffer.from('1')))
    socket.write(audioFrame(KINDS.hangUp))
    expect(await closed).toEqual(Buffer.alloc(0))
    expect(await lineOf(line.id)).toMatchObject({
      state: 'ended',
      durationMs: 9000,
      missing: 0,
      keptUntil: '2041-03-02',
    })
    expect(await heard(line.id)).toEqual(pcm)
    expect((await manager.call(contract.myStream)).stream).toBeNull()
    const { rows } = await sql<{
      action: string
    }>`select action from audit_entry where subject_id = ${line.id} order by at, id`.execute(db())
    expect(rows.map(({ action }) => action)).toEqual([
      'recording.begin',
      'recording.stream-open',
      'recording.stream-end',
      'recording.play',
    ])
  })

  test('lies sealed, with its loudness beside it, and plays in parts', async () => {
    const { line, streamId } = await issue()
    const pcm = speech(4)
    const { socket, closed } = await dial()
    socket.end(Buffer.concat([named(streamId), spoken(pcm), audioFrame(KINDS.hangUp)]))
    await closed
    const { playId, peaks } = await manager.call(contract.playRecording, { params: { recordingId: line.id }, body: {} })
    expect(peaks).toHaveLength(16)
    const part = async (range: string) => (await soundOf(house, manager, line.id, playId, range)).rawPayload
    const whole = (await soundOf(house, manager, line.id, playId)).rawPayload
    for (const [from, to] of [
      [0, 3],
      [0, 43],
      [40, 50],
      [44, 99],
      [30_000, 30_400],
    ] as const)
      expect(await part(`bytes=${from}-${to}`)).toEqual(whole.subarray(from, to + 1))
    const { rows } = await sql<{
      row: string
    }>`select row_to_json(r)::text row from recording r where id = ${line.id}`.execute(db())
    expect(rows[0]!.row).not.toContain(pcm.subarray(0, 12).toString('hex'))
  })

  test('the UUID is asked for by the exchange, with its key and nobody else’s', async () => {
    const { key } = await administrator.call(createApiKey, {
      body: { name: '交换机', permissions: ['recording.submit'], validDays: 30 } as never,
    })
    const asks = (login: string) =>
      house.app.inject({
        method: 'POST',
        url: '/api/recording-streams/claims',
        headers: { authorization: `Bearer ${key}` },
        payload: { login },
      })
    const { streamId } = await issue()
    expect((await asks('lijianguan')).json()).toEqual({ streamId })
    expect((await asks('nobody')).statusCode).toBe(404)
    for (const who of [manager, lead, desk])
      expect((await who.try(contract.claimStream, { body: { login: 'lijianguan' } })).status).toBe(403)
    expect((await desk.try(contract.beginStream, { params: { patientId }, body: body() })).status).toBe(403)
    expect((await lead.try(contract.beginStream, { params: { patientId }, body: body() })).status).toBe(403)
  })

  test('begun twice by one request it has one UUID', async () => {
    const asked = { params: { patientId }, body: body() }
    const both = await Promise.all([1, 2].map(() => manager.call(contract.beginStream, asked)))
    expect(new Set(both.map(({ streamId }) => streamId)).size).toBe(1)
  })
})

describe('what a crash costs', () => {
  test('an exchange that is killed in mid-call: what was spoken is there, and the round closes it', async () => {
    const { line, streamId } = await issue()
    // A process of its own, killed without a word, within a frame.
    const script = `const s = require('node:net').connect(${server.port}, '127.0.0.1', () => process.stdin.pipe(s, { end: false }))`
    const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'ignore', 'inherit'] })
    child.stdin.write(Buffer.concat([named(streamId), spoken(speech(9)), Buffer.from([KINDS.audio, 1, 64, 0])]))
    await expect.poll(() => piecesOf(line.id), { timeout: 20_000 }).toBe(2)
    child.kill('SIGKILL')
    // The second that was under way is kept as soon as the line is known to be gone.
    await expect.poll(() => piecesOf(line.id), { timeout: 20_000 }).toBe(3)
    await expect
      .poll(async () => (await manager.call(contract.myStream)).stream?.isConnected, { timeout: 20_000 })
      .toBe(false)
    expect((await lineOf(line.id)).state).toBe('recording')
    house.clock.advance({ minutes: 3 })
    await closeCutOff(house.house, house.tenant)
    expect(await lineOf(line.id)).toMatchObject({ state: 'interrupted', durationMs: 9000 })
    expect(await heard(line.id)).toEqual(speech(9))
    // Its UUID is worth nothing any more.
    const late = await dial()
    late.socket.write(named(streamId))
    expect(await late.closed).toEqual(REFUSED)
  })

  test('a house that dies has all but the piece being spoken, and another goes on', async () => {
    const { line, streamId } = await issue()
    const first = await dial()
    first.socket.write(Buffer.concat([named(streamId), spoken(speech(9))]))
    await expect.poll(() => piecesOf(line.id), { timeout: 20_000 }).toBe(2)
    // Nothing of the first is asked any more: what the second finds is in the database and on the disk.
    const second = await aHouse({
      on: { databaseUrl: house.databaseUrl, key: house.key, filesFolder: house.filesFolder, clock: house.clock },
    })
    const otherPort = await startAudioSocket({ house: second.house, port: 0, host: '127.0.0.1' })
    const early = await dial(otherPort.port)
    early.socket.write(named(streamId))
    expect(await early.closed, 'as long as the first may live').toEqual(REFUSED)
    house.clock.advance({ seconds: 21 })
    const next = await dial(otherPort.port)
    next.socket.end(Buffer.concat([named(streamId), spoken(speech(4, 72_000)), audioFrame(KINDS.hangUp)]))
    await next.closed
    expect(await lineOf(line.id)).toMatchObject({ state: 'ended', durationMs: 12_000 })
    // Whoever was thought dead and speaks again is told that it is over.
    first.socket.write(spoken(speech(4)))
    expect(await first.closed).toEqual(REFUSED)
    expect(await heard(line.id)).toEqual(Buffer.concat([speech(8), speech(4, 72_000)]))
    await otherPort.close()
  })

  test('what is spoken slowly is kept within its time, not only when a piece is full', async () => {
    const { line, streamId } = await issue()
    const { socket, closed } = await dial(quick.port)
    socket.write(Buffer.concat([named(streamId), spoken(speech(1))]))
    await expect.poll(() => piecesOf(line.id), { timeout: 20_000 }).toBe(1)
    socket.end(audioFrame(KINDS.hangUp))
    await closed
    expect(await heard(line.id)).toEqual(speech(1))
  })

  test('closing the house keeps what was spoken', async () => {
    const { line, streamId } = await issue()
    const own = await startAudioSocket({ house: house.house, port: 0, host: '127.0.0.1', flushMs: NEVER })
    const { socket } = await dial(own.port)
    socket.write(Buffer.concat([named(streamId), spoken(speech(5))]))
    await expect.poll(() => piecesOf(line.id), { timeout: 20_000 }).toBe(1)
    await own.close()
    expect(await piecesOf(line.id)).toBe(2)
  })
})

describe('what is no call', () => {
  const refusedBy = async (reason: keyof ReturnType<typeof server.refused>, wire: Buffer) => {
    const [before, known] = [server.refused()[reason] ?? 0, await counts()]
    const { socket, closed } = await dial()
    socket.write(wire)
    expect(await closed).toEqual(REFUSED)
    expect(server.refused()[reason]).toBe(before + 1)
    return known
  }

  test.each([
    ['an unknown UUID', 'unknown', named('11111111-2222-4333-8444-555555555555')],
    ['a page', 'garbage', Buffer.from('GET / HTTP/1.1\r\nHost: peiban\r\n\r\n'.repeat(3000))],
    ['speech before its name', 'garbage', spoken(speech(1))],
    ['a UUID too long', 'oversize', audioFrame(KINDS.uuid, Buffer.alloc(17))],
    ['a UUID as long as can be', 'oversize', audioFrame(KINDS.uuid, Buffer.alloc(65_535))],
  ] as const)('%s is refused, counted, and changes nothing', async (_what, reason, wire) => {
    const known = await refusedBy(reason, wire)
    expect(await counts()).toEqual(known)
  })

  test('whoever says nothing is not waited for', async () => {
    const before = server.refused().silent ?? 0
    const { closed } = await dial()
    expect(await closed).toEqual(REFUSED)
    expect(server.refused().silent).toBe(before + 1)
  })

  test.each([
    ['another rate', audioFrame(0x11, Buffer.alloc(640))],
    ['half a sample', audioFrame(KINDS.audio, Buffer.alloc(321))],
    ['a kind that nobody knows', audioFrame(0x77, Buffer.from('x'))],
  ])('in mid-call, %s breaks it off; what was spoken before stays', async (_what, wire) => {
    const { line, streamId } = await issue()
    await refusedBy('garbage', Buffer.concat([named(streamId), spoken(speech(5)), wire]))
    expect(await piecesOf(line.id)).toBe(2)
    expect((await lineOf(line.id)).state).toBe('recording')
  })

  test('speech faster than speech is broken off before it fills the disk', async () => {
    const { line, streamId } = await issue()
    await refusedBy('too-fast', Buffer.concat([named(streamId), spoken(speech(60))]))
    expect(await piecesOf(line.id)).toBeLessThan((60 * 16_000) / PIECE_BYTES)
  })

  test('two with one UUID: the second is refused, the first goes on; at once, one of them is', async () => {
    const { line, streamId } = await issue()
    const first = await dial()
    first.socket.write(Buffer.concat([named(streamId), spoken(speech(4))]))
    await expect.poll(() => piecesOf(line.id), { timeout: 20_000 }).toBe(1)
    await refusedBy('busy', Buffer.concat([named(streamId), spoken(speech(4, 500))]))
    first.socket.end(Buffer.concat([spoken(speech(4, 32_000)), audioFrame(KINDS.hangUp)]))
    await first.closed
    expect(await heard(line.id)).toEqual(Buffer.concat([speech(4), speech(4, 32_000)]))

    const other = await issue()
    const both = await Promise.all([dial(), dial()])
    for (const { socket } of both)
      socket.end(Buffer.concat([named(other.streamId), spoken(speech(4)), audioFrame(KINDS.hangUp)]))
    await Promise.all(both.map(({ closed }) => closed))
    expect(await heard(other.line.id)).toEqual(speech(4))
  })
})

describe('the same rules as of any recording', () => {
  test('a no in mid-call takes what there is away and ends it', async () => {
    const { line, streamId } = await issue()
    const { socket, closed } = await dial()
    socket.write(Buffer.concat([named(streamId), spoken(speech(4))]))
    await expect.poll(() => piecesOf(line.id), { timeout: 20_000 }).toBe(1)
    await manager.call(contract.withdrawConsent, { params: { recordingId: line.id } })
    socket.write(spoken(speech(4)))
    expect(await closed).toEqual(REFUSED)
    expect(await piecesOf(line.id)).toBe(0)
    expect(await lineOf(line.id)).toMatchObject({ state: 'withdrawn', keptUntil: null })
  })

  test('switched off, no UUID is issued; where nobody listens, none either', async () => {
    const settings = await lead.call(contract.readSettings)
    const set = (enabled: boolean, revision: number) =>
      lead.call(contract.changeSettings, { body: { enabled, classes: [], revision } })
    const off = await set(false, settings.revision)
    const before = await counts()
    expect(await manager.try(contract.beginStream, { params: { patientId }, body: body() })).toMatchObject({
      status: 409,
      code: 'RecordingOff',
    })
    expect(await counts()).toEqual(before)
    await set(true, off.revision)
    const silent = await aHouse({
      on: { databaseUrl: house.databaseUrl, key: house.key, filesFolder: house.filesFolder, clock: house.clock },
    })
    const raw = await silent.app.inject({
      method: 'POST',
      url: `/api/patients/${patientId as string}/recording-streams`,
      headers: { 'x-peiban': '1' },
      cookies: { peiban_session: manager.token },
      payload: body(),
    })
    expect(raw.json()).toMatchObject({ code: 'StreamsOff' })
    expect(await counts()).toEqual(before)
  })
})
