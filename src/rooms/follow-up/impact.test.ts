import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { dateIn } from '../../platform/clock.ts'
import { getProtocol } from './contract/catalogue.ts'
import { decideSwitch, impactOfVersion, undoSwitch } from './contract/impact.ts'
import { enrol } from './contract/run.ts'
import { complete } from './contract/visit.ts'
import { aPathway, aStep, publish } from './sample-pathway.ts'
import { aPerson, evaluate, pass, signedIn, storyOf } from './sample-plan.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
const manager = await house.as('service-manager', { name: '李素珍' })
const reviewer = await house.as('medical-reviewer')
const as = (who: { staffId: string }) => signedIn(house, who.staffId)
const first = aPathway({}, [
  aStep(),
  aStep({ code: 'paper', track: 'paper', kind: 'task', first: { days: 40 }, next: null }),
])
const second = aPathway({}, [
  aStep({ first: { days: 7 }, after: { days: 14 } }),
  aStep({ code: 'look', track: 'look', kind: 'task', first: { days: 3 }, next: null }),
])
const code = { code: 'weekly' }
let old: number
let to: number

/** Somebody with one call done and the next one planned. */
const somebody = async () => {
  const patientId = await aPerson(house, { managerId: manager.staffId })
  await (
    await as(manager)
  ).call(enrol, { params: { patientId: patientId as never }, body: { protocol: 'weekly', reason: '' } })
  await evaluate(house)
  await pass(house, 7)
  await finish(patientId)
  return patientId
}
/** So many people in the first version, and then the second one is published. */
const people = async (count: number): Promise<string[]> => {
  old = await publish(house, first)
  const those: string[] = []
  for (let n = 0; n < count; n++) those.push(await somebody())
  to = await publish(house, second)
  return those
}
const openOf = (patientId: string, track = 'call') =>
  db()
    .selectFrom('occurrence')
    .selectAll()
    .where('patient_id', '=', patientId)
    .where('track', '=', track)
    .where('state', 'in', ['planned', 'due'])
    .executeTakeFirstOrThrow()
const finish = async (patientId: string) => {
  const { id } = await openOf(patientId)
  return (await as(manager)).try(complete, {
    params: { occurrenceId: id as never },
    body: { actualOn: dateIn(house.clock.now(), house.tenant.timeZone), way: 'phone' },
  })
}
const runOf = (patientId: string) =>
  db().selectFrom('plan_run').selectAll().where('patient_id', '=', patientId).executeTakeFirstOrThrow()
const impact = async () => (await as(reviewer)).call(impactOfVersion, { params: code, body: { version: to } })
const decisions = async (patients: string[], how: 'leave' | 'next-step' | 're-plan') => {
  const { lines } = await impact()
  const runs = await Promise.all(patients.map(runOf))
  return runs.map(({ id }) => ({
    runId: id as never,
    how,
    stamp: lines.find(({ runId }) => (runId as string) === id)!.stamp,
  }))
}
const decide = async (body: object) =>
  (await as(reviewer)).call(decideSwitch, { params: code, body: { to, ...body } as never })

