import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { nobody, TEST_NOW, type Caller, type PatientCaller } from '../../../test/house.ts'
import { listOwnIndicators, readOwnTrend } from '../observation/contract/own.ts'
import { aReport } from '../observation/sample-record.ts'
import { recordReports } from '../observation/server/index.ts'
import { mergePatients, proposeMerge, undoMerge } from '../patient/contract/merge.ts'
import { markDeceased } from '../patient/contract/patient.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import { readHome, whoLooked } from '../patient-access/contract/my.ts'
import { getSmsAccount, setSmsAccount } from '../sms/contract/account.ts'
import * as contract from './contract/family.ts'
import { aClinic, aPhone, callFor, CODE, type Relative } from '../../../test/family-clinic.ts'

const clinic = await aClinic()
const { house, codeTo, letIn, comeIn } = clinic
const stranger = nobody(house)
const db = () => house.house.databases.of(house.tenant.id)
let doctor: Caller
let manager: Caller
let count = 0

beforeAll(async () => {
  doctor = await house.as('physician', { name: '陈医生' })
  manager = await house.as('service-manager', { name: '李健管' })
})
beforeEach(() => house.clock.set(TEST_NOW))

async function aPatient(over: object = {}): Promise<PatientCaller> {
  const person = {
    name: `王建${'国军民华'[count % 4]}`,
    sex: 'male',
    birthDate: '1950-03-21',
    phone: `1350002${String(++count).padStart(4, '0')}`,
    ...over,
  }
  const id = await house.write((ctx) => registerPatient(ctx, person as never))
  await house.write((ctx) => assignCarers(ctx, id, { doctorId: doctor.staffId, managerId: manager.staffId } as never))
  return house.asPatient(id)
}

const mine = async (patient: PatientCaller) => (await patient.call(contract.listMyFamily)).rows
const statusOf = async (relative: Relative) => (await relative.try(readHome)).status
const asked = (over: object = {}) => ({
  name: '王芳',
  relation: 'child' as const,
  phone: aPhone(),
  scopes: ['view' as const],
  ...over,
})
const tokenOf = (link: string) => link.split('/').at(-1)!
const auditOf = (patientId: string, action: string) =>
  db().selectFrom('audit_entry').selectAll().where('patient_id', '=', patientId).where('action', '=', action).execute()

