import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Caller } from '../../../test/house.ts'
import { myTick } from '../care-plan/contract/check-in.ts'
import { aPlanClinic } from '../care-plan/sample-clinic.ts'
import { patientMerged, patientUnmerged } from '../patient/contract/events.ts'
import {
  correctSummary,
  discardSummary,
  draftSummary,
  listSummaries,
  mySummaries,
  mySummary,
  readSummary,
  saveSummary,
  sendSummary,
  signSummary,
  submitSummary,
  type SummaryView,
} from './contract/summary.ts'
import type { SectionKey } from './contract/words.ts'

const clinic = await aPlanClinic()
const { house, doctor, manager, counsellor } = clinic
const today = () => house.clock.today(house.tenant.timeZone)
const db = () => house.house.databases.of(house.tenant.id)
const uuid = () => house.house.ids.next<string & never>() as string
const of = (patientId: string, summaryId?: string) => ({
  params: { patientId: patientId as never, summaryId: summaryId as never },
})

/** A person with a week of a plan behind them. */
async function aWeek(): Promise<{ patientId: string; planId: string; from: string }> {
  const patientId = await clinic.aPatient()
  await clinic.aValue(patientId, 'ldl', 4.2, 20)
  const plan = await clinic.running(patientId)
  const from = today()
  for (let day = 0; day < 7; day++) {
    const me = await house.asPatient(patientId)
    const words = day === 6 ? '外面吃饭太咸，带饭好一些' : ''
    await me.call(myTick, {
      body: { clientId: uuid(), planId: plan.id, actionKey: 'salt', on: today(), outcome: 'done', words },
    })
    await clinic.pass(1)
  }
  await clinic.aValue(patientId, 'ldl', 2.6)
  return { patientId, planId: plan.id, from }
}

const textsOf = (view: SummaryView, key: SectionKey) => view.sections.find((one) => one.key === key)!.sentences
/** The draft as it stands, with what only people write. */
const finished = (view: SummaryView) =>
  view.sections.map(({ key, sentences }) => ({
    key,
    sentences: [
      ...sentences.map(({ id, text }) => ({ id, text })),
      ...(key === 'doctor' ? [{ id: 'own-1', text: '血脂降得很好，药先不变。' }] : []),
      ...(key === 'next' ? [{ id: 'own-2', text: '接着少放盐，三个月后复查。' }] : []),
    ],
  }))

async function drafted(who: Caller = manager) {
  const week = await aWeek()
  const view = await who.call(draftSummary, { ...of(week.patientId), body: { fromOn: week.from, untilOn: today() } })
  return { ...week, view }
}

async function signed() {
  const one = await drafted()
  const saved = await manager.call(saveSummary, {
    ...of(one.patientId, one.view.id),
    body: { revision: 1, sections: finished(one.view) },
  })
  const view = await doctor.call(signSummary, { ...of(one.patientId, one.view.id), body: { revision: saved.revision } })
  return { ...one, view }
}

describe('S0-15 drafted from facts', () => {
  test('each sentence names facts, and each fact the rows it is from', async () => {
    const { view, planId } = await drafted()
    const facts = new Map(view.facts.map((one) => [one.id, one]))
    for (const { from, facts: used } of view.sections.flatMap(({ sentences }) => sentences)) {
      expect(from).toBe('system')
      expect(used.length).toBeGreaterThan(0)
      for (const id of used) expect(facts.has(id)).toBe(true)
    }
    expect(textsOf(view, 'adherence').map(({ text }) => text)[0]).toContain('“血压管理 30 天”该做')
    const ldl = textsOf(view, 'indicators').find(({ text }) => text.startsWith('低密度'))!
    expect(ldl.text).toBe('低密度脂蛋白胆固醇从 4.20 mmol/L 降到 2.60 mmol/L，变化超过平常的波动。')
    const fact = facts.get(ldl.facts[0]!)!
    expect(fact).toMatchObject({ kind: 'indicator', value: '4.20 → 2.60 mmol/L' })
    const rows = await db()
      .selectFrom('observation')
      .select('value')
      .where('id', 'in', fact.refs)
      .orderBy('effective_at')
      .execute()
    expect(rows.map(({ value }) => value)).toEqual([4.2, 2.6])
    expect(facts.get(`plan-${planId}`)!.refs).toEqual([planId])
    expect(textsOf(view, 'words')[0]!.text).toContain('外面吃饭太咸')
    expect([textsOf(view, 'doctor'), textsOf(view, 'next')]).toEqual([[], []])
  })

  test('the days proposed begin with the plan, and after the last summary', async () => {
    const { patientId, from } = await signed()
    const { proposed, rows } = await doctor.call(listSummaries, of(patientId))
    expect(rows[0]).toMatchObject({ fromOn: from, untilOn: today(), state: 'signed' })
    expect(proposed.untilOn).toBe(today())
  })

  test('one draft per person, also when two begin at once; days that do not fit are refused', async () => {
    const patientId = await clinic.aPatient()
    const body = { fromOn: '2026-03-01', untilOn: '2026-03-02' }
    const answers = await Promise.all([manager, doctor].map((who) => who.try(draftSummary, { ...of(patientId), body })))
    expect(answers.map(({ status, code }) => [status, code]).toSorted()).toEqual([
      [200, undefined],
      [409, 'SummaryOpen'],
    ])
    for (const wrong of [
      { fromOn: '2026-03-02', untilOn: '2026-03-01' },
      { fromOn: '2026-03-02', untilOn: '2027-03-02' },
      { fromOn: '2020-01-01', untilOn: '2026-03-02' },
    ])
      expect((await manager.try(draftSummary, { ...of(await clinic.aPatient()), body: wrong })).code).toBe(
        'SummaryPeriodUnfit',
      )
  })
})

