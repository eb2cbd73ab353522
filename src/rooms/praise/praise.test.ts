import { beforeEach, describe, expect, test } from 'vitest'
import { myTick } from '../care-plan/contract/check-in.ts'
import { aPlanClinic } from '../care-plan/sample-clinic.ts'
import { mergeIntoNow, unmergeNow } from '../care-plan/sample-merge.ts'
import { followUpCompleted } from '../follow-up/contract/events.ts'
import { enrol } from '../follow-up/contract/run.ts'
import { installShippedProtocols } from '../follow-up/server/index.ts'
import { holdPromotion, liftPromotion } from '../message/server/index.ts'
import type { HoldKind } from '../message/contract/words.ts'
import { patientDied } from '../patient/contract/events.ts'
import { changePraiseRule, getPraiseRule, myPraise, type PraisePolicy } from './contract/praise.ts'
import type { Milestone } from './contract/words.ts'
import { givePraise, type Reached } from './server/index.ts'
import { lookAtPlans } from './server/round.ts'

const clinic = await aPlanClinic()
const { house, manager } = clinic
const today = () => house.clock.today(house.tenant.timeZone)
const db = () => house.house.databases.of(house.tenant.id)
const uuid = () => house.house.ids.next<string & never>() as string
const look = () => lookAtPlans(house.house, house.tenant)
const give = (one: Reached) => house.write((ctx) => givePraise(ctx, [one]))
const first = (patientId: string): Reached => ({ patientId, milestone: 'first-visit', occurrence: uuid() })

beforeEach(() => clinic.pass(1))

async function aRunner() {
  const patientId = await clinic.aPatient()
  const plan = await clinic.running(patientId)
  const tick = async (outcome: 'done' | 'not-done' = 'done') =>
    (await house.asPatient(patientId)).call(myTick, {
      body: { clientId: uuid(), planId: plan.id, actionKey: 'salt', on: today(), outcome },
    })
  return { patientId, plan, tick }
}

async function saidTo(patientId: string): Promise<string[]> {
  const rows = await db()
    .selectFrom('message')
    .select(['template', 'channel', 'state'])
    .where('patient_id', '=', patientId)
    .where('source', '=', 'praise')
    .orderBy('created_at')
    .execute()
  return rows
    .filter(({ channel, state }) => channel === 'in-app' && state === 'accepted')
    .map(({ template }) => template)
}

describe('S0-27 days in a row', () => {
  test('seven days noted are praised once, six are not; a new row is another occasion', async () => {
    const { patientId, tick } = await aRunner()
    for (let day = 0; day < 6; day++) {
      await tick()
      await look()
      await clinic.pass(1)
    }
    expect(await saidTo(patientId)).toEqual([])
    for (let day = 0; day < 4; day++) {
      await tick()
      await Promise.all([look(), look()])
      await clinic.pass(1)
    }
    expect(await saidTo(patientId)).toEqual(['praise-days-in-a-row'])
    await clinic.pass(2)
    for (let day = 0; day < 7; day++) {
      await tick()
      await look()
      await clinic.pass(1)
    }
    expect(await saidTo(patientId)).toEqual(['praise-days-in-a-row', 'praise-days-in-a-row'])
    expect((await (await house.asPatient(patientId)).call(myPraise)).rows[0]).toMatchObject({
      milestone: 'days-in-a-row',
      days: 7,
    })
  })

  test('what was noted as not done is no day of it', async () => {
    const { patientId, tick } = await aRunner()
    for (let day = 0; day < 8; day++) {
      await tick(day === 4 ? 'not-done' : 'done')
      await look()
      await clinic.pass(1)
    }
    expect(await saidTo(patientId)).toEqual([])
  })

  test('a row of months is one occasion', async () => {
    const { patientId, tick } = await aRunner()
    for (let day = 0; day < 45; day++) {
      await tick()
      await look()
      await clinic.pass(1)
    }
    expect(await saidTo(patientId)).toEqual(['praise-days-in-a-row'])
  })
})

describe('S0-27 a goal met', () => {
  test('by a new value, once; not by one from before the plan, and not when it was met already', async () => {
    const met = await clinic.aPatient()
    const before = await clinic.aPatient()
    const already = await clinic.aPatient()
    await clinic.aValue(met, 'sbp', 152, 3)
    await clinic.aValue(before, 'sbp', 120, 3)
    await clinic.aValue(already, 'sbp', 121, 3)
    for (const one of [met, before, already]) await clinic.running(one)
    await look()
    await clinic.pass(2)
    await clinic.aValue(met, 'sbp', 128)
    await clinic.aValue(already, 'sbp', 122)
    await look()
    await clinic.pass(1)
    await look()
    expect(await saidTo(met)).toEqual(['praise-goal-met'])
    expect(await saidTo(before)).toEqual([])
    expect(await saidTo(already)).toEqual([])
  })
})

