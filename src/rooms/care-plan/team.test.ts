import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { mergeIntoNow, unmergeNow } from './sample-merge.ts'
import type { Caller } from '../../../test/house.ts'
import { listNotices } from '../message/contract/notice.ts'
import { patientDied } from '../patient/contract/events.ts'
import { closeTask, createTask } from '../task/server/index.ts'
import { discardMeeting, listMeetings, saveMeeting, signMeeting } from './contract/mdt.ts'
import { carePlanTimeline, listPlans } from './contract/plan.ts'
import {
  careTeam,
  correctNote,
  handOverNote,
  joinTeam,
  leaveTeam,
  listNotes,
  readNote,
  seeNote,
  writeNote,
} from './contract/team.ts'
import { listTemplates, publishTemplate, readTemplate, retireTemplate, saveTemplate } from './contract/template.ts'
import { planSimilarity } from './contract/similarity.ts'
import { aPlanClinic, ofPatient } from './sample-clinic.ts'
import { installShippedPlanTemplates } from './server/index.ts'
import { shippedPlanTemplates } from './server/shipped.ts'
import { keptOf, templates } from './server/template-store.ts'

const clinic = await aPlanClinic()
const { house, doctor, manager, counsellor } = clinic
const db = () => house.house.databases.of(house.tenant.id)
const uuid = () => house.house.ids.next<string & never>() as string

describe('S0-39 two carers, one team', () => {
  test('doctor and counsellor stand side by side, and leave each other a word', async () => {
    const patient = await clinic.aPatient()
    const id = uuid()
    expect(
      await counsellor.call(handOverNote, {
        ...ofPatient(patient),
        body: { id, text: '下周我休假，请多留意她的睡眠。' },
      }),
    ).toEqual({ kept: true })
    expect(
      await counsellor.call(handOverNote, {
        ...ofPatient(patient),
        body: { id, text: '下周我休假，请多留意她的睡眠。' },
      }),
    ).toEqual({ kept: false })
    const team = await doctor.call(careTeam, ofPatient(patient))
    expect(team.carers.map(({ role, name }) => [role, name])).toEqual([
      ['doctor', '张文远'],
      ['counsellor', '陈静'],
      ['manager', '李素珍'],
    ])
    expect(team.notes).toMatchObject([{ text: '下周我休假，请多留意她的睡眠。', byName: '陈静' }])
    expect((await (await house.as('front-desk')).try(careTeam, ofPatient(patient))).status).toBe(403)
  })
})

