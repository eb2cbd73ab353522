import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { shippedQuestionnaires } from '../../clinical/questionnaire/content/index.ts'
import { addDays } from '../../platform/clock.ts'
import { dispatchEvents } from '../../platform/events/dispatcher.ts'
import { answerForPatient } from '../questionnaire/contract/responses.ts'
import { installShippedQuestionnaires } from '../questionnaire/server/index.ts'
import {
  isAsked,
  questionsOf,
  type Answer,
  type Answers,
  type FormDefinition,
  type FormQuestion,
} from './contract/form.ts'
import type { ProtocolDefinition } from './contract/protocol.ts'
import { enrol } from './contract/run.ts'
import { complete } from './contract/visit.ts'
import { aPerson, evaluate, setUp, signedIn } from './sample-plan.ts'
import { findForm } from './server/forms.ts'
import { layPackedProtocol } from './server/index.ts'
import { pathwaysOfPacks, shippedProtocols } from './server/shipped.ts'

/**
 * Every shipped pathway for a year, day by day, with three people in each: one with whom all goes well, one who has
 * something unusual at every visit, and one whom nobody ever calls.
 */
const house = await aHouse()
const pathways = new Map([...shippedProtocols, ...pathwaysOfPacks.values()].map((one) => [one.code, one]))
const BORN: Record<string, string> = { 'growth-care': '2016-05-01', elderly: '1950-05-01' }
const MANNERS = ['well', 'unusual', 'alone'] as const
type Manner = (typeof MANNERS)[number]

const people = new Map<string, { code: string; manner: Manner }>()
const db = () => house.house.databases.of(house.tenant.id)
const day = () => house.clock.today('Asia/Shanghai')
const codesOf = (patient: string) => people.get(patient)!
const patientOf = (code: string, manner: Manner) =>
  [...people].find(([, one]) => one.code === code && one.manner === manner)![0]
const runOf = (code: string, manner: Manner) =>
  db()
    .selectFrom('plan_run')
    .selectAll()
    .where('patient_id', '=', patientOf(code, manner))
    .where('protocol_code', '=', code)
    .executeTakeFirstOrThrow()
const visitsOf = async (code: string, manner: Manner, track?: string) => {
  const { id } = await runOf(code, manner)
  const rows = await db().selectFrom('occurrence').selectAll().where('run_id', '=', id).orderBy('sequence').execute()
  return rows.filter((row) => track === undefined || row.track === track)
}
let nurse: Caller

beforeAll(async () => {
  await setUp(house)
  await house.write(installShippedQuestionnaires)
  nurse = await house.as('service-manager', { name: '李素珍' })
  const doctor = await house.as('physician', { name: '张文远' })
  for (const definition of pathwaysOfPacks.values())
    await house.write((ctx) => layPackedProtocol(ctx, definition, true))
  for (const { code, anchor } of pathways.values())
    for (const manner of MANNERS) {
      const who = { managerId: nurse.staffId, doctorId: doctor.staffId, birthDate: BORN[code] ?? '1985-05-01' }
      const patientId = await aPerson(house, who)
      people.set(patientId, { code, manner })
      const anchorOn = anchor === 'last-period' ? { anchorOn: addDays(day(), -49) } : {}
      const running = await db().selectFrom('plan_run').select('id').where('patient_id', '=', patientId).execute()
      if (running.length === 0)
        await nurse.call(enrol, { params: { patientId: patientId as never }, body: { protocol: code, ...anchorOn } })
    }
  for (let passed = 1; passed <= 365; passed++) await aDay(passed)
}, 1_200_000)

async function aDay(passed: number): Promise<void> {
  house.clock.advance({ days: 1 })
  await evaluate(house)
  const due = await db()
    .selectFrom('occurrence')
    .innerJoin('plan_run', 'plan_run.id', 'occurrence.run_id')
    .select([
      'occurrence.id',
      'occurrence.patient_id',
      'occurrence.step',
      'occurrence.due_on',
      'plan_run.protocol_code',
    ])
    .where('occurrence.state', '=', 'due')
    .where('due_on', '<=', day())
    .where(
      'occurrence.patient_id',
      'in',
      [...people].filter(([, { manner }]) => manner !== 'alone').map(([id]) => id),
    )
    .execute()
  const now = due.length > 0 ? await signedIn(house, nurse.staffId) : nurse
  for (const visit of due) await visited(now, visit, pathways.get(visit.protocol_code)!)
  if (due.length > 0)
    await dispatchEvents(
      house.house,
      house.rooms.flatMap((room) => room.listeners ?? []),
    )
  if (passed % 7 === 0) expect(await wrong(), `day ${passed}`).toEqual([])
}

