import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { evaluateDue } from '../agenda/server/index.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import { listPatientTags, setManualTag, suppressTag } from './contract/tag.ts'
import {
  clearRoomTag,
  clearRoomTags,
  installShippedTags,
  setRoomTag,
  setRoomTags,
  tagsOf as standingTagsOf,
  tagStep,
  type RoomTag,
} from './server/index.ts'

const house = await aHouse()
const { tenant, clock } = house
const db = () => house.house.databases.of(tenant.id)

beforeAll(() => house.write(installShippedTags))

const aPatient = () =>
  house.write(
    async (ctx) => (await registerPatient(ctx, { name: '李梅', sex: 'female', birthDate: '1970-02-03' })) as string,
  )
/** Signed in just now: sessions do not last over the days that pass here. */
async function aDoctorOf(patientId: string): Promise<Caller> {
  const doctor = await house.as('physician')
  await house.write((ctx) => assignCarers(ctx, patientId as never, { doctorId: doctor.staffId }))
  return doctor
}
const of = (patientId: string) => ({ params: { patientId: patientId as never } })
const evaluate = async () => {
  while ((await evaluateDue(house.house, tenant, [tagStep])) > 0);
}
const tagsOf = async (patientId: string) =>
  (await house.write((ctx) => standingTagsOf(ctx, patientId)))
    .map(({ code }) => code)
    .filter((code) => code.startsWith('risk-'))
    .toSorted()
const changesOf = async (patientId: string) =>
  (
    await db()
      .selectFrom('patient_tag_event')
      .select(['tag_code', 'change'])
      .where('patient_id', '=', patientId)
      .where('tag_code', 'like', 'risk-%')
      .orderBy('at')
      .orderBy('id')
      .execute()
  ).map(({ tag_code, change }) => `${tag_code} ${change}`)
const inDays = (days: number) => new Date(clock.now().getTime() + days * 86_400_000)
const set = (...tags: RoomTag[]) => house.write((ctx) => setRoomTags(ctx, tags))
const HIGH = 'risk-diabetes-high'
const BONE = 'risk-osteoporosis-high'

describe('a tag that another room sets', () => {
  test('for many at once: each is new once, with its reason and its end', async () => {
    const [one, other] = [await aPatient(), await aPatient()]
    const until = inDays(365)
    const tags = [one, other].map((patientId) => ({ patientId, tag: HIGH, facts: [{ kind: 'probe', n: 1 }], until }))
    expect(await set(...tags)).toHaveLength(2)
    expect(await set(...tags)).toEqual([])
    const { tags: shown } = await (await aDoctorOf(one)).call(listPatientTags, of(one))
    expect(shown.find(({ code }) => code === HIGH)).toMatchObject({
      source: 'room',
      facts: [{ kind: 'probe', n: 1 }],
      expiresAt: until.toISOString(),
    })
    expect(await changesOf(other)).toEqual([`${HIGH} set`])
    expect(await set()).toEqual([])
  })

  test('ends at its moment, with a line in the history, and not before', async () => {
    const patientId = await aPatient()
    const before = clock.now()
    await set({ patientId, tag: HIGH, until: inDays(30) }, { patientId, tag: BONE })
    await evaluate()
    clock.advance({ days: 29 })
    await evaluate()
    expect(await tagsOf(patientId)).toEqual([HIGH, BONE])
    clock.advance({ days: 1 })
    await evaluate()
    expect(await tagsOf(patientId)).toEqual([BONE])
    expect(await changesOf(patientId)).toEqual(
      expect.arrayContaining([`${HIGH} set`, `${BONE} set`, `${HIGH} expired`]),
    )
    expect(await changesOf(patientId)).toHaveLength(3)
    clock.set(before)
  })

  test('set again before its end stands longer; after its end it is new', async () => {
    const patientId = await aPatient()
    const before = clock.now()
    await set({ patientId, tag: HIGH, until: inDays(30) })
    await evaluate()
    clock.advance({ days: 20 })
    expect(await set({ patientId, tag: HIGH, until: inDays(30) })).toEqual([])
    clock.advance({ days: 15 })
    await evaluate()
    expect(await tagsOf(patientId)).toEqual([HIGH])
    clock.advance({ days: 20 })
    // Nobody has looked since: it has ended all the same.
    expect(await tagsOf(patientId)).toEqual([])
    expect(await set({ patientId, tag: HIGH, until: inDays(1) })).toEqual([{ patientId, tag: HIGH }])
    expect(await tagsOf(patientId)).toEqual([HIGH])
    clock.set(before)
  })

  test('that somebody suppressed stays away until its facts change', async () => {
    const patientId = await aPatient()
    const says = (n: number) => ({ patientId, tag: HIGH, facts: [{ kind: 'probe', n }] })
    await set(says(1))
    await (
      await aDoctorOf(patientId)
    ).call(suppressTag, {
      params: { patientId: patientId as never, tagCode: HIGH },
      body: { because: '已经面谈' },
    })
    expect(await set(says(1))).toEqual([])
    expect(await tagsOf(patientId)).toEqual([])
    expect(await set(says(2))).toHaveLength(1)
    expect(await tagsOf(patientId)).toEqual([HIGH])
  })

  test('two who set the same at once: it is new for one of them', async () => {
    const patientId = await aPatient()
    const both = await Promise.all([1, 2].map(() => house.write((ctx) => setRoomTag(ctx, patientId, HIGH))))
    expect(both.toSorted()).toEqual([false, true])
    expect(await changesOf(patientId)).toEqual([`${HIGH} set`])
  })

  test('is taken away for many at once, and only where it stood', async () => {
    const [one, other] = [await aPatient(), await aPatient()]
    await set({ patientId: one, tag: HIGH }, { patientId: one, tag: BONE })
    const cleared = await house.write((ctx) =>
      clearRoomTags(ctx, [
        { patientId: one, tag: HIGH },
        { patientId: other, tag: HIGH },
      ]),
    )
    expect(cleared).toEqual([{ patientId: one, tag: HIGH }])
    expect(await tagsOf(one)).toEqual([BONE])
    expect(await house.write((ctx) => clearRoomTag(ctx, one, HIGH))).toBe(false)
  })
})

test('a tag by hand that has had its time can be set again', async () => {
  const patientId = await aPatient()
  const before = clock.now()
  const body = { code: HIGH, note: '', days: 7 }
  await (await aDoctorOf(patientId)).call(setManualTag, { ...of(patientId), body })
  await evaluate()
  clock.advance({ days: 7 })
  await evaluate()
  expect(await (await aDoctorOf(patientId)).call(setManualTag, { ...of(patientId), body })).toEqual({ set: true })
  expect(await changesOf(patientId)).toEqual([`${HIGH} set`, `${HIGH} expired`, `${HIGH} set`])
  clock.set(before)
})
