import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse, nobody, TEST_NOW, visitor, type Caller } from '../../../test/house.ts'
import { ownPatientId } from '../../platform/context/context.ts'
import { keepingTransport, mailingBy, mailRow, setWebAddress } from '../message/sample.ts'
import { getMessage } from '../message/contract/message.ts'
import { sendDue } from '../message/server/index.ts'
import { mergePatients, proposeMerge, undoMerge } from '../patient/contract/merge.ts'
import { getPatient, markDeceased } from '../patient/contract/patient.ts'
import type { NewPatient } from '../patient/contract/person.ts'
import { assignCarers, patientSummary, registerPatient, visibleTo } from '../patient/server/index.ts'
import { openSession } from '../staff/server/index.ts'
import * as contract from './contract/patient-access.ts'
import { openWay } from './server/index.ts'

const house = await aHouse()
const stranger = nobody(house)
let doctor: Caller
let manager: Caller
let desk: Caller
let count = 0
const BORN = '1968-03-21'

beforeAll(async () => {
  doctor = await house.as('physician', { name: '陈医生' })
  manager = await house.as('service-manager', { name: '李健管' })
  desk = await house.as('front-desk')
})

async function aPatient(over: Partial<NewPatient> = {}): Promise<never> {
  const person = {
    name: `林安${'平和宁静'[count % 4]}`,
    phone: `1350001${String(++count).padStart(4, '0')}`,
    birthDate: BORN,
  }
  const id = await house.write((ctx) => registerPatient(ctx, { ...person, ...over } as never))
  await house.write((ctx) => assignCarers(ctx, id, { doctorId: doctor.staffId, managerId: manager.staffId } as never))
  return id as never
}

// The clock travels far in some tests, further than a session of staff lasts.
beforeEach(() => house.clock.set(TEST_NOW))
async function signedIn({ staffId }: Caller): Promise<Caller> {
  const browser = { secondFactor: true, address: '127.0.0.1', userAgent: 'test' }
  return visitor(house, await house.write((ctx) => openSession(ctx, staffId, browser)))
}

const tokenOf = (link: string) => link.split('/').at(-1)!
async function aWay(patientId: string, page = '/my'): Promise<string> {
  return tokenOf((await house.write((ctx) => openWay(ctx, patientId, { page }))).link)
}
const enter = (token: string, birthDate = BORN, stay = false) =>
  stranger.try(contract.enterByWay, { params: { token }, body: { birthDate, stay } })
const cookieIn = (headers: Record<string, unknown>) => String(headers['set-cookie'] ?? '')
/** Comes in by a link. @returns the session's token */
async function comeIn(token: string, stay = false): Promise<string> {
  const { raw, body } = await enter(token, BORN, stay)
  expect(body).toMatchObject({ result: 'entered' })
  return /peiban_patient=([^;]+)/.exec(cookieIn(raw.headers))![1]!
}
const homeWith = async (session: string) => {
  const answer = await house.app.inject({ url: '/api/my/home', cookies: { peiban_patient: session } })
  return answer.statusCode
}
const waysOf = async (patientId: never) => (await signedIn(manager)).call(contract.waysOf, { params: { patientId } })