describe('edited and signed', () => {
  test('what a person changes keeps its facts and says so; what they add says it is theirs', async () => {
    const { patientId, view } = await drafted()
    const sections = finished(view)
    sections[1]!.sentences[0]!.text = '方案坚持得不错。'
    const saved = await manager.call(saveSummary, { ...of(patientId, view.id), body: { revision: 1, sections } })
    expect(textsOf(saved, 'adherence')[0]).toMatchObject({
      from: 'edited',
      text: '方案坚持得不错。',
      facts: view.sections[1]!.sentences[0]!.facts,
    })
    expect(textsOf(saved, 'doctor')[0]).toMatchObject({ from: 'person', facts: [] })
    const stale = await manager.try(saveSummary, { ...of(patientId, view.id), body: { revision: 1, sections } })
    expect(stale.code).toBe('ChangedMeanwhile')
  })

  test('unfinished, it is not signed; a manager never signs; of two doctors one does', async () => {
    const { patientId, view } = await drafted()
    expect((await doctor.try(signSummary, { ...of(patientId, view.id), body: { revision: 1 } })).code).toBe(
      'SummaryUnfinished',
    )
    const saved = await manager.call(saveSummary, {
      ...of(patientId, view.id),
      body: { revision: 1, sections: finished(view) },
    })
    expect(
      (await manager.try(signSummary, { ...of(patientId, view.id), body: { revision: saved.revision } })).status,
    ).toBe(403)
    const asked = await manager.call(submitSummary, { ...of(patientId, view.id), body: { revision: saved.revision } })
    const task = await db()
      .selectFrom('task')
      .selectAll()
      .where('source', '=', 'stage-summary-sign')
      .where('patient_id', '=', patientId)
      .executeTakeFirstOrThrow()
    expect(task.owner_id).toBe(doctor.staffId)
    const answers = await Promise.all(
      [1, 2].map(() => doctor.try(signSummary, { ...of(patientId, view.id), body: { revision: asked.revision } })),
    )
    expect(answers.map(({ status, code }) => [status, code]).toSorted()).toEqual([
      [200, undefined],
      [409, 'SummarySigned'],
    ])
    await house.settle()
    expect(
      (await db().selectFrom('task').select('state').where('id', '=', task.id).executeTakeFirstOrThrow()).state,
    ).toBe('completed')
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int n from audit_entry where action = 'stage-summary.sign' and outcome = 'done' and patient_id = ${patientId}`.execute(
      db(),
    )
    expect(rows[0]!.n).toBe(1)
  })

  test('signed, it stands: not by a call, not by SQL', async () => {
    const { patientId, view } = await signed()
    expect(
      (
        await manager.try(saveSummary, {
          ...of(patientId, view.id),
          body: { revision: view.revision, sections: finished(view) },
        })
      ).code,
    ).toBe('SummarySigned')
    expect((await manager.try(discardSummary, of(patientId, view.id))).code).toBe('SummarySigned')
    await expect(
      db().updateTable('stage_summary').set({ sections: '[]' }).where('id', '=', view.id).execute(),
    ).rejects.toThrow('does not change')
  })

  test('a draft may go', async () => {
    const { patientId, view } = await drafted()
    expect(await manager.call(discardSummary, of(patientId, view.id))).toEqual({ discarded: true })
  })

  test('a correction is the next version, and the old one stands until it is signed', async () => {
    const { patientId, view } = await signed()
    const draft = await manager.call(correctSummary, { ...of(patientId, view.id), body: { because: '日期写错了' } })
    expect(draft).toMatchObject({ version: 2, corrects: view.id, because: '日期写错了', state: 'draft' })
    const me = await house.asPatient(patientId)
    expect((await me.call(mySummaries)).rows.map(({ id }) => id)).toEqual([view.id])
    await doctor.call(signSummary, { ...of(patientId, draft.id), body: { revision: 1 } })
    expect((await me.call(mySummaries)).rows.map(({ id }) => id)).toEqual([draft.id])
    expect((await me.call(mySummary, { params: { summaryId: view.id } })).correctedBy).toBe(draft.id)
    expect((await manager.try(correctSummary, { ...of(patientId, view.id), body: { because: '再改' } })).code).toBe(
      'SummaryCorrected',
    )
  })

  test('the next one stands beside the last', async () => {
    const { patientId, view } = await signed()
    await clinic.pass(3)
    const next = await manager.call(draftSummary, {
      ...of(patientId),
      body: { fromOn: view.untilOn, untilOn: today() },
    })
    expect(next.former?.sections.find(({ key }) => key === 'doctor')?.sentences[0]?.text).toBe(
      '血脂降得很好，药先不变。',
    )
    expect(textsOf(next, 'overview').some(({ text }) => text.startsWith('和上一份小结比'))).toBe(true)
  })
})

describe('read by the person', () => {
  test('sent once with the way to it; they see what was signed, and nobody else’s', async () => {
    const { patientId, view } = await signed()
    expect((await manager.call(sendSummary, of(patientId, view.id))).sentAt).not.toBeNull()
    await manager.call(sendSummary, of(patientId, view.id))
    const sent = await db()
      .selectFrom('message')
      .select('channel')
      .where('template', '=', 'stage-summary-ready')
      .where('patient_id', '=', patientId)
      .execute()
    expect(sent.filter(({ channel }) => channel === 'in-app').length).toBe(1)
    const me = await house.asPatient(patientId)
    const own = await me.call(mySummary, { params: { summaryId: view.id } })
    expect(own.sections.find(({ key }) => key === 'doctor')!.sentences).toEqual(['血脂降得很好，药先不变。'])
    expect(JSON.stringify(own)).not.toContain('facts')
    const stranger = await house.asPatient(await clinic.aPatient())
    expect((await stranger.try(mySummary, { params: { summaryId: view.id } })).status).toBe(404)
  })

  test('a draft is neither sent nor seen', async () => {
    const { patientId, view } = await drafted()
    expect((await manager.try(sendSummary, of(patientId, view.id))).code).toBe('SummaryNotSigned')
    const me = await house.asPatient(patientId)
    expect((await me.call(mySummaries)).rows).toEqual([])
    expect((await me.try(mySummary, { params: { summaryId: view.id } })).status).toBe(404)
  })
})

describe('who may', () => {
  test('the counsellor reads and writes none; others see nothing', async () => {
    const { patientId, view } = await drafted()
    expect((await counsellor.call(readSummary, of(patientId, view.id))).can).toEqual([])
    expect(
      (await counsellor.try(draftSummary, { ...of(patientId), body: { fromOn: today(), untilOn: today() } })).status,
    ).toBe(403)
    for (const role of ['front-desk', 'sales-manager', 'quality-lead'] as const)
      expect((await (await house.as(role)).try(listSummaries, of(patientId))).status).toBe(403)
    expect((await (await house.as('physician')).try(readSummary, of(patientId, view.id))).status).toBe(404)
  })
})

test('summaries follow a merge, and come back with it', async () => {
  const { patientId: from, view } = await signed()
  const into = await clinic.aPatient()
  const merge = { fromId: from as never, intoId: into as never, mergeId: uuid() as never }
  await house.write((ctx) => ctx.emit(patientMerged, merge))
  await house.settle()
  expect((await doctor.call(listSummaries, of(into))).rows.map(({ id }) => id)).toEqual([view.id])
  await house.write((ctx) => ctx.emit(patientUnmerged, merge))
  await house.settle()
  expect((await doctor.call(listSummaries, of(into))).rows).toEqual([])
  expect((await doctor.call(listSummaries, of(from))).rows.map(({ id }) => id)).toEqual([view.id])
})
