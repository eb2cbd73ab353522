import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse, nobody, TEST_NOW, type Caller } from '../../../test/house.ts'
import { evaluateDue } from '../agenda/server/index.ts'
import { raiseAlert } from '../alert/server/index.ts'
import { bookAppointment, markAppointment } from '../appointment/contract/appointment.ts'
import { anAppointment } from '../appointment/sample-appointment.ts'
import { closeComplaint, getComplaint, listComplaints } from '../complaint/contract/complaint.ts'
import { openForRating } from '../complaint/server/index.ts'
import { aPatient as aReachable, keepingTransport, mailingBy, putConsent } from '../message/sample.ts'
import { sendDue } from '../message/server/index.ts'
import { addEncounter, correctFact } from '../observation/server/index.ts'
import { mergePatients, proposeMerge, undoMerge } from '../patient/contract/merge.ts'
import { markDeceased } from '../patient/contract/patient.ts'
import { assignCarers } from '../patient/server/index.ts'
import { answerForPatient, correctResponse, submitLink } from '../questionnaire/contract/questionnaire.ts'
import { installShippedQuestionnaires } from '../questionnaire/server/index.ts'
import { responseOf } from '../questionnaire/sample-form.ts'
import { listTasks } from '../task/contract/task.ts'
import { questionnaireAnswered } from '../questionnaire/contract/responses.ts'
import { changeRules, getRules } from './contract/rule.ts'
import { getSatisfaction, openWords, satisfactionRows } from './contract/satisfaction.ts'
import { takeAnswer } from './server/answered.ts'
import { satisfactionBetween, satisfactionStep } from './server/index.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
const stranger = nobody(house)
let quality: Caller
let manager: Caller
let count = 0
const BORN = '1960-05-05'
const S = 'urn:peiban:visit-satisfaction'

beforeAll(async () => {
  await house.write(installShippedQuestionnaires)
  house.clock.set('2026-02-20T02:00:00Z')
  quality = await house.as('quality-lead', { name: '郑质控' })
  await setRules({ on: true })
  house.clock.set(TEST_NOW)
  quality = await house.as('quality-lead', { name: '郑质控' })
  manager = await house.as('service-manager', { name: '李健管' })
})
beforeEach(() => house.clock.set(TEST_NOW))

async function setRules(over: object) {
  const { current } = await quality.call(getRules)
  const policy = { ...current.policy, ...over }
  return quality.call(changeRules, { body: { policy, version: current.version, because: '试用' } })
}

const hours = (n: number) => new Date(house.clock.now().getTime() + n * 3_600_000)
async function aPatient(over: object = {}): Promise<never> {
  const id = await aReachable(house, { email: `rates${++count}@example.com`, ...over })
  await house.write((ctx) => assignCarers(ctx, id as never, { managerId: manager.staffId } as never))
  return id as never
}
const visited = async (patientId: string, over: object = {}): Promise<string> => {
  const { id } = await house.write((ctx) =>
    addEncounter(ctx, {
      patientId,
      class: 'outpatient',
      startedAt: hours(-1),
      endedAt: hours(0),
      department: '心内科',
      ...over,
    } as never),
  )
  return id
}
/** The care engine, again and again until nothing is due. */
const look = async () => {
  while ((await evaluateDue(house.house, house.tenant, [satisfactionStep])) > 0);
}
const asked = (patientId: string) =>
  db()
    .selectFrom('satisfaction_visit')
    .selectAll()
    .where('patient_id', '=', patientId)
    .orderBy('closed_at')
    .orderBy('visit_id')
    .execute()
const links = (patientId: string) =>
  db().selectFrom('questionnaire_invitation').selectAll().where('patient_id', '=', patientId).execute()
const letters = (patientId: string) =>
  db()
    .selectFrom('message')
    .selectAll()
    .where('patient_id', '=', patientId)
    .where('template', '=', 'visit-satisfaction')
    .execute()