describe('S0-25 the team of a person', () => {
  const member = (patientId: string, who: Caller) => ({
    params: { patientId: patientId as never, staffId: who.staffId as never },
  })

  test('a colleague joins with a role, sees the file, and no more once taken out', async () => {
    const patient = await clinic.aPatient()
    const nurse = await house.as('service-manager', { name: '周护士' })
    expect((await nurse.try(careTeam, ofPatient(patient))).status).toBe(404)
    await manager.call(joinTeam, { ...member(patient, nurse), body: { role: 'nurse' } })
    const team = await nurse.call(careTeam, ofPatient(patient))
    expect(team.carers.at(-1)).toMatchObject({ role: 'nurse', name: '周护士' })
    await doctor.call(joinTeam, { ...member(patient, nurse), body: { role: 'dietitian' } })
    expect((await doctor.call(careTeam, ofPatient(patient))).carers.map(({ role }) => role)).toEqual([
      'doctor',
      'counsellor',
      'manager',
      'dietitian',
    ])
    expect(await manager.call(leaveTeam, member(patient, nurse))).toEqual({ left: true })
    expect((await manager.try(leaveTeam, member(patient, nurse))).status).toBe(404)
    expect((await nurse.try(careTeam, ofPatient(patient))).status).toBe(404)
  })

  test('who is responsible already does not join, nor somebody unknown; counsellors change no team', async () => {
    const patient = await clinic.aPatient()
    const nobody = { ...doctor, staffId: uuid() }
    for (const who of [doctor, nobody])
      expect((await manager.try(joinTeam, { ...member(patient, who), body: { role: 'nurse' } })).code).toBe(
        'TeamMemberUnfit',
      )
    const nurse = await house.as('service-manager')
    expect((await counsellor.try(joinTeam, { ...member(patient, nurse), body: { role: 'nurse' } })).status).toBe(403)
    expect((await nurse.try(joinTeam, { ...member(patient, nurse), body: { role: 'nurse' } })).status).toBe(404)
  })

  test('a task that is done does not close the file of a member', async () => {
    const patient = await clinic.aPatient()
    const nurse = await house.as('service-manager')
    const task = await house.write((ctx) =>
      createTask(ctx, {
        type: 'other',
        title: '量血压',
        patientId: patient,
        ownerId: nurse.staffId,
        source: 'test',
        sourceKey: uuid(),
      }),
    )
    await manager.call(joinTeam, { ...member(patient, nurse), body: { role: 'nurse' } })
    await house.write((ctx) => closeTask(ctx, task!.id, { state: 'completed' }))
    expect((await nurse.try(careTeam, ofPatient(patient))).status).toBe(200)
  })

  test('a note for somebody says as what it was written, tells them, and they alone say that they have read it', async () => {
    const patient = await clinic.aPatient()
    const id = uuid()
    const body = { id, text: '明天去外地开会，请替我看一下血压', toId: manager.staffId as never }
    await doctor.call(handOverNote, { ...ofPatient(patient), body })
    const notices = await manager.call(listNotices)
    expect(notices.rows.filter(({ kind }) => kind === 'care-team-note').length).toBe(1)
    const noteOf = async (who: Caller) => (await who.call(careTeam, ofPatient(patient))).notes[0]
    expect(await noteOf(manager)).toMatchObject({ role: 'doctor', toName: '李素珍', seenAt: null, waits: true })
    expect(await noteOf(doctor)).toMatchObject({ waits: false })
    const seen = { params: { patientId: patient as never, noteId: id }, body: {} }
    expect(await doctor.call(seeNote, seen)).toEqual({ seen: false })
    expect(await manager.call(seeNote, seen)).toEqual({ seen: true })
    expect((await noteOf(doctor))!.seenAt).not.toBeNull()
    const stranger = await house.as('service-manager')
    const toStranger = { ...body, id: uuid(), toId: stranger.staffId as never }
    expect((await doctor.try(handOverNote, { ...ofPatient(patient), body: toStranger })).code).toBe('TeamMemberUnfit')
  })
})

describe('counselling notes', () => {
  const SECRET = '她说怕给女儿添麻烦'
  async function aNote() {
    const patient = await clinic.aPatient()
    const id = uuid()
    await counsellor.call(writeNote, { ...ofPatient(patient), body: { id, heldOn: '2026-03-02', text: SECRET } })
    return { patient, id, params: { patientId: patient as never, noteId: id as never } }
  }

  test('only who wrote it reads it: no doctor, no manager, no other counsellor of the same person', async () => {
    const { patient, params } = await aNote()
    expect(await counsellor.call(readNote, { params })).toMatchObject({ text: SECRET, former: [] })
    for (const who of [doctor, manager, await house.as('quality-lead'), await house.as('audit-administrator')])
      expect((await who.try(readNote, { params })).status).toBe(403)
    const second = await house.as('counsellor')
    await db()
      .insertInto('patient_access')
      .values({
        organization_id: house.tenant.id,
        patient_id: patient,
        staff_id: second.staffId,
        because: '代班',
        granted_by: null,
        granted_at: house.clock.now(),
        until: null,
      })
      .execute()
    expect((await second.try(readNote, { params })).status).toBe(404)
    expect((await second.call(listNotes, ofPatient(patient))).notes).toEqual([])
  })

  test('each opening is audited, and the text stands nowhere in clear', async () => {
    const { patient, id, params } = await aNote()
    await counsellor.call(readNote, { params })
    await counsellor.call(readNote, { params })
    const { rows } = await sql<{
      subject_id: string
    }>`select subject_id from audit_entry where organization_id = ${house.tenant.id} and action = 'counselling-note.open' and patient_id = ${patient}`.execute(
      db(),
    )
    expect(rows.map(({ subject_id }) => subject_id)).toEqual([id, id])
    const { rows: kept } = await sql<{
      text: string
    }>`select text_sealed::text from counselling_note where id = ${id}`.execute(db())
    expect(JSON.stringify(kept)).not.toContain(Buffer.from(SECRET).toString('hex'))
    const { rows: audit } = await sql<{
      detail: string
    }>`select detail::text from audit_entry where organization_id = ${house.tenant.id}`.execute(db())
    expect(JSON.stringify(audit)).not.toContain(SECRET)
  })

  test('it is corrected, never changed; of two corrections at once one stands', async () => {
    const { patient, params } = await aNote()
    const correct = (text: string) =>
      counsellor.try(correctNote, { params, body: { id: uuid(), heldOn: '2026-03-02', text, because: '写错了一句' } })
    const answers = await Promise.all([correct('甲版内容'), correct('乙版内容')])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const { notes } = await counsellor.call(listNotes, ofPatient(patient))
    expect(notes.length).toBe(1)
    const now = await counsellor.call(readNote, { params: { patientId: patient as never, noteId: notes[0]!.id } })
    expect(now.former.map(({ text }) => text)).toEqual([SECRET])
    expect(now.because).toBe('写错了一句')
  })

  test('an id that is taken tells nothing', async () => {
    const { id } = await aNote()
    const body = { id, heldOn: '2026-03-02', text: '别的内容' }
    expect((await counsellor.try(writeNote, { ...ofPatient(await clinic.aPatient()), body })).status).toBe(404)
  })
})

