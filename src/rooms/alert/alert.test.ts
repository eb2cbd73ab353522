import { describe, expect, test } from 'vitest'
import { listTasks } from '../task/contract/task.ts'
import { listNotices } from '../message/contract/notice.ts'
import {
  acknowledgeAlert,
  closeAlert,
  getAlert,
  handOverAlert,
  listAlerts,
  noteAttempt,
  patientAlerts,
  raiseByHand,
} from './contract/alert.ts'
import { anAlertClinic } from './sample-alert.ts'
import { hasOpenAlert } from './server/index.ts'
import { holdAgainstRules } from './server/recorded.ts'

const clinic = await anAlertClinic()
const { house, li, wang, doctor, lead, aPatient, aValue, open, reached } = clinic
await clinic.onDuty(li, { hours: 24 * 60 })
await clinic.onDuty(wang, { rank: 2, hours: 24 * 60 })

const raised = async (code = 'plt', value = 20) => {
  const patientId = await aPatient()
  await aValue(patientId, code, value)
  return (await open(li)).find(({ patient }) => patient.id === patientId)!
}

describe('raised', () => {
  test('the board shows who, what, since when and the clock; the person on duty gets notice and task', async () => {
    const alert = await raised()
    expect(alert).toMatchObject({
      class: 'A',
      state: 'raised',
      result: { code: 'plt', value: 20, unitPrinted: '', name: expect.stringContaining('血小板') },
      raisedAt: '2026-03-02T02:00:00.000Z',
      dueAt: '2026-03-02T02:15:00.000Z',
      handler: null,
      late: false,
      can: ['acknowledge'],
    })
    const notices = await li.call(listNotices)
    expect(notices.rows[0]).toMatchObject({ kind: 'alert-raised', link: `/alerts?alert=${alert.id}` })
    const tasks = await li.call(listTasks, { query: { scope: 'mine', patientId: alert.patient.id } as never })
    expect(tasks.rows).toMatchObject([{ type: 'call', priority: 'stat', alert: 'important-result' }])
    expect((await wang.call(listNotices)).rows.filter(({ link }) => link?.includes(alert.id))).toEqual([])
  })

  test('class B has a day', async () => {
    expect(await raised('afp', 500)).toMatchObject({ class: 'B', dueAt: '2026-03-03T02:00:00.000Z' })
  })

  test('the systolic and the diastolic of one moment are one alert', async () => {
    const patientId = await aPatient()
    await clinic.aReport(patientId, `bp-${patientId}`, { sbp: 190, dbp: 118 })
    const { rows } = await li.call(patientAlerts, { params: { patientId: patientId as never } })
    expect(rows).toHaveLength(1)
    expect((await li.call(getAlert, { params: { alertId: rows[0]!.id } })).events.map(({ kind }) => kind)).toEqual([
      'raised',
      'repeated',
    ])
  })

  test.each<[string, string, number, object]>([
    ['a value within the limit', 'plt', 31, {}],
    ['history that was handed in later', 'plt', 20, { daysAgo: 60 }],
    ['a value that may or may not lie beyond', 'sbp', 150, { comparator: '>' }],
    ['another indicator', 'hgb', 20, {}],
  ])('%s raises nothing', async (_what, code, value, options) => {
    const patientId = await aPatient()
    await aValue(patientId, code, value, options)
    expect((await li.call(patientAlerts, { params: { patientId: patientId as never } })).rows).toEqual([])
  })

  test('told twice, it is raised once', async () => {
    const alert = await raised()
    const again = { patientIds: [alert.patient.id], recordedAt: '2026-03-01T00:00:00Z' }
    await house.write((ctx) => holdAgainstRules(ctx, again))
    expect((await li.call(patientAlerts, { params: { patientId: alert.patient.id } })).rows).toHaveLength(1)
    expect((await li.call(getAlert, { params: { alertId: alert.id } })).events).toHaveLength(1)
  })

  test('nothing goes to the patient by itself, and promotion can ask whether to stop', async () => {
    const alert = await raised()
    const db = house.house.databases.of(house.tenant.id)
    const messages = await db.selectFrom('message').select('id').where('patient_id', '=', alert.patient.id).execute()
    expect(messages).toEqual([])
    const reader = { db, organizationId: house.tenant.id }
    expect(await hasOpenAlert(reader, alert.patient.id)).toBe(true)
    expect(await hasOpenAlert(reader, await aPatient())).toBe(false)
    const holds = db.selectFrom('message_hold').select('kind').where('patient_id', '=', alert.patient.id)
    expect(await holds.execute()).toEqual([{ kind: 'alert' }])
  })
})