describe('a link', () => {
  test('opens its page with the date of birth, and the home says who is there', async () => {
    const patientId = await aPatient({ called: '林阿姨' } as never)
    const token = await aWay(patientId, '/my/plan')
    const looked = await stranger.call(contract.lookAtWay, { params: { token } })
    expect(looked).toEqual({ state: 'open', organization: house.tenant.name, phone: null, page: null })
    const { body, raw } = await enter(token)
    expect(body).toEqual({ result: 'entered', triesLeft: 4, page: '/my/plan' })
    expect(cookieIn(raw.headers)).toMatch(/^peiban_patient=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax$/)
    const session = /peiban_patient=([^;]+)/.exec(cookieIn(raw.headers))![1]!
    const home = await house.app.inject({ url: '/api/my/home', cookies: { peiban_patient: session } })
    expect(home.json()).toEqual({
      name: '林阿姨',
      forGuardian: false,
      organization: house.tenant.name,
      phone: null,
      carers: [
        { role: 'doctor', name: '陈医生' },
        { role: 'manager', name: '李健管' },
      ],
    })
    // The same link in the same browser asks nothing any more; in another it does.
    const again = await house.app.inject({ url: `/api/my/enter/${token}`, cookies: { peiban_patient: session } })
    expect(again.json()).toMatchObject({ state: 'inside', page: '/my/plan' })
    expect(await stranger.call(contract.lookAtWay, { params: { token } })).toMatchObject({ state: 'open', page: null })
    const other = await aWay(await aPatient())
    const elses = await house.app.inject({ url: `/api/my/enter/${other}`, cookies: { peiban_patient: session } })
    expect(elses.json()).toMatchObject({ state: 'open', page: null })
  })

  test('stays on a phone that is theirs, and travels encrypted where the house does', async () => {
    const token = await aWay(await aPatient())
    expect(cookieIn((await enter(token, BORN, true)).raw.headers)).toMatch(/SameSite=Lax; Max-Age=2592000$/)
    const answer = await house.app.inject({
      method: 'POST',
      url: `/api/my/enter/${token}`,
      headers: { 'x-forwarded-proto': 'https' },
      payload: { birthDate: BORN },
    })
    expect(cookieIn(answer.headers)).toMatch(/; Secure$/)
  })

  test('has five tries; the sixth does not open even with the right date', async () => {
    const patientId = await aPatient()
    const token = await aWay(patientId)
    for (const triesLeft of [4, 3, 2, 1])
      expect((await enter(token, '1968-03-22')).body).toEqual({ result: 'wrong-birth-date', triesLeft, page: null })
    const last = await enter(token, '1968-03-22')
    expect(last.body).toEqual({ result: 'locked', triesLeft: 0, page: null })
    expect(cookieIn(last.raw.headers)).toBe('')
    expect((await enter(token)).body).toMatchObject({ result: 'locked' })
    expect(await stranger.call(contract.lookAtWay, { params: { token } })).toMatchObject({ state: 'locked' })
    expect((await waysOf(patientId)).ways).toMatchObject([{ state: 'locked' }])
    const [line] = await auditOf('my.enter', patientId)
    expect(line).toMatchObject({ outcome: 'denied', actor_kind: 'patient', actor_id: null })
  })

  test('gives the tries back to who knows the date, and not one more to many at once', async () => {
    const token = await aWay(await aPatient())
    for (let n = 0; n < 4; n++) await enter(token, '1990-01-01')
    await comeIn(token)
    const guesses = await Promise.all(
      Array.from({ length: 12 }, (_, n) => enter(token, `1990-02-${String(n + 1).padStart(2, '0')}`)),
    )
    const results = guesses.map(({ body }) => (body as { result: string }).result)
    expect(results.filter((result) => result === 'wrong-birth-date')).toHaveLength(4)
    expect(results.filter((result) => result === 'locked')).toHaveLength(8)
  })

  test.each([
    ['rubbish', () => Promise.resolve('x'.repeat(40))],
    ['of nobody', async () => (await aWay(await aPatient())).replace(/.{6}$/, 'AAAAAA')],
    ['that ran out', async () => outdated()],
    ['that was withdrawn', async () => withdrawn()],
  ])('%s is closed, and that is all a stranger hears', async (_what, make) => {
    const token = await make()
    expect(await stranger.call(contract.lookAtWay, { params: { token } })).toMatchObject({
      state: 'closed',
      page: null,
    })
    expect((await enter(token)).body).toEqual({ result: 'closed', triesLeft: 0, page: null })
  })

  async function outdated(): Promise<string> {
    const { link } = await house.write(async (ctx) => openWay(ctx, await aPatient(), { page: '/my', days: 2 }))
    house.clock.advance({ days: 2 })
    return tokenOf(link)
  }
  async function withdrawn(): Promise<string> {
    const patientId = await aPatient()
    const token = await aWay(patientId)
    const [way] = (await waysOf(patientId)).ways
    await manager.call(contract.withdrawWay, { params: { patientId, patientWayId: way!.id } })
    return token
  }

  test('needs a page of ours, a living person and a date of birth', async () => {
    const patientId = await aPatient()
    for (const page of ['/patients', '/my/../patients', '//elsewhere.example', '/my/a/b/c', '/myself'])
      await expect(house.write((ctx) => openWay(ctx, patientId, { page }))).rejects.toThrow('no page of patients')
    const undated = await aPatient({ birthDate: undefined })
    expect((await manager.try(contract.showWay, { params: { patientId: undated } })).code).toBe('WayBirthDateWanted')
    await desk.call(markDeceased, { params: { patientId }, body: { deceasedOn: '2026-03-01' } })
    expect((await manager.try(contract.showWay, { params: { patientId } })).code).toBe('WayPatientGone')
  })
})

