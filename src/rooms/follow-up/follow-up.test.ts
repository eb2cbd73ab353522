import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, nobody, type Caller } from '../../../test/house.ts'
import { recordObservations, seriesOf } from '../observation/server/index.ts'
import { mergePatients, proposeMerge, undoMerge } from '../patient/contract/merge.ts'
import { cancelTask, completeTask } from '../task/contract/task.ts'
import { draftProtocol, getProtocol, listProtocols, publishProtocol } from './contract/catalogue.ts'
import type { Answers } from './contract/form.ts'
import { countVisits, listVisits } from './contract/list.ts'
import { enrol, exitRun, listRuns } from './contract/run.ts'
import { cancelVisit, complete, correctAnswers, getVisit, logAttempt, proposeClass } from './contract/visit.ts'
import { aPerson, evaluate, setUp, storyOf } from './sample-plan.ts'
import { shippedProtocols } from './server/shipped.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
let nurse: Caller
let colleague: Caller
const fine: Answers = {
  'emergency-signs': ['none'],
  symptoms: ['none'],
  adherence: 'regular',
  'adverse-reaction': 'none',
  complication: 'none',
  sbp: 128,
  dbp: 78,
}
const today = () => house.clock.today('Asia/Shanghai')
const body = (over: object = {}) => ({ actualOn: today(), way: 'clinic' as const, answers: fine, ...over })

beforeAll(async () => {
  await setUp(house)
  nurse = await house.as('service-manager', { name: '李健管' })
  colleague = await house.as('service-manager', { name: '赵健管' })
})

const visitOf = async (patientId: string, track = 'visit') =>
  (await db()
    .selectFrom('occurrence')
    .selectAll()
    .where('patient_id', '=', patientId)
    .where('track', '=', track)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()) as never as {
    id: never
    state: string
    due_on: string
    task_id: string | null
    run_id: never
  }

async function aDueVisit(over: Parameters<typeof aPerson>[1] = {}) {
  const patientId = await aPerson(house, { condition: 'I10', managerId: nurse.staffId, ...over })
  await evaluate(house)
  await db()
    .updateTable('occurrence')
    .set({ window_from: today() })
    .where('patient_id', '=', patientId)
    .where('track', '=', 'visit')
    .execute()
  await db().updateTable('agenda').set({ due_at: house.clock.now() }).where('patient_id', '=', patientId).execute()
  await evaluate(house)
  const visit = await visitOf(patientId)
  expect(visit.state).toBe('due')
  return { patientId, occurrenceId: visit.id, visit }
}