describe('acknowledged', () => {
  test('two at once: one has it, the other is told who', async () => {
    const alert = await raised()
    const params = { alertId: alert.id }
    const answers = await Promise.all([li.try(acknowledgeAlert, { params }), doctor.try(acknowledgeAlert, { params })])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const lost = answers.find(({ status }) => status === 409)!
    const after = await li.call(getAlert, { params })
    expect(lost.body).toMatchObject({ code: 'AlertAcknowledged', title: `${after.handler!.name}已经接手了` })
    expect(after).toMatchObject({ state: 'acknowledged', dueAt: '2026-03-02T04:00:00.000Z' })
  })

  test('nobody goes on with what is in a colleague’s hands, nor before it is taken', async () => {
    const alert = await raised()
    const params = { alertId: alert.id }
    const close = { params, body: { result: 'corrected' as const, text: '实验室说错了' } }
    expect(await li.try(closeAlert, close)).toMatchObject({ status: 409, code: 'AlertNotYet' })
    await li.call(acknowledgeAlert, { params })
    expect(await doctor.try(closeAlert, close)).toMatchObject({ status: 409, code: 'AlertNotYours' })
    expect(await doctor.try(noteAttempt, { params, body: { outcome: 'busy' } })).toMatchObject({
      code: 'AlertNotYours',
    })
  })
})

describe('the person reached', () => {
  test('tries are kept one by one; reached asks for what was read back, and for who it was', async () => {
    const alert = await raised()
    const params = { alertId: alert.id }
    await li.call(acknowledgeAlert, { params })
    await li.call(noteAttempt, { params, body: { outcome: 'no-answer' } })
    expect(await li.try(noteAttempt, { params, body: { outcome: 'reached' } })).toMatchObject({
      code: 'AlertReadBackMissing',
    })
    const told = { outcome: 'reached' as const, relation: 'child' as const, readBack: '血小板只有 20，马上带她去急诊' }
    expect(await li.try(noteAttempt, { params, body: told })).toMatchObject({ code: 'AlertPersonMissing' })
    const after = await li.call(noteAttempt, { params, body: { ...told, personName: '赵明', phone: '13987654321' } })
    expect(after).toMatchObject({ state: 'reached', dueAt: '2026-03-05T02:00:00.000Z' })
    expect(after.attempts).toMatchObject([
      { outcome: 'no-answer', phoneMasked: alert.patient.phoneMasked, byName: '李素珍' },
      {
        outcome: 'reached',
        relation: 'child',
        personName: '赵明',
        phoneMasked: '139****4321',
        readBack: told.readBack,
      },
    ])
  })

  test('without a number in the file the dialled one is asked for', async () => {
    const patientId = await aPatient({ phone: null })
    await aValue(patientId, 'plt', 20)
    const alert = (await open(li)).find(({ patient }) => patient.id === patientId)!
    const params = { alertId: alert.id }
    await li.call(acknowledgeAlert, { params })
    expect(await li.try(noteAttempt, { params, body: { outcome: 'busy' } })).toMatchObject({
      code: 'AlertPhoneMissing',
    })
  })
})

describe('handed over', () => {
  test('the receiver acknowledges it in turn and goes on from there; the former one is relieved', async () => {
    const alert = await reached(await aPatient())
    const params = { alertId: alert.id }
    const given = await li.call(handOverAlert, {
      params,
      body: { toId: wang.staffId as never, note: '下班了，本人已知情' },
    })
    expect(given).toMatchObject({
      state: 'handed-over',
      handler: { name: '王海燕' },
      dueAt: '2026-03-02T02:15:00.000Z',
    })
    expect((await wang.call(listNotices)).rows[0]).toMatchObject({ kind: 'alert-handed-over' })
    expect(await li.try(acknowledgeAlert, { params })).toMatchObject({ code: 'AlertAcknowledged' })
    expect(await wang.call(acknowledgeAlert, { params })).toMatchObject({
      state: 'reached',
      can: ['attempt', 'hand-over', 'close'],
    })
  })

  test('whoever may see it takes it over with a reason; somebody who may not handle it gets none', async () => {
    const alert = await reached(await aPatient())
    const params = { alertId: alert.id }
    const desk = await house.as('front-desk')
    expect(await li.try(handOverAlert, { params, body: { toId: desk.staffId as never, note: '请接' } })).toMatchObject({
      code: 'AlertReceiverUnfit',
    })
    const taken = await doctor.call(handOverAlert, {
      params,
      body: { toId: doctor.staffId as never, note: '李护士在外面' },
    })
    expect(taken).toMatchObject({ state: 'reached', handler: { name: '张文远' } })
  })
})