async function visited(
  now: Caller,
  { id, patient_id, step, due_on }: { id: string; patient_id: string; step: string; due_on: string },
  { steps }: ProtocolDefinition,
): Promise<void> {
  const { form: code, way: reach, questionnaire } = steps.find((one) => one.code === step)!
  if (questionnaire) {
    // Nobody answers again on the morrow because the news of the answer is still on its way.
    if (due_on === day()) await answered(now, patient_id, questionnaire)
    return
  }
  const way = reach === 'face-to-face' ? ('clinic' as const) : ('phone' as const)
  const form = code === null ? undefined : findForm(code)
  const answers = form ? fillIn(form, { way, step }, codesOf(patient_id).manner) : {}
  const body = { actualOn: day(), way, answers, classReason: '', lateReason: '' }
  await now.call(complete, { params: { occurrenceId: id as never }, body })
}

/** What the person answers of themselves: the first option of each question, or the last, which is the worst. */
async function answered(now: Caller, patientId: string, code: string): Promise<void> {
  const { item = [] } = shippedQuestionnaires.find(({ name }) => name === code)!
  const { manner } = codesOf(patientId)
  const response = {
    resourceType: 'QuestionnaireResponse',
    status: 'completed',
    item: item.flatMap(({ linkId, answerOption = [] }) => {
      const { valueCoding } = (manner === 'unusual' ? answerOption.at(-1) : answerOption[0]) ?? {}
      return valueCoding ? [{ linkId, answer: [{ valueCoding }] }] : []
    }),
  }
  await now.call(answerForPatient, {
    params: { patientId: patientId as never },
    body: { code, version: 1, submission: randomUUID(), author: 'patient', response: response as never },
  })
}

function fillIn(form: FormDefinition, visit: { way: string; step: string }, manner: Manner): Answers {
  const answers: Answers = {}
  for (const question of questionsOf(form)) {
    if (!isAsked(question, answers, visit)) continue
    const answer = answerOf(question, manner)
    if (answer !== undefined) answers[question.linkId] = answer
  }
  return answers
}

function answerOf(question: FormQuestion, manner: Manner): Answer | undefined {
  if ('derive' in question && question.derive) return undefined
  switch (question.type) {
    case 'choice': {
      const { options, repeats, linkId } = question
      const odd = options.find(({ abnormal }) => abnormal)
      // Not an emergency each time: that would be a year in hospital.
      const { code } = manner === 'unusual' && odd && linkId !== 'emergency-signs' ? odd : options[0]!
      return repeats ? [code] : code
    }
    case 'integer':
    case 'decimal': {
      const { min = 0, max = 100, abnormalFrom } = question
      if (NUMBERS[question.linkId] !== undefined) return NUMBERS[question.linkId]
      return abnormalFrom === undefined
        ? Math.floor((min + max) / 2)
        : manner === 'unusual'
          ? abnormalFrom
          : Math.min(min, abnormalFrom)
    }
    case 'date':
      return day()
    case 'string':
    case 'text':
      return '没有别的'
    default:
      return undefined
  }
}

const NUMBERS: Record<string, number> = {
  sbp: 126,
  dbp: 76,
  fpg: 6.1,
  weight: 60,
  height: 160,
  temperature: 36.6,
  spo2: 97,
  hr: 72,
}

/** What must hold on every day. */
async function wrong(): Promise<string[]> {
  const rows = await db()
    .selectFrom('occurrence')
    .innerJoin('plan_run', 'plan_run.id', 'occurrence.run_id')
    .select([
      'run_id',
      'protocol_code',
      'track',
      'occurrence.state',
      'plan_run.state as run',
      'window_from',
      'window_until',
    ])
    .execute()
  const open = rows.filter(({ state }) => state === 'planned' || state === 'due')
  const twice = [...Map.groupBy(open, ({ run_id, track }) => `${run_id} ${track}`).values()].filter(
    (those) => those.length > 1,
  )
  const past = open.filter(({ state, window_from, window_until }) =>
    state === 'due' ? window_until < day() : window_from <= day(),
  )
  const after = open.filter(({ run }) => run !== 'active')
  const failed = await db().selectFrom('agenda').select('last_error').where('last_error', 'is not', null).execute()
  return [
    ...twice.map(([one]) => `two open in ${one!.protocol_code} ${one!.track}`),
    ...past.map((one) => `${one.protocol_code} ${one.track} stands ${one.state} though its window says otherwise`),
    ...after.map((one) => `${one.protocol_code} has ended and ${one.track} is open`),
    ...failed.map((one) => `evaluated and failed: ${one.last_error}`),
  ]
}

/** A plan of years never runs dry; the others are through within the year. */
const OF_YEARS = [
  'hypertension',
  'diabetes-2',
  'blood-pressure-half-yearly',
  'copd',
  'lung-nodule',
  'breast-nodule',
  'thyroid-nodule',
]
OF_YEARS.push('growth-care', 'elderly', 'severe-mental', 'oncology-after-treatment')
const THROUGH = ['post-surgery', 'discharge', 'check-up-loop', 'new-member', 'dormant', 'pregnancy', 'postpartum']

