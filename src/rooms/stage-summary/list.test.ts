import { describe, expect, test } from 'vitest'
import type { Caller } from '../../../test/house.ts'
import { movePlan } from '../care-plan/contract/plan.ts'
import { aPlanClinic, ofPlan } from '../care-plan/sample-clinic.ts'
import { patientDied, patientMerged } from '../patient/contract/events.ts'
import { listAllSummaries, readMySummary, type SummaryFilter } from './contract/list.ts'
import {
  draftSummary,
  mySummary,
  readSummary,
  saveSummary,
  sendSummary,
  signSummary,
  submitSummary,
  type SummaryView,
} from './contract/summary.ts'

const clinic = await aPlanClinic()
const { house, doctor, manager, counsellor } = clinic
const today = () => house.clock.today(house.tenant.timeZone)
const of = (patientId: string, summaryId?: string) => ({
  params: { patientId: patientId as never, summaryId: summaryId as never },
})
const listed = (filter: SummaryFilter, who: Caller = doctor, more: object = {}) =>
  who.call(listAllSummaries, { query: { filter, limit: 200, ...more } as never })
const isListed = async (filter: SummaryFilter, patientId: string, who: Caller = doctor) =>
  (await listed(filter, who)).rows.some(({ patient }) => patient.id === patientId)
const placesOf = async (patientId: string) => {
  const found: SummaryFilter[] = []
  for (const filter of ['waiting', 'draft', 'due', 'unsent', 'sent'] as const)
    if (await isListed(filter, patientId)) found.push(filter)
  return found
}

const finished = (view: SummaryView) =>
  view.sections.map(({ key, sentences }) => ({
    key,
    sentences: [
      ...sentences.map(({ id, text }) => ({ id, text })),
      ...(key === 'doctor' || key === 'next' ? [{ id: `own-${key}`, text: '就这样接着做。' }] : []),
    ],
  }))

async function drafted() {
  const patientId = await clinic.aPatient()
  const plan = await clinic.running(patientId)
  await house.settle()
  const body = { fromOn: today(), untilOn: today() }
  const view = await manager.call(draftSummary, { ...of(patientId), body })
  return { patientId, plan, view }
}

async function signed() {
  const one = await drafted()
  const sections = finished(one.view)
  const saved = await manager.call(saveSummary, { ...of(one.patientId, one.view.id), body: { revision: 1, sections } })
  const { revision } = await manager.call(submitSummary, {
    ...of(one.patientId, one.view.id),
    body: { revision: saved.revision },
  })
  await doctor.call(signSummary, { ...of(one.patientId, one.view.id), body: { revision } })
  return one
}

describe('where a summary stands', () => {
  test('draft, waiting, signed and not sent, sent, read: one place at a time', async () => {
    const { patientId, view } = await drafted()
    expect(await placesOf(patientId)).toEqual(['draft'])
    const sections = finished(view)
    const saved = await manager.call(saveSummary, { ...of(patientId, view.id), body: { revision: 1, sections } })
    const asked = await manager.call(submitSummary, { ...of(patientId, view.id), body: { revision: saved.revision } })
    expect(await placesOf(patientId)).toEqual(['waiting'])
    const waiting = (await listed('waiting')).rows.find(({ patient }) => patient.id === patientId)!
    expect(waiting).toMatchObject({
      patient: { doctorName: '张文远', managerName: '李素珍' },
      summary: { state: 'submitted', draftedBy: '李素珍', submittedAt: house.clock.now().toISOString() },
    })
    await doctor.call(signSummary, { ...of(patientId, view.id), body: { revision: asked.revision } })
    expect(await placesOf(patientId)).toEqual(['unsent'])
    await manager.call(sendSummary, of(patientId, view.id))
    expect(await placesOf(patientId)).toEqual(['sent'])
  })

  test('changed again it is a draft once more', async () => {
    const { patientId, view } = await drafted()
    const asked = await manager.call(submitSummary, { ...of(patientId, view.id), body: { revision: 1 } })
    const body = { revision: asked.revision, sections: finished(view) }
    await manager.call(saveSummary, { ...of(patientId, view.id), body })
    expect(await placesOf(patientId)).toEqual(['draft'])
  })

  test('the first reading is kept, and is nobody else’s to note', async () => {
    const { patientId, view } = await signed()
    await manager.call(sendSummary, of(patientId, view.id))
    const me = await house.asPatient(patientId)
    await me.call(mySummary, { params: { summaryId: view.id } })
    const stranger = await house.asPatient(await clinic.aPatient())
    const reading = { params: { summaryId: view.id }, body: {} }
    expect((await stranger.try(readMySummary, reading)).status).toBe(404)
    expect((await listed('sent')).rows.find(({ patient }) => patient.id === patientId)!.summary!.readAt).toBeNull()
    const first = house.clock.now().toISOString()
    expect(await me.call(readMySummary, reading)).toEqual({ first: true })
    house.clock.advance({ minutes: 5 })
    expect(await me.call(readMySummary, reading)).toEqual({ first: false })
    expect((await manager.call(readSummary, of(patientId, view.id))).readAt).toBe(first)
    const draft = await drafted()
    const other = await house.asPatient(draft.patientId)
    expect((await other.try(readMySummary, { params: { summaryId: draft.view.id }, body: {} })).status).toBe(404)
  })
})