describe('another version for plans that run', () => {
  test('what each choice would change, plan by plan, with names for whose people they are alone', async () => {
    const [patientId] = (await people(1)) as [string]
    const { total, lines } = await impact()
    expect(total).toBe(1)
    const [line] = lines
    expect(line).toMatchObject({ version: old, patient: null, lost: ['paper'], added: ['look'], moves: true })
    const dueOn = (list: { track: string; dueOn: string }[], track: string) =>
      list.find((one) => one.track === track)?.dueOn
    const open = await openOf(patientId)
    expect(dueOn(line!.before, 'call')).toBe(open.due_on)
    const days = (from: string, until: string) => (Date.parse(until) - Date.parse(from)) / 86_400_000
    expect(days(open.due_on, dueOn(line!.after['re-plan'], 'call')!)).toBe(7)
    expect(days(open.due_on, dueOn(line!.after['next-step'], 'call')!)).toBe(14)
    expect(dueOn(line!.after['re-plan'], 'paper')).toBeUndefined()
    const seen = await (await as(manager)).call(impactOfVersion, { params: code, body: { version: to } })
    expect(seen.lines[0]!.patient).toMatchObject({ id: patientId })
  })

  test('each as decided: left, with the next step, at once; it shows in the protocol, and can be taken back', async () => {
    const [left, next, again] = (await people(3)) as [string, string, string]
    const all = [
      ...(await decisions([left], 'leave')),
      ...(await decisions([next], 'next-step')),
      ...(await decisions([again], 're-plan')),
    ]
    const { id, applied, refused } = await decide({ decisions: all })
    expect([applied, refused]).toEqual([3, []])
    await evaluate(house)
    expect(await runOf(left)).toMatchObject({ protocol_version: old, switch_to: null })
    expect(await runOf(next)).toMatchObject({ protocol_version: old, switch_to: to, switch_how: 'next-step' })
    expect(await runOf(again)).toMatchObject({ protocol_version: to, switch_to: null })
    // Whoever looks again sees what waits.
    const waits = (await impact()).lines.find(({ switchTo }) => switchTo === to)
    expect(waits).toMatchObject({ runId: (await runOf(next)).id, switchHow: 'next-step' })
    const { switches } = await (await as(reviewer)).call(getProtocol, { params: code })
    expect(switches[0]).toMatchObject({ id, plans: 3, undoneAt: null, canUndo: true })
    // Whoever decides takes back, without being the one who publishes; whoever may do neither does not.
    const seenBy = async (role: 'quality-lead' | 'service-manager') =>
      (await (await house.as(role)).call(getProtocol, { params: code })).switches[0]!.canUndo
    expect([await seenBy('quality-lead'), await seenBy('service-manager')]).toEqual([true, false])
    const undo = async () => (await as(reviewer)).try(undoSwitch, { params: { switchId: id! } })
    expect(await undo()).toMatchObject({ status: 200, body: { undone: 3, kept: 0 } })
    expect(await undo()).toMatchObject({ status: 409, code: 'SwitchUndone' })
    await evaluate(house)
    for (const patientId of [left, next, again])
      expect(await runOf(patientId)).toMatchObject({ protocol_version: old, switch_to: null })
    const lines = await db()
      .selectFrom('audit_entry')
      .select('action')
      .where('action', 'like', 'follow-up.protocol.switch%')
      .where('outcome', '=', 'done')
      .execute()
    expect(lines.length).toBeGreaterThanOrEqual(2)
  })

  test('a plan in which somebody has done a visit meanwhile is named and left as it is', async () => {
    const [one, other] = (await people(2)) as [string, string]
    const seen = await decisions([one, other], 're-plan')
    await pass(house, 7)
    await finish(one)
    const fresh = await decisions([other], 're-plan')
    const answer = await decide({ decisions: [seen[0]!, fresh[0]!, { runId: house.house.ids.next(), how: 'leave' }] })
    expect(answer).toMatchObject({ applied: 1 })
    expect(answer.refused.map(({ why }) => why).toSorted()).toEqual(['moved-on', 'unknown'])
    expect(await runOf(one)).toMatchObject({ protocol_version: old, switch_to: null })
  })

  test('a visit that is completed at the same moment: neither is lost', async () => {
    const [patientId] = (await people(1)) as [string]
    await pass(house, 7)
    const [decision] = await decisions([patientId], 're-plan')
    const [done, decided] = await Promise.all([
      finish(patientId),
      decide({ decisions: [{ ...decision!, stamp: undefined }] }),
    ])
    expect(done.status).toBe(200)
    expect(decided.applied).toBe(1)
    await evaluate(house)
    expect(await runOf(patientId)).toMatchObject({ protocol_version: to, switch_to: null })
    const story = await storyOf(house, patientId)
    expect(story.filter((line) => line.includes('done'))).toHaveLength(2)
    expect(story.filter((line) => line.startsWith('call') && line.includes('planned'))).toHaveLength(1)
  })

  test('what has been done since is not taken back', async () => {
    const [patientId] = (await people(1)) as [string]
    const { id } = await decide({ decisions: await decisions([patientId], 're-plan') })
    await evaluate(house)
    await pass(house, 14)
    await finish(patientId)
    const answer = await (await as(reviewer)).try(undoSwitch, { params: { switchId: id! } })
    expect(answer).toMatchObject({ status: 409, code: 'SwitchTooOld' })
  })

  test('only who publishes decides', async () => {
    const [patientId] = (await people(1)) as [string]
    const [decision] = await decisions([patientId], 'leave')
    expect(
      (await (await as(manager)).try(decideSwitch, { params: code, body: { to, decisions: [decision!] } })).status,
    ).toBe(403)
  })
})

test('five hundred plans in one request', async () => {
  await people(0)
  await house.write(async (ctx) => {
    const rows = Array.from({ length: 500 }, () => ({
      patient: ctx.ids.next<string & never>() as string,
      run: ctx.ids.next<string & never>() as string,
    }))
    const at = ctx.clock.now()
    const about = {
      organization_id: ctx.organizationId,
      name: '王秀英',
      sex: 'female',
      birth_date: '1970-05-01',
      created_at: at,
      updated_at: at,
    }
    await ctx.tx
      .insertInto('patient')
      .values(rows.map(({ patient }) => ({ ...about, id: patient })) as never)
      .execute()
    await ctx.tx
      .insertInto('plan_run')
      .values(
        rows.map(({ patient, run }) => ({
          organization_id: ctx.organizationId,
          id: run,
          patient_id: patient,
          protocol_code: 'weekly',
          protocol_version: old,
          entry_key: `hand:${run}`,
          anchor_on: ctx.today,
          state: 'active' as const,
          exit_reason: null,
          exit_rule: null,
          switch_to: null,
          switch_how: null,
          started_at: at,
          started_by: null,
          started_by_name: '',
          ended_at: null,
          ended_by: null,
          ended_by_name: null,
        })),
      )
      .execute()
  })
  const { lines } = await (
    await as(reviewer)
  ).call(impactOfVersion, { params: code, body: { version: to, limit: 1000 } })
  expect(lines.length).toBeGreaterThanOrEqual(500)
  const answer = await decide({ decisions: lines.map(({ runId, stamp }) => ({ runId, stamp, how: 'next-step' })) })
  expect(answer).toMatchObject({ applied: lines.length, refused: [] })
})
