import { beforeEach, describe, expect, test } from 'vitest'
import { aPlanClinic } from '../care-plan/sample-clinic.ts'
import { mergeIntoNow, unmergeNow } from '../care-plan/sample-merge.ts'
import { holdPromotion, liftPromotion } from '../message/server/index.ts'
import { addEncounter, addMedication } from '../observation/server/index.ts'
import { patientDied } from '../patient/contract/events.ts'
import {
  changeMedication,
  endMedication,
  listMedication,
  startMedication,
  undoEndMedication,
} from './contract/medication.ts'
import { myMedicine, myMedicineReminder, myTake, myTakeUndo } from './contract/my.ts'
import { changeMedicationRule, getMedicationRule } from './contract/rule.ts'
import { takeTold, takeToldUndo } from './contract/told.ts'
import { aContent, aMedicine, medicineOf, ofPatient, ofSchedule } from './sample-medicine.ts'
import { remind } from './server/round.ts'
import { watchAll } from './server/watch.ts'

const clinic = await aPlanClinic()
const { house, doctor, manager, counsellor } = clinic
const today = () => house.clock.today(house.tenant.timeZone)
const db = () => house.house.databases.of(house.tenant.id)
const uuid = () => house.house.ids.next<string & never>() as string
const until = async (time: string) => {
  house.clock.set(`${today()}T${time}:00+08:00`)
  await clinic.pass(0)
}
// Each test has a day of its own, from ten in the morning.
beforeEach(async () => {
  await clinic.pass(1)
  await until('10:00')
})
const go = () => remind(house.house, house.tenant)

async function aTaker(more: Parameters<typeof aMedicine>[3] = {}) {
  const patientId = await clinic.aPatient()
  const medicine = await aMedicine(house, doctor, patientId, more)
  const me = await house.asPatient(patientId)
  const take = (minute: number, rest: object = {}) => ({
    body: {
      clientId: uuid(),
      scheduleId: medicine.id,
      on: today(),
      minute,
      outcome: 'taken' as const,
      ...rest,
    },
  })
  const skip = (minute: number, rest: object = {}) => take(minute, { outcome: 'skipped', reason: 'forgot', ...rest })
  const sent = async () =>
    (
      await db()
        .selectFrom('message')
        .selectAll()
        .where('template', '=', 'medication-time')
        .where('patient_id', '=', patientId)
        .orderBy('created_at')
        .execute()
    ).filter(({ channel }) => channel === 'in-app')
  return { patientId, medicine, me, take, skip, sent }
}

const tasksOf = (patientId: string) =>
  db()
    .selectFrom('task')
    .selectAll()
    .where('patient_id', '=', patientId)
    .where('source', 'like', 'medication%')
    .execute()

