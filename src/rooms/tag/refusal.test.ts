import { beforeEach, describe, expect, test } from 'vitest'
import { checkPlain } from '../../clinical/plain-language/index.ts'
import { compileWhere, forAudience, forCare, groundOf } from '../../platform/condition/index.ts'
import { systemActor } from '../../platform/context/context.ts'
import { readContext } from '../../platform/context/house.ts'
import { aHouse, TEST_NOW, type PatientCaller } from '../../../test/house.ts'
import { mergePatients, proposeMerge, undoMerge } from '../patient/contract/merge.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import { allowOwnGround, listOwnGrounds, refuseOwnGround } from './contract/own.ts'
import { listPatientTags, setManualTag, tagHistory } from './contract/tag.ts'
import { installShippedTags, setRoomTag, tagsOf, tagsThatAsk } from './server/index.ts'
import { patientWords } from './server/own.ts'
import { shippedTags } from './server/shipped.ts'

/** 算法推荐管理规定 §17: a person sees by which tags something is recommended to them, and takes them out. */
const house = await aHouse()
const ctx = () => readContext(house.house, { tenant: house.tenant, actor: systemActor(house.tenant.id, 'test') })
const db = () => house.house.databases.of(house.tenant.id)
await house.write((tx) => installShippedTags(tx))
const doctor = await house.as('physician', { name: '陈医生' })
const manager = await house.as('service-manager')
let count = 0
beforeEach(() => house.clock.set(TEST_NOW))

async function aPatient(): Promise<PatientCaller> {
  const person = {
    name: `赵平${'安和宁'[count % 3]}`,
    birthDate: '1970-03-21',
    phone: `1350003${String(++count).padStart(4, '0')}`,
  }
  const id = await house.write((tx) => registerPatient(tx, person as never))
  await house.write((tx) => assignCarers(tx, id, { doctorId: doctor.staffId, managerId: manager.staffId } as never))
  return house.asPatient(id)
}
const setBy = (patient: PatientCaller, code: string) => house.write((tx) => setRoomTag(tx, patient.patientId, code))
const rows = async (patient: PatientCaller) => (await patient.call(listOwnGrounds)).rows
const of = (tagCode: string) => ({ params: { tagCode } })

/** Whether this condition chooses the person, where an audience is chosen and where they are cared for. */
async function chosen(patient: PatientCaller, code: string): Promise<{ audience: boolean; care: boolean }> {
  const condition = { tag: { code } }
  const gate = await forAudience(ctx(), condition)
  if (!('admitted' in gate)) throw new Error('an ordinary tag')
  const isChosen = async (one: Parameters<typeof compileWhere>[0]) => {
    const found = await db()
      .selectFrom('patient as p')
      .select('p.id')
      .where('p.id', '=', patient.patientId)
      .where(compileWhere(one, groundOf(ctx())))
      .execute()
    return found.length === 1
  }
  return { audience: await isChosen(gate.admitted), care: await isChosen(forCare(condition)) }
}