describe('S0-29 letting a relative in', () => {
  test('they confirm with a code to their own phone; the patient is told, sees who may what and who looked', async () => {
    const patient = await aPatient()
    const phone = aPhone()
    const { id, link } = await patient.call(contract.inviteMine, { body: asked({ phone, scopes: ['ask'] }) })
    expect(await mine(patient)).toMatchObject([
      { id, state: 'invited', scopes: ['view', 'ask'], untilOn: '2027-03-02', invitedBy: null, lastSeenAt: null },
    ])
    const token = tokenOf(link)
    const looked = await stranger.call(contract.lookAtInvitation, { params: { token } })
    expect(looked).toMatchObject({ state: 'open', phoneMasked: `139****${phone.slice(-4)}`, relativeId: null })
    expect(JSON.stringify(looked)).not.toMatch(/王建/)
    const relative = await comeIn(id, token, phone)
    expect((await relative.try(readHome)).body).toMatchObject({ carers: [], forGuardian: false })
    expect((await relative.try(contract.inviteMine, { body: asked() })).code).toBe('NotLetIn')
    const [row] = await mine(patient)
    expect(row).toMatchObject({ state: 'active', lastSeenAt: expect.any(String) })
    const { rows } = await patient.call(whoLooked, {})
    expect(rows).toMatchObject([{ name: '王芳（子女）', isRelative: true, isMachine: false }])
    const told = await db()
      .selectFrom('message')
      .select('template')
      .where('patient_id', '=', patient.patientId)
      .execute()
    expect(new Set(told.map(({ template }) => template))).toEqual(new Set(['family-let-in']))
    const [entered] = await auditOf(patient.patientId, 'my.family-enter')
    expect(entered).toMatchObject({ actor_kind: 'relative', actor_id: id, outcome: 'done' })
  })

  test('neither phone, link nor code stand anywhere in clear', async () => {
    const patient = await aPatient()
    const phone = aPhone()
    const { link } = await patient.call(contract.inviteMine, { body: asked({ phone }) })
    await stranger.call(contract.askForCode, { params: { token: tokenOf(link) } })
    const code = codeTo(phone)
    expect(code).toMatch(/^\d{6}$/)
    const rows = await Promise.all([
      db().selectFrom('relative').selectAll().execute(),
      db().selectFrom('relative_code').selectAll().execute(),
      auditOf(patient.patientId, 'my.family-invite'),
      auditOf(patient.patientId, 'my.family-code'),
    ])
    const text = JSON.stringify(rows.flat(), (_key, value: unknown) => value)
    expect(text).not.toContain(phone)
    expect(text).not.toContain(tokenOf(link))
    expect(text).not.toContain(`"${code}"`)
  })

  test.each([
    ['a landline', { phone: '010-65521234' }, 'FamilyPhoneUnfit'],
    ['the own phone', { phone: '13511110000' }, 'FamilyPhoneOwn'],
  ])('%s is refused', async (_what, over, code) => {
    const patient = await aPatient({ phone: '13511110000', birthDate: `19${50 + count}-01-01` })
    expect((await patient.try(contract.inviteMine, { body: asked(over) })).code).toBe(code)
    expect(await mine(patient)).toEqual([])
  })

  test('one phone has one permission, also when two ask at once; an invitation that was not answered gives way', async () => {
    const patient = await aPatient()
    const phone = aPhone()
    const answers = await Promise.all([1, 2, 3].map(() => patient.try(contract.inviteMine, { body: asked({ phone }) })))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await mine(patient)).filter(({ state }) => state === 'invited')).toHaveLength(1)
    await letIn(patient)
    const [active] = (await mine(patient)).filter(({ state }) => state === 'active')
    const again = await db()
      .selectFrom('relative')
      .select('phone_sealed')
      .where('id', '=', active!.id)
      .executeTakeFirstOrThrow()
    const same = house.house.sealer.open(house.tenant.id, again.phone_sealed)
    expect((await patient.try(contract.inviteMine, { body: asked({ phone: same }) })).code).toBe('FamilyAlreadyIn')
  })

  test('without a template for codes nobody can be asked in, and it is said', async () => {
    const administrator = await house.as('system-administrator')
    const turn = async (codeTemplate: string, codeText: string) => {
      const { account } = await administrator.call(getSmsAccount)
      const { provider, keyId, signName, version } = account!
      return administrator.try(setSmsAccount, { body: { provider, keyId, signName, codeTemplate, codeText, version } })
    }
    expect((await turn('SMS_X', '没有变量')).code).toBe('SmsCodeTemplateUnfit')
    await turn('', '')
    const patient = await aPatient()
    expect((await patient.call(contract.listMyFamily)).ready).toBe(false)
    expect((await patient.try(contract.inviteMine, { body: asked() })).code).toBe('FamilyCodesWanted')
    await turn(CODE.code, CODE.text)
    expect((await patient.try(contract.inviteMine, { body: asked() })).status).toBe(200)
  })
})