describe('written by doctor or manager', () => {
  test('from the record or typed, once however often it is sent, and not by others', async () => {
    const patientId = await clinic.aPatient()
    const { id: medicationId } = await house.write((ctx) =>
      addMedication(ctx, { patientId, name: '二甲双胍', dose: '0.5 g' }),
    )
    const before = await manager.call(listMedication, ofPatient(patientId))
    expect(before.choices).toEqual([{ id: medicationId, name: '二甲双胍', dose: '0.5 g' }])
    const body = { id: uuid() as never, medicationId, content: aContent(today()) }
    await Promise.all([
      manager.call(startMedication, { ...ofPatient(patientId), body }),
      manager.call(startMedication, { ...ofPatient(patientId), body }),
    ])
    const after = await manager.call(listMedication, ofPatient(patientId))
    expect(after.schedules.map(({ fromRecord, version }) => [fromRecord, version])).toEqual([[true, 1]])
    expect(after.choices).toEqual([])
    const twice = { ...body, id: uuid() as never }
    expect((await manager.try(startMedication, { ...ofPatient(patientId), body: twice })).code).toBe('MedicationTwice')
    const foreign = { ...twice, medicationId: uuid() }
    expect((await doctor.try(startMedication, { ...ofPatient(patientId), body: foreign })).code).toBe(
      'MedicationNotInRecord',
    )
    expect(
      (await counsellor.try(startMedication, { ...ofPatient(patientId), body: { ...twice, medicationId: null } }))
        .status,
    ).toBe(403)
    const stranger = await house.as('physician')
    expect(
      (await stranger.try(startMedication, { ...ofPatient(patientId), body: { ...twice, medicationId: null } })).status,
    ).toBe(404)
    expect((await manager.call(listMedication, ofPatient(patientId))).schedules).toHaveLength(1)
  })

  test('a change is the next version and leaves the past alone; of two at once one does', async () => {
    const { patientId, medicine, me, take } = await aTaker({ minutes: [1200] })
    await until('20:30')
    await me.call(myTake, take(1200))
    await clinic.pass(1)
    const body = (dose: string) => ({ version: 1, content: aContent(today(), { dose, minutes: [540] }) })
    const answers = await Promise.all([
      doctor.try(changeMedication, { ...ofSchedule(patientId, medicine.id), body: body('2 片') }),
      manager.try(changeMedication, { ...ofSchedule(patientId, medicine.id), body: body('半片') }),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const view = await medicineOf(doctor, patientId, medicine.id)
    expect(view.versions.map(({ version }) => version)).toEqual([2, 1])
    expect(view.versions[1]!.content.dose).toBe('1 片（5 mg）')
    expect(view.adherence).toMatchObject({ known: 1, taken: 1 })
    await expect(db().updateTable('medication_schedule_version').set({ by_name: '别人' }).execute()).rejects.toThrow(
      /append-only|permission denied/,
    )
  })

  test('ended with a reason, taken back on the same day only', async () => {
    const { patientId, medicine, me, take } = await aTaker()
    const end = { ...ofSchedule(patientId, medicine.id), body: { reason: 'changed-drug' as const } }
    await doctor.call(endMedication, end)
    expect((await doctor.try(endMedication, end)).code).toBe('MedicationEnded')
    expect((await me.try(myTake, take(1200))).code).toBe('MedicationEnded')
    expect((await me.call(myMedicine)).taking).toEqual([])
    await doctor.call(undoEndMedication, ofSchedule(patientId, medicine.id))
    expect(await me.call(myTake, take(1200))).toEqual({ kept: true })
    await doctor.call(endMedication, end)
    await clinic.pass(1)
    expect((await doctor.try(undoEndMedication, ofSchedule(patientId, medicine.id))).code).toBe(
      'MedicationEndNotUndoable',
    )
  })
})

describe('S0-42 the person notes', () => {
  test('taken or not, sent twice it is kept once, and taken back', async () => {
    const { patientId, medicine, me, take, skip } = await aTaker()
    const once = take(1200)
    const answers = await Promise.all([me.call(myTake, once), me.call(myTake, once)])
    expect(answers.filter(({ kept }) => kept)).toHaveLength(1)
    await me.call(myTake, skip(1200, { reason: 'unwell', words: '头晕' }))
    const rows = await db().selectFrom('medication_take').selectAll().where('schedule_id', '=', medicine.id).execute()
    expect(rows.map(({ outcome, replaced_at }) => [outcome, replaced_at !== null]).toSorted()).toEqual([
      ['skipped', false],
      ['taken', true],
    ])
    expect((await medicineOf(manager, patientId, medicine.id)).skipped).toMatchObject([
      { reason: 'unwell', words: '头晕' },
    ])
    const last = (await me.call(myMedicine)).days[0]!.doses.find(({ minute }) => minute === 1200)!.given!
    expect(await me.call(myTakeUndo, { body: { clientId: last.clientId } })).toEqual({ undone: true })
    expect(await me.call(myTakeUndo, { body: { clientId: last.clientId } })).toEqual({ undone: false })
    expect((await me.call(myMedicine)).days[0]!.doses.every(({ given }) => given === null)).toBe(true)
  })

  test('another’s dose and another’s note are not found, and nothing is kept', async () => {
    const one = await aTaker()
    const other = await aTaker()
    const note = one.take(1200)
    await one.me.call(myTake, note)
    expect((await other.me.try(myTake, one.take(1200))).status).toBe(404)
    expect((await other.me.try(myTakeUndo, { body: { clientId: note.body.clientId } })).status).toBe(404)
    const stolen = { body: { ...other.take(1200).body, clientId: note.body.clientId } }
    expect((await other.me.try(myTake, stolen)).code).toBe('TakeUnfit')
    expect((await other.me.call(myMedicine)).days[0]!.doses.every(({ given }) => given === null)).toBe(true)
  })

  test.each([
    ['a time at which nothing is due', { minute: 600 }, 'TakeUnfit'],
    ['this morning, before it was written', { minute: 480 }, 'TakeUnfit'],
    ['long ago', { on: '2026-01-01' }, 'TakeTooLate'],
    ['tomorrow', { on: '2027-01-01' }, 'TakeTooLate'],
    ['left out without a reason', { outcome: 'skipped' }, 'InvalidInput'],
  ])('%s is refused', async (_what, more, code) => {
    const { me, take } = await aTaker()
    expect((await me.try(myTake, take(1200, more))).code).toBe(code)
  })

  test('kept on the phone without a line, it may arrive two days later', async () => {
    const { patientId, take } = await aTaker()
    const note = take(1200)
    await clinic.pass(3)
    const me = await house.asPatient(patientId)
    expect(await me.call(myTake, note)).toEqual({ kept: true })
    await clinic.pass(1)
    expect(
      (await (await house.asPatient(patientId)).try(myTake, { body: { ...note.body, clientId: uuid() } })).code,
    ).toBe('TakeTooLate')
  })
})

describe('reminders', () => {
  test('at the time, one for all drugs of it, however many workers, and never the name of a drug', async () => {
    const { patientId, sent } = await aTaker()
    await aMedicine(house, manager, patientId, { name: '阿司匹林肠溶片' })
    await go()
    expect(await sent()).toHaveLength(0)
    await until('20:01')
    await Promise.all([go(), go(), go()])
    await go()
    const [message, ...rest] = await sent()
    expect(rest).toEqual([])
    expect(message!.touch).toBe(`medication-time:${today()}:1200`)
    expect(message!.not_after).toEqual(new Date(`${today()}T21:00:00+08:00`))
    const all = await db()
      .selectFrom('message')
      .select(['content_sealed'])
      .where('patient_id', '=', patientId)
      .execute()
    for (const { content_sealed } of all) {
      const text = content_sealed ? house.house.sealer.open(house.tenant.id, content_sealed).toString() : ''
      expect(text).not.toMatch(/氨氯地平|阿司匹林|药/)
    }
  })

  test('what was noted already, and what is too late after a standstill, is not told', async () => {
    const noted = await aTaker()
    await noted.me.call(myTake, noted.take(1200))
    const late = await aTaker({ minutes: [1020] })
    await until('20:01')
    await go()
    expect(await noted.sent()).toHaveLength(0)
    expect(await late.sent()).toHaveLength(0)
    await clinic.pass(1)
    await until('17:30')
    await go()
    expect(await late.sent()).toHaveLength(1)
  })

  test('not in hospital, not in a crisis, not after death or the end; again once that is over', async () => {
    const inStay = await aTaker()
    const inCrisis = await aTaker()
    const dead = await aTaker()
    const ended = await aTaker()
    const plain = await aTaker()
    const quiet = await aTaker({ remind: false })
    await house.write(async (ctx) => {
      await addEncounter(ctx, {
        patientId: inStay.patientId,
        class: 'inpatient',
        title: '住院',
        startedAt: ctx.clock.now(),
      })
      await holdPromotion(ctx, [{ patientId: inCrisis.patientId, kind: 'crisis', sourceKey: inCrisis.patientId }])
      await ctx.emit(patientDied, { patientId: dead.patientId as never, deceasedOn: today() } as never)
    })
    await house.settle()
    await doctor.call(endMedication, { ...ofSchedule(ended.patientId, ended.medicine.id), body: { reason: 'adverse' } })
    await until('20:01')
    await go()
    const counts = await Promise.all(
      [inStay, inCrisis, dead, ended, plain, quiet].map(async (one) => (await one.sent()).length),
    )
    expect(counts).toEqual([0, 0, 0, 0, 1, 0])
    expect((await inStay.me.call(myMedicine)).resting).toBe(true)
    expect((await manager.call(listMedication, ofPatient(inStay.patientId))).restingSince).toBe(today())
    expect((await medicineOf(doctor, dead.patientId, dead.medicine.id)).endReason).toBe('deceased')
    await house.write((ctx) => liftPromotion(ctx, 'crisis', [inCrisis.patientId]))
    await clinic.pass(1)
    await until('08:01')
    await go()
    expect(await inCrisis.sent()).toHaveLength(1)
    expect(await inStay.sent()).toHaveLength(0)
  })

  test('whoever turns them off is told nothing more, at once; what waits is called back', async () => {
    const { me, sent, patientId } = await aTaker()
    await until('20:01')
    await go()
    await db()
      .updateTable('message')
      .set({ state: 'planned', next_at: house.clock.now(), sent_at: null })
      .where('patient_id', '=', patientId)
      .where('channel', '=', 'email')
      .execute()
    expect(await me.call(myMedicineReminder, { body: { wanted: false } })).toEqual({ wanted: false })
    const waiting = await db()
      .selectFrom('message')
      .select('state')
      .where('patient_id', '=', patientId)
      .where('channel', '=', 'email')
      .execute()
    expect(waiting.filter(({ state }) => state === 'planned')).toEqual([])
    await clinic.pass(1)
    await until('08:01')
    await go()
    expect(await sent()).toHaveLength(1)
    expect((await manager.call(listMedication, ofPatient(patientId))).offSince).not.toBeNull()
    const again = await house.asPatient(patientId)
    await again.call(myMedicineReminder, { body: { wanted: true } })
    await until('20:01')
    await go()
    expect(await sent()).toHaveLength(2)
  })
})

describe('what was left out', () => {
  test('three in a row become one task of the manager, who may read of no drug in its title', async () => {
    const { patientId, me, skip } = await aTaker({ minutes: [1080, 1140, 1200, 1260] })
    for (const minute of [1080, 1140]) await me.call(myTake, skip(minute))
    expect(await tasksOf(patientId)).toEqual([])
    await me.call(myTake, skip(1200))
    await me.call(myTake, skip(1260))
    await Promise.all([watchAll(house.house, house.tenant), watchAll(house.house, house.tenant)])
    const tasks = await tasksOf(patientId)
    expect(tasks.map(({ source, owner_id }) => [source, owner_id])).toEqual([['medication-skipped', manager.staffId]])
    expect(JSON.stringify([tasks[0]!.title, tasks[0]!.note])).not.toContain('氨氯地平')
  })

  test('days without any note ask once, and are shown as such; in hospital they do not', async () => {
    const silent = await aTaker()
    const away = await aTaker()
    await house.write((ctx) =>
      addEncounter(ctx, { patientId: away.patientId, class: 'inpatient', title: '住院', startedAt: ctx.clock.now() }),
    )
    for (let day = 0; day < 8; day++) {
      await watchAll(house.house, house.tenant)
      await clinic.pass(1)
    }
    expect((await tasksOf(silent.patientId)).map(({ source }) => source)).toEqual(['medication-silent'])
    expect(await tasksOf(away.patientId)).toEqual([])
    const { adherence } = await medicineOf(manager, silent.patientId, silent.medicine.id)
    expect(adherence).toMatchObject({ known: 0, skipped: 0, daysWithout: 7 })
    expect((await medicineOf(manager, away.patientId, away.medicine.id)).adherence).toMatchObject({
      none: 0,
      daysWithout: 0,
    })
  })

  test('the numbers are the house’s: the next version counts, of two at once one is set', async () => {
    const lead = await house.as('quality-lead')
    const { current } = await lead.call(getMedicationRule)
    const body = {
      policy: { skippedRun: 2, silentDays: null, validMinutes: 30 },
      version: current.version,
      because: '先看两次',
    }
    const answers = await Promise.all([
      lead.try(changeMedicationRule, { body }),
      lead.try(changeMedicationRule, { body }),
    ])
    expect(answers.map(({ code }) => code ?? 'set').toSorted()).toEqual(['MedicationRulesChanged', 'set'])
    expect((await manager.try(changeMedicationRule, { body: { ...body, version: 1 } })).status).toBe(403)
    const { patientId, me, skip } = await aTaker()
    await clinic.pass(1)
    const own = await house.asPatient(patientId)
    await own.call(myTake, skip(480))
    expect(await tasksOf(patientId)).toEqual([])
    await own.call(myTake, skip(1200))
    expect(await tasksOf(patientId)).toHaveLength(1)
    expect((await me.call(myMedicine)).taking).toHaveLength(1)
    expect((await lead.call(getMedicationRule)).history.map(({ version }) => version)).toEqual([0])
  })

  test('what is over ends by itself, a day after its last', async () => {
    const { patientId, medicine } = await aTaker({ untilOn: today() })
    await clinic.pass(1)
    await watchAll(house.house, house.tenant)
    expect((await medicineOf(doctor, patientId, medicine.id)).state).toBe('active')
    await clinic.pass(1)
    await watchAll(house.house, house.tenant)
    expect(await medicineOf(doctor, patientId, medicine.id)).toMatchObject({ state: 'ended', endReason: 'finished' })
  })
})

test('follows a merge and comes back with it; who had turned reminders off wants none', async () => {
  const gone = await aTaker()
  const stays = await aTaker()
  await gone.me.call(myMedicineReminder, { body: { wanted: false } })
  const mergeId = await mergeIntoNow(house, gone.patientId, stays.patientId)
  const merged = await manager.call(listMedication, ofPatient(stays.patientId))
  expect(merged.schedules.map(({ id }) => id).toSorted()).toEqual([gone.medicine.id, stays.medicine.id].toSorted())
  expect(merged.offSince).not.toBeNull()
  await unmergeNow(house, gone.patientId, stays.patientId, mergeId)
  expect((await manager.call(listMedication, ofPatient(stays.patientId))).schedules).toHaveLength(1)
  expect((await manager.call(listMedication, ofPatient(gone.patientId))).schedules).toHaveLength(1)
})

describe('what somebody says on the phone', () => {
  const told = (patientId: string, body: object) => ({ ...ofPatient(patientId), body: body as never })
  const aTakerOfYesterday = async () => {
    const taker = await aTaker()
    await clinic.pass(1)
    await until('10:00')
    return taker
  }
  const undone = (patientId: string, takeId: string) => ({ params: { patientId: patientId as never, takeId } })

  test('a colleague notes it as the person said it; both see whose hand it is, and it can be taken back', async () => {
    const { patientId, medicine, me, take, skip } = await aTakerOfYesterday()
    const { body } = skip(480, { reason: 'unwell' })
    const { schedules } = await manager.call(takeTold, told(patientId, body))
    const [seen] = schedules
    expect(seen!.recent).toMatchObject([
      { minute: 480, given: { outcome: 'skipped', reason: 'unwell', toldTo: manager.name }, can: ['note', 'undo'] },
      { minute: 1200, given: null, can: ['note'] },
    ])
    expect(seen!.skipped).toMatchObject([{ minute: 480, toldTo: manager.name }])
    expect(seen!.adherence).toMatchObject({ known: 1, skipped: 1 })
    const own = (await me.call(myMedicine)).days[0]!.doses.find(({ minute }) => minute === 480)
    expect(own!.given).toMatchObject({ outcome: 'skipped', toldTo: manager.name })
    // Twice is once, and the next note of a colleague takes its place.
    await manager.call(takeTold, told(patientId, body))
    const better = take(480).body
    await doctor.call(takeTold, told(patientId, better))
    expect((await medicineOf(manager, patientId, medicine.id)).recent[0]!.given).toMatchObject({
      outcome: 'taken',
      toldTo: doctor.name,
    })
    const after = await manager.call(takeToldUndo, undone(patientId, better.clientId))
    expect(after.schedules[0]!.recent[0]).toMatchObject({ given: null, can: ['note'] })
    const rows = await db().selectFrom('medication_take').selectAll().where('schedule_id', '=', medicine.id).execute()
    expect(rows.map((row) => row.replaced_at !== null)).toEqual([true, true])
    const audited = await db().selectFrom('audit_entry').select('action').where('patient_id', '=', patientId).execute()
    const acts = audited.map(({ action }) => action).filter((action) => action.endsWith('-told'))
    expect(acts.toSorted()).toEqual([
      'medication.take-told',
      'medication.take-told',
      'medication.take-told',
      'medication.untake-told',
    ])
  })

  test('never over what they have noted themselves, nor of a dose to come, of long ago or of others', async () => {
    const { patientId, medicine, me, take, skip } = await aTakerOfYesterday()
    const other = await aTakerOfYesterday()
    const mine = take(480)
    await me.call(myTake, mine)
    const rows = () => db().selectFrom('medication_take').selectAll().orderBy('id').execute()
    const before = await rows()
    const code = async (input: object, who = manager, of = patientId) => {
      const answer = await who.try(takeTold, told(of, input))
      return answer.code ?? answer.status
    }
    expect(await code(skip(480).body)).toBe('TakeTheirOwn')
    expect(await code(take(1200).body)).toBe('TakeUnfit')
    expect(await code(take(600).body)).toBe('TakeUnfit')
    expect(await code(take(480, { on: '2026-01-01' }).body)).toBe('TakeTooLate')
    expect(await code(take(480).body, manager, other.patientId)).toBe('NotFound')
    expect(await code(take(480, { outcome: 'skipped' }).body)).toBe('InvalidInput')
    expect((await manager.try(takeToldUndo, undone(patientId, mine.body.clientId))).code).toBe('TakeTheirOwn')
    expect((await manager.try(takeToldUndo, undone(patientId, uuid()))).status).toBe(404)
    for (const role of ['front-desk', 'sales-manager', 'content-editor', 'quality-lead'] as const) {
      const who = await house.as(role)
      expect((await who.try(takeTold, told(patientId, take(480).body))).status).toBe(403)
    }
    expect((await counsellor.try(takeTold, told(patientId, take(480).body))).status).toBe(403)
    expect(await rows()).toEqual(before)
    expect((await medicineOf(manager, patientId, medicine.id)).recent[0]).toMatchObject({
      given: { toldTo: null },
      can: [],
    })
  })

  test('the person may put right what a colleague noted', async () => {
    const { patientId, medicine, me, take, skip } = await aTakerOfYesterday()
    await manager.call(takeTold, told(patientId, skip(480).body))
    await me.call(myTake, take(480))
    expect((await medicineOf(manager, patientId, medicine.id)).recent[0]).toMatchObject({
      given: { outcome: 'taken', toldTo: null },
      can: [],
    })
  })
})