describe('a session', () => {
  test.each([
    ['passing', false, 30, 8 * 60],
    ['staying', true, 3 * 24 * 60, 30 * 24 * 60],
  ])('%s ends unused, and at the latest after its time', async (_name, stay, idleMinutes, mostMinutes) => {
    const token = await aWay(await aPatient())
    const idle = await comeIn(token, stay)
    house.clock.advance({ minutes: idleMinutes })
    expect(await homeWith(idle)).toBe(200)
    house.clock.advance({ minutes: idleMinutes + 1 })
    expect(await homeWith(idle)).toBe(401)
    const used = tokenOf(
      (await house.write(async (ctx) => openWay(ctx, await aPatient(), { page: '/my', days: 60 }))).link,
    )
    const session = await comeIn(used, stay)
    const steps = Math.floor(mostMinutes / idleMinutes) - 1
    for (let n = 0; n < steps; n++) {
      house.clock.advance({ minutes: idleMinutes })
      expect(await homeWith(session)).toBe(200)
    }
    house.clock.advance({ minutes: idleMinutes })
    expect(await homeWith(session)).toBe(401)
  })

  test('ends when the person signs out, and takes its cookie along; another goes on', async () => {
    const token = await aWay(await aPatient())
    const [one, other] = [await comeIn(token), await comeIn(token)]
    const answer = await house.app.inject({
      method: 'POST',
      url: '/api/my/sign-out',
      cookies: { peiban_patient: one },
      headers: { 'x-peiban': '1' },
    })
    expect(cookieIn(answer.headers)).toMatch(/^peiban_patient=; .*Max-Age=0$/)
    expect([await homeWith(one), await homeWith(other)]).toEqual([401, 200])
  })

  test('ends when staff withdraw the link or sign the person out everywhere', async () => {
    const patientId = await aPatient()
    const [first, second] = [await comeIn(await aWay(patientId)), await comeIn(await aWay(patientId))]
    const { ways, sessions } = await waysOf(patientId)
    expect(sessions).toHaveLength(2)
    const withdraw = () => manager.call(contract.withdrawWay, { params: { patientId, patientWayId: ways.at(-1)!.id } })
    expect(await withdraw()).toEqual({ withdrawn: true })
    expect(await withdraw()).toEqual({ withdrawn: false })
    expect([await homeWith(first), await homeWith(second)]).toEqual([401, 200])
    expect(await manager.call(contract.endSessions, { params: { patientId } })).toEqual({ ended: 1 })
    expect(await homeWith(second)).toBe(401)
    expect((await waysOf(patientId)).sessions).toEqual([])
  })

  test('ends with the life of the person, and so do the links', async () => {
    const patientId = await aPatient()
    const token = await aWay(patientId)
    const session = await comeIn(token)
    await desk.call(markDeceased, { params: { patientId }, body: { deceasedOn: '2026-03-01' } })
    // At once, before anybody has heard of it.
    expect(await homeWith(session)).toBe(401)
    expect((await enter(token)).body).toMatchObject({ result: 'closed' })
    await house.settle()
    expect((await waysOf(patientId)).ways).toMatchObject([{ state: 'withdrawn' }])
  })

  test('ends with a merge, while the link leads to the file that stands; and again when it is taken back', async () => {
    const [fromId, intoId] = [await aPatient(), await aPatient()]
    const token = await aWay(fromId)
    const session = await comeIn(token)
    const { proposalId } = await desk.call(proposeMerge, { body: { oneId: fromId, otherId: intoId } })
    const { mergeId } = await desk.call(mergePatients, { params: { proposalId }, body: { intoId, chosen: {} } })
    expect(await homeWith(session)).toBe(401)
    await house.settle()
    expect((await waysOf(intoId)).ways).toHaveLength(1)
    const merged = await comeIn(token)
    expect(await homeWith(merged)).toBe(200)
    await desk.call(undoMerge, { params: { mergeId }, body: { reason: '认错了' } })
    await house.settle()
    expect(await homeWith(merged)).toBe(401)
    expect([(await waysOf(intoId)).ways.length, (await waysOf(fromId)).ways.length]).toEqual([0, 1])
  })

  test('sees its own person through every scope, and nobody else', async () => {
    const [own, other] = [await aPatient(), await aPatient()]
    const patient = await house.asPatient(own)
    expect((await patient.call(contract.readHome)).name).toBe(
      (await house.write((ctx) => patientSummary(ctx, own)))!.name,
    )
    const actor = {
      kind: 'patient' as const,
      organizationId: house.tenant.id,
      id: own,
      name: '',
      roles: [],
      permissions: new Set<string>(),
    }
    const seen = await house.write((ctx) =>
      ctx.db.selectFrom('patient').select('id').where('id', 'in', [own, other]).where(visibleTo(actor)).execute(),
    )
    expect(seen).toEqual([{ id: own }])
    const unknown = await house.write((ctx) =>
      ctx.db
        .selectFrom('patient')
        .select('id')
        .where(visibleTo({ ...actor, id: null }))
        .execute(),
    )
    expect(unknown).toEqual([])
    expect(() => ownPatientId({ actor: { ...actor, kind: 'staff' } })).toThrow()
    // Staff's endpoints are closed to it, whosever id it names.
    for (const patientId of [own, other])
      expect((await patient.try(getPatient, { params: { patientId } })).code).toBe('NotSignedIn')
    expect((await visitor(house, patient.token).try(getPatient, { params: { patientId: own } })).code).toBe(
      'NotSignedIn',
    )
  })
})

