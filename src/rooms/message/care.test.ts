import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { cardActivated } from '../card/contract/card.ts'
import { patientMerged, patientUnmerged } from '../patient/contract/events.ts'
import { taskDigestDue, taskReminderDue } from '../task/contract/events.ts'
import { wake, evaluateDue } from '../agenda/server/index.ts'
import { installShippedTags } from '../tag/server/index.ts'
import { listNotices, readNotices } from './contract/notice.ts'
import { messageStep, sendMessage } from './server/index.ts'
import { sendNoticeMails } from './server/notice-mail.ts'
import { changePreference, preferencesOf } from './server/preference.ts'
import { aPatient, aTemplate, keepingTransport, ledger, mailingBy, publish } from './sample.ts'

const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
await house.write((ctx) => installShippedTags(ctx))
const next = () => house.house.ids.next()
const evaluate = async (...patientIds: string[]) => {
  await house.write((ctx) => wake(ctx.tx, ctx.organizationId, patientIds, 'test', ctx.clock.now()))
  await evaluateDue(house.house, house.tenant, [messageStep])
}

describe('the care step', () => {
  const setTag = (patientId: string, setAt: Date, state = 'active') =>
    db
      .insertInto('patient_tag')
      .values({
        organization_id: house.tenant.id,
        patient_id: patientId,
        tag_code: 'bp-recheck',
        source: 'rule',
        state: state as 'active',
        rule_version: 1,
        facts: '[]',
        set_at: setAt,
        set_by: null,
        expires_at: null,
        suppressed_at: null,
        suppressed_by: null,
        suppressed_because: null,
      })
      .onConflict((c) =>
        c
          .columns(['organization_id', 'patient_id', 'tag_code', 'source'])
          .doUpdateSet({ set_at: setAt, state: state as 'active' }),
      )
      .execute()

  test('tells what a tag asks for, once per episode, however often it looks', async () => {
    const [one, other] = [await aPatient(house), await aPatient(house)]
    await setTag(one, house.clock.now())
    await evaluate(one, other)
    await evaluate(one, other)
    const rows = await ledger(house, one)
    expect(rows.map((row) => [row.template, row.channel, row.touch])).toEqual([
      ['bp-remeasure', 'in-app', `tag:bp-recheck:${house.clock.now().toISOString()}`],
      ['bp-remeasure', 'email', `tag:bp-recheck:${house.clock.now().toISOString()}`],
    ])
    expect(await ledger(house, other)).toEqual([])
    house.clock.advance({ days: 3 })
    await setTag(one, house.clock.now())
    await evaluate(one)
    const later = (await ledger(house, one)).filter((row) => row.touch.includes(house.clock.now().toISOString()))
    expect(later.map((row) => [row.channel, row.state, row.reason])).toEqual([
      ['in-app', 'accepted', null],
      ['email', 'suppressed', 'too-soon'],
    ])
  })

  test('a tag that has had its time, or is suppressed, asks for nothing', async () => {
    const [ended, suppressed] = [await aPatient(house), await aPatient(house)]
    await setTag(ended, house.clock.now(), 'ended')
    await setTag(suppressed, house.clock.now(), 'suppressed')
    await evaluate(ended, suppressed)
    expect([await ledger(house, ended), await ledger(house, suppressed)]).toEqual([[], []])
  })

  const fileReport = async (patientId: string, over: object = {}) => {
    const id = next()
    const now = house.clock.now()
    await db
      .insertInto('report')
      .values({
        organization_id: house.tenant.id,
        id,
        patient_id: patientId,
        category: 'laboratory',
        title: '检验',
        status: 'final',
        source_system: 'lis',
        source_report_id: id,
        fingerprint: Buffer.from(id),
        effective_at: now,
        issued_at: now,
        performer: '',
        finding: null,
        impression: null,
        intake_id: next(),
        version: 1,
        recorded_at: now,
        superseded_by: null,
        superseded_at: null,
        superseded_author_id: null,
        superseded_because: null,
        ...over,
      } as never)
      .execute()
    return id
  }

  test('a report that came in is told once; an old, unfinished or copied one is not', async () => {
    const patientId = await aPatient(house)
    const report = await fileReport(patientId)
    await fileReport(patientId, { effective_at: new Date(house.clock.now().getTime() - 15 * 86_400_000) })
    await fileReport(patientId, { status: 'preliminary' })
    await fileReport(patientId, { intake_id: null })
    await evaluate(patientId)
    await evaluate(patientId)
    expect((await ledger(house, patientId)).map((row) => [row.touch, row.channel, row.source_key])).toEqual([
      [`report:${report}`, 'in-app', report],
      [`report:${report}`, 'email', report],
    ])
  })

  test('a corrected version of it is no second piece of news', async () => {
    const patientId = await aPatient(house)
    const first = await fileReport(patientId, { source_report_id: 'R-1' })
    await evaluate(patientId)
    const now = house.clock.now()
    const second = next()
    await db.updateTable('report').set({ superseded_by: second, superseded_at: now }).where('id', '=', first).execute()
    await fileReport(patientId, { id: second, source_report_id: 'R-1', status: 'corrected', version: 2 })
    await evaluate(patientId)
    expect(new Set((await ledger(house, patientId)).map((row) => row.touch))).toEqual(new Set([`report:${first}`]))
  })
})