describe('completing', () => {
  test('two at once: one is done, the other is told who and when', async () => {
    const { occurrenceId } = await aDueVisit()
    const answers = await Promise.all(
      [1, 2, 3].map(() => nurse.try(complete, { params: { occurrenceId }, body: body() })),
    )
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409, 409])
    const refused = answers.find((answer) => answer.status === 409)!
    expect(refused.code).toBe('FollowUpDone')
    expect((refused.body as { title: string }).title).toContain(`李健管 在 ${today()} 10:00 完成`)
    const forms = await db().selectFrom('form_answer').selectAll().where('occurrence_id', '=', occurrenceId).execute()
    expect(forms).toHaveLength(1)
  })

  test('every fault of the form is named at its question', async () => {
    const { occurrenceId } = await aDueVisit()
    const answer = await nurse.try(complete, {
      params: { occurrenceId },
      body: body({ answers: { ...fine, sbp: 900, adherence: 'x' } }),
    })
    expect(answer).toMatchObject({ status: 400, code: 'InvalidInput' })
    expect((answer.body as { fields: unknown }).fields).toEqual([
      { path: 'body.answers.sbp', message: '数值太高，请核对' },
      { path: 'body.answers.adherence', message: '请从选项中选' },
    ])
  })

  const refusals: [string, object, string][] = [
    ['a day to come', { actualOn: '2026-12-01' }, 'ActualInFuture'],
    ['a day before the plan', { actualOn: '2026-01-01' }, 'ActualTooEarly'],
    ['another class without a reason', { class: 'unsatisfied' }, 'ClassReasonNeeded'],
    ['another action without a reason', { action: 'refer' }, 'ClassReasonNeeded'],
    ['a class of another protocol', { class: 'abnormal', classReason: '试试看' }, 'ClassUnfit'],
    ['a next day out of reach', { nextOn: '2027-03-01' }, 'NextOutOfReach'],
    [
      'nothing that tells the class',
      { way: 'phone', answers: { ...fine, sbp: null, dbp: null, worry: '怕中风', 'tell-us': '没有' } },
      'ClassNeeded',
    ],
  ]
  test.each(refusals)('is refused for %s', async (_what, over, code) => {
    const { occurrenceId } = await aDueVisit()
    expect((await nurse.try(complete, { params: { occurrenceId }, body: body(over) })).code).toBe(code)
    expect(
      (
        await visitOf(
          (await db().selectFrom('occurrence').selectAll().where('id', '=', occurrenceId).executeTakeFirstOrThrow())
            .patient_id,
        )
      ).state,
    ).toBe('due')
  })

  test('another action with a reason, and a day agreed with the person', async () => {
    const { patientId, occurrenceId } = await aDueVisit()
    const nextOn = '2026-03-10'
    await nurse.call(complete, {
      params: { occurrenceId },
      body: body({ action: 'two-weeks', classReason: '本人紧张，想早点再量', nextOn }),
    })
    expect(await visitOf(patientId)).toMatchObject({ step: 'check-2-weeks', due_on: nextOn })
    const [done] = (
      await nurse.call(listRuns, { params: { patientId: patientId as never } })
    ).runs[0]!.occurrences.filter((one) => one.state === 'done')
    expect(done).toMatchObject({ action: 'two-weeks', reason: '本人紧张，想早点再量' })
  })

  test('the proposal says why, when the next one is, and keeps nothing', async () => {
    const { occurrenceId } = await aDueVisit()
    const proposal = await nurse.call(proposeClass, {
      params: { occurrenceId },
      body: { way: 'clinic', actualOn: today(), answers: { ...fine, sbp: 152, weight: 70, height: 175 } },
    })
    expect(proposal).toMatchObject({
      class: 'unsatisfied',
      action: 'two-weeks',
      emergency: false,
      derived: { bmi: 22.9 },
    })
    expect(proposal.because.map((one) => one.code)).toEqual(['off-target', 'first-time'])
    expect(proposal.next.map((one) => [one.action, one.dueOn])).toEqual([
      ['routine', '2026-06-02'],
      ['two-weeks', '2026-03-16'],
      ['refer', '2026-03-16'],
    ])
    expect(
      await db().selectFrom('form_answer').selectAll().where('occurrence_id', '=', occurrenceId).execute(),
    ).toEqual([])
  })

  test('a correction is a new version and supersedes the observations', async () => {
    const { patientId, occurrenceId } = await aDueVisit()
    await nurse.call(complete, {
      params: { occurrenceId },
      body: body({ answers: { ...fine, sbp: 218 - 80, hr: 70 } }),
    })
    const corrected = await nurse.call(correctAnswers, {
      params: { occurrenceId },
      body: { version: 1, answers: { ...fine, sbp: 128, weight: 60 }, because: '看错一行' },
    })
    expect(corrected.answered.map((one) => [one.version, one.answers['sbp'], one.because])).toEqual([
      [2, 128, '看错一行'],
      [1, 138, ''],
    ])
    const series = await house.write((ctx) => seriesOf(ctx, patientId, ['sbp', 'hr', 'weight']))
    expect([...series].map(([code, rows]) => [code, rows.map((row) => row.value)]).toSorted()).toEqual([
      ['sbp', [128]],
      ['weight', [60]],
    ])
    expect(
      (
        await nurse.try(correctAnswers, {
          params: { occurrenceId },
          body: { version: 1, answers: fine, because: '再改' },
        })
      ).code,
    ).toBe('ChangedMeanwhile')
  })

  test('what the record filled in and nobody changed is not written twice', async () => {
    const { patientId, occurrenceId } = await aDueVisit()
    await nurse.call(complete, { params: { occurrenceId }, body: body({ answers: { ...fine, weight: 66 } }) })
    await db()
      .updateTable('occurrence')
      .set({ window_from: today() })
      .where('patient_id', '=', patientId)
      .where('state', '=', 'planned')
      .execute()
    const next = await visitOf(patientId)
    const opened = await nurse.call(getVisit, { params: { occurrenceId: next.id } })
    expect(opened.prefill['weight']).toEqual({ value: 66, from: 'record', on: today(), source: 'follow-up' })
    await nurse.call(complete, {
      params: { occurrenceId: next.id },
      body: body({ answers: { ...fine, sbp: 126, weight: 66 } }),
    })
    const series = await house.write((ctx) => seriesOf(ctx, patientId, ['weight', 'sbp']))
    expect(series.get('weight')).toHaveLength(1)
    expect(series.get('sbp')).toHaveLength(2)
  })
})

