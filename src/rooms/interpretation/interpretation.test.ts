import { beforeAll, describe, expect, test } from 'vitest'
import type { PatientCaller } from '../../../test/house.ts'
import { raiseAlert } from '../alert/server/index.ts'
import { amendComposition, recallComposition } from '../health-report/contract/composition.ts'
import { readMyReport } from '../health-report/contract/own.ts'
import { patientDied, patientMerged, patientUnmerged } from '../patient/contract/events.ts'
import { completeTask, listTasks } from '../task/contract/task.ts'
import * as order from './contract/order.ts'
import * as own from './contract/own.ts'
import { addSlots, listSlots, removeSlot } from './contract/slot.ts'
import * as talk from './contract/talk.ts'
import { aTalkClinic, OUTCOME } from './sample-talk.ts'

const clinic = await aTalkClinic()
const { house, doctor, manager } = clinic
const db = () => house.house.databases.of(house.tenant.id)
const uuid = () => house.house.ids.next<string & never>() as string
const of = (orderId: string) => ({ params: { orderId: orderId as never } })
const ofPatient = (patientId: string) => ({ params: { patientId: patientId as never } })

async function anOrder(question = '血压偏高要不要吃药？') {
  const reader = await clinic.aReader()
  const me = await house.asPatient(reader.patientId)
  const { id } = await me.call(own.askForOne, { body: { reportId: reader.reportId as never, question } })
  return { ...reader, me, id: id as string }
}

async function booked(day = '2026-03-04') {
  const one = await anOrder()
  const [slotId] = await clinic.someTimes({ on: nextDay(day) })
  await manager.call(order.bookSlot, { ...of(one.id), body: { slotId: slotId as never } })
  return { ...one, slotId: slotId! }
}

/** Each test takes a day of its own, since a doctor's times lie beside one another. */
let days = 0
function nextDay(from = '2026-03-04'): string {
  return new Date(Date.parse(`${from}T00:00:00Z`) + days++ * 86_400_000).toISOString().slice(0, 10)
}

/** The clock stands at the time of the talk while this runs. */
async function atTalk<T>(slotId: string, use: () => Promise<T>): Promise<T> {
  const before = house.clock.now()
  const slot = await db()
    .selectFrom('interpretation_slot')
    .select('starts_at')
    .where('id', '=', slotId)
    .executeTakeFirstOrThrow()
  await clinic.travel(slot.starts_at)
  try {
    return await use()
  } finally {
    await clinic.travel(before)
  }
}

async function signed(outcome = OUTCOME) {
  const one = await booked()
  const view = await atTalk(one.slotId, () =>
    doctor.call(talk.signOutcome, { ...of(one.id), body: { outcome, told: [] } }),
  )
  return { ...one, view }
}

const lettersTo = async (patientId: string) =>
  (
    await db()
      .selectFrom('message')
      .select(['template', 'state'])
      .where('patient_id', '=', patientId)
      .where('channel', '=', 'in-app')
      .where('template', 'like', 'interpretation-%')
      .orderBy('id')
      .execute()
  ).map(({ template, state }) => `${template.slice('interpretation-'.length)} ${state}`)
const openTasks = async (patientId: string) =>
  db()
    .selectFrom('task')
    .select(['title', 'owner_id', 'due_at', 'source'])
    .where('patient_id', '=', patientId)
    .where('source', 'like', 'interpretation%')
    .where('state', 'in', ['requested', 'accepted', 'in-progress'])
    .execute()

