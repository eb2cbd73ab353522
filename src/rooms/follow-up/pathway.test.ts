import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { dateIn } from '../../platform/clock.ts'
import { addCondition, addEncounter } from '../observation/server/index.ts'
import { messageFailed } from '../message/contract/events.ts'
import { questionnaireAnswered } from '../questionnaire/contract/responses.ts'
import { installShippedQuestionnaires } from '../questionnaire/server/index.ts'
import { tagStep } from '../tag/server/index.ts'
import { taskStep } from '../task/server/index.ts'
import { enrol, exitRun, listRuns } from './contract/run.ts'
import { complete } from './contract/visit.ts'
import { aPathway, aStep, passHours, publish, words } from './sample-pathway.ts'
import { aPerson, evaluate, pass, signedIn, storyOf } from './sample-plan.ts'
import { followUpStep } from './server/index.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
const manager = await house.as('service-manager', { name: '李素珍' })
const doctor = await house.as('physician', { name: '张文远' })
/** Another illness than the one that the conditions of the other tests ask for. */
const STOMACH = { condition: { codes: ['K29'] } }
const HEART = { condition: { codes: ['I50'] } }
const withHeart = (patientId: string) =>
  house.write((ctx) => addCondition(ctx, { patientId, code: 'I50.0', name: '心力衰竭' }).then(() => undefined))

beforeAll(async () => {
  await house.write(installShippedQuestionnaires)
  const short = { first: { days: 1 }, after: { days: 1 }, window: { before: { days: 0 }, after: { days: 0 } } }
  for (const definition of [
    aPathway({ code: 'three-calls' }, [
      aStep({ ...short, recurrence: { times: 3, then: 'last' } }),
      aStep({ ...short, first: null, code: 'last', next: null, kind: 'task' }),
    ]),
    aPathway({ code: 'until' }, [aStep({ ...short, recurrence: { until: { days: 3 } } })]),
    aPathway({ code: 'heart-only' }, [
      aStep({
        ...short,
        code: 'ask',
        next: 'then',
        onlyIf: { condition: HEART, otherwise: { zh: '没有心衰，不用问', en: 'No heart failure' } },
      }),
      aStep({ ...short, code: 'then', first: null, next: null }),
    ]),
    aPathway({ code: 'branching' }, [
      aStep({
        ...short,
        branches: [
          { when: HEART, next: 'heart' },
          { missed: true, next: 'missed' },
        ],
      }),
      aStep({ ...short, code: 'heart', first: null, next: null }),
      aStep({ ...short, code: 'missed', first: null, next: null }),
    ]),
    aPathway({ code: 'until-said' }, [
      aStep({
        ...short,
        form: 'post-surgery-survey',
        branches: [{ item: 'pain', op: '<', value: 3, next: null }],
        window: { before: { days: 0 }, after: { days: 2 } },
      }),
    ]),
    aPathway(
      {
        code: 'leaving',
        goals: [{ code: 'no-heart', name: words, measure: { condition: { not: HEART } } }],
        exits: [
          { code: 'heart', name: { zh: '转心内科', en: 'To cardiology' }, when: { condition: HEART }, as: 'switched' },
          { code: 'silent', name: { zh: '三次没联系上', en: 'Three in vain' }, when: { missedInRow: 3 }, as: 'lost' },
          {
            code: 'well',
            name: { zh: '目标达到', en: 'Goal reached' },
            when: { goals: ['no-heart'] },
            notBefore: { days: 30 },
            as: 'graduated',
          },
        ],
      },
      [aStep(short)],
    ),
    aPathway(
      { code: 'two-days', exits: [{ code: 'over', name: words, when: { after: { days: 2 } }, as: 'graduated' }] },
      [aStep(short)],
    ),
    aPathway({ code: 'in-time' }, [
      aStep({ owner: 'counsellor', targetTime: { hours: 36, escalation: 'quality-lead' } }),
    ]),
    aPathway({ code: 'asks' }, [
      aStep({
        ...short,
        kind: 'questionnaire',
        way: 'message',
        questionnaire: 'gad-7',
        window: { before: { days: 0 }, after: { days: 5 } },
      }),
    ]),
    aPathway({ code: 'teaches' }, [
      aStep({ ...short, kind: 'education', way: 'message', cards: ['salt'], next: null }),
    ]),
    aPathway({ code: 'after-stay', entry: { encounter: 'inpatient', withinDays: 14 }, anchor: 'discharge' }, [
      aStep({ first: { days: 3 } }),
    ]),
    aPathway(
      { code: 'pregnant', anchor: 'last-period' },
      [84, 112, 140].map((days, n) => aStep({ code: `visit-${n}`, track: `visit-${n}`, first: { days }, next: null })),
    ),
    aPathway({ code: 'ladder' }, [
      aStep({
        ...short,
        kind: 'message',
        way: 'message',
        message: 'follow-up-due',
        channels: ['carrier-pigeon', 'email', 'sms'],
        window: { before: { days: 0 }, after: { days: 5 } },
      }),
    ]),
    aPathway(
      {
        code: 'again',
        entry: { condition: STOMACH, again: { days: 10 } },
        exits: [{ code: 'over', name: words, when: { after: { days: 2 } }, as: 'graduated' }],
      },
      [aStep(short)],
    ),
  ])
    await publish(house, definition)
})