describe('events', () => {
  test('an activated card is welcomed once, also when the event comes twice', async () => {
    const patientId = await aPatient(house)
    const payload = { cardId: next(), patientId } as never
    await house.write((ctx) => ctx.emit(cardActivated, payload))
    await house.write((ctx) => ctx.emit(cardActivated, payload))
    await house.settle()
    expect((await ledger(house, patientId)).map((row) => [row.template, row.channel])).toEqual([
      ['card-activated', 'in-app'],
      ['card-activated', 'email'],
    ])
  })

  test('a merge takes messages and refusals along; undoing it brings back what it took', async () => {
    const [fromId, intoId] = [await aPatient(house), await aPatient(house)]
    const tell = (patientId: string, touch: string) =>
      house.write((ctx) => sendMessage(ctx, { patientId, template: 'please-contact', touch, channels: ['email'] }))
    await tell(fromId, 'both')
    await tell(intoId, 'both')
    await tell(fromId, 'only')
    await house.write((ctx) =>
      changePreference(ctx, {
        patientId: fromId,
        purpose: 'care',
        channel: 'email',
        optedOut: true,
        how: 'patient-word',
        note: '',
        messageId: null,
      }),
    )
    const merge = { fromId, intoId, mergeId: next() } as never
    await house.write((ctx) => ctx.emit(patientMerged, merge))
    await house.settle()
    const moved = await ledger(house, intoId)
    expect(await ledger(house, fromId)).toEqual([])
    expect(moved.map((row) => row.touch.replace(/~.*/, '~'))).toEqual(['both', 'both~', 'only'])
    // One person, written to once; what is theirs alone is not touched by that.
    const states = async (id: string) => (await ledger(house, id)).map((row) => [row.state, row.reason])
    expect(await states(intoId)).toEqual([
      ['planned', null],
      ['cancelled', 'same-in-merged-file'],
      ['planned', null],
    ])
    const outOf = async (id: string) =>
      (await house.write((ctx) => preferencesOf(ctx, id))).some((p) => p.purpose === 'care' && p.optedOut)
    expect(await outOf(intoId)).toBe(true)
    await tell(intoId, 'since')
    await house.write((ctx) => ctx.emit(patientUnmerged, merge))
    await house.settle()
    expect((await ledger(house, fromId)).map((row) => row.touch)).toEqual(['both', 'only'])
    expect((await ledger(house, intoId)).map((row) => row.touch)).toEqual(['both', 'since'])
    expect([...(await states(fromId)), ...(await states(intoId))].map(([state]) => state)).toEqual(
      Array.from({ length: 4 }, () => 'planned'),
    )
    expect([await outOf(fromId), await outOf(intoId)]).toEqual([true, false])
  })

  describe('one touch in three files of one person', () => {
    const join = async (fromId: string, intoId: string) => {
      const merge = { fromId, intoId, mergeId: next() } as never
      await house.write((ctx) => ctx.emit(patientMerged, merge))
      await house.settle()
      return merge
    }
    const part = async (merge: never) => {
      await house.write((ctx) => ctx.emit(patientUnmerged, merge))
      await house.settle()
    }
    const tell = (patientId: string) =>
      house.write((ctx) =>
        sendMessage(ctx, { patientId, template: 'please-contact', touch: 'said', channels: ['email'] }),
      )
    const sent = async (patientId: string) => {
      const accepted = { state: 'accepted' as const, next_at: null, sent_at: house.clock.now() }
      await db
        .updateTable('message')
        .set(accepted)
        .where('patient_id', '=', patientId)
        .where('touch', '=', 'said')
        .execute()
    }
    const states = async (id: string) => (await ledger(house, id)).map(({ state }) => state).toSorted()
    const threeFiles = async () => {
      const files = [await aPatient(house), await aPatient(house), await aPatient(house)] as const
      for (const id of files) await tell(id)
      return files
    }

    test('merged in a chain it is said once; the last merge undone, whoever was told is not told again', async () => {
      const [a, b, c] = await threeFiles()
      await sent(a)
      await join(a, b)
      expect(await states(b)).toEqual(['accepted', 'cancelled'])
      const last = await join(b, c)
      expect(await states(c)).toEqual(['accepted', 'cancelled', 'cancelled'])
      await part(last)
      expect(await states(b)).toEqual(['accepted', 'cancelled'])
      expect(await states(c)).toEqual(['planned'])
    })

    test('merged into one, the first merge undone: the other two files are one person who was told', async () => {
      const [a, b, c] = await threeFiles()
      await sent(a)
      await sent(b)
      const first = await join(a, c)
      await join(b, c)
      await part(first)
      expect(await states(a)).toEqual(['accepted'])
      expect(await states(c)).toEqual(['accepted', 'cancelled'])
    })

    test('of two files that are left with nobody told, one tells', async () => {
      const [a, b, c] = await threeFiles()
      await sent(a)
      const first = await join(a, c)
      const second = await join(b, c)
      expect(await states(c)).toEqual(['accepted', 'cancelled', 'cancelled'])
      await part(first)
      expect(await states(c)).toEqual(['cancelled', 'planned'])
      await part(second)
      expect([await states(a), await states(b), await states(c)]).toEqual([['accepted'], ['planned'], ['planned']])
    })
  })

  describe('one touch by a ladder in both of two files that are merged', () => {
    const push = () => house.rooms.flatMap((room) => room.rounds ?? []).find(({ name }) => name === 'message/push')!
    const way = (patientId: string) =>
      ledger(house, patientId).then((rows) =>
        rows.flatMap(({ channel, state, reason }) => (channel === 'in-app' ? [] : [[channel, state, reason]])),
      )
    const twoFiles = async () => [await aPatient(house), await aPatient(house)] as const
    const joined = async (fromId: string, intoId: string, undo = false) => {
      const merge = { fromId, intoId, mergeId: next() } as never
      await house.write((ctx) => ctx.emit(patientMerged, merge))
      await house.settle()
      const found = await way(intoId)
      if (undo) await house.write((ctx) => ctx.emit(patientUnmerged, merge))
      await house.settle()
      return found
    }
    const template = () => publish(house, aTemplate({ channels: ['in-app'], ladder: ['wechat-template', 'email'] }))
    const tell = (patientId: string, code: string, channels?: ['sms'] | ['email']) =>
      house.write((ctx) =>
        sendMessage(ctx, { patientId, template: code, touch: 'said', ...(channels ? { channels } : {}) }),
      )
    const once = ['cancelled', 'same-in-merged-file']

    test('is said once, though they have come to different steps of it; undone, each is told again', async () => {
      const code = await template()
      const [fromId, intoId] = await twoFiles()
      await tell(fromId, code)
      // WeChat is not set up here: what comes due goes on to the mail.
      await push().run(house.house, house.tenant)
      await tell(intoId, code)
      expect([await way(fromId), await way(intoId)]).toEqual([
        [['email', 'planned', null]],
        [['wechat-template', 'planned', null]],
      ])
      expect(await joined(fromId, intoId, true)).toEqual([
        ['wechat-template', 'planned', null],
        ['email', ...once],
      ])
      expect([await way(fromId), await way(intoId)]).toEqual([
        [['email', 'planned', null]],
        [['wechat-template', 'planned', null]],
      ])
    })

    test('what has gone out by one step is not said by the other; undone, whoever was not told is told', async () => {
      const code = await template()
      const [fromId, intoId] = await twoFiles()
      const told = (await tell(fromId, code)).find(({ channel }) => channel !== 'in-app')
      await db
        .updateTable('message')
        .set({ state: 'accepted', next_at: null, sent_at: house.clock.now() })
        .where('id', '=', told!.id)
        .execute()
      await push().run(house.house, house.tenant)
      await tell(intoId, code)
      await push().run(house.house, house.tenant)
      expect(await joined(fromId, intoId, true)).toEqual([
        ['email', ...once],
        ['wechat-template', 'accepted', null],
      ])
      expect([await way(fromId), await way(intoId)]).toEqual([
        [['wechat-template', 'accepted', null]],
        [['email', 'planned', null]],
      ])
    })

    test('one that is in a sender’s hands goes, and the one that waits does not', async () => {
      const code = await template()
      const [fromId, intoId] = await twoFiles()
      const held = (await tell(fromId, code)).find(({ channel }) => channel !== 'in-app')
      await db
        .updateTable('message')
        .set({ state: 'claimed', claimed_by: 'a sender', next_at: new Date(house.clock.now().getTime() + 60_000) })
        .where('id', '=', held!.id)
        .execute()
      await tell(intoId, code)
      expect((await joined(fromId, intoId)).toSorted()).toEqual([
        ['wechat-template', ...once],
        ['wechat-template', 'claimed', null],
      ])
    })

    test('is said once where the other file names one channel; beside it, what each of two channels says stays', async () => {
      const code = await template()
      const [fromId, intoId] = await twoFiles()
      await tell(fromId, code, ['sms'])
      await tell(intoId, code)
      expect(await joined(fromId, intoId, true)).toEqual([
        ['wechat-template', 'planned', null],
        ['sms', ...once],
      ])
      expect([await way(fromId), await way(intoId)]).toEqual([
        [['sms', 'planned', null]],
        [['wechat-template', 'planned', null]],
      ])
      const [one, other] = await twoFiles()
      await tell(one, code, ['sms'])
      await tell(other, code, ['email'])
      expect(await joined(one, other)).toEqual([
        ['sms', 'planned', null],
        ['email', 'planned', null],
      ])
    })

    test('what both planned by a ladder and by mail beside it, stands once by each', async () => {
      const code = await publish(house, aTemplate({ channels: ['email'], ladder: ['wechat-template', 'sms'] }))
      const [fromId, intoId] = await twoFiles()
      await tell(fromId, code)
      await tell(intoId, code)
      expect(await joined(fromId, intoId)).toEqual([
        ['wechat-template', 'planned', null],
        ['email', 'planned', null],
        ['wechat-template', ...once],
        ['email', ...once],
      ])
    })
  })
})