describe('asked for', () => {
  test('by the person, with their own words; the manager is to find a time', async () => {
    const { id, me, patientId, reportId } = await anOrder('最怕的是血糖')
    const view = await manager.call(order.getOrder, of(id))
    expect(view).toMatchObject({
      state: 'asked',
      askedBy: 'patient',
      question: '最怕的是血糖',
      report: { id: reportId, marked: 2 },
    })
    expect(await openTasks(patientId)).toMatchObject([{ title: '给客户安排报告解读的时间', owner_id: manager.staffId }])
    expect((await me.call(own.listMine)).rows).toMatchObject([{ id, state: 'asked', examTitle: '年度体检' }])
    expect(
      (await manager.call(order.listOrders, { query: { list: 'waiting' } as never })).rows.map((row) => row.id),
    ).toContain(id)
  })

  test('of one report one is open, whoever asks, also of two at once; a person is led to the one they have', async () => {
    const { id, me, patientId, reportId } = await anOrder()
    const body = { reportId: reportId as never, question: '再问一次' }
    expect(await me.call(own.askForOne, { body })).toEqual({ id })
    expect((await manager.try(order.makeOrder, { ...ofPatient(patientId), body })).code).toBe('InterpretationOpen')
    const other = await clinic.aReader()
    const asks = await Promise.all(
      [doctor, manager].map((who) =>
        who.try(order.makeOrder, {
          ...ofPatient(other.patientId),
          body: { ...body, reportId: other.reportId as never },
        }),
      ),
    )
    expect(asks.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  test('only of a report that stands and is one’s own, and not before a human has told what is urgent', async () => {
    const { me, patientId } = await anOrder()
    const stranger = await clinic.aReader()
    const foreign = { body: { reportId: stranger.reportId as never, question: '别人的' } }
    expect((await me.try(own.askForOne, foreign)).code).toBe('InterpretationReportUnfit')
    expect((await manager.try(order.makeOrder, { ...ofPatient(patientId), ...foreign })).code).toBe(
      'InterpretationReportUnfit',
    )
    const her = await house.asPatient(stranger.patientId)
    await house.write((ctx) =>
      raiseAlert(ctx, {
        patientId: stranger.patientId,
        class: 'A',
        title: '血小板 21',
        source: 'test',
        sourceKey: uuid(),
      }),
    )
    expect((await her.try(own.askForOne, foreign)).code).toBe('InterpretationReportUnfit')
    expect((await her.try(own.mineOfReport, { params: { compositionId: stranger.reportId as never } })).status).toBe(
      404,
    )
  })

  test('a corrected report is the same report; a recalled one cannot be explained', async () => {
    const { id, patientId, reportId, slotId } = await booked()
    const { id: draft } = await doctor.call(amendComposition, {
      params: { compositionId: reportId as never },
      body: { because: '补一项' },
    })
    const again = await clinic.finish(draft)
    const view = await manager.call(order.getOrder, of(id))
    expect(view.report?.id).toBe(again)
    expect((await manager.call(order.ordersOfPatient, ofPatient(patientId))).reports).toEqual([])
    await doctor.call(recallComposition, { params: { compositionId: again as never }, body: { because: '拿错了人' } })
    await atTalk(slotId, async () => {
      expect((await doctor.call(talk.openTalk, of(id))).content).toBeNull()
      expect((await doctor.try(talk.signOutcome, { ...of(id), body: { outcome: OUTCOME } })).code).toBe(
        'InterpretationReportUnfit',
      )
    })
  })
})

describe('times', () => {
  test('cut, repeated each week, beside none that are there; taken back as far as they are free', async () => {
    const other = await house.as('physician', { name: '李医生' })
    const body = {
      on: '2026-05-06',
      from: '09:00',
      until: '10:00',
      lengthMinutes: 30,
      way: 'video' as const,
      place: 'https://v/1',
    }
    expect(await other.call(addSlots, { body: { ...body, repeatUntil: '2026-05-20' } })).toEqual({
      added: 6,
      skipped: 0,
    })
    expect(await other.call(addSlots, { body: { ...body, from: '08:45' } })).toEqual({ added: 0, skipped: 2 })
    expect(await other.call(addSlots, { body: { ...body, until: '10:30', repeatUntil: null } })).toEqual({
      added: 1,
      skipped: 2,
    })
    const query = { from: '2026-05-01', days: 30, doctorId: other.staffId as never } as never
    const { rows } = await other.call(listSlots, { query })
    expect(rows).toHaveLength(7)
    const { id } = await anOrder()
    await manager.call(order.bookSlot, { ...of(id), body: { slotId: rows[3]!.id } })
    expect((await other.try(removeSlot, { params: { slotId: rows[3]!.id } })).code).toBe('InterpretationSlotBooked')
    expect((await doctor.try(removeSlot, { params: { slotId: rows[0]!.id } })).status).toBe(404)
    expect(
      await other.call(removeSlot, { params: { slotId: rows[0]!.id }, query: { following: 'true' } as never }),
    ).toEqual({ removed: 5 })
    expect((await other.call(listSlots, { query })).rows.map(({ booked: taken }) => taken)).toEqual([false, true])
  })

  test.each([
    ['in the past', { on: '2026-03-01' }],
    ['backwards', { from: '15:00', until: '14:00' }],
    ['for ever', { repeatUntil: '2027-03-01' }],
    ['more than a call may make', { from: '00:00', until: '23:59', lengthMinutes: 5, repeatUntil: '2026-04-30' }],
  ])('%s they are refused', async (_what, wrong) => {
    const body = {
      on: '2026-03-20',
      from: '14:00',
      until: '15:00',
      lengthMinutes: 20,
      way: 'phone' as const,
      repeatUntil: null,
      ...wrong,
    }
    expect((await doctor.try(addSlots, { body })).code).toBe('InterpretationTimesUnfit')
  })

  test('the same time offered twice at once stands once', async () => {
    const other = await house.as('physician')
    const body = { on: '2026-03-21', from: '14:00', until: '15:00', lengthMinutes: 20, way: 'phone' as const }
    const answers = await Promise.all([1, 2].map(() => other.call(addSlots, { body })))
    expect(answers.map(({ added }) => added).toSorted()).toEqual([0, 3])
  })
})

describe('booked', () => {
  test('offered by the manager, chosen on the phone: a letter, a reminder, a task of the doctor at the time', async () => {
    const { id, me, patientId } = await anOrder()
    const slots = await clinic.someTimes({ on: nextDay('2026-04-01') })
    await manager.call(order.offerSlots, { ...of(id), body: { slotIds: slots.slice(0, 2) as never } })
    expect(await openTasks(patientId)).toEqual([])
    const { offers } = await me.call(own.readMine, of(id))
    expect(offers.map(({ from, way, doctorName }) => [from, way, doctorName])).toEqual([
      ['14:00', 'phone', '张文远'],
      ['14:20', 'phone', '张文远'],
    ])
    expect((await me.try(own.bookMine, { ...of(id), body: { slotId: slots[2] as never } })).code).toBe(
      'InterpretationSlotNotOffered',
    )
    await me.call(own.bookMine, { ...of(id), body: { slotId: slots[0] as never } })
    expect((await me.call(own.listMine)).rows[0]).toMatchObject({
      state: 'booked',
      slot: { from: '14:00', until: '14:20' },
    })
    expect(await openTasks(patientId)).toMatchObject([{ title: '报告解读（电话）', owner_id: doctor.staffId }])
    expect(await lettersTo(patientId)).toEqual(['offered accepted', 'booked accepted', 'reminder planned'])

    await me.call(own.bookMine, { ...of(id), body: { slotId: slots[1] as never } })
    expect(await lettersTo(patientId)).toEqual([
      'offered accepted',
      'booked accepted',
      'reminder cancelled',
      'moved accepted',
      'reminder planned',
    ])
    await me.call(own.cancelMine, { ...of(id), body: { because: '' } })
    expect(await openTasks(patientId)).toEqual([])
    expect((await lettersTo(patientId)).filter((one) => one.endsWith('planned'))).toEqual([])
    const free = await doctor.call(listSlots, {
      query: { from: '2026-04-01', days: 30, doctorId: doctor.staffId as never, free: 'true' } as never,
    })
    expect(free.rows.map((row) => row.id)).toEqual(expect.arrayContaining(slots))
    const notices = await db()
      .selectFrom('staff_notice')
      .select('kind')
      .where('staff_id', '=', doctor.staffId)
      .execute()
    expect(notices.filter(({ kind }) => kind === 'interpretation-changed')).toHaveLength(2)
  })

  test('letters say when and how, and nothing of health', async () => {
    const { patientId } = await booked('2026-04-10')
    const sent = await db()
      .selectFrom('message')
      .select(['content_sealed', 'state', 'reason'])
      .where('patient_id', '=', patientId)
      .where('template', '=', 'interpretation-booked')
      .execute()
    expect(
      sent.filter(({ state }) => state === 'blocked' || state === 'failed').map(({ reason }) => reason),
    ).not.toContain('lab-value')
    const inApp = sent.find(({ content_sealed }) => content_sealed)!
    const { subject, text } = JSON.parse(house.house.sealer.open(house.tenant.id, inApp.content_sealed!)) as {
      subject: string
      text: string
    }
    expect(subject).toMatch(/^约好了：4月\d+日（周.）14:00$/)
    expect(`${subject}${text}`).not.toMatch(/血压|血糖|mmol|mmHg|体检/)
  })

  test('two want one time at once: one has it, the other is told', async () => {
    const [one, two] = [await anOrder(), await anOrder()]
    const [slotId] = await clinic.someTimes({ on: nextDay('2026-04-01') })
    const body = { slotId: slotId as never }
    for (const { id } of [one, two])
      await manager.call(order.offerSlots, { ...of(id), body: { slotIds: [slotId] as never } })
    const answers = await Promise.all([one, two].map(({ me, id }) => me.try(own.bookMine, { ...of(id), body })))
    expect(answers.map(({ status, code }) => [status, code]).toSorted()).toEqual([
      [200, undefined],
      [409, 'InterpretationSlotTaken'],
    ])
    const loser = answers[0]!.status === 409 ? one : two
    expect((await loser.me.call(own.readMine, of(loser.id))).offers).toEqual([])
    const waiting = await manager.call(order.listOrders, { query: { list: 'waiting' } as never })
    expect(waiting.rows.map(({ id }) => id)).toContain(loser.id)
    const round = house.rooms
      .find(({ name }) => name === 'interpretation')!
      .rounds!.find(({ name }) => name.endsWith('lapsed'))!
    await round.run(house.house, house.tenant)
    await round.run(house.house, house.tenant)
    expect(await openTasks(loser.patientId)).toHaveLength(1)
    await expect(
      db()
        .updateTable('interpretation_order')
        .set({ state: 'booked', slot_id: slotId! })
        .where('id', '=', loser.id)
        .execute(),
    ).rejects.toThrow(/interpretation_order_slot/)
  })

  test('cancelled and booked at once: one follows the other, and the time ends up with nobody or with the booking', async () => {
    for (let n = 0; n < 4; n++) {
      const { id, me, patientId } = await anOrder()
      const [slotId] = await clinic.someTimes({ on: nextDay('2026-04-01') })
      await manager.call(order.offerSlots, { ...of(id), body: { slotIds: [slotId] as never } })
      const [book, cancel] = await Promise.all([
        me.try(own.bookMine, { ...of(id), body: { slotId: slotId as never } }),
        manager.try(order.cancelOrder, { ...of(id), body: { because: '客户说不用了' } }),
      ])
      expect(cancel.status).toBe(200)
      expect([200, 409]).toContain(book.status)
      expect((await manager.call(order.getOrder, of(id))).state).toBe('cancelled')
      expect(await openTasks(patientId)).toEqual([])
    }
  })

  test('missed: told to the manager, and another time can be offered', async () => {
    const { id, slotId, patientId, me } = await booked()
    expect((await manager.try(order.missOrder, { ...of(id), body: { note: '' } })).code).toBe('InterpretationTooEarly')
    await atTalk(slotId, () => manager.call(order.missOrder, { ...of(id), body: { note: '没人接' } }))
    expect(await openTasks(patientId)).toMatchObject([{ owner_id: manager.staffId }])
    expect((await me.try(own.bookMine, { ...of(id), body: { slotId: slotId as never } })).code).toBe(
      'InterpretationNotYet',
    )
    const [next] = await clinic.someTimes({ on: nextDay('2026-04-01') })
    await manager.call(order.offerSlots, { ...of(id), body: { slotIds: [next] as never } })
    expect((await me.call(own.readMine, of(id))).offers).toHaveLength(1)
  })

  test('once the time has come, a page does not move it', async () => {
    const { id, slotId, me } = await booked()
    await atTalk(slotId, async () => {
      expect((await me.try(own.cancelMine, { ...of(id), body: {} })).code).toBe('InterpretationTooLate')
      expect((await me.call(own.readMine, of(id))).changeable).toBe(false)
    })
  })
})

describe('the talk', () => {
  test('a doctor who has the time sees it although the person is a colleague’s', async () => {
    const colleague = await house.as('physician')
    const { patientId, reportId } = await clinic.aReader()
    const { id } = await manager.call(order.makeOrder, {
      ...ofPatient(patientId),
      body: { reportId: reportId as never, question: '想换个医生讲' },
    })
    expect((await colleague.try(order.getOrder, of(id))).status).toBe(404)
    const [slotId] = await clinic.someTimes({ who: colleague, on: nextDay('2026-04-20') })
    await manager.call(order.bookSlot, { ...of(id), body: { slotId: slotId as never } })
    await atTalk(slotId!, async () => {
      const fresh = await colleague.try(talk.openTalk, of(id))
      expect(fresh.status).toBe(200)
    })
  })

  test('the question first, each marked result in plain words and against last time', async () => {
    const { id, slotId } = await booked()
    const { order: view, content, untold, last } = await atTalk(slotId, () => doctor.call(talk.openTalk, of(id)))
    expect(view.question).toBe('血压偏高要不要吃药？')
    expect(content!.marked.map(({ name, value, previous }) => [name, value, previous?.value])).toEqual([
      ['收缩压', '152', '141'],
      ['空腹血糖', '7.20', '6.40'],
    ])
    for (const { about, standing, advice } of content!.marked) expect(about && standing && advice).not.toBe('')
    expect(content!.conclusions[0]!.title).toBe('血压偏高')
    expect([untold, last]).toEqual([[], null])
  })

  test('signed in one’s own name, by one of two who sign at once; then it stands', async () => {
    const { id, slotId, patientId } = await booked()
    expect((await doctor.try(talk.signOutcome, { ...of(id), body: { outcome: OUTCOME } })).code).toBe(
      'InterpretationTooEarly',
    )
    const answers = await atTalk(slotId, () =>
      Promise.all([1, 2].map(() => doctor.try(talk.signOutcome, { ...of(id), body: { outcome: OUTCOME, told: [] } }))),
    )
    expect(answers.map(({ status, code }) => [status, code]).toSorted()).toEqual([
      [200, undefined],
      [409, 'InterpretationSigned'],
    ])
    expect(answers.find(({ status }) => status === 409)!.raw.body).toContain('张文远')
    const view = await doctor.call(order.getOrder, of(id))
    expect(view).toMatchObject({
      state: 'done',
      grade: 'recheck',
      outcome: { version: 1, signedBy: '张文远', meaning: OUTCOME.meaning },
    })
    expect(await openTasks(patientId)).toEqual([])
    await expect(
      db().updateTable('interpretation_outcome').set({ because: 'x' }).where('order_id', '=', id).execute(),
    ).rejects.toThrow(/permission denied|append-only/)
  })

  test('a correction is a new version; the old one is kept, and of two at once one counts', async () => {
    const { id, me, view } = await signed()
    const body = {
      outcome: { ...OUTCOME, meaning: '血糖那一项我说错了，其实在范围里。' },
      because: '看错了一行',
      version: 1,
    }
    const answers = await Promise.all([1, 2].map(() => doctor.try(talk.correctOutcome, { ...of(id), body })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const after = await doctor.call(order.getOrder, of(id))
    expect(after.outcome).toMatchObject({ version: 2, because: '看错了一行' })
    expect(after.formerOutcomes).toEqual([view.outcome])
    const mine = await me.call(own.readMine, of(id))
    expect(mine.outcome).toMatchObject({
      corrects: true,
      because: '看错了一行',
      meaning: '血糖那一项我说错了，其实在范围里。',
    })
  })

  test.each([
    ['what is to be done is missing', { grade: 'urgent' as const, next: [] }, 'InterpretationWithoutNext'],
    ['a cure is promised', { meaning: '吃两个月的药保证恢复。' }, 'InterpretationPromise'],
    ['hepatitis B has its own sheet', { meaning: '乙肝表面抗原阳性，要看肝病科。' }, 'InterpretationHepatitisBApart'],
  ])('%s: not signed', async (_what, wrong, code) => {
    const { id, slotId } = await booked()
    const answer = await atTalk(slotId, () =>
      doctor.try(talk.signOutcome, { ...of(id), body: { outcome: { ...OUTCOME, ...wrong } } }),
    )
    expect(answer.code).toBe(code)
  })

  test('what has to be told first is told in the talk, or nothing is signed; then the person sees their report', async () => {
    const { id, slotId, patientId, reportId, me } = await booked()
    const raised = await house.write((ctx) =>
      raiseAlert(ctx, { patientId, class: 'A', title: '影像提示要尽快看', source: 'test', sourceKey: uuid() }),
    )
    const report = () => me.try(readMyReport, { params: { compositionId: reportId as never } })
    expect((await report()).status).toBe(404)
    expect((await me.call(own.readMine, of(id))).examTitle).toBeNull()
    await atTalk(slotId, async () => {
      const { untold } = await doctor.call(talk.openTalk, of(id))
      expect(untold).toEqual([{ id: raised!.id, class: 'A', title: '影像提示要尽快看', value: '' }])
      expect((await doctor.try(talk.signOutcome, { ...of(id), body: { outcome: OUTCOME } })).code).toBe(
        'InterpretationUntold',
      )
      const told = [{ alertId: raised!.id, readBack: '知道了，明天去医院' }]
      await doctor.call(talk.signOutcome, { ...of(id), body: { outcome: OUTCOME, told } })
      const alert = await db()
        .selectFrom('alert')
        .select(['state', 'handler_id', 'reached_at'])
        .where('id', '=', raised!.id)
        .executeTakeFirstOrThrow()
      expect(alert).toMatchObject({ state: 'reached', handler_id: doctor.staffId, reached_at: house.clock.now() })
    })
    expect((await report()).status).toBe(200)
  })
})

describe('afterwards', () => {
  test('read in plain words, unread until opened', async () => {
    const { me, id } = await signed()
    expect((await me.call(own.listMine)).rows[0]).toMatchObject({
      state: 'done',
      unread: true,
      signedOn: expect.any(String),
    })
    const { outcome } = await me.call(own.readMine, of(id))
    expect(outcome).toMatchObject({
      grade: 'recheck',
      signedBy: '张文远',
      recheckReminder: false,
      monthly: { months: 2 },
    })
    expect(JSON.stringify(outcome)).not.toContain(OUTCOME.teachBack.note)
    expect((await me.call(own.listMine)).rows[0]!.unread).toBe(false)
  })

  test('what is not clear goes to the doctor as a task, once; the answer is read, or was given by a call', async () => {
    const { me, id, patientId } = await signed()
    const key = uuid()
    for (let n = 0; n < 2; n++) await me.call(own.askMore, { ...of(id), body: { text: '一天能吃多少盐？', key } })
    expect(await openTasks(patientId)).toMatchObject([{ owner_id: doctor.staffId, source: 'interpretation-question' }])
    const tasks = await doctor.call(listTasks, { query: { patientId: patientId as never } as never })
    expect(tasks.rows.find(({ place }) => place?.kind === 'interpretation')?.place?.id).toBe(id)
    expect(
      (await doctor.call(order.listOrders, { query: { list: 'questions' } as never })).rows.map((row) => row.id),
    ).toContain(id)
    const answer = { ...of(id), body: { text: '大约一个啤酒瓶盖。' } }
    const params = { orderId: id as never, questionId: key as never }
    const both = await Promise.all([1, 2].map(() => doctor.try(order.answerQuestion, { ...answer, params })))
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(await openTasks(patientId)).toEqual([])
    expect((await me.call(own.readMine, of(id))).questions).toMatchObject([
      { text: '一天能吃多少盐？', answer: '大约一个啤酒瓶盖。', answeredBy: '张文远' },
    ])
    expect(await lettersTo(patientId)).toEqual(expect.arrayContaining(['done accepted', 'answered accepted']))

    await me.call(own.askMore, { ...of(id), body: { text: '油呢？', key: uuid() } })
    const { rows } = await doctor.call(listTasks, { query: { patientId: patientId as never, state: 'open' } as never })
    await doctor.call(completeTask, { params: { taskId: rows[0]!.id }, body: { outcome: { text: '打过电话了' } } })
    await house.settle()
    expect((await me.call(own.readMine, of(id))).questions[1]).toMatchObject({ answer: '', answeredBy: '张文远' })
  })

  test('a voluntary recheck is reminded of when the person asks for it, and not when they take it back', async () => {
    const { me, id, patientId } = await signed()
    const wish = (recheckReminder: boolean) => me.call(own.wishMine, { ...of(id), body: { recheckReminder } })
    expect((await lettersTo(patientId)).filter((one) => one.startsWith('recheck'))).toEqual([])
    await wish(true)
    await wish(true)
    await wish(false)
    await wish(true)
    expect((await lettersTo(patientId)).filter((one) => one.startsWith('recheck'))).toEqual([
      'recheck cancelled',
      'recheck planned',
    ])
    expect((await me.call(own.readMine, of(id))).outcome!.recheckReminder).toBe(true)
  })

  test('each month one task of the manager, as many as agreed on; ended by wish or by a result', async () => {
    const round = house.rooms
      .find(({ name }) => name === 'interpretation')!
      .rounds!.find(({ name }) => name.endsWith('months'))!
    const [wished, done] = [await signed(), await signed()]
    const run = () => Promise.all([round.run(house.house, house.tenant), round.run(house.house, house.tenant)])
    const before = house.clock.now()
    const later = (months: number) => clinic.travel(new Date(before.getTime() + months * 62 * 86_400_000))
    await run()
    expect(await openTasks(done.patientId)).toEqual([])
    await later(1)
    await run()
    await run()
    const months = (await openTasks(done.patientId)).map(({ title, owner_id }) => [title, owner_id])
    expect(months.length).toBeGreaterThan(0)
    for (const [, owner] of months) expect(owner).toBe(manager.staffId)
    expect(new Set(months.map(([title]) => title)).size).toBe(months.length)
    await wished.me.call(own.wishMine, { ...of(wished.id), body: { monthly: false } })
    expect((await openTasks(wished.patientId)).length).toBeLessThan(months.length)
    expect((await wished.me.call(own.readMine, of(wished.id))).outcome!.monthly).toBeNull()
    await later(2)
    await run()
    expect(
      await db()
        .selectFrom('task')
        .select('id')
        .where('patient_id', '=', done.patientId)
        .where('source', '=', 'interpretation-month')
        .execute(),
    ).toHaveLength(2)
    await manager.call(order.endTracking, { ...of(done.id), body: { because: 'result', note: '复查正常' } })
    expect((await manager.try(order.endTracking, { ...of(done.id), body: { because: 'wish' } })).code).toBe(
      'InterpretationTrackingEnded',
    )
    await clinic.travel(before)
  })
})

describe('whose it is', () => {
  let one: Awaited<ReturnType<typeof booked>>
  let stranger: PatientCaller
  beforeAll(async () => {
    one = await booked('2026-04-15')
    stranger = await house.asPatient((await clinic.aReader()).patientId)
  })

  test('somebody else’s is not found, by people and by staff', async () => {
    for (const [endpoint, body] of [
      [own.readMine, undefined],
      [own.bookMine, { slotId: one.slotId }],
      [own.cancelMine, {}],
      [own.askMore, { text: '不是我的', key: uuid() }],
      [own.wishMine, { monthly: false }],
    ] as const)
      expect((await stranger.try(endpoint as typeof own.readMine, { ...of(one.id), body: body as never })).status).toBe(
        404,
      )
    const otherDoctor = await house.as('physician')
    expect((await otherDoctor.try(order.getOrder, of(one.id))).status).toBe(404)
    expect((await otherDoctor.try(talk.signOutcome, { ...of(one.id), body: { outcome: OUTCOME } })).status).toBe(404)
    const { rows } = await otherDoctor.call(listSlots, {
      query: { from: '2026-04-01', days: 60, doctorId: doctor.staffId as never } as never,
    })
    expect(rows.find(({ id }) => id === one.slotId)).toMatchObject({ booked: true, patientName: null })
  })

  test.each(['front-desk', 'sales-manager', 'counsellor', 'quality-lead', 'system-administrator'] as const)(
    '%s sees none of it',
    async (role) => {
      const who = await house.as(role)
      for (const endpoint of [order.getOrder, talk.openTalk])
        expect((await who.try(endpoint, of(one.id))).status).toBe(403)
      expect((await who.try(order.listOrders)).status).toBe(403)
    },
  )

  test('a manager arranges and does not explain', async () => {
    expect(
      (
        await manager.try(addSlots, {
          body: { on: '2026-04-02', from: '10:00', until: '11:00', lengthMinutes: 20, way: 'phone' },
        })
      ).status,
    ).toBe(403)
    for (const [endpoint, body] of [
      [talk.openTalk, undefined],
      [talk.signOutcome, { outcome: OUTCOME }],
    ] as const)
      expect((await manager.try(endpoint as typeof talk.openTalk, { ...of(one.id), body: body as never })).status).toBe(
        403,
      )
  })

  test('follows its person into another file and back; ends with their death', async () => {
    const into = await clinic.aReader()
    const merge = { fromId: one.patientId as never, intoId: into.patientId as never, mergeId: uuid() as never }
    const owner = async () =>
      (
        await db()
          .selectFrom('interpretation_order')
          .select('patient_id')
          .where('id', '=', one.id)
          .executeTakeFirstOrThrow()
      ).patient_id
    await house.write((ctx) => ctx.emit(patientMerged, merge))
    await house.settle()
    expect(await owner()).toBe(into.patientId)
    await house.write((ctx) => ctx.emit(patientUnmerged, merge))
    await house.settle()
    expect(await owner()).toBe(one.patientId)
    await house.write((ctx) => ctx.emit(patientDied, { patientId: one.patientId as never }))
    await house.settle()
    expect((await manager.call(order.getOrder, of(one.id))).state).toBe('cancelled')
    expect((await lettersTo(one.patientId)).filter((letter) => /planned|cancelled accepted/.test(letter))).toEqual([])
  })

  test('each look and each act is kept', async () => {
    const rows = await db()
      .selectFrom('audit_entry')
      .select(['action', 'patient_id'])
      .where('action', 'like', '%interpretation%')
      .execute()
    const actions = new Set(rows.map(({ action }) => action))
    for (const action of [
      'interpretation.open',
      'interpretation.book',
      'interpretation.sign',
      'interpretation.open-talk',
      'my.interpretation-ask',
      'my.interpretation-open',
    ])
      expect(actions).toContain(action)
    expect(
      rows.filter(({ action, patient_id }) => action === 'interpretation.sign' && patient_id === null).length,
    ).toBeLessThan(rows.length)
  })
})