const start = async (protocol: string, person: Parameters<typeof aPerson>[1] = {}, anchorOn?: string) => {
  const patientId = await aPerson(house, { managerId: manager.staffId, ...person })
  await (
    await signedIn(house, manager.staffId)
  ).call(enrol, {
    params: { patientId: patientId as never },
    body: { protocol, reason: '', ...(anchorOn ? { anchorOn } : {}) },
  })
  await evaluate(house)
  return patientId
}
/** `call done`, in the order of their days. */
const brief = async (patientId: string) =>
  (await storyOf(house, patientId)).map((line) =>
    line
      .split(' ')
      .filter((_, n) => n !== 1 && n !== 3)
      .join(' '),
  )
const runOf = (patientId: string) =>
  db()
    .selectFrom('plan_run')
    .selectAll()
    .where('patient_id', '=', patientId)
    .orderBy('started_at', 'desc')
    .executeTakeFirstOrThrow()
const tasksOf = (patientId: string, source: string) =>
  db().selectFrom('task').selectAll().where('patient_id', '=', patientId).where('source', '=', source).execute()

describe('what repeats ends', () => {
  test('after its times, whatever came of each, with the step that is to come then', async () => {
    const patientId = await start('three-calls')
    await pass(house, 6)
    expect(await brief(patientId)).toEqual(['call missed', 'call missed', 'call missed', 'last missed'])
  })
  test('once its next day lies past the end', async () => {
    const patientId = await start('until')
    await pass(house, 8)
    expect(await brief(patientId)).toEqual(['call missed', 'call missed', 'call missed'])
  })
})

describe('an answer that ends a track', () => {
  const visitOf = async (patientId: string) =>
    db()
      .selectFrom('occurrence')
      .selectAll()
      .where('patient_id', '=', patientId)
      .orderBy('sequence', 'desc')
      .executeTakeFirstOrThrow()
  const answer = async (patientId: string, pain: number) => {
    const visit = await visitOf(patientId)
    const answers = {
      'emergency-signs': ['none'],
      pain,
      fever: 'none',
      wound: 'dry',
      eating: 'normal',
      bowel: 'normal',
      walking: 'free',
      sleep: 'good',
      medication: 'yes',
      'knows-return': 'yes',
      worry: '没有',
      'tell-us': '没有',
    }
    await (
      await signedIn(house, manager.staffId)
    ).call(complete, {
      params: { occurrenceId: visit.id as never },
      body: { actualOn: house.clock.today('Asia/Shanghai'), way: 'phone', answers } as never,
    })
  }

  test('ends it for good: it does not begin again at the next look', async () => {
    const patientId = await start('until-said')
    await pass(house, 1)
    await answer(patientId, 1)
    await pass(house, 10)
    expect(await brief(patientId)).toEqual(['call done'])
    expect((await runOf(patientId)).state).toBe('completed')
  })

  test('any other goes on', async () => {
    const patientId = await start('until-said')
    await pass(house, 1)
    await answer(patientId, 5)
    await pass(house, 1)
    expect(await brief(patientId)).toEqual(['call done', 'call due'])
    await answer(patientId, 2)
    await pass(house, 10)
    expect(await brief(patientId)).toEqual(['call done', 'call done'])
  })
})