test('a calculated field stands in the form from the start, reckoned from what is filled in', async () => {
  const { patientId, occurrenceId } = await aDueVisit()
  const opened = () => nurse.call(getVisit, { params: { occurrenceId } })
  const measured = (code: string, value: number) =>
    house.write((ctx) =>
      recordObservations(ctx, [
        { id: ctx.ids.next(), patientId, code, value, effectiveAt: ctx.clock.now(), source: 'test' },
      ]),
    )
  await measured('weight', 66)
  expect((await opened()).prefill).not.toHaveProperty('bmi')
  await measured('height', 158)
  expect((await opened()).prefill['bmi']).toEqual({ value: 26.4, from: 'computed', on: null, source: '' })
})

describe('reaching people', () => {
  test('three tries on two channels: the tag, and no fourth without a reason; an answer takes it away', async () => {
    const { patientId, occurrenceId } = await aDueVisit()
    const tried = (channel: string, outcome: string, over: object = {}) =>
      nurse.try(logAttempt, { params: { occurrenceId }, body: { channel, outcome, ...over } as never })
    const lost = () =>
      db()
        .selectFrom('patient_tag')
        .select(['source', 'state'])
        .where('patient_id', '=', patientId)
        .where('tag_code', '=', 'lost-contact')
        .execute()
    await tried('phone', 'no-answer')
    await tried('phone', 'busy', { nextAt: '2026-03-02T08:00:00Z' })
    expect(await lost()).toEqual([])
    expect((await tried('wechat', 'no-answer')).body).toEqual({ vain: 3, lost: true })
    expect(await lost()).toEqual([{ source: 'room', state: 'active' }])
    expect((await tried('phone', 'no-answer')).code).toBe('AttemptReasonNeeded')
    expect((await tried('phone', 'reached', { because: '女儿说他今天在家' })).status).toBe(200)
    expect(await lost()).toEqual([])
    const opened = await nurse.call(getVisit, { params: { occurrenceId } })
    expect(opened.tries.map((one) => one.outcome)).toEqual(['no-answer', 'busy', 'no-answer', 'reached'])
  })

  test('how far calls came is kept beside the follow-up, and never falls; other channels say nothing of it', async () => {
    const { occurrenceId } = await aDueVisit()
    const reach = async () =>
      (await db().selectFrom('occurrence').select('reach').where('id', '=', occurrenceId).executeTakeFirstOrThrow())
        .reach
    const seen = [await reach()]
    for (const [channel, outcome] of [
      ['sms', 'reached'],
      ['phone', 'no-answer'],
      ['phone', 'family-answered'],
      ['phone', 'call-back'],
      ['phone', 'reached'],
      ['phone', 'busy'],
    ]) {
      const body = { channel, outcome } as never
      expect((await nurse.try(logAttempt, { params: { occurrenceId }, body })).status).toBe(200)
      seen.push(await reach())
    }
    expect(seen).toEqual([0, 0, 1, 2, 3, 4, 4])
  })

  test('a reason against more calls: the plan exits with it, and the rule does not start it again', async () => {
    const { patientId, occurrenceId, visit } = await aDueVisit()
    expect(
      await nurse.call(exitRun, { params: { runId: visit.run_id }, body: { reason: 'refusal', note: '不想再接电话' } }),
    ).toEqual({ cancelled: 1 })
    expect((await nurse.try(complete, { params: { occurrenceId }, body: body() })).code).toBe('FollowUpCancelled')
    expect(
      (await nurse.try(exitRun, { params: { runId: visit.run_id }, body: { reason: 'lost', note: '再来' } })).code,
    ).toBe('PlanEnded')
    await evaluate(house)
    expect(await db().selectFrom('plan_run').selectAll().where('patient_id', '=', patientId).execute()).toHaveLength(1)
  })
})

