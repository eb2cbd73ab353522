import type { Caller, TestHouse } from '../../../test/house.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import { beginRecording, endRecording } from './contract/record.ts'
import type { RecordingLine, SubjectKind } from './contract/words.ts'

/** What is said, findable wherever it should not stand. */
export const SPOKEN = 'spoken-words-of-a-call'

/** A piece as a browser would make it: the first begins like WebM. */
export function aPiece(number: number, text = `${SPOKEN} ${number};`): Buffer {
  const words = Buffer.from(text.repeat(20))
  return number === 0 ? Buffer.concat([Buffer.from('1a45dfa3', 'hex'), words]) : words
}

export async function aCustomer(
  house: TestHouse,
  carers: { doctor: Caller; manager: Caller },
  change: Record<string, unknown> = {},
): Promise<never> {
  return house.write(async (ctx) => {
    const person = { name: '王桂香', sex: 'female' as const, birthDate: '1966-05-01', ...change }
    const id = await registerPatient(ctx, person as never)
    await assignCarers(ctx, id, { doctorId: carers.doctor.staffId, managerId: carers.manager.staffId } as never)
    return id as never
  }, carers.manager.tenant)
}

export interface Beginning {
  answer?: 'given' | 'refused'
  key?: string
  kind?: SubjectKind
}

/** What a recorder says when the person has answered. */
export function beginning(house: TestHouse, { answer = 'given', key, kind = 'follow-up' }: Beginning = {}) {
  const subject = { kind, id: null }
  return { key: key ?? house.house.ids.next<string>(), subject, media: 'audio/webm' as const, answer, lineVersion: 0 }
}

export function beginAs(
  house: TestHouse,
  who: Caller,
  patientId: never,
  options: Beginning = {},
): Promise<RecordingLine> {
  return who.call(beginRecording, { params: { patientId }, body: beginning(house, options) })
}

export interface Put {
  status: number
  code: string | undefined
  pieces: number | undefined
}

/** Hands a piece in as the recorder does. */
export async function putAs(
  house: TestHouse,
  who: Caller,
  recordingId: string,
  number: number,
  { key, bytes = aPiece(number) }: { key?: string; bytes?: Buffer } = {},
): Promise<Put> {
  const raw = await house.app.inject({
    method: 'PUT',
    url: `/api/recordings/${recordingId}/pieces/${number}`,
    query: { key: key ?? house.house.ids.next<string>(), durationMs: '4000', peaks: '10,40,90' },
    headers: { 'x-peiban': '1', 'content-type': 'audio/webm' },
    cookies: { peiban_session: who.token },
    payload: bytes,
  })
  const body = raw.json<{ code?: string; pieces?: number }>()
  return { status: raw.statusCode, code: body.code, pieces: body.pieces }
}

/** A call of three pieces, ended. */
export async function aCall(
  house: TestHouse,
  who: Caller,
  patientId: never,
  options: Beginning & { pieces?: number } = {},
): Promise<RecordingLine> {
  const { id } = await beginAs(house, who, patientId, options)
  const pieces = options.pieces ?? 3
  for (let number = 0; number < pieces; number++) await putAs(house, who, id, number)
  return who.call(endRecording, { params: { recordingId: id }, body: { pieces } })
}

export function soundOf(house: TestHouse, who: Caller, recordingId: string, playId: string, range?: string) {
  return house.app.inject({
    method: 'GET',
    url: `/api/recordings/${recordingId}/plays/${playId}/sound`,
    headers: range ? { range } : {},
    cookies: { peiban_session: who.token },
  })
}