describe('the code', () => {
  test('has five tries, lives ten minutes, and goes once a minute', async () => {
    const patient = await aPatient()
    const phone = aPhone()
    const { link } = await patient.call(contract.inviteMine, { body: asked({ phone }) })
    const token = tokenOf(link)
    const ask = () => stranger.call(contract.askForCode, { params: { token } })
    const enter = (code: string) => stranger.call(contract.enterByCode, { params: { token }, body: { code } })
    expect(await ask()).toEqual({ result: 'sent', seconds: 60, demoCode: null })
    expect(await ask()).toMatchObject({ result: 'wait', seconds: 60 })
    const code = codeTo(phone)
    const wrong = code === '111111' ? '222222' : '111111'
    for (const triesLeft of [4, 3, 2, 1]) expect(await enter(wrong)).toMatchObject({ result: 'wrong-code', triesLeft })
    expect(await enter(wrong)).toMatchObject({ result: 'used-up' })
    expect(await enter(code)).toMatchObject({ result: 'used-up', relativeId: null })
    house.clock.advance({ minutes: 2 })
    await ask()
    house.clock.advance({ minutes: 11 })
    expect(await enter(codeTo(phone))).toMatchObject({ result: 'no-code' })
    expect((await mine(patient))[0]).toMatchObject({ state: 'invited' })
  })

  test('of one link opens nothing of another, and works once', async () => {
    const [one, two] = [await aPatient(), await aPatient()]
    const phones = [aPhone(), aPhone()]
    const links = [
      await one.call(contract.inviteMine, { body: asked({ phone: phones[0] }) }),
      await two.call(contract.inviteMine, { body: asked({ phone: phones[1] }) }),
    ].map(({ link }) => tokenOf(link))
    for (const token of links) await stranger.call(contract.askForCode, { params: { token } })
    const code = codeTo(phones[0]!)
    const enter = (n: number) => stranger.call(contract.enterByCode, { params: { token: links[n]! }, body: { code } })
    if (code !== codeTo(phones[1]!)) expect(await enter(1)).toMatchObject({ result: 'wrong-code' })
    expect(await enter(0)).toMatchObject({ result: 'entered' })
    expect(await enter(0)).toMatchObject({ result: 'no-code' })
  })
})