async function send() {
  const { mails, transport } = keepingTransport()
  await sendDue(mailingBy(house.house, transport), house.tenant)
  await house.settle()
  return mails
}
/** A visit, a day later the letter, and the link in it. */
async function askedOne(over: object = {}): Promise<{ patientId: never; token: string }> {
  const patientId = await aPatient()
  await visited(patientId, over)
  house.clock.advance({ hours: 25 })
  await look()
  const mail = (await send()).find(({ to }) => to.includes(`rates${count}@`))!
  return { patientId, token: /\/fill\/([\w.-]+)/.exec(mail.text)![1]! }
}
const coded = (score: number) => ({ system: S, code: String(score) })
const answer = async (token: string, answers: object, submission = randomUUID()) => {
  const response = responseOf(answers as never)
  return stranger.call(submitLink, { params: { token }, body: { birthDate: BORN, submission, response } })
}
const rated = async (score: number, more: object = {}, visit: object = {}) => {
  const { patientId, token } = await askedOne(visit)
  const given = await answer(token, { score: coded(score), ...more })
  await house.settle()
  return { patientId, given }
}
const complaints = (patientId: string) =>
  db().selectFrom('complaint').selectAll().where('patient_id', '=', patientId).execute()
const answers = (patientId: string) =>
  db()
    .selectFrom('satisfaction_answer')
    .selectAll()
    .where('patient_id', '=', patientId)
    .orderBy('answered_at')
    .execute()