describe('conditions of the language', () => {
  test('whoever does not meet a step skips it with the reason, and goes on', async () => {
    const patientId = await start('heart-only')
    await pass(house, 1)
    expect(await brief(patientId)).toEqual(['ask cancelled', 'then planned'])
    const [skipped] = await db()
      .selectFrom('occurrence')
      .selectAll()
      .where('patient_id', '=', patientId)
      .where('step', '=', 'ask')
      .execute()
    expect(skipped).toMatchObject({ reason: '没有心衰，不用问', task_id: null })
  })
  test('whoever meets it is asked', async () => {
    const patientId = await start('heart-only')
    await withHeart(patientId)
    await pass(house, 1)
    expect(await brief(patientId)).toEqual(['ask due'])
  })
  test.each([
    [true, ['call missed', 'heart due']],
    [false, ['call missed', 'missed due']],
  ])('branches go by what is true when the step is settled: with heart failure %s', async (ill, story) => {
    const patientId = await start('branching')
    if (ill) await withHeart(patientId)
    await pass(house, 2)
    expect(await brief(patientId)).toEqual(story)
  })
})

describe('ways out', () => {
  test('a condition ends the plan at the look after its fact, without waiting for a day', async () => {
    const patientId = await start('leaving')
    await withHeart(patientId)
    await house.settle()
    await evaluate(house)
    expect(await runOf(patientId)).toMatchObject({
      state: 'exited',
      exit_reason: 'switched',
      exit_rule: 'heart',
      exit_note: '转心内科',
    })
    expect(await tasksOf(patientId, 'follow-up')).toEqual([])
  })
  test('three missed in a row is lost', async () => {
    const patientId = await start('leaving')
    await pass(house, 4)
    expect(await runOf(patientId)).toMatchObject({ state: 'exited', exit_reason: 'lost', exit_rule: 'silent' })
  })
  test('time is over: closed, and its open tasks with it', async () => {
    const patientId = await start('two-days')
    await pass(house, 2)
    expect(await runOf(patientId)).toMatchObject({ state: 'completed', exit_rule: 'over' })
    expect((await tasksOf(patientId, 'follow-up')).filter(({ state }) => state !== 'cancelled')).toEqual([])
  })
  test('a colleague closes a case as graduated: completed, not broken off', async () => {
    const patientId = await start('until')
    const { runs } = await (
      await signedIn(house, manager.staffId)
    ).call(listRuns, { params: { patientId: patientId as never } })
    await (
      await signedIn(house, manager.staffId)
    ).call(exitRun, { params: { runId: runs[0]!.id }, body: { reason: 'graduated', note: '目标达到' } })
    expect(await runOf(patientId)).toMatchObject({
      state: 'completed',
      exit_reason: null,
      exit_rule: 'by-hand',
      exit_note: '目标达到',
    })
  })
  test('whoever has been through it comes in again by the same condition after the time that is set, not before', async () => {
    const patientId = await aPerson(house, { condition: 'K29.7' })
    await evaluate(house)
    await pass(house, 11)
    expect(await runOf(patientId)).toMatchObject({ state: 'completed' })
    await pass(house, 1)
    expect(await runOf(patientId)).toMatchObject({ state: 'active' })
  })
})

describe('target time', () => {
  test('whoever has the step gets its task; past its hours another gets one besides, once, and it goes with the step', async () => {
    const patientId = await start('in-time')
    await pass(house, 7)
    const steps = [tagStep, taskStep, followUpStep]
    expect(await tasksOf(patientId, 'follow-up')).toMatchObject([{ pool_role: 'counsellor', state: 'requested' }])
    expect(await tasksOf(patientId, 'follow-up-target')).toEqual([])
    await passHours(house, 36, steps)
    await passHours(house, 1, steps)
    expect(await tasksOf(patientId, 'follow-up-target')).toMatchObject([
      { pool_role: 'quality-lead', state: 'requested', priority: 'urgent' },
    ])
    const { runs } = await (
      await signedIn(house, manager.staffId)
    ).call(listRuns, { params: { patientId: patientId as never } })
    await (
      await signedIn(house, manager.staffId)
    ).call(exitRun, { params: { runId: runs[0]!.id }, body: { reason: 'by-hand', note: '不需要了' } })
    expect(await tasksOf(patientId, 'follow-up-target')).toMatchObject([{ state: 'cancelled' }])
  })
})