describe('who has looked', () => {
  test('is told by person and day, with roles, without the own visits', async () => {
    const patientId = await aPatient()
    await doctor.call(getPatient, { params: { patientId } })
    await doctor.call(getPatient, { params: { patientId } })
    house.clock.advance({ days: 1 })
    await (await signedIn(manager)).call(getPatient, { params: { patientId } })
    const other = await aPatient()
    await (await signedIn(doctor)).call(getPatient, { params: { patientId: other } })
    const patient = await house.asPatient(patientId)
    await patient.call(contract.readHome)
    const { rows, next } = await patient.call(contract.whoLooked)
    expect(rows.map(({ name, roles, times, isMachine }) => ({ name, roles, times, isMachine }))).toEqual([
      { name: '李健管', roles: ['服务型健管师'], times: 1, isMachine: false },
      { name: '陈医生', roles: ['全科医生 / 责任医生'], times: 2, isMachine: false },
    ])
    expect(rows[0]!.on > rows[1]!.on).toBe(true)
    expect(next).toBeNull()
  })
})

describe('staff', () => {
  test('show a code that works for a day', async () => {
    const patientId = await aPatient()
    const { link } = await manager.call(contract.showWay, { params: { patientId } })
    expect(link).toMatch(/^http:\/\/localhost:3000\/my\/enter\/[0-9a-f]{32}\.[\w-]{43}$/)
    const session = await comeIn(tokenOf(link))
    expect(await homeWith(session)).toBe(200)
    house.clock.advance({ days: 1 })
    expect((await enter(tokenOf(link))).body).toMatchObject({ result: 'closed' })
    expect((await waysOf(patientId)).ways).toMatchObject([
      { sentBy: 'code', state: 'expired', can: { withdraw: false } },
    ])
  })

  test('send it by e-mail, sealed in the ledger, hidden in its copy', async () => {
    await setWebAddress(house, 'https://care.example')
    const patientId = await aPatient({ email: 'lin@example.com' } as never)
    await manager.call(contract.mailWay, { params: { patientId } })
    const { mails, transport } = keepingTransport()
    await sendDue(mailingBy(house.house, transport), house.tenant)
    const mail = mails.find(({ to }) => to === 'lin@example.com')!
    const link = /https:\/\/care\.example\/my\/enter\/([\w.-]+)/.exec(mail.text)!
    expect(mail.html).toContain(link[0])
    expect(mail.subject).toBe('您的“我的健康”入口')
    const session = await comeIn(link[1]!)
    expect(await homeWith(session)).toBe(200)
    const row = await mailRow(house, patientId)
    expect(JSON.stringify(row)).not.toContain(link[1])
    expect(row).toMatchObject({ state: 'accepted', template: 'my-health', source: 'patient-access' })
    expect((await waysOf(patientId)).ways).toMatchObject([{ sentBy: 'mail', mail: { state: 'accepted' } }])
    const copy = await manager.try(getMessage, { params: { messageId: row.id as never } })
    expect(copy.raw.body).toContain('/my/enter/…')
    expect(copy.raw.body).not.toContain(link[1])
    const audit = await house.house.databases.of(house.tenant.id).selectFrom('audit_entry').selectAll().execute()
    expect(JSON.stringify(audit)).not.toContain(link[1])
    const outbox = await house.house.databases.none.selectFrom('outbox_event').selectAll().execute()
    expect(JSON.stringify(outbox)).not.toContain(link[1])
    await setWebAddress(house, '')
  })

  test('take a link back before its mail has gone out, and it does not go out', async () => {
    await setWebAddress(house, 'https://care.example')
    const patientId = await aPatient({ email: 'back@example.com' } as never)
    await manager.call(contract.mailWay, { params: { patientId } })
    const [way] = (await waysOf(patientId)).ways
    expect(way).toMatchObject({ mail: { state: 'planned' } })
    await manager.call(contract.withdrawWay, { params: { patientId, patientWayId: way!.id } })
    const { mails, transport } = keepingTransport()
    await sendDue(mailingBy(house.house, transport), house.tenant)
    expect(mails.filter(({ to }) => to === 'back@example.com')).toEqual([])
    expect(await mailRow(house, patientId)).toMatchObject({ state: 'cancelled', reason: 'by-hand' })
    await setWebAddress(house, '')
  })

  test('cannot send where there is no address, and say so', async () => {
    const patientId = await aPatient()
    expect((await manager.try(contract.mailWay, { params: { patientId } })).code).toBe('WayEmailWanted')
    expect(await waysOf(patientId)).toMatchObject({ emailMasked: null, hasBirthDate: true, isActive: true, ways: [] })
  })

  test('hear that a child’s link is for the guardian', async () => {
    const patientId = await aPatient({
      birthDate: '2018-06-01',
      guardian: { relation: 'mother', name: '林母', phone: '13500029999' },
    } as never)
    expect(await waysOf(patientId)).toMatchObject({ forGuardian: true, hasGuardian: true, emailMasked: null })
    const patient = await house.asPatient(patientId)
    expect(await patient.call(contract.readHome)).toMatchObject({ forGuardian: true })
  })

  test('of a child mail the guardian, never the child’s own address, and give nothing where no guardian is on file', async () => {
    const guardian = { relation: 'mother', name: '林母', phone: '13500029998' } as const
    const child = { birthDate: '2018-06-01', email: 'the-child@example.com' }
    const only = await aPatient({ ...child, guardian })
    expect((await manager.try(contract.mailWay, { params: { patientId: only } })).code).toBe('WayGuardianEmailWanted')
    const both = await aPatient({ ...child, guardian: { ...guardian, email: 'lin-mother@example.com' } })
    expect(await waysOf(both)).toMatchObject({ emailMasked: expect.stringMatching(/^l/) })
    await manager.call(contract.mailWay, { params: { patientId: both } })
    await setWebAddress(house, 'https://clinic.example')
    const { mails, transport } = keepingTransport()
    await sendDue(mailingBy(house.house, transport), house.tenant)
    await setWebAddress(house, '')
    expect(mails.map(({ to }) => to)).toContain('lin-mother@example.com')
    expect(mails.map(({ to }) => to)).not.toContain('the-child@example.com')
    const orphan = await aPatient({ ...child, source: 'interface' })
    expect(await waysOf(orphan)).toMatchObject({ forGuardian: true, hasGuardian: false })
    for (const endpoint of [contract.showWay, contract.mailWay])
      expect((await manager.try(endpoint, { params: { patientId: orphan } })).code).toMatch(/^WayGuardian/)
  })

  test('on the 14th birthday, by the date alone, what the guardian opened is over and a new link is the young person’s', async () => {
    const guardian = { relation: 'father', name: '林父', phone: '13500029997' } as const
    const birthDate = '2012-03-08'
    const patientId = await aPatient({ birthDate, guardian })
    const token = await aWay(patientId)
    const entered = await enter(token, birthDate, true)
    const session = /peiban_patient=([^;]+)/.exec(cookieIn(entered.raw.headers))![1]!
    // The last evening before the birthday, in Shanghai.
    for (const day of ['2026-03-04T02:00:00Z', '2026-03-06T02:00:00Z', '2026-03-07T15:59:00Z']) {
      house.clock.set(day)
      expect(await homeWith(session)).toBe(200)
    }
    house.clock.set('2026-03-07T16:00:00Z')
    expect(await homeWith(session)).toBe(401)
    expect((await enter(token, birthDate)).body).toMatchObject({ result: 'closed' })
    expect(await waysOf(patientId)).toMatchObject({
      forGuardian: false,
      sessions: [],
      ways: [{ state: 'expired' }],
    })
    expect((await enter(await aWay(patientId), birthDate)).body).toMatchObject({ result: 'entered' })
  })

  test.each(['front-desk', 'sales-manager', 'counsellor', 'quality-lead', 'system-administrator'] as const)(
    'who are %s may not',
    async (role) => {
      const patientId = await aPatient()
      const caller = await house.as(role)
      expect((await caller.try(contract.showWay, { params: { patientId } })).status).toBe(403)
      expect((await caller.try(contract.waysOf, { params: { patientId } })).status).toBe(403)
    },
  )

  test('of other patients find nothing', async () => {
    const patientId = await aPatient()
    const elsewhere = await house.as('service-manager')
    for (const endpoint of [contract.showWay, contract.mailWay, contract.endSessions, contract.waysOf])
      expect((await elsewhere.try(endpoint as never, { params: { patientId } } as never)).status).toBe(404)
  })

  test('leave a line in the log for each', async () => {
    const patientId = await aPatient()
    await manager.call(contract.showWay, { params: { patientId } })
    const [line] = await auditOf('patient-access.show', patientId)
    expect(line).toMatchObject({ outcome: 'done', actor_name: '李健管' })
  })
})

test('what ran out long ago is forgotten, what works is kept', async () => {
  const patientId = await aPatient()
  await comeIn(await aWay(patientId))
  const round = house.rooms.find(({ name }) => name === 'patient-access')!.rounds![0]!
  house.clock.advance({ days: 100 })
  await round.run(house.house, house.tenant)
  expect((await waysOf(patientId)).ways).toHaveLength(1)
  await aWay(patientId)
  house.clock.advance({ days: 21 })
  await round.run(house.house, house.tenant)
  expect((await waysOf(patientId)).ways).toHaveLength(1)
})

function auditOf(action: string, patientId: string) {
  return house.house.databases
    .of(house.tenant.id)
    .selectFrom('audit_entry')
    .select(['outcome', 'actor_kind', 'actor_id', 'actor_name', 'detail'])
    .where('action', '=', action)
    .where('patient_id', '=', patientId)
    .orderBy('id', 'desc')
    .execute()
}