describe('S3-24 after a visit', () => {
  test('its person is asked once, a day later, by a letter with a link of their own', async () => {
    const patientId = await aPatient()
    await visited(patientId)
    await look()
    expect(await asked(patientId)).toEqual([])
    house.clock.advance({ hours: 25 })
    await look()
    expect(await asked(patientId)).toMatchObject([{ state: 'asked', department: '心内科', sent_at: null }])
    expect(await links(patientId)).toMatchObject([{ code: 'visit-satisfaction', state: 'open' }])
    const mails = (await send()).filter(({ to }) => to === `rates${count}@example.com`)
    expect(mails).toHaveLength(1)
    expect(mails[0]!.subject).not.toMatch(/心内/)
    expect(mails[0]!.text).toContain('/fill/')
    expect((await asked(patientId))[0]!.sent_at).not.toBeNull()
    house.clock.advance({ days: 2 })
    await look()
    expect(await links(patientId)).toHaveLength(1)
  })

  test('so is a discharge, once it has its end, and an appointment that was kept', async () => {
    const stay = await aPatient()
    const id = await visited(stay, { class: 'inpatient', startedAt: hours(-72), endedAt: null, department: '外科' })
    house.clock.advance({ hours: 30 })
    await look()
    expect(await asked(stay)).toEqual([])
    await house.write((ctx) =>
      correctFact(
        ctx,
        'encounter',
        { patientId: stay, id: id as never } as never,
        { class: 'inpatient', startedAt: hours(-100), endedAt: hours(-1), department: '外科' } as never,
        '出院',
      ),
    )
    const desk = await house.as('front-desk')
    const booked = await aPatient()
    const { id: appointmentId, revision } = await desk.call(bookAppointment, {
      params: { patientId: booked },
      body: anAppointment(house, {}),
    })
    const row = await db()
      .selectFrom('appointment')
      .select('starts_at')
      .where('id', '=', appointmentId)
      .executeTakeFirstOrThrow()
    house.clock.set(new Date(row.starts_at.getTime() + 3_600_000).toISOString())
    const staff = await house.as('front-desk')
    const params = { appointmentId }
    const arrived = await staff.call(markAppointment, { params, body: { revision, status: 'arrived' } })
    await staff.call(markAppointment, { params, body: { revision: arrived.revision, status: 'fulfilled' } })
    await look()
    house.clock.advance({ hours: 25 })
    await look()
    expect(await asked(booked)).toMatchObject([{ state: 'asked', visit_kind: 'appointment' }])
    expect(await asked(stay)).toMatchObject([{ state: 'asked', class: 'inpatient' }])
  })

  test('a visit that is corrected, told of again, or looked at by two workers at once is asked about once', async () => {
    const patientId = await aPatient()
    const id = await visited(patientId)
    house.clock.advance({ hours: 25 })
    await Promise.all([look(), look(), look()])
    await house.write((ctx) =>
      correctFact(
        ctx,
        'encounter',
        { patientId, id: id as never } as never,
        { class: 'outpatient', startedAt: hours(-26), endedAt: hours(-24.5), department: '心内科' } as never,
        '时间写错',
      ),
    )
    await look()
    expect((await asked(patientId)).map(({ state, reason }) => reason ?? state)).toEqual(['asked', 'corrected'])
    expect(await letters(patientId)).toHaveLength(1)
  })

  test('who comes often is asked once in thirty days, and the number is the house’s own', async () => {
    const patientId = await aPatient()
    for (let week = 0; week < 6; week++) {
      await visited(patientId)
      house.clock.advance({ hours: 25 })
      await look()
      house.clock.advance({ days: 6 })
    }
    expect((await asked(patientId)).map(({ state, reason }) => reason ?? state)).toEqual([
      'asked',
      'recent',
      'recent',
      'recent',
      'recent',
      'asked',
    ])
    house.clock.set(TEST_NOW)
    await setRules({ gapDays: 14 })
    const other = await aPatient()
    for (let week = 0; week < 4; week++) {
      await visited(other)
      house.clock.advance({ hours: 25 })
      await look()
      house.clock.advance({ days: 6 })
    }
    expect((await asked(other)).filter(({ state }) => state === 'asked')).toHaveLength(2)
    quality = await house.as('quality-lead', { name: '郑质控' })
    await setRules({ gapDays: 30 })
  })

  test.each<[string, string, (patientId: never) => Promise<unknown>]>([
    [
      'in hospital',
      'in-hospital',
      (patientId) => visited(patientId, { class: 'inpatient', startedAt: hours(-2), endedAt: null }),
    ],
    [
      'with an alert open',
      'open-alert',
      (patientId) =>
        house.write((ctx) =>
          raiseAlert(ctx, {
            patientId,
            class: 'A',
            kind: 'safety',
            title: '担心',
            source: 'test',
            sourceKey: patientId,
          }),
        ),
    ],
    ['with a complaint open', 'open-complaint', (patientId) => complain(patientId)],
  ])('whoever is %s is left out, with why', async (_who, reason, before) => {
    const patientId = await aPatient()
    await visited(patientId)
    house.clock.advance({ hours: 25 })
    await before(patientId)
    await look()
    expect((await asked(patientId)).map((row) => row.reason)).toEqual([reason])
    expect([await links(patientId), await letters(patientId)]).toEqual([[], []])
  })

  test('what comes between the decision and the letter holds it back at the gate; then they count as not asked', async () => {
    const patientId = await aPatient()
    const crisis = await aPatient()
    const refuses = await aPatient()
    for (const one of [patientId, crisis, refuses]) await visited(one)
    house.clock.advance({ hours: 25 })
    await look()
    await complain(patientId)
    await house.write((ctx) =>
      raiseAlert(ctx, {
        patientId: crisis,
        class: 'A',
        kind: 'safety',
        title: '担心',
        source: 'test',
        sourceKey: crisis,
      }),
    )
    await putConsent(house, refuses, 'service-messages', false)
    await send()
    const outcome = async (id: string) => (await letters(id)).map((row) => row.reason)
    expect([await outcome(patientId), await outcome(crisis), await outcome(refuses)]).toEqual([
      ['open-complaint'],
      ['in-crisis'],
      ['consent-withheld'],
    ])
    for (const one of [patientId, crisis, refuses]) expect((await asked(one))[0]!.sent_at).toBeNull()
  })

  test('of two visits at one time the newer is asked about', async () => {
    const patientId = await aPatient()
    await visited(patientId, { department: '早' })
    await visited(patientId, { department: '晚', endedAt: hours(2) })
    house.clock.advance({ hours: 27 })
    await look()
    expect((await asked(patientId)).map(({ department, reason }) => [department, reason])).toEqual([
      ['早', 'same-time'],
      ['晚', null],
    ])
  })
})