describe('what recommendations rest on', () => {
  test('is told in words for the person, since when and until when; what protects them is not among it', async () => {
    const patient = await aPatient()
    await setBy(patient, 'risk-diabetes-high')
    for (const code of ['do-not-disturb', 'bereaved', 'lost-contact']) await setBy(patient, code)
    await doctor.call(setManualTag, {
      params: { patientId: patient.patientId as never },
      body: { code: 'overweight', note: '内部备注', days: 30 },
    })
    const told = await rows(patient)
    expect(told.map(({ code, words, since, until }) => [code, words?.name.zh, since, until])).toEqual(
      expect.arrayContaining([
        ['risk-diabetes-high', '血糖要多留意', '2026-03-02', null],
        ['overweight', '体重比身高该有的多一些', '2026-03-02', '2026-04-01'],
      ]),
    )
    expect(told).toHaveLength(2)
    expect(JSON.stringify(told)).not.toMatch(/内部备注|糖尿病风险|超重/)
  })

  test('refused, no audience and no message goes by it from the next moment on, and care does; undone, all as before', async () => {
    const patient = await aPatient()
    await setBy(patient, 'risk-diabetes-high')
    expect(await chosen(patient, 'risk-diabetes-high')).toEqual({ audience: true, care: true })
    expect(await patient.call(refuseOwnGround, of('risk-diabetes-high'))).toEqual({ refused: true })
    expect(await patient.call(refuseOwnGround, of('risk-diabetes-high'))).toEqual({ refused: false })
    expect(await chosen(patient, 'risk-diabetes-high')).toEqual({ audience: false, care: true })
    expect(await rows(patient)).toMatchObject([{ refusedOn: '2026-03-02' }])
    expect(await tagsOf(ctx(), patient.patientId)).toMatchObject([{ code: 'risk-diabetes-high', isRefused: true }])
    const params = { patientId: patient.patientId as never }
    const { tags } = await doctor.call(listPatientTags, { params })
    expect(tags).toMatchObject([{ state: 'active', refusedAt: new Date(TEST_NOW).toISOString() }])
    const { events } = await doctor.call(tagHistory, { params })
    expect(events.map(({ change }) => change)).toEqual(['refused', 'set'])
    expect(await patient.call(allowOwnGround, of('risk-diabetes-high'))).toEqual({ allowed: true })
    expect(await chosen(patient, 'risk-diabetes-high')).toEqual({ audience: true, care: true })
  })

  test('it holds however often the tag is set anew, and is still listed while it does not stand', async () => {
    const patient = await aPatient()
    await setBy(patient, 'overweight')
    await patient.call(refuseOwnGround, of('overweight'))
    await db().deleteFrom('patient_tag').where('patient_id', '=', patient.patientId).execute()
    expect(await rows(patient)).toMatchObject([{ code: 'overweight', since: null, refusedOn: '2026-03-02' }])
    await setBy(patient, 'overweight')
    expect((await chosen(patient, 'overweight')).audience).toBe(false)
  })

  test('a message that a tag asks for is not, a task is', async () => {
    const patient = await aPatient()
    await ruleTag(patient, 'bp-recheck')
    await ruleTag(patient, 'bp-three-days')
    const asks = async (kind: 'message' | 'task') =>
      (await tagsThatAsk(ctx(), [patient.patientId], kind)).map(({ tag }) => tag)
    expect([await asks('message'), await asks('task')]).toEqual([['bp-recheck'], ['bp-three-days']])
    for (const code of ['bp-recheck', 'bp-three-days']) await patient.call(refuseOwnGround, of(code))
    expect([await asks('message'), await asks('task')]).toEqual([[], ['bp-three-days']])
  })

  test('what protects, what does not stand, and what is another’s is refused, and nothing changes', async () => {
    const [patient, other] = [await aPatient(), await aPatient()]
    for (const code of ['do-not-disturb', 'lost-contact']) await setBy(patient, code)
    await setBy(other, 'overweight')
    for (const code of ['do-not-disturb', 'lost-contact', 'overweight', 'nothing-like-it'])
      expect([code, (await patient.try(refuseOwnGround, of(code))).code]).toEqual([code, 'TagNotStanding'])
    expect(
      await db().selectFrom('tag_refusal').selectAll().where('patient_id', '=', patient.patientId).execute(),
    ).toEqual([])
    expect(await patient.call(allowOwnGround, of('overweight'))).toEqual({ allowed: false })
  })

  test('the wish goes with a merge and is taken home with it', async () => {
    const desk = await house.as('front-desk')
    const [from, into] = [await aPatient(), await aPatient()]
    await setBy(into, 'overweight')
    // A tag of the other file is known by its moment.
    house.clock.advance({ minutes: 1 })
    await setBy(from, 'overweight')
    await from.call(refuseOwnGround, of('overweight'))
    const [oneId, intoId] = [from.patientId as never, into.patientId as never]
    const { proposalId } = await desk.call(proposeMerge, { body: { oneId, otherId: intoId } })
    const { mergeId } = await desk.call(mergePatients, { params: { proposalId }, body: { intoId, chosen: {} } })
    await house.settle()
    expect((await chosen(into, 'overweight')).audience).toBe(false)
    await desk.call(undoMerge, { params: { mergeId }, body: { reason: '认错了' } })
    await house.settle()
    expect((await chosen(into, 'overweight')).audience).toBe(true)
    expect((await chosen(from, 'overweight')).audience).toBe(false)
  })
})

/** As a rule leaves it. */
async function ruleTag(patient: PatientCaller, code: string): Promise<void> {
  await db()
    .insertInto('patient_tag')
    .values({
      organization_id: house.tenant.id,
      patient_id: patient.patientId,
      tag_code: code,
      source: 'rule',
      state: 'active',
      rule_version: 1,
      note: '',
      set_at: new Date(TEST_NOW),
      set_by: null,
      expires_at: null,
      suppressed_at: null,
      suppressed_by: null,
      suppressed_because: null,
    })
    .execute()
}

describe('the words', () => {
  test.each(shippedTags.map((tag) => [tag.code, tag] as const))('%s is not shown raw', (code, tag) => {
    expect(patientWords).toHaveProperty(code)
    const words = patientWords[code]
    // What holds back, warns or protects is no ground at all.
    if (tag.then.some((asked) => 'quiet' in asked) || tag.tone === 'danger') expect(words).toBeNull()
    if (!words) return
    expect(words.name.zh).not.toBe(tag.name.zh)
    expect(words.name.en).not.toBe(tag.name.en)
    for (const text of [words.name, words.why]) {
      expect(checkPlain(text.zh)).toEqual([])
      expect(checkPlain(text.en)).toEqual([])
    }
  })
})