describe('a year in every pathway', () => {
  test.each(OF_YEARS)('%s goes on, with something open', async (code) => {
    expect((await runOf(code, 'well')).state).toBe('active')
    const open = (await visitsOf(code, 'well')).filter(({ state }) => state === 'planned' || state === 'due')
    expect(open.length).toBeGreaterThan(0)
  })

  test.each(THROUGH)('%s comes to its end when all goes well', async (code) => {
    expect(await runOf(code, 'well')).toMatchObject({ state: 'completed' })
    expect((await visitsOf(code, 'well')).filter(({ state }) => state === 'missed')).toEqual([])
  })

  test.each([...pathways.keys()])('%s: whatever is due when all goes well is done on its day', async (code) => {
    const done = (await visitsOf(code, 'well')).filter(({ state }) => state === 'done')
    expect(done.length).toBeGreaterThan(0)
    for (const one of done) expect(one.actual_on! <= one.window_until, `${one.step} ${one.actual_on}`).toBe(true)
  })

  test('the norms’ numbers: four visits a year, five times in pregnancy, twice after birth', async () => {
    for (const code of ['hypertension', 'diabetes-2', 'severe-mental'])
      expect(
        (await visitsOf(code, 'well', 'visit')).filter(({ state }) => state === 'done').length,
        code,
      ).toBeGreaterThanOrEqual(4)
    expect((await visitsOf('pregnancy', 'well')).map(({ state }) => state)).toEqual(Array(5).fill('done'))
    expect((await visitsOf('postpartum', 'well')).map(({ state }) => state)).toEqual(['done', 'done'])
    expect((await visitsOf('growth-care', 'well', 'measure')).filter(({ state }) => state === 'done')).toHaveLength(4)
  })

  test('the weekly call is made eight times, looked back on, and goes on as it was agreed', async () => {
    const steps = (await visitsOf('weekly-companion-call', 'well')).map(({ step }) => step)
    expect(steps.slice(0, 10)).toEqual([...Array(8).fill('call'), 'review', 'weekly-on'])
    expect(steps.filter((step) => step === 'weekly-on')).toHaveLength(16)
    expect(steps).toContain('monthly')
  })

  test('something unusual is looked at again soon, by whom the pathway says', async () => {
    const after = async (code: string, track: string) => {
      const [first, second] = await visitsOf(code, 'unusual', track)
      return [first!.step, second!.step]
    }
    expect(await after('copd', 'visit')).toEqual(['quarterly', 'check-2-weeks'])
    expect(await after('severe-mental', 'visit')).toEqual(['quarterly', 'unstable'])
    expect(await after('discharge', 'day-3')).toEqual(['day-3', 'day-3-again'])
    expect(await after('growth-care', 'measure')).toEqual(['measure', 'doctor-look'])
    expect(await after('elderly', 'year')).toEqual(['yearly', 'results'])
    expect((await visitsOf('lung-nodule', 'unusual')).map(({ step }) => step)).toContain('doctor-talk')
    expect((await visitsOf('check-up-loop', 'unusual')).map(({ step }) => step)).toContain('doctor-talk')
  })

  test('S3-20 what people answer after an operation is a task of the same day when it is unusual, and none when all is well', async () => {
    const asked = async (manner: Manner) => {
      const rows = await db()
        .selectFrom('task')
        .select(['type', 'priority'])
        .where('patient_id', '=', patientOf('post-surgery', manner))
        .where('source', '=', 'questionnaire')
        .execute()
      return rows.map(({ type, priority }) => `${type} ${priority}`).toSorted()
    }
    expect(await asked('well')).toEqual([])
    expect(await asked('alone')).toEqual([])
    // On both days: the call that cannot wait is one as long as nobody has made it.
    expect(await asked('unusual')).toEqual(['call stat', 'other urgent', 'other urgent'])
  })

  test('whom nobody calls is not forgotten: three visits missed are told as lost, a nodule never ends by itself', async () => {
    expect(await runOf('severe-mental', 'alone')).toMatchObject({ state: 'exited', exit_reason: 'lost' })
    expect(await runOf('lung-nodule', 'alone')).toMatchObject({ state: 'active' })
    for (const code of pathways.keys()) {
      const states = (await visitsOf(code, 'alone')).map(({ state }) => state)
      expect(
        states.filter((state) => state === 'done-late'),
        code,
      ).toEqual([])
    }
  })

  test('whoever has not come for long gets one message in a year, and the child none of their own', async () => {
    const told = async (code: string, manner: Manner) =>
      await db()
        .selectFrom('message')
        .select(['template', 'touch'])
        .where('patient_id', '=', patientOf(code, manner))
        .execute()
    const words = await told('dormant', 'alone')
    expect(new Set(words.map(({ template }) => template))).toEqual(new Set(['thinking-of-you']))
    expect(new Set(words.map(({ touch }) => touch)).size).toBe(1)
    expect(new Set((await told('growth-care', 'alone')).map(({ template }) => template))).toEqual(
      new Set(['growth-measure']),
    )
  })
})