const complain = (patientId: never) =>
  house.write(async (ctx) => {
    const origin = { responseId: randomUUID(), score: 1, department: '', visitedOn: null, wantsContact: null }
    const rest = { category: 'other' as const, words: '', withheld: false, receivedOn: ctx.today, ownerId: null }
    await openForRating(ctx, { key: randomUUID(), patientId, origin, ...rest })
  })

describe('S1-3 a low score', () => {
  test.each([1, 2])(
    'of %d opens a complaint by itself, with owner, day, category and where it came from',
    async (score) => {
      const about = { system: 'urn:peiban:complaint-category', code: 'waiting' }
      const { patientId, given } = await rated(score, { about, words: '约了九点，等到十一点', contact: true })
      // On the page of the phone: that somebody will call, and no points.
      expect(given.scores).toMatchObject([{ bandText: { zh: '谢谢您直说' }, value: null }])
      expect(given.scores[0]!.advice!.zh).toMatch(/打电话/)
      const [row, ...more] = await complaints(patientId)
      expect(more).toEqual([])
      expect(row).toMatchObject({
        state: 'open',
        category: 'waiting',
        channel: 'rating',
        words: '约了九点，等到十一点',
        speaker: 'person',
        recorded_by: null,
        due_on: '2026-03-10',
        origin: { score, department: '心内科', wantsContact: true },
      })
      const lead = await house.as('quality-lead', { name: '督办' })
      const seen = await lead.call(getComplaint, { params: { complaintId: row!.id as never } })
      expect(seen.origin).toMatchObject({ score, department: '心内科', visitedOn: '2026-03-02' })
      expect(seen.acts).toMatchObject([{ act: 'recorded', by: '就诊后评价' }])
      expect((await lead.call(listComplaints, { query: {} as never })).rows.map(({ id }) => id)).toContain(row!.id)
      // Quality sees to it, and not who looks after the person: it may be about them.
      const owner = await db().selectFrom('staff_role').select('role').where('staff_id', '=', row!.owner_id).execute()
      expect(owner.map(({ role }) => role)).toContain('quality-lead')
      const told = await db()
        .selectFrom('message')
        .select(['template', 'channel'])
        .where('patient_id', '=', patientId)
        .where('touch', '=', `complaint:${row!.id}`)
        .execute()
      expect(told.map(({ channel }) => channel).toSorted()).toEqual(['email', 'in-app'])
      expect(await answers(patientId)).toMatchObject([{ score, complains: true, complaint_id: row!.id }])
    },
  )

  test.each([3, 4, 5])('of %d opens none', async (score) => {
    const { patientId } = await rated(score, { words: '都好' })
    expect(await complaints(patientId)).toEqual([])
    expect(await answers(patientId)).toMatchObject([{ score, complains: false, has_words: true }])
  })

  test('words that the person marks as a complaint open one, whatever the score', async () => {
    const { patientId } = await rated(4, { words: '护士很好，停车场收费不合理', complaint: true })
    expect(await complaints(patientId)).toMatchObject([{ category: 'other', words: '护士很好，停车场收费不合理' }])
  })

  test('whoever asked not to be called is not told that somebody will', async () => {
    const { patientId } = await rated(2, { contact: false })
    const [row] = await complaints(patientId)
    expect(row).toMatchObject({ words: '就诊后评价选了 2 分，没有写原因。', origin: { wantsContact: false } })
    const told = await db().selectFrom('message').select('id').where('touch', '=', `complaint:${row!.id}`).execute()
    expect(told).toEqual([])
  })

  test('handed in twice, at once, and the event told again: one complaint, one letter, one task', async () => {
    const { patientId, token } = await askedOne()
    const submission = randomUUID()
    await Promise.all([1, 2, 3].map(() => answer(token, { score: coded(1), words: '不像话' }, submission)))
    await house.settle()
    const [row] = await answers(patientId)
    const again = {
      responseId: row!.response_id,
      patientId,
      code: 'visit-satisfaction',
      version: 1,
      sensitivity: 'ordinary',
      scores: [{ code: 'satisfaction', value: 1, band: 'low' }],
      corrects: null,
      advice: [],
    } as never
    await Promise.all([1, 2, 3].map(() => house.write((ctx) => takeAnswer(ctx, again))))
    await house.write((ctx) => ctx.emit(questionnaireAnswered, again))
    await house.settle()
    expect(await complaints(patientId)).toHaveLength(1)
    expect(await answers(patientId)).toHaveLength(1)
    const owner = await house.as('quality-lead')
    const tasks = await db()
      .selectFrom('task')
      .select('id')
      .where('patient_id', '=', patientId)
      .where('source', '=', 'complaint')
      .execute()
    expect(tasks).toHaveLength(1)
    expect((await owner.call(listTasks, { query: { patientId } as never })).rows.length).toBeLessThanOrEqual(1)
  })

  test('a correction stands in place of what it corrects, and asks for no second complaint', async () => {
    const patientId = await aPatient()
    const given = await manager.try(answerForPatient, {
      params: { patientId },
      body: {
        code: 'visit-satisfaction',
        version: 1,
        submission: randomUUID(),
        response: responseOf({ score: coded(2) as never }),
      },
    })
    const { response } = given.body as { response: { id: never } }
    await house.settle()
    house.clock.advance({ minutes: 5 })
    await manager.call(correctResponse, {
      params: { patientId, responseId: response.id },
      body: { submission: randomUUID(), response: responseOf({ score: coded(1) as never }), because: '听错了' },
    })
    await house.settle()
    expect(await complaints(patientId)).toHaveLength(1)
    expect((await answers(patientId)).map(({ score, superseded_by }) => [score, superseded_by === null])).toEqual([
      [2, false],
      [1, true],
    ])
  })

  test('words of danger call whoever is on duty, and stand neither in the complaint nor on the page', async () => {
    const { patientId, given } = await rated(1, { words: '看不好了，不想活了' })
    expect(given.urgent).toBe(true)
    const alerts = await db().selectFrom('alert').selectAll().where('patient_id', '=', patientId).execute()
    expect(alerts).toMatchObject([{ kind: 'safety', class: 'A', state: 'raised' }])
    const [row] = await complaints(patientId)
    expect(row!.words).not.toContain('不想活')
    const lead = await house.as('quality-lead')
    const [kept] = await answers(patientId)
    expect(kept).toMatchObject({ danger: true })
    expect(await lead.call(openWords, { params: { responseId: kept!.response_id } })).toEqual({
      words: null,
      withheld: true,
    })
  })

  test('while it is open nobody asks again; closed, it says what came of it', async () => {
    const { patientId } = await rated(1)
    const [row] = await complaints(patientId)
    const lead = await house.as('quality-lead')
    const params = { complaintId: row!.id as never }
    const { version } = await lead.call(getComplaint, { params })
    await lead.call(closeComplaint, { params, body: { outcome: 'explained', text: '打过电话，已道歉', version } })
    expect(await complaints(patientId)).toMatchObject([{ state: 'closed' }])
  })
})

