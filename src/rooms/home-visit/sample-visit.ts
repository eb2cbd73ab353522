import type { Caller, TestHouse } from '../../../test/house.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import { recordHomeVisit } from './contract/home-visit.ts'
import type { PhotoConsent, VisitContent, VisitView } from './contract/words.ts'

/** Findable wherever it should not stand. */
export const ADDRESS = '和平街 3 号院 2 号楼 501'

export function aContent(change: Partial<VisitContent> = {}): VisitContent {
  return {
    outcome: 'seen',
    arrivedAt: '2026-03-02T00:30:00.000Z',
    leftAt: '2026-03-02T01:15:00.000Z',
    place: 'other',
    address: ADDRESS,
    position: { kind: 'not-shared' },
    present: ['person', 'child'],
    presentNote: '',
    findings: { medicine: 'attention', falls: 'good' },
    seen: '药盒里前两天的药还在，说是忘了。',
    next: '周四再打电话。',
    ...change,
  }
}

export async function aCustomer(
  house: TestHouse,
  carers: { doctor: Caller; manager: Caller },
  change: Record<string, unknown> = {},
): Promise<never> {
  return house.write(async (ctx) => {
    const person = { name: '王桂香', sex: 'female' as const, birthDate: '1948-05-01', ...change }
    const id = await registerPatient(ctx, person as never)
    await assignCarers(ctx, id, { doctorId: carers.doctor.staffId, managerId: carers.manager.staffId } as never)
    return id as never
  }, carers.manager.tenant)
}

export interface Visiting {
  key?: string
  content?: Partial<VisitContent>
  photos?: PhotoConsent | null
  followUpId?: string
  taskId?: string
}

export function visitBody(house: TestHouse, { key, content, photos = null, followUpId, taskId }: Visiting = {}) {
  return {
    key: key ?? house.house.ids.next<string>(),
    followUpId: followUpId ?? null,
    taskId: taskId ?? null,
    content: aContent(content),
    photos,
  }
}

export function visitAs(house: TestHouse, who: Caller, patientId: never, visiting: Visiting = {}): Promise<VisitView> {
  return who.call(recordHomeVisit, { params: { patientId }, body: visitBody(house, visiting) })
}

/** A camera's: of one pixel, with a place in its comment. */
export const PLACE_IN_PHOTO = 'GPS 31.2304 121.4737'
export function aPhoto(pixels = 'pixels'): Buffer {
  const comment = Buffer.from(`\xff\xfe\0\0${PLACE_IN_PHOTO}`, 'latin1')
  comment.writeUInt16BE(comment.length - 2, 2)
  const frame = Buffer.from('ffc00011080120018003012200021101031101', 'hex')
  const scan = Buffer.concat([Buffer.from('ffda0008010100003f00', 'hex'), Buffer.from(pixels)])
  return Buffer.concat([Buffer.from('ffd8', 'hex'), comment, frame, scan, Buffer.from('ffd9', 'hex')])
}

export interface Put {
  status: number
  code: string | undefined
  id: string | undefined
}

/** Hands a photo in as the page does. */
export async function photoAs(
  house: TestHouse,
  who: Caller,
  visitId: string,
  { key, bytes = aPhoto() }: { key?: string; bytes?: Buffer } = {},
): Promise<Put> {
  const raw = await house.app.inject({
    method: 'PUT',
    url: `/api/home-visits/${visitId}/photos/${key ?? house.house.ids.next<string>()}`,
    headers: { 'x-peiban': '1', 'content-type': 'image/jpeg' },
    cookies: { peiban_session: who.token },
    payload: bytes,
  })
  const body = raw.json<{ code?: string; id?: string }>()
  return { status: raw.statusCode, code: body.code, id: body.id }
}