describe('leaving out one', () => {
  test('by hand, with a reason; the next is planned from its due date', async () => {
    const { patientId, occurrenceId } = await aDueVisit()
    const { due_on } = await visitOf(patientId)
    await nurse.call(cancelVisit, { params: { occurrenceId }, body: { reason: '住院中' } })
    expect((await visitOf(patientId)).due_on > due_on).toBe(true)
    expect((await nurse.try(cancelVisit, { params: { occurrenceId }, body: { reason: '再一次' } })).code).toBe(
      'FollowUpNotOpen',
    )
  })

  test('by dropping its task', async () => {
    const { patientId, visit } = await aDueVisit()
    await nurse.call(cancelTask, { params: { taskId: visit.task_id as never }, body: { reason: '本人要求改到下季度' } })
    await house.settle()
    expect(
      (await storyOf(house, patientId))
        .filter((line) => line.startsWith('quarterly'))
        .map((line) => line.split(' ')[2]),
    ).toEqual(['cancelled', 'planned'])
  })

  test('a task whose form is not filled in leaves the follow-up waiting', async () => {
    const { patientId, visit } = await aDueVisit()
    await nurse.call(completeTask, { params: { taskId: visit.task_id as never }, body: {} })
    await house.settle()
    expect((await visitOf(patientId)).state).toBe('due')
  })
})

test('a task without a form, such as the yearly check, is done with its task, and the next one is a year on', async () => {
  const { patientId } = await aDueVisit()
  await db()
    .updateTable('occurrence')
    .set({ window_from: today() })
    .where('patient_id', '=', patientId)
    .where('track', '=', 'health-check')
    .execute()
  await db().updateTable('agenda').set({ due_at: house.clock.now() }).where('patient_id', '=', patientId).execute()
  await evaluate(house)
  const check = await visitOf(patientId, 'health-check')
  await nurse.call(completeTask, { params: { taskId: check.task_id as never }, body: {} })
  await house.settle()
  expect(await visitOf(patientId, 'health-check')).toMatchObject({
    sequence: 2,
    state: 'planned',
    due_on: '2027-03-02',
  })
})

describe('enrolling by hand', () => {
  test('plans the first visits at once; a second time is refused', async () => {
    const patientId = (await aPerson(house, { managerId: nurse.staffId })) as never
    await nurse.call(enrol, {
      params: { patientId },
      body: { protocol: 'post-surgery', anchorOn: '2026-03-01', reason: '外院手术' },
    })
    // A call and a questionnaire on each of the two days.
    expect(await storyOf(house, patientId)).toHaveLength(4)
    expect((await nurse.try(enrol, { params: { patientId }, body: { protocol: 'post-surgery' } })).code).toBe(
      'PlanRunsAlready',
    )
    expect((await nurse.try(enrol, { params: { patientId }, body: { protocol: 'nothing' } })).code).toBe(
      'ProtocolUnknown',
    )
  })
})