describe('notices to staff', () => {
  test('in the bell once, and by mail without the title of the task', async () => {
    const doctor = await house.as('physician')
    await db.updateTable('staff').set({ email: 'doctor@example.com' }).where('id', '=', doctor.staffId).execute()
    const taskId = next()
    await db
      .insertInto('task')
      .values({
        organization_id: house.tenant.id,
        id: taskId,
        type: 'other',
        title: '给王秀英打电话',
        patient_id: null,
        state: 'accepted',
        pool_role: null,
        owner_id: doctor.staffId,
        owned_since: house.clock.now(),
        due_on: '2026-03-05',
        due_at: null,
        alert: null,
        source: 'manual',
        source_key: null,
        outcome: null,
        reason_code: null,
        created_by: null,
        created_by_name: 'x',
        created_at: house.clock.now(),
        closed_by: null,
        closed_by_name: null,
        closed_at: null,
      } as never)
      .execute()
    const reminder = { taskId, executorId: doctor.staffId, offsetMinutes: 30 } as never
    await house.write((ctx) => ctx.emit(taskReminderDue, reminder))
    await house.write((ctx) => ctx.emit(taskReminderDue, reminder))
    await house.write((ctx) =>
      ctx.emit(taskDigestDue, { executorId: doctor.staffId as never, day: '2026-03-05', count: 4, overdue: 1 }),
    )
    await house.settle()
    const { rows, unread } = await doctor.call(listNotices)
    expect(rows.map((row) => row.title).toSorted()).toEqual(
      ['今天还有 4 项计划没完成', '计划提醒：给王秀英打电话'].toSorted(),
    )
    expect(unread).toBe(2)
    const { mails, transport } = keepingTransport()
    await sendNoticeMails(mailingBy(house.house, transport), house.tenant)
    await sendNoticeMails(mailingBy(house.house, transport), house.tenant)
    expect(mails.map((mail) => mail.to)).toEqual(['doctor@example.com', 'doctor@example.com'])
    expect(JSON.stringify(mails)).not.toContain('王秀英')
    expect((await doctor.call(readNotices, { body: {} })).unread).toBe(0)
  })

  test("nobody reads another's", async () => {
    const [one, other] = [await house.as('physician'), await house.as('physician')]
    await house.write((ctx) =>
      ctx.emit(taskDigestDue, { executorId: one.staffId as never, day: '2026-03-06', count: 1, overdue: 0 }),
    )
    await house.settle()
    const [mine] = (await one.call(listNotices)).rows
    await other.call(readNotices, { body: { ids: [mine!.id] } })
    expect((await one.call(listNotices)).unread).toBe(1)
    expect((await other.call(listNotices)).rows).toEqual([])
  })
})