describe('S0-23 MDT', () => {
  const body = (more: object = {}) => ({
    heldOn: '2026-03-02',
    chairId: doctor.staffId as never,
    members: [
      { staffId: doctor.staffId as never, name: '张文远', role: '全科' },
      { staffId: null, name: '外院刘主任', role: '肾内科' },
    ],
    question: '血压难控制，要不要查继发原因',
    material: '近三月血压记录、肾功能',
    conclusion: '先查肾上腺 CT 和醛固酮',
    tasks: [{ title: '预约肾上腺 CT', dueOn: '2026-03-09', ownerId: manager.staffId as never }],
    revision: 0,
    ...more,
  })

  test('drafted by the manager, signed by the chair, its tasks made once, unchangeable after', async () => {
    const patient = await clinic.aPatient()
    const params = { patientId: patient as never, meetingId: uuid() as never }
    await manager.call(saveMeeting, { params, body: body() })
    expect(await manager.try(signMeeting, { params, body: { revision: 1 } })).toMatchObject({
      status: 403,
      code: 'MeetingNotChair',
    })
    const answers = await Promise.all([1, 2].map(() => doctor.try(signMeeting, { params, body: { revision: 1 } })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const { meetings } = await counsellor.call(listMeetings, ofPatient(patient))
    expect(meetings[0]).toMatchObject({
      state: 'signed',
      signedBy: '张文远',
      can: [],
      tasks: [{ ownerName: '李素珍' }],
    })
    const tasks = await db()
      .selectFrom('task')
      .select(['title', 'owner_id'])
      .where('source', '=', 'mdt')
      .where('patient_id', '=', patient)
      .execute()
    expect(tasks).toEqual([{ title: '预约肾上腺 CT', owner_id: manager.staffId }])
    expect((await manager.try(saveMeeting, { params, body: body({ revision: 2 }) })).code).toBe('MeetingSigned')
    expect((await manager.try(discardMeeting, { params })).code).toBe('MeetingSigned')
  })

  test('a chair who could never sign is refused', async () => {
    const params = { patientId: (await clinic.aPatient()) as never, meetingId: uuid() as never }
    const members = [
      { staffId: counsellor.staffId as never, name: '陈静', role: '心理' },
      { staffId: doctor.staffId as never, name: '张文远', role: '全科' },
    ]
    const wrong = body({ chairId: counsellor.staffId, members })
    expect((await manager.try(saveMeeting, { params, body: wrong })).code).toBe('MeetingChairMissing')
  })

  test.each([
    ['one person alone', { members: [{ staffId: doctor.staffId as never, name: '张文远', role: '全科' }] }],
    ['no question', { question: '' }],
    ['no conclusion', { conclusion: '' }],
    ['a day that has not come', { heldOn: '2026-03-20' }],
  ])('%s is no record to sign', async (_what, more) => {
    const params = { patientId: (await clinic.aPatient()) as never, meetingId: uuid() as never }
    await manager.call(saveMeeting, { params, body: body(more) })
    expect((await doctor.try(signMeeting, { params, body: { revision: 1 } })).code).toBe('MeetingUnfinished')
  })

  test('several tasks are made and say whether they still wait; what was signed stands, also against SQL', async () => {
    const patient = await clinic.aPatient()
    const params = { patientId: patient as never, meetingId: uuid() as never }
    const tasks = [
      { title: '预约肾上腺 CT', dueOn: '2026-03-09', ownerId: manager.staffId as never },
      { title: '查醛固酮', dueOn: '2026-03-10', ownerId: null },
    ]
    const draft = await manager.call(saveMeeting, { params, body: body({ tasks }) })
    expect(draft.tasks.map(({ open }) => open)).toEqual([null, null])
    const signed = await doctor.call(signMeeting, { params, body: { revision: 1 } })
    expect(signed.tasks.map(({ title, open }) => [title, open])).toEqual([
      ['预约肾上腺 CT', true],
      ['查醛固酮', true],
    ])
    await house.write((ctx) => closeTask(ctx, signed.tasks[0]!.taskId!, { state: 'completed' }))
    const [seen] = (await counsellor.call(listMeetings, ofPatient(patient))).meetings
    const told = await doctor.call(carePlanTimeline, { ...ofPatient(patient), query: {} as never })
    expect(told.rows).toMatchObject([{ code: 'mdt', title: signed.question, text: signed.conclusion, by: '张文远' }])
    expect(seen!.tasks.map(({ open }) => open)).toEqual([false, true])
    for (const change of [
      sql`update mdt_meeting set conclusion = '另一句' where id = ${params.meetingId}`,
      sql`delete from mdt_meeting where id = ${params.meetingId}`,
    ])
      await expect(change.execute(db())).rejects.toMatchObject({ code: 'PB001' })
  })

  test('a chair who was not there, and a stale draft, are refused; a draft may go', async () => {
    const patient = await clinic.aPatient()
    const params = { patientId: patient as never, meetingId: uuid() as never }
    expect((await manager.try(saveMeeting, { params, body: body({ chairId: counsellor.staffId }) })).code).toBe(
      'MeetingChairMissing',
    )
    await manager.call(saveMeeting, { params, body: body() })
    const stale = await Promise.all(
      [manager, doctor].map((who) => who.try(saveMeeting, { params, body: body({ revision: 1 }) })),
    )
    expect(stale.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect((await counsellor.try(saveMeeting, { params, body: body() })).status).toBe(403)
    expect(await manager.call(discardMeeting, { params })).toEqual({ discarded: true })
  })
})

describe('templates', () => {
  test('written by one, published by another; a running plan keeps its version', async () => {
    const editor = await house.as('content-editor')
    const reviewer = await house.as('medical-reviewer')
    const code = 'hypertension'
    const { definition } = await editor.call(readTemplate, { params: { code, version: 1 } as never })
    const draft = await editor.call(saveTemplate, {
      params: { code },
      body: { definition: { ...definition, title: { zh: '血压管理（新）', en: 'Blood pressure (new)' } }, revision: 0 },
    })
    expect(draft).toMatchObject({ version: 2, state: 'draft', can: { edit: true, publish: false } })
    expect((await editor.try(publishTemplate, { params: { code }, body: { revision: 1 } })).status).toBe(403)
    expect(await reviewer.call(publishTemplate, { params: { code }, body: { revision: 1 } })).toMatchObject({
      state: 'active',
      version: 2,
    })
    const { rows } = await doctor.call(listTemplates)
    expect(rows.filter((row) => row.code === code).map(({ version, state }) => [version, state])).toEqual([
      [2, 'active'],
    ])
    expect(await reviewer.call(retireTemplate, { params: { code: 'uric-acid' } })).toEqual({ retired: true })
    const wrong = { ...definition, goals: [{ ...definition.goals[0]!, code: 'nonsense' }] }
    expect(
      (await editor.try(saveTemplate, { params: { code: 'own-one' }, body: { definition: wrong, revision: 0 } })).code,
    ).toBe('CarePlanIndicatorUnknown')
  })

  test('shipped anew, an untouched template comes in its next version and plans keep theirs', async () => {
    const titleOf = async (code: string) => {
      const { rows } = await doctor.call(listTemplates)
      return rows.filter((row) => row.code === code).map(({ version, state, title }) => [version, state, title.zh])
    }
    const renewed = shippedPlanTemplates.map(({ code, definition }) =>
      keptOf(code, { ...definition, title: { ...definition.title, zh: `${definition.title.zh}（修订）` } }),
    )
    expect(await house.write(installShippedPlanTemplates)).toBe(0)
    await house.write((ctx) => templates.ship(ctx, renewed, ctx.clock.now()))
    expect(await titleOf('lipids')).toEqual([[2, 'active', expect.stringMatching(/（修订）$/)]])
    // Changed by the organization above, and taken out of use above.
    expect(await titleOf('hypertension')).toEqual([[2, 'active', '血压管理（新）']])
    expect(await titleOf('uric-acid')).toEqual([[1, 'retired', expect.not.stringMatching(/修订/)]])
  })

  test('S1-14: how alike the plans of a template are, counted, and to nobody who does not see templates', async () => {
    const other = await house.anOrganization()
    const { rows: before } = await doctor.call(planSimilarity, { query: { days: 90 } as never })
    const count = before.find(({ code }) => code === 'hypertension')?.count ?? 0
    for (const value of [135, 135, 130])
      await clinic.running(await clinic.aPatient(), (content) => void (content.goals[0]!.value = value))
    const { rows } = await doctor.call(planSimilarity, { query: { days: 90 } as never })
    const line = rows.find(({ code }) => code === 'hypertension')!
    expect(line).toMatchObject({ count: count + 3, unchanged: 0, medianPercent: 91 })
    expect(line.alike).toBeGreaterThanOrEqual(2)
    expect(line.alike).toBeLessThan(line.count)
    const elsewhere = await house.as('physician', { tenant: other })
    expect((await elsewhere.call(planSimilarity, {} as never)).rows).toEqual([])
    expect((await counsellor.try(planSimilarity, {} as never)).status).toBe(403)
  })

  test('who wrote it last does not publish it, whatever roles they have', async () => {
    const both = await house.as(['content-editor', 'medical-reviewer'])
    const { definition } = await both.call(readTemplate, { params: { code: 'weight', version: 1 } as never })
    await both.call(saveTemplate, { params: { code: 'weight' }, body: { definition, revision: 0 } })
    expect((await both.try(publishTemplate, { params: { code: 'weight' }, body: { revision: 1 } })).code).toBe(
      'CarePlanTemplateOwn',
    )
  })
})

describe('people who turn out to be one, and people who die', () => {
  test('plans follow; of two of a kind that of the file that stays goes on, until the merge is taken back', async () => {
    const [from, into] = [await clinic.aPatient(), await clinic.aPatient()]
    const [one, two] = [await clinic.running(from), await clinic.running(into)]
    await counsellor.call(writeNote, {
      ...ofPatient(from),
      body: { id: uuid(), heldOn: '2026-03-02', text: '记录内容' },
    })
    const mergeId = await mergeIntoNow(house, from, into)
    const { plans } = await doctor.call(listPlans, ofPatient(into))
    expect(plans.map(({ id, state, endReason }) => [id, state, endReason])).toEqual([
      [two.id, 'active', null],
      [one.id, 'ended', 'moved-on'],
    ])
    expect((await counsellor.call(listNotes, ofPatient(into))).notes.length).toBe(1)
    await unmergeNow(house, from, into, mergeId)
    expect((await doctor.call(listPlans, ofPatient(from))).plans.map(({ id, state }) => [id, state])).toEqual([
      [one.id, 'active'],
    ])
    expect((await doctor.call(listPlans, ofPatient(into))).plans.map(({ id, state }) => [id, state])).toEqual([
      [two.id, 'active'],
    ])
  })

  test('with the person the plan ends', async () => {
    const patient = await clinic.aPatient()
    const plan = await clinic.running(patient)
    await house.write((ctx) => ctx.emit(patientDied, { patientId: patient as never }))
    await house.settle()
    expect(await clinic.read(plan, patient)).toMatchObject({ state: 'ended', endReason: 'deceased', can: [] })
  })
})