describe('steps of other rooms', () => {
  const answered = (patientId: string, code: string) =>
    house.write((ctx) =>
      ctx.emit(questionnaireAnswered, {
        responseId: ctx.ids.next() as never,
        patientId: patientId as never,
        code,
        version: 1,
        sensitivity: 'mental',
        scores: [],
        corrects: null,
        advice: [],
      }),
    )
  test('a questionnaire is sent when its window opens, and its answers do the step, once', async () => {
    const patientId = await start('asks')
    await pass(house, 1)
    const links = () =>
      db().selectFrom('questionnaire_invitation').selectAll().where('patient_id', '=', patientId).execute()
    expect(await links()).toMatchObject([{ code: 'gad-7', state: 'open' }])
    await answered(patientId, 'phq-9')
    await house.settle()
    expect(await brief(patientId)).toEqual(['call due'])
    await answered(patientId, 'gad-7')
    await answered(patientId, 'gad-7')
    await house.settle()
    expect(await brief(patientId)).toEqual(['call done', 'call planned'])
  })
  test('whom no link can be sent is asked by a colleague', async () => {
    const patientId = await start('asks', { birthDate: null as never })
    await pass(house, 1)
    expect(await tasksOf(patientId, 'follow-up')).toMatchObject([{ owner_id: manager.staffId }])
  })
  test('education puts its cards forward and sends nothing', async () => {
    const patientId = await start('teaches')
    await pass(house, 1)
    await house.settle()
    const asked = await db().selectFrom('advice_asked').selectAll().where('patient_id', '=', patientId).execute()
    expect(asked).toMatchObject([{ card_code: 'salt', questionnaire: 'pathway:teaches:call', is_mental: false }])
    expect(await brief(patientId)).toEqual(['call done'])
  })
  test('a message goes by the first channel of its ladder that the house has, and by the next when that fails', async () => {
    const patientId = await start('ladder')
    await pass(house, 1)
    const sent = () =>
      db()
        .selectFrom('message')
        .select(['id', 'channel', 'touch'])
        .where('patient_id', '=', patientId)
        .where('template', '=', 'follow-up-due')
        .orderBy('id')
        .execute()
    const [first] = await sent()
    expect(await sent()).toMatchObject([{ channel: 'email' }])
    for (let twice = 0; twice < 2; twice++) {
      await house.write((ctx) =>
        ctx.emit(messageFailed, {
          messageId: first!.id as never,
          patientId: patientId as never,
          template: 'follow-up-due',
          touch: first!.touch,
          channel: 'email',
          reason: 'bounced',
        }),
      )
      await house.settle()
    }
    expect(await sent()).toMatchObject([{ channel: 'email' }, { channel: 'sms' }])
  })
})

describe('ways in', () => {
  test('the end of a stay starts it, counted from its last day', async () => {
    const patientId = await aPerson(house)
    const ended = new Date(house.clock.now().getTime() - 2 * 86_400_000)
    await house.write((ctx) =>
      addEncounter(ctx, { patientId, class: 'inpatient', title: '住院', startedAt: ended, endedAt: ended }),
    )
    await evaluate(house)
    expect(await runOf(patientId)).toMatchObject({
      protocol_code: 'after-stay',
      state: 'active',
      anchor_on: dateIn(ended, house.tenant.timeZone),
    })
    expect(await brief(patientId)).toEqual(['call planned'])
  })
  test('a pregnancy that is begun late misses nothing: what lay before is skipped', async () => {
    const lastPeriod = new Date(house.clock.now().getTime() - 120 * 86_400_000).toISOString().slice(0, 10)
    const patientId = await start('pregnant', {}, lastPeriod)
    expect(await brief(patientId)).toEqual(['visit-0 cancelled', 'visit-1 cancelled', 'visit-2 planned'])
  })
})

test('a doctor reads the plans of a pathway; somebody without the right does not', async () => {
  const patientId = await start('until')
  expect(
    (await (await signedIn(house, doctor.staffId)).try(listRuns, { params: { patientId: patientId as never } })).status,
  ).toBe(404)
  const desk = await house.as('content-editor')
  expect((await desk.try(listRuns, { params: { patientId: patientId as never } })).status).toBe(403)
})