describe('S3-8 figures', () => {
  test('no mean and no share below thirty; from thirty on with their interval; a letter nobody answered counts', async () => {
    house.clock.set('2026-05-04T02:00:00Z')
    const lead = await house.as('quality-lead')
    const day = { from: '2026-05-01', until: '2026-05-31' }
    const put = async (n: number, score: number, department: string) => {
      const patientId = await aPatient()
      for (let i = 0; i < n; i++) await insert(patientId, score, department)
    }
    await put(20, 5, '心内科')
    await put(5, 3, '心内科')
    const few = await lead.call(getSatisfaction, { query: day })
    expect(few.all).toMatchObject({
      n: 25,
      counts: [20, 0, 5, 0, 0],
      mean: null,
      good: { count: 20, n: 25, share: null },
    })
    await put(11, 4, '体检中心')
    const many = await lead.call(getSatisfaction, { query: day })
    expect(many.all).toMatchObject({ n: 36, good: { count: 31, n: 36 } })
    expect(many.all.mean).toBeCloseTo((100 + 15 + 44) / 36)
    // Wilson, 31 of 36.
    expect(many.all.good.low).toBeCloseTo(0.7134, 3)
    expect(many.all.good.high).toBeCloseTo(0.9392, 3)
    expect(many.departments.map(({ department, n, mean }) => [department, n, mean])).toEqual([
      ['体检中心', 11, null],
      ['心内科', 25, null],
    ])
    const span = { from: new Date('2026-04-30T16:00:00Z'), to: new Date('2026-05-31T16:00:00Z') }
    const trust = await house.write((ctx) => satisfactionBetween(ctx, span))
    expect(trust.all).toEqual(many.all)
    expect((await lead.try(getSatisfaction, { query: { from: '2024-01-01', until: '2026-05-01' } })).code).toBe(
      'SatisfactionSpanTooLong',
    )
  })

  test('the response rate is of letters that left the house', async () => {
    house.clock.set('2026-06-01T02:00:00Z')
    await askedOne()
    house.clock.set('2026-06-01T02:00:00Z')
    await rated(5)
    const lead = await house.as('quality-lead')
    const { all, departments } = await lead.call(getSatisfaction, {
      query: { from: '2026-06-01', until: '2026-06-30' },
    })
    expect(all.response).toMatchObject({ count: 1, n: 2, share: null })
    expect(departments).toMatchObject([{ department: '心内科', n: 1 }])
  })

  test('each number opens its rows; whoever neither complains nor asks to be called is not named', async () => {
    house.clock.set('2026-07-01T02:00:00Z')
    const content = await rated(5, { words: '谢谢王护士' })
    house.clock.set('2026-07-01T02:00:00Z')
    const angry = await rated(1, { words: '等太久' })
    house.clock.set('2026-07-01T02:00:00Z')
    await askedOne()
    const lead = await house.as('quality-lead')
    const day = { from: '2026-07-01', until: '2026-07-31' }
    const rows = async (query: object) =>
      (await lead.call(satisfactionRows, { query: { ...day, ...query } as never })).rows
    const { all, leftOut } = await lead.call(getSatisfaction, { query: day })
    expect(await rows({ figure: 'answered' })).toHaveLength(all.n)
    expect(await rows({ figure: 'good' })).toHaveLength(all.good.count)
    expect(await rows({ figure: 'complaints' })).toHaveLength(all.complaints)
    expect(await rows({ figure: 'asked' })).toHaveLength(all.response.n)
    expect(await rows({ figure: 'answered', score: 1 })).toHaveLength(all.counts[4]!)
    expect(await rows({ figure: 'left-out' })).toHaveLength(leftOut.reduce((sum, { n }) => sum + n, 0))
    const named = await rows({ figure: 'answered' })
    const of = (score: number) => named.find(({ answer: one }) => one?.score === score)!
    expect(of(5).patient.id).toBeNull()
    expect(of(5).patient.name).toContain('*')
    expect(of(1).patient.name).not.toContain('*')
    const [kept] = await answers(content.patientId)
    expect(await lead.call(openWords, { params: { responseId: kept!.response_id } })).toEqual({
      words: '谢谢王护士',
      withheld: false,
    })
    const log = await db()
      .selectFrom('audit_entry')
      .select(['action', 'patient_id'])
      .where('actor_id', '=', lead.staffId)
      .where('action', 'like', 'satisfaction.%')
      .execute()
    expect(log.filter(({ action }) => action === 'satisfaction.words')).toEqual([
      { action: 'satisfaction.words', patient_id: content.patientId },
    ])
    expect(log.filter(({ action }) => action === 'satisfaction.rows').length).toBeGreaterThanOrEqual(6)
    expect(angry.given.result).toBe('kept')
  })

  test('pages of rows hold each row once', async () => {
    const lead = await house.as('quality-lead')
    const day = { from: '2026-05-01', until: '2026-05-31' }
    const ids: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { rows: { id: string }[]; next: string | null } = await lead.call(satisfactionRows, {
        query: { ...day, limit: 10, ...(cursor ? { cursor } : {}) } as never,
      })
      ids.push(...page.rows.map(({ id }) => id))
      cursor = page.next
    }
    expect([ids.length, new Set(ids).size]).toEqual([36, 36])
  })

  test('nobody else sees any of it', async () => {
    for (const role of ['front-desk', 'sales-manager', 'service-manager', 'physician', 'content-editor'] as const) {
      const one = await house.as(role)
      expect((await one.try(getSatisfaction, { query: {} })).status, role).toBe(403)
      expect((await one.try(openWords, { params: { responseId: randomUUID() } })).status, role).toBe(403)
    }
  })
})