describe('publishing a new version', () => {
  const edit = (days: number) => {
    const definition = structuredClone(shippedProtocols.find((protocol) => protocol.code === 'hypertension')!)
    definition.steps[0]!.after = { days }
    return definition
  }

  test('leave, next step, plan anew: each as it says, and recorded', async () => {
    const editor = await house.as('content-editor')
    const reviewer = await house.as('medical-reviewer')
    const { patientId, occurrenceId } = await aDueVisit()
    const other = await aDueVisit()
    await nurse.call(complete, { params: { occurrenceId: other.occurrenceId }, body: body() })
    const before = await visitOf(other.patientId)

    const draft = async (days: number) =>
      (await editor.call(draftProtocol, { params: { code: 'hypertension' }, body: { definition: edit(days) } })).version
    expect(
      await reviewer.call(publishProtocol, {
        params: { code: 'hypertension' },
        body: { version: await draft(80), running: 'leave' },
      }),
    ).toEqual({ switched: 0 })
    expect((await nurse.call(listRuns, { params: { patientId: patientId as never } })).runs[0]).toMatchObject({
      protocolVersion: 1,
      switchTo: null,
    })

    const version = await draft(60)
    expect(version).toBe(3)
    await reviewer.call(publishProtocol, { params: { code: 'hypertension' }, body: { version, running: 'next-step' } })
    await evaluate(house)
    expect(await visitOf(other.patientId)).toMatchObject({ id: before.id, due_on: before.due_on })
    await nurse.call(complete, { params: { occurrenceId }, body: body() })
    expect((await nurse.call(listRuns, { params: { patientId: patientId as never } })).runs[0]).toMatchObject({
      protocolVersion: 3,
      switchTo: null,
    })
    expect(await visitOf(patientId)).toMatchObject({ due_on: '2026-05-01' })

    await reviewer.call(publishProtocol, {
      params: { code: 'hypertension' },
      body: { version: await draft(30), running: 're-plan' },
    })
    await evaluate(house)
    expect(await visitOf(other.patientId)).toMatchObject({ state: 'planned', due_on: '2026-04-01' })
    const run = (await nurse.call(listRuns, { params: { patientId: other.patientId as never } })).runs[0]!
    expect(run.events.map((event) => event.kind)).toEqual(['started', 're-planned'])
    expect(
      (
        await reviewer.try(publishProtocol, {
          params: { code: 'hypertension' },
          body: { version: 3, running: 'leave' },
        })
      ).code,
    ).toBe('ProtocolNotDraft')
    const page = await editor.call(getProtocol, { params: { code: 'hypertension' } })
    expect(page.versions.map((one) => [one.version, one.state, one.running])).toEqual([
      [4, 'published', 're-plan'],
      [3, 'retired', 'next-step'],
      [2, 'retired', 'leave'],
      [1, 'retired', null],
    ])
    expect((await editor.call(listProtocols)).protocols.map((one) => one.code)).toEqual([
      'blood-pressure-half-yearly',
      'diabetes-2',
      'hypertension',
      'post-surgery',
    ])
  })

  test.each<[string, (definition: ReturnType<typeof edit>) => void]>([
    ['a form there is not', (definition) => void (definition.steps[0]!.form = 'no-such-form')],
    [
      'an indicator there is not',
      (definition) =>
        void (definition.entry = {
          condition: { indicator: { code: 'no-such-indicator', pick: 'any', is: { op: '>', value: 1 } } },
          leaves: false,
        } as never),
    ],
    ['classing without classes', (definition) => void (definition.classes = [])],
  ])('a draft with %s is kept, and not published', async (_what, spoil) => {
    const editor = await house.as('content-editor')
    const reviewer = await house.as('medical-reviewer')
    const params = { code: 'hypertension' }
    const definition = edit(90)
    spoil(definition)
    const { version } = await editor.call(draftProtocol, { params, body: { definition } })
    const before = (await editor.call(getProtocol, { params })).versions
    expect(before[0]).toMatchObject({ version, state: 'draft', definition })
    expect(await reviewer.try(publishProtocol, { params, body: { version, running: 'leave' } })).toMatchObject({
      status: 422,
      code: 'ProtocolFault',
    })
    expect((await editor.call(getProtocol, { params })).versions).toMatchObject(
      before.map(({ state, revision }) => ({ state, revision })),
    )
  })

  test('a draft of another code is refused, and nothing is kept', async () => {
    const editor = await house.as('content-editor')
    const params = { code: 'hypertension' }
    const before = (await editor.call(getProtocol, { params })).versions
    const definition = { ...edit(90), code: 'diabetes-2' }
    expect(await editor.try(draftProtocol, { params, body: { definition } })).toMatchObject({
      status: 422,
      code: 'ProtocolFault',
    })
    expect((await editor.call(getProtocol, { params })).versions).toEqual(before)
  })
})

describe('who may', () => {
  test('see and do', async () => {
    const { patientId, occurrenceId } = await aDueVisit()
    const physician = await house.as('physician')
    const roles = [
      [nurse, 200, 200],
      [colleague, 404, 200],
      [physician, 404, 200],
      [await house.as('front-desk'), 403, 403],
      [await house.as('sales-manager'), 403, 403],
      [await house.as('quality-lead'), 403, 403],
      [await house.as('content-editor'), 403, 403],
      [await house.as('system-administrator'), 403, 403],
      [nobody(house), 401, 401],
    ] as const
    for (const [caller, one, list] of roles) {
      expect([caller.name, (await caller.try(getVisit, { params: { occurrenceId } })).status]).toEqual([
        caller.name,
        one,
      ])
      expect([caller.name, (await caller.try(listVisits)).status]).toEqual([caller.name, list])
    }
    expect((await colleague.try(complete, { params: { occurrenceId }, body: body() })).status).toBe(404)
    expect((await colleague.try(listRuns, { params: { patientId: patientId as never } })).status).toBe(404)
    expect((await colleague.call(listVisits)).rows).toEqual([])
    const lines = await db()
      .selectFrom('audit_entry')
      .select(['action', 'patient_id'])
      .where('patient_id', '=', patientId)
      .where('action', '=', 'follow-up.open')
      .execute()
    expect(lines).toHaveLength(1)
  })
})