describe('closed', () => {
  test('not without a result, and not with one that does not fit', async () => {
    const alert = await raised()
    const params = { alertId: alert.id }
    await li.call(acknowledgeAlert, { params })
    expect((await li.try(closeAlert, { params, body: {} as never })).status).toBe(400)
    expect((await li.try(closeAlert, { params, body: { result: 'visit', text: ' ' } })).status).toBe(400)
    const visit = { params, body: { result: 'visit' as const, text: '血液科急诊收治' } }
    expect(await li.try(closeAlert, visit)).toMatchObject({ status: 422, code: 'AlertResultUnfit' })
    const unreachable = { params, body: { result: 'unreachable' as const, text: '三次都没人接，已告知家属' } }
    expect(await li.try(closeAlert, unreachable)).toMatchObject({ code: 'AlertAttemptsMissing' })
    for (let i = 0; i < 3; i++) await li.call(noteAttempt, { params, body: { outcome: 'no-answer' } })
    expect(await li.call(closeAlert, unreachable)).toMatchObject({ state: 'closed', dueAt: null, can: [] })
  })

  test('with its result it leaves the board, the task is done, and nothing reopens it', async () => {
    const alert = await reached(await aPatient())
    const params = { alertId: alert.id }
    const closed = await li.call(closeAlert, {
      params,
      body: { result: 'recheck', text: '复查血小板 98', on: '2026-03-02' },
    })
    expect(closed).toMatchObject({
      state: 'closed',
      closing: { byName: '李素珍', text: '复查血小板 98', on: '2026-03-02' },
    })
    expect((await open(li)).map(({ id }) => id)).not.toContain(alert.id)
    const past = await li.call(listAlerts, { query: { state: 'closed' } as never })
    expect(past.rows.map(({ id }) => id)).toContain(alert.id)
    const tasks = await li.call(listTasks, {
      query: { scope: 'customers', patientId: alert.patient.id, state: 'closed' } as never,
    })
    expect(tasks.rows).toMatchObject([{ state: 'completed' }])
    expect(await doctor.try(acknowledgeAlert, { params })).toMatchObject({ code: 'AlertClosed' })
    expect(closed.events.map(({ kind }) => kind)).toEqual(['raised', 'acknowledged', 'reached', 'closed'])
  })
})

describe('who sees it', () => {
  test('their own people’s and what they were told of; nobody else, and the front desk not at all', async () => {
    const alert = await raised()
    const params = { alertId: alert.id }
    const stranger = await house.as('physician', { name: '别的医生' })
    expect((await doctor.try(getAlert, { params })).status).toBe(200)
    expect((await stranger.try(getAlert, { params })).status).toBe(404)
    expect((await stranger.try(acknowledgeAlert, { params })).status).toBe(404)
    expect(await open(stranger)).toEqual([])
    for (const role of ['front-desk', 'sales-manager', 'counsellor'] as const)
      expect(await (await house.as(role)).try(listAlerts)).toMatchObject({ status: 403 })
    // The head of department sees what was passed on, not everybody's results.
    expect((await lead.try(getAlert, { params })).status).toBe(404)
  })

  test('opening and acting leave their lines in the audit log', async () => {
    const alert = await reached(await aPatient())
    await li.call(getAlert, { params: { alertId: alert.id } })
    const db = house.house.databases.of(house.tenant.id)
    const rows = await db
      .selectFrom('audit_entry')
      .select(['action'])
      .where('patient_id', '=', alert.patient.id)
      .execute()
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['alert.acknowledge', 'alert.attempt', 'alert.open']),
    )
  })
})

describe('by hand', () => {
  test('a finding that no rule sees; sent twice it is one', async () => {
    const patientId = (await aPatient()) as never
    const body = { class: 'A' as const, title: '胸部 CT 提示主动脉夹层可能', key: house.house.ids.next() as string }
    const [one, two] = [
      await doctor.call(raiseByHand, { params: { patientId }, body }),
      await doctor.call(raiseByHand, { params: { patientId }, body }),
    ]
    expect(one.id).toBe(two.id)
    expect(one).toMatchObject({ title: body.title, result: null, events: [{ kind: 'raised', byName: '张文远' }] })
    expect((await li.call(listNotices)).rows[0]).toMatchObject({ kind: 'alert-raised' })
  })

  test('somebody’s safety: a crisis until it is closed', async () => {
    const patientId = (await aPatient()) as never
    const body = { class: 'A' as const, kind: 'safety' as const, title: '电话里说不想活了' }
    const key = house.house.ids.next() as string
    const { id } = await doctor.call(raiseByHand, { params: { patientId }, body: { ...body, key } })
    const db = house.house.databases.of(house.tenant.id)
    const holds = () => db.selectFrom('message_hold').select('kind').where('patient_id', '=', patientId).execute()
    expect(await holds()).toEqual([{ kind: 'crisis' }])
    await li.call(acknowledgeAlert, { params: { alertId: id } })
    const close = { params: { alertId: id }, body: { result: 'admitted' as const, text: '已由家人陪同住院' } }
    expect((await doctor.try(closeAlert, close)).code).toBe('AlertNotYours')
    expect(await holds()).toEqual([{ kind: 'crisis' }])
    await li.call(closeAlert, close)
    expect(await holds()).toEqual([])
  })
})