describe('S0-27 the first visit', () => {
  test('of a plan is praised once it is done, the second is not', async () => {
    await house.write(installShippedProtocols)
    const patientId = await clinic.aPatient()
    const enrolled = await manager.call(enrol, {
      params: { patientId: patientId as never },
      body: { protocol: 'hypertension', reason: '' },
    })
    const { runId } = enrolled
    const visit = async (sequence: number) => {
      await db()
        .insertInto('occurrence')
        .values({
          organization_id: house.tenant.id,
          id: uuid(),
          run_id: runId,
          patient_id: patientId,
          step: 'tried',
          track: 'tried',
          sequence,
          window_from: today(),
          due_on: today(),
          window_until: today(),
          state: 'done',
          actual_on: today(),
          form_answer_id: uuid(),
          settled_at: house.clock.now(),
          created_at: house.clock.now(),
        } as never)
        .execute()
      const about = { runId, patientId: patientId as never, protocol: 'hypertension', occurrenceId: uuid() as never }
      await house.write((ctx) =>
        ctx.emit(followUpCompleted, { ...about, step: 'quarterly', class: null, action: 'routine', emergency: false }),
      )
      await house.settle()
      await clinic.pass(1)
    }
    await visit(1)
    expect(await saidTo(patientId)).toEqual(['praise-first-visit'])
    await visit(2)
    expect(await saidTo(patientId)).toEqual(['praise-first-visit'])
  })

  const told = async (patientId: string, more: { emergency?: boolean; action?: 'routine' | 'refer' } = {}) => {
    await house.write((ctx) =>
      ctx.emit(followUpCompleted, {
        runId: uuid() as never,
        patientId: patientId as never,
        protocol: 'hypertension',
        occurrenceId: uuid() as never,
        step: 'visit',
        class: null,
        action: more.action ?? 'routine',
        emergency: more.emergency ?? false,
      }),
    )
    await house.settle()
  }

  test('one that led to a referral or an emergency, or that is not the first, is no occasion', async () => {
    const patientId = await clinic.aPatient()
    await told(patientId, { emergency: true })
    await told(patientId, { action: 'refer' })
    // Of a plan that has no visit at all: not the first.
    await told(patientId)
    expect(await saidTo(patientId)).toEqual([])
  })
})

describe('to whom nothing is said', () => {
  test.each(['crisis', 'alert', 'admission', 'complaint'] as HoldKind[])(
    '%s: nothing, and it may be said once that is over',
    async (kind) => {
      const patientId = await clinic.aPatient()
      const one = first(patientId)
      await house.write((ctx) => holdPromotion(ctx, [{ patientId, kind, sourceKey: `${kind} ${patientId}` }]))
      expect(await give(one)).toBe(0)
      expect(await saidTo(patientId)).toEqual([])
      await house.write((ctx) => liftPromotion(ctx, kind, [`${kind} ${patientId}`]))
      expect(await give(one)).toBe(1)
      expect(await give(one)).toBe(0)
      expect(await saidTo(patientId)).toEqual(['praise-first-visit'])
    },
  )

  test('the dead', async () => {
    const patientId = await clinic.aPatient()
    await db()
      .updateTable('patient')
      .set({ state: 'deceased', deceased_on: today() })
      .where('id', '=', patientId)
      .execute()
    await house.write((ctx) => ctx.emit(patientDied, { patientId: patientId as never, deceasedOn: today() } as never))
    await house.settle()
    expect(await give(first(patientId))).toBe(0)
    expect(await db().selectFrom('praise').selectAll().where('patient_id', '=', patientId).execute()).toEqual([])
  })

  test('nobody twice a day, also side by side', async () => {
    const patientId = await clinic.aPatient()
    const both = await Promise.all([give(first(patientId)), give(first(patientId))])
    expect(both.toSorted()).toEqual([0, 1])
  })
})

describe('the house decides', () => {
  const current = async () => (await (await house.as('quality-lead')).call(getPraiseRule)).current
  const set = async (on: boolean, { policy, version }: { policy: PraisePolicy; version: number }) => {
    const lead = await house.as('quality-lead')
    return lead.try(changePraiseRule, {
      body: { policy: { ...policy, 'first-visit': { on } }, version, because: '试一试' },
    })
  }

  test('switched off nothing is said, switched on again it is; of two at once one is set', async () => {
    const before = await current()
    const answers = await Promise.all([set(false, before), set(false, before)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const patientId = await clinic.aPatient()
    expect(await give(first(patientId))).toBe(0)
    await set(true, await current())
    expect(await give(first(patientId))).toBe(1)
    expect((await manager.try(getPraiseRule)).status).toBe(403)
    const { policy, version } = await current()
    expect((await manager.try(changePraiseRule, { body: { policy, version, because: '不行' } })).status).toBe(403)
    expect((await current()).version).toBe(version)
  })
})

test('the words promise nothing, give no number and compare with nobody', async () => {
  const patientId = await clinic.aPatient()
  for (const milestone of ['days-in-a-row', 'goal-met', 'first-visit'] as Milestone[]) {
    await give({ patientId, milestone, occurrence: uuid(), ...(milestone === 'days-in-a-row' ? { days: 7 } : {}) })
    await clinic.pass(1)
  }
  const rows = await db()
    .selectFrom('message')
    .select('content_sealed')
    .where('patient_id', '=', patientId)
    .where('source', '=', 'praise')
    .where('channel', '=', 'in-app')
    .execute()
  expect(rows).toHaveLength(3)
  for (const { content_sealed } of rows) {
    const text = house.house.sealer.open(house.tenant.id, content_sealed!).toString()
    expect(text).not.toMatch(/治愈|根治|一定|保证|别人|其他人|排名|得分|分数|第一名|比您/)
  }
})

test('follows a merge and comes back with it', async () => {
  const [gone, stays] = [await clinic.aPatient(), await clinic.aPatient()]
  await give(first(gone))
  const mergeId = await mergeIntoNow(house, gone, stays)
  expect((await (await house.asPatient(stays)).call(myPraise)).rows).toHaveLength(1)
  await unmergeNow(house, gone, stays, mergeId)
  expect((await (await house.asPatient(stays)).call(myPraise)).rows).toHaveLength(0)
  expect((await (await house.asPatient(gone)).call(myPraise)).rows).toHaveLength(1)
})