describe('the list', () => {
  test('is in order of urgency, pages without gaps, counts, and filters', async () => {
    const owner = await house.as('service-manager')
    for (let index = 0; index < 5; index++) await aDueVisit({ managerId: owner.staffId, name: `客户${index}` })
    const pages: string[] = []
    let cursor: string | undefined
    do {
      const page = await owner.call(listVisits, { query: { limit: 2, ...(cursor ? { cursor } : {}) } })
      pages.push(...page.rows.map((row) => row.id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(new Set(pages).size).toBe(5)
    const counts = await owner.call(countVisits, { query: { days: 20 } })
    expect(counts).toMatchObject({ due: 5, missed: 0, endingToday: 0 })
    expect(counts.days).toHaveLength(20)
    expect(counts.protocols.find((one) => one.code === 'hypertension')).toMatchObject({ count: 5 })
    expect((await owner.call(listVisits, { query: { protocol: 'diabetes-2' } })).rows).toEqual([])
    expect((await owner.call(listVisits, { query: { state: 'planned' } })).rows).toHaveLength(5)
  })
})

describe('merging two people', () => {
  test('plans follow; a doubled one ends and runs again when the merge is undone', async () => {
    const desk = await house.as('front-desk')
    const one = await aDueVisit({ name: '王秀英' })
    const two = await aDueVisit({ name: '王秀英' })
    const { proposalId } = await desk.call(proposeMerge, {
      body: { oneId: one.patientId as never, otherId: two.patientId as never },
    })
    const { mergeId } = await desk.call(mergePatients, {
      params: { proposalId },
      body: { intoId: two.patientId as never, chosen: {}, reason: '同一个人' },
    })
    await house.settle()
    await evaluate(house)
    const states = async (patientId: string) =>
      (
        await db()
          .selectFrom('plan_run')
          .select(['state', 'exit_reason'])
          .where('patient_id', '=', patientId)
          .orderBy('state')
          .execute()
      ).map((run) => run.exit_reason ?? run.state)
    expect(await states(two.patientId)).toEqual(['active', 'merged'])
    await desk.call(undoMerge, { params: { mergeId }, body: { reason: '不是同一个人' } })
    await house.settle()
    await evaluate(house)
    expect(await states(one.patientId)).toEqual(['active'])
    expect(await states(two.patientId)).toEqual(['active'])
  })

  test('the task of a window that opened while two were one goes back with its follow-up', async () => {
    const desk = await house.as('front-desk')
    const one = await aPerson(house, { name: '周玉兰', condition: 'I10', managerId: nurse.staffId })
    const two = await aPerson(house, { name: '周玉兰', managerId: nurse.staffId })
    await evaluate(house)
    const { proposalId } = await desk.call(proposeMerge, { body: { oneId: one as never, otherId: two as never } })
    const { mergeId } = await desk.call(mergePatients, {
      params: { proposalId },
      body: { intoId: two as never, chosen: {}, reason: '同一个人' },
    })
    await house.settle()
    await db()
      .updateTable('occurrence')
      .set({ window_from: today() })
      .where('patient_id', '=', two)
      .where('track', '=', 'visit')
      .execute()
    await db().updateTable('agenda').set({ due_at: house.clock.now() }).where('patient_id', '=', two).execute()
    await evaluate(house)
    const taskOf = async (patientId: string) => {
      const { task_id: id } = await visitOf(patientId)
      return db().selectFrom('task').select(['patient_id']).where('id', '=', id!).executeTakeFirstOrThrow()
    }
    expect((await taskOf(two)).patient_id).toBe(two)
    await desk.call(undoMerge, { params: { mergeId }, body: { reason: '不是同一个人' } })
    await house.settle()
    expect((await taskOf(one)).patient_id).toBe(one)
  })
})
