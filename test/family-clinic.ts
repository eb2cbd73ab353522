// For tests: a house whose codes go to a stand-in, and relatives who came in as relatives do.
import { afterAll } from 'vitest'
import { aHouse, nobody, type Answer, type PatientCaller, type TestHouse } from './house.ts'
import { aliyunStandIn, type SmsStandIn } from '../src/apps/stand-ins/sms/index.ts'
import type { Clock } from '../src/platform/clock.ts'
import type { CallOf, Endpoint, ProxyScope } from '../src/platform/contract/index.ts'
import { newToken } from '../src/platform/auth/token.ts'
import { insertSession } from '../src/rooms/family/server/session-store.ts'
import { insertRelative, updateRelative } from '../src/rooms/family/server/store.ts'
import { setSmsAccount } from '../src/rooms/sms/contract/account.ts'
import { askForCode, enterByCode } from '../src/rooms/family/contract/entrance.ts'
import { inviteMine } from '../src/rooms/family/contract/own.ts'

export const CODE = { code: 'SMS_CODE', text: '您的验证码是${code}，十分钟内有效。' }
const KEYS = { keyId: 'LTAI-test-key', keySecret: 'a secret of the account' }

export interface Relative {
  id: string
  /** Of the link. */
  token: string
  cookie: string
  try<E extends Endpoint>(endpoint: E, input?: CallOf<E>): Promise<Answer>
}

export interface Clinic {
  house: TestHouse
  standIn: SmsStandIn
  /** The code in the newest message to this phone. */
  codeTo(phone: string): string
  /** Lets somebody in and comes in as them. */
  letIn(patient: PatientCaller, options?: { scopes?: ProxyScope[]; name?: string; phone?: string }): Promise<Relative>
  /** Comes in with a link that is known. */
  comeIn(id: string, token: string, phone: string): Promise<Relative>
}

let phones = 0
export const aPhone = (): string => `1390000${String(++phones).padStart(4, '0')}`

/**
 * @param make another house than the bare one of a test: a stage with a browser
 * @param notices short messages that the provider has approved
 */
export async function aClinic(
  make: (smsUrls: { aliyun: string }) => Promise<TestHouse> = (smsUrls) => aHouse({ smsUrls }),
  notices: readonly { code: string; text: string }[] = [],
): Promise<Clinic> {
  let house: TestHouse | undefined
  const clock: Clock = {
    now: () => house?.clock.now() ?? new Date(0),
    today: (zone) => house!.clock.today(zone),
  }
  const standIn = await aliyunStandIn({
    clock,
    ...KEYS,
    signNames: ['和康体检'],
    templates: [{ ...CODE, kind: 'code' }, ...notices.map((one) => ({ ...one, kind: 'notice' as const }))],
  })
  afterAll(() => standIn.close())
  const made = (house = await make({ aliyun: standIn.url }))
  const administrator = await made.as('system-administrator')
  await administrator.call(setSmsAccount, {
    body: {
      provider: 'aliyun',
      ...KEYS,
      signName: '和康体检',
      codeTemplate: CODE.code,
      codeText: CODE.text,
      version: null,
    },
  })
  const codeTo = (phone: string): string => {
    const text = standIn.desk.taken.findLast(({ to }) => to.endsWith(phone))?.text ?? ''
    return /验证码是(\d{6})/.exec(text)?.[1] ?? ''
  }
  const comeIn = async (id: string, token: string, phone: string): Promise<Relative> => {
    const stranger = nobody(made)
    await stranger.call(askForCode, { params: { token } })
    const answer = await stranger.try(enterByCode, { params: { token }, body: { code: codeTo(phone), stay: true } })
    const cookie = /peiban_proxy=([^;]+)/.exec(String(answer.raw.headers['set-cookie']))?.[1]
    if (!cookie) throw new Error(`the relative did not come in: ${answer.raw.body}`)
    return { id, token, cookie, try: (endpoint, input) => callFor(made, { cookie, id }, endpoint, input) }
  }
  return {
    house: made,
    standIn,
    codeTo,
    comeIn,
    async letIn(patient, { scopes = ['view'] as ProxyScope[], name = '王芳', phone = aPhone() } = {}) {
      const { id, link } = await patient.call(inviteMine, { body: { name, relation: 'child', phone, scopes } })
      return comeIn(id, link.split('/').at(-1)!, phone)
    },
  }
}

/** A call in the name of whoever the permission is of. */
export async function callFor(
  { app }: TestHouse,
  { cookie, id, patient }: { cookie: string; id?: string; patient?: string },
  endpoint: Endpoint,
  input: unknown = {},
): Promise<Answer> {
  const { params = {}, body } = (input ?? {}) as { params?: Record<string, string>; body?: object }
  const raw = await app.inject({
    method: endpoint.method,
    url: `/api${endpoint.path.replace(/:(\w+)/g, (_whole, key: string) => encodeURIComponent(params[key] ?? ''))}`,
    headers: { 'x-peiban': '1', ...(id ? { 'x-peiban-for': id } : {}) },
    cookies: { peiban_proxy: cookie, ...(patient ? { peiban_patient: patient } : {}) },
    ...(body ? { payload: body } : {}),
  })
  const json =
    String(raw.headers['content-type'] ?? '').includes('json') && raw.body ? (raw.json() as unknown) : undefined
  return { status: raw.statusCode, code: (json as { code?: string } | undefined)?.code, body: json, raw }
}

/** A relative who is in already, for tests of what the rooms show them; no code, no message. */
export async function relativeOf(
  house: TestHouse,
  patientId: string,
  scopes: ProxyScope[],
  name = '王芳',
): Promise<Relative> {
  const phone = aPhone()
  return house.write(async (ctx) => {
    const [link, session] = [newToken(ctx.organizationId), newToken(ctx.organizationId)]
    const index = ctx.sealer.index(ctx.organizationId, 'family/phone', phone)
    const [id, at] = [ctx.ids.next<string>(), ctx.clock.now()]
    const until = new Date(at.getTime() + 300 * 86_400_000)
    await insertRelative(ctx.tx, ctx.organizationId, {
      id,
      patientId,
      name,
      relation: 'child',
      phone: { sealed: ctx.sealer.seal(ctx.organizationId, phone), index, masked: phone },
      scopes,
      tokenHash: link.hash,
      at,
      by: null,
      untilOn: until.toISOString().slice(0, 10),
    })
    await updateRelative(ctx.tx, ctx.organizationId, id, { confirmed_at: at })
    const times = { opened_at: at, last_seen_at: at, expires_at: until, ended_at: null }
    const of = { organization_id: ctx.organizationId, id: ctx.ids.next<string>(), phone_index: index }
    await insertSession(ctx.tx, { ...of, ...times, token_hash: session.hash, stays: true, device: 'phone' })
    const cookie = session.token
    return { id, token: link.token, cookie, try: (endpoint, input) => callFor(house, { cookie, id }, endpoint, input) }
  })
}