describe('what is due', () => {
  test('a stage after the plan began; not before, and not while it is being written', async () => {
    const patientId = await clinic.aPatient()
    await clinic.running(patientId)
    await house.settle()
    await clinic.pass(22)
    expect(await isListed('due', patientId)).toBe(false)
    await clinic.pass(1)
    const row = (await listed('due')).rows.find(({ patient }) => patient.id === patientId)!
    expect(row).toMatchObject({ summary: null, dueOn: expect.any(String) })
    await manager.call(draftSummary, { ...of(patientId), body: { fromOn: today(), untilOn: today() } })
    expect(await isListed('due', patientId)).toBe(false)
  })

  test('a stage after the last one, as long as the plan goes on', async () => {
    const { patientId } = await signed()
    await clinic.pass(22)
    expect(await isListed('due', patientId)).toBe(false)
    await clinic.pass(1)
    expect(await isListed('due', patientId)).toBe(true)
  })

  test('at once when a plan ends, and after that no more', async () => {
    const { patientId, plan } = await signed()
    await manager.call(movePlan, { ...ofPlan(patientId, plan.id), body: { act: 'end', reason: 'finished' } })
    await house.settle()
    expect(await placesOf(patientId)).toEqual(['due', 'unsent'])
    const view = await manager.call(draftSummary, { ...of(patientId), body: { fromOn: today(), untilOn: today() } })
    const saved = await manager.call(saveSummary, {
      ...of(patientId, view.id),
      body: { revision: 1, sections: finished(view) },
    })
    await doctor.call(signSummary, { ...of(patientId, view.id), body: { revision: saved.revision } })
    await clinic.pass(60)
    expect(await isListed('due', patientId)).toBe(false)
  })

  test('of two people who are one the earlier day counts; the dead are owed none', async () => {
    const [from, into] = [await clinic.aPatient(), await clinic.aPatient()]
    await clinic.running(from)
    await house.settle()
    await clinic.pass(23)
    const merge = { fromId: from as never, intoId: into as never, mergeId: house.house.ids.next() as never }
    await house.write((ctx) => ctx.emit(patientMerged, merge))
    await house.settle()
    expect(await isListed('due', into)).toBe(true)
    await house.write((ctx) => ctx.emit(patientDied, { patientId: into as never }))
    await house.settle()
    expect(await isListed('due', into)).toBe(false)
  })
})

describe('who sees what', () => {
  test('one’s own people only; pages go on where they ended', async () => {
    const { patientId } = await drafted()
    await drafted()
    expect(await isListed('draft', patientId, counsellor)).toBe(true)
    expect(await isListed('draft', patientId, await house.as('physician'))).toBe(false)
    expect((await (await house.as('front-desk')).try(listAllSummaries, {} as never)).status).toBe(403)
    const all = (await listed('draft')).rows.map(({ key }) => key)
    const first = await listed('draft', doctor, { limit: 1 })
    const second = await listed('draft', doctor, { limit: 1, cursor: first.next })
    expect([first, second].flatMap(({ rows }) => rows.map(({ key }) => key))).toEqual(all.slice(0, 2))
    expect((await doctor.try(listAllSummaries, { query: { cursor: 'nonsense' } as never })).status).toBe(404)
  })
})