async function insert(patientId: string, score: number, department: string) {
  const id = house.house.ids.next<string & never>() as string
  await db()
    .insertInto('satisfaction_answer')
    .values({
      organization_id: house.tenant.id,
      response_id: id,
      root_id: id,
      patient_id: patientId,
      visit_kind: null,
      visit_id: null,
      class: null,
      department,
      visited_on: null,
      score,
      about: null,
      wants_contact: null,
      complains: false,
      has_words: false,
      danger: false,
      answered_at: house.clock.now(),
      superseded_by: null,
      complaint_id: null,
    })
    .execute()
}

describe('the rules', () => {
  test('are versions; of two who change them at once one is told to look again', async () => {
    house.clock.set(TEST_NOW)
    quality = await house.as('quality-lead', { name: '郑质控' })
    const { current } = await quality.call(getRules)
    const body = { policy: current.policy, version: current.version, because: '同时' }
    const both = await Promise.all([1, 2].map(() => quality.try(changeRules, { body })))
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  test('an owner is somebody who may see to complaints', async () => {
    const sales = await house.as('sales-manager')
    const { current } = await quality.call(getRules)
    const refused = await quality.try(changeRules, {
      body: {
        policy: { ...current.policy, ownerId: sales.staffId as never },
        version: current.version,
        because: '换人',
      },
    })
    expect(refused.code).toBe('SatisfactionOwnerUnfit')
    expect((await quality.call(getRules)).current.version).toBe(current.version)
    await setRules({ ownerId: manager.staffId })
    const { patientId } = await rated(1)
    expect(await complaints(patientId)).toMatchObject([{ owner_id: manager.staffId }])
    quality = await house.as('quality-lead')
    await setRules({ ownerId: null })
  })
})

test('follows a merge, and goes home when it is taken back; of the dead nobody is asked', async () => {
  house.clock.set(TEST_NOW)
  const { patientId } = await rated(5)
  const into = await aPatient()
  const desk = await house.as('front-desk')
  const { proposalId } = await desk.call(proposeMerge, { body: { oneId: patientId, otherId: into } })
  const { mergeId } = await desk.call(mergePatients, { params: { proposalId }, body: { intoId: into, chosen: {} } })
  await house.settle()
  expect([await answers(into), await asked(into)].map((rows) => rows.length)).toEqual([1, 1])
  await desk.call(undoMerge, { params: { mergeId }, body: { reason: '认错了' } })
  await house.settle()
  expect([await answers(patientId), await asked(patientId)].map((rows) => rows.length)).toEqual([1, 1])
  await visited(into)
  const doctor = await house.as('physician')
  await house.write((ctx) => assignCarers(ctx, into, { doctorId: doctor.staffId } as never))
  await doctor.call(markDeceased, {
    params: { patientId: into },
    body: { deceasedOn: house.clock.today('Asia/Shanghai') } as never,
  })
  await house.settle()
  house.clock.advance({ hours: 25 })
  await look()
  expect(await letters(into)).toEqual([])
  expect(await links(into)).toEqual([])
})

// At the end: it counts from when it was switched on, and the clock of the other tests goes back.
test('nobody is asked before it is switched on, nor about what ended before', async () => {
  quality = await house.as('quality-lead')
  await setRules({ on: false })
  const patientId = await aPatient()
  await visited(patientId)
  house.clock.advance({ hours: 25 })
  await look()
  expect(await asked(patientId)).toEqual([])
  quality = await house.as('quality-lead')
  await setRules({ on: true })
  await house.write((ctx) => addEncounter(ctx, { patientId, class: 'home', startedAt: hours(-1) } as never))
  house.clock.advance({ hours: 25 })
  await look()
  expect(await asked(patientId)).toEqual([])
  expect(await letters(patientId)).toEqual([])
})