describe('what is over', () => {
  test('taken back, an open session is closed with the next tap; the relative’s others stay', async () => {
    const [father, mother] = [await aPatient(), await aPatient({ sex: 'female' })]
    const phone = aPhone()
    const forFather = await letIn(father, { phone })
    house.clock.advance({ minutes: 2 })
    const forMother = await letIn(mother, { phone })
    // One phone, one session: it opens both, each by its own name.
    const both = (await callFor(house, { cookie: forMother.cookie }, contract.readPeople)).body as { others: object[] }
    expect(both.others).toHaveLength(2)
    expect((await callFor(house, { cookie: forMother.cookie, id: forFather.id }, readHome)).status).toBe(200)
    expect(await father.call(contract.endMine, { params: { relativeId: forFather.id as never } })).toEqual({
      ended: true,
    })
    expect(await statusOf(forFather)).toBe(401)
    expect(await statusOf(forMother)).toBe(200)
    expect(await mine(father)).toMatchObject([{ state: 'ended', endedBecause: 'patient' }])
    expect(await father.call(contract.endMine, { params: { relativeId: forFather.id as never } })).toEqual({
      ended: false,
    })
  })

  test('a call that is meant for somebody else never falls back to one’s own pages', async () => {
    const [me, father] = [await aPatient({ name: '王小芳' }), await aPatient()]
    const relative = await letIn(father)
    const meant = () => callFor(house, { cookie: relative.cookie, id: relative.id, patient: me.token }, readHome)
    expect((await meant()).body).toMatchObject({ name: expect.stringContaining('王建') })
    await father.call(contract.endMine, { params: { relativeId: relative.id as never } })
    expect((await meant()).status).toBe(401)
    expect((await callFor(house, { cookie: relative.cookie, patient: me.token }, readHome)).body).toMatchObject({
      name: '王小芳',
    })
  })

  test('another’s permission is nothing to change, end or link', async () => {
    const [me, father] = [await aPatient(), await aPatient()]
    const { id } = await letIn(father)
    const params = { relativeId: id as never }
    for (const answer of [
      await me.try(contract.endMine, { params }),
      await me.try(contract.linkMine, { params }),
      await me.try(contract.changeMine, { params, body: { scopes: ['view'] } }),
    ])
      expect(answer.status).toBe(404)
    expect((await mine(father))[0]).toMatchObject({ state: 'active' })
  })

  test('narrowed or widened, it is in force with the next tap; the last day is the last', async () => {
    const patient = await aPatient()
    const relative = await letIn(patient, { scopes: ['view', 'ask'] })
    const params = { relativeId: relative.id as never }
    await patient.call(contract.changeMine, { params, body: { scopes: ['view'], months: 3 } })
    expect((await callFor(house, { cookie: relative.cookie }, contract.readPeople)).body).toMatchObject({
      others: [{ scopes: ['view'], untilOn: '2026-06-02' }],
    })
    house.clock.set(new Date('2026-06-02T12:00:00Z'))
    const { id, link } = await (await house.asPatient(patient.patientId)).call(contract.linkMine, { params })
    const phone = await db()
      .selectFrom('relative')
      .select('phone_sealed')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const fresh = await comeIn(id, tokenOf(link), house.house.sealer.open(house.tenant.id, phone.phone_sealed).slice(3))
    expect(await statusOf(fresh)).toBe(200)
    expect(await stranger.call(contract.lookAtInvitation, { params: { token: relative.token } })).toMatchObject({
      state: 'closed',
    })
    house.clock.set(new Date('2026-06-02T16:30:00Z'))
    expect(await statusOf(fresh)).toBe(401)
  })

  test('death ends it, and the link with it', async () => {
    const patient = await aPatient()
    const relative = await letIn(patient)
    await doctor.call(markDeceased, {
      params: { patientId: patient.patientId },
      body: { deceasedOn: '2026-03-01' } as never,
    })
    expect(await statusOf(relative)).toBe(401)
    await house.settle()
    expect(await db().selectFrom('relative').select('ended_because').where('id', '=', relative.id).execute()).toEqual([
      { ended_because: 'died' },
    ])
    const { token } = relative
    expect(await stranger.call(contract.lookAtInvitation, { params: { token } })).toMatchObject({ state: 'closed' })
    expect(await stranger.call(contract.askForCode, { params: { token } })).toMatchObject({ result: 'closed' })
  })

  test('it follows a merge, once for each phone, and goes home when that is taken back', async () => {
    const desk = await house.as('front-desk')
    const [from, into] = [await aPatient(), await aPatient()]
    const phone = aPhone()
    const twice = await letIn(from, { phone })
    house.clock.advance({ minutes: 2 })
    await letIn(into, { phone })
    const other = await letIn(from)
    const [oneId, intoId] = [from.patientId as never, into.patientId as never]
    const { proposalId } = await desk.call(proposeMerge, { body: { oneId, otherId: intoId } })
    const { mergeId } = await desk.call(mergePatients, { params: { proposalId }, body: { intoId, chosen: {} } })
    await house.settle()
    expect(await statusOf(other)).toBe(200)
    expect(await statusOf(twice)).toBe(401)
    await desk.call(undoMerge, { params: { mergeId }, body: { reason: '认错了' } })
    await house.settle()
    expect(((await other.try(readHome)).body as { name: string }).name).toMatch(/王建/)
    const rows = await db().selectFrom('relative').select('patient_id').where('id', '=', other.id).execute()
    expect(rows).toEqual([{ patient_id: from.patientId }])
  })

  test('what a guardian agreed to ends on the 14th birthday; from then on the young person decides', async () => {
    const child = await aPatient({
      birthDate: '2012-06-01',
      guardian: { name: '李梅', relation: 'mother', phone: '13512340000' },
    })
    expect((await child.call(contract.listMyFamily)).forGuardian).toBe(true)
    const grandmother = await letIn(child)
    expect(await statusOf(grandmother)).toBe(200)
    house.clock.set(new Date('2026-06-01T02:00:00Z'))
    expect(await statusOf(grandmother)).toBe(401)
    const young = await house.asPatient(child.patientId)
    expect(await mine(young)).toMatchObject([{ state: 'ended', endedBecause: 'own-age' }])
    const mother = await letIn(young)
    expect(await statusOf(mother)).toBe(200)
  })
})

describe('what is shown', () => {
  test('indicators without what only the person is shown, whatever its result', async () => {
    const patient = await aPatient()
    await house.write((ctx) =>
      recordReports(ctx, [
        aReport(ctx, patient.patientId, { effectiveAt: new Date('2026-02-01T01:00:00Z') }, [
          { code: 'fpg', value: 7.2, unit: 'mmol/L' },
          { code: 'hbsag', valueText: '阴性' },
          { code: 'local:LIS|7001', valueText: '阴性', original: { name: '人类免疫缺陷病毒抗体' } },
          { code: 'local:LIS|7002', valueText: '12', original: { name: '抑郁自评量表' } },
        ]),
      ]),
    )
    house.clock.advance({ minutes: 30 })
    const relative = await letIn(patient)
    const codes = (body: unknown) =>
      (body as { panels: { indicators: { code: string }[] }[] }).panels.flatMap(({ indicators }) =>
        indicators.map(({ code }) => code),
      )
    expect(codes(await patient.call(listOwnIndicators)).toSorted()).toEqual(['fpg', 'local:LIS|7001', 'local:LIS|7002'])
    expect(codes((await relative.try(listOwnIndicators)).body)).toEqual(['fpg'])
    for (const code of ['local:LIS|7001', 'local:LIS|7002', 'hbsag'])
      expect((await relative.try(readOwnTrend, { params: { code } })).status).toBe(404)
    const looks = await auditOf(patient.patientId, 'my.trends')
    expect(looks.map(({ actor_kind: kind }) => kind).toSorted()).toEqual(['patient', 'relative'])
  })
})

describe('by staff', () => {
  const word = { kind: 'in-person' as const, note: '3 月 2 日当面说，请女儿帮忙看报告' }
  test('on the patient’s word, which stands beside it; the patient sees who wrote it and takes it back', async () => {
    const patient = await aPatient()
    const params = { patientId: patient.patientId as never }
    const phone = aPhone()
    const { id, link } = await manager.call(contract.inviteFor, { params, body: { ...asked({ phone }), word } })
    const relative = await comeIn(id, tokenOf(link), phone)
    expect(await statusOf(relative)).toBe(200)
    expect((await manager.call(contract.familyOf, { params })).rows).toMatchObject([
      { state: 'active', word, invitedBy: '李健管' },
    ])
    expect(await mine(patient)).toMatchObject([{ invitedBy: '李健管' }])
    await patient.call(contract.endMine, { params: { relativeId: id } })
    expect(await statusOf(relative)).toBe(401)
    const [line] = await auditOf(patient.patientId, 'family.invite')
    expect(line).toMatchObject({ outcome: 'done', subject_id: id, detail: { word: 'in-person' } })
  })

  test('without a word, without the permission or without the patient nothing comes of it', async () => {
    const patient = await aPatient()
    const params = { patientId: patient.patientId as never }
    expect((await manager.try(contract.inviteFor, { params, body: asked() as never })).status).toBe(400)
    const sales = await house.as('sales-manager')
    expect((await sales.try(contract.inviteFor, { params, body: { ...asked(), word } })).status).toBe(403)
    expect((await sales.try(contract.familyOf, { params })).status).toBe(403)
    const elsewhere = await house.as('service-manager')
    expect((await elsewhere.try(contract.inviteFor, { params, body: { ...asked(), word } })).status).toBe(404)
    const { id } = await letIn(patient)
    expect((await elsewhere.try(contract.endFor, { params: { ...params, relativeId: id as never } })).status).toBe(404)
    expect(await mine(patient)).toMatchObject([{ id, state: 'active' }])
    expect(await manager.call(contract.endFor, { params: { ...params, relativeId: id as never } })).toEqual({
      ended: true,
    })
  })

  test('a relative leaves by themselves', async () => {
    const patient = await aPatient()
    const relative = await letIn(patient)
    expect((await relative.try(contract.leaveFamily)).body).toEqual({ left: true })
    expect(await statusOf(relative)).toBe(401)
    expect(await mine(patient)).toMatchObject([{ endedBecause: 'relative' }])
  })
})
