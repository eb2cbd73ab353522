import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { systemActor } from '../../platform/context/context.ts'
import { readContext } from '../../platform/context/house.ts'
import { explainInWords } from '../../platform/condition/index.ts'
import { enrol } from '../follow-up/contract/run.ts'
import { followUpStep, installShippedProtocols } from '../follow-up/server/index.ts'
import { evaluateDue } from '../agenda/server/index.ts'
import { mergePatients, proposeMerge, undoMerge } from '../patient/contract/merge.ts'
import { signInAgain } from '../segment/sample-clinic.ts'
import {
  countStages,
  explainStage,
  listRelationships,
  moveRelationship,
  readRelationship,
  resumeRules,
  undoMove,
} from './contract/lifecycle.ts'
import { listStageRules } from './contract/rule.ts'
import type { Stage } from './contract/words.ts'
import { aPerson, look, visited, woken } from './sample-people.ts'
import { installShippedStageRules } from './server/index.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
let doctor: Caller
let manager: Caller
let carers: { doctorId: string; managerId: string }

beforeAll(async () => {
  await house.write(installShippedStageRules)
  await house.write(installShippedProtocols)
  doctor = await house.as('physician', { name: '张医生' })
  manager = await house.as('service-manager', { name: '李健管' })
  carers = { doctorId: doctor.staffId, managerId: manager.staffId }
})

const of = (patientId: never) => ({ params: { patientId } })
const standing = (patientId: never, who = manager) => who.call(readRelationship, of(patientId))
const stageOf = async (patientId: never) => (await standing(patientId)).stage
const movesOf = async (patientId: never) =>
  db().selectFrom('relationship_move').selectAll().where('patient_id', '=', patientId).orderBy('id').execute()
async function move(patientId: never, to: Stage, because = '当面说好的', over: object = {}, who = manager) {
  const { revision } = await standing(patientId)
  return who.try(moveRelationship, { ...of(patientId), body: { to, because, revision, ...over } })
}
/** Somebody with a doctor whom a visit has put into care. */
async function inCare(): Promise<never> {
  const id = await aPerson(house, carers)
  await visited(house, id)
  await look(house)
  expect(await stageOf(id)).toBe('in-care')
  return id
}

describe('S0-20 S2-21 forward by rule', () => {
  test('facts bring somebody forward, past a stage where they say so, with version and facts kept', async () => {
    const id = await aPerson(house, carers)
    expect(await standing(id)).toMatchObject({ stage: null, revision: 0, moves: [] })
    await look(house)
    expect(await stageOf(id)).toBe('acquainted')
    await visited(house, id)
    await look(house)
    const { stage, moves } = await standing(id)
    expect(stage).toBe('in-care')
    expect(moves).toMatchObject([
      { kind: 'rule', from: 'acquainted', to: 'in-care', ruleVersion: 1, because: '' },
      { kind: 'rule', from: null, to: 'acquainted', ruleVersion: null },
    ])
    expect(moves[0]!.facts.map(({ kind }) => kind)).toContain('encounter')
  })

  test('looking again and again moves nobody and adds no row', async () => {
    const id = await inCare()
    const before = await movesOf(id)
    for (let n = 0; n < 3; n++) {
      await woken(house, id)
      await look(house)
    }
    expect(await movesOf(id)).toEqual(before)
  })

  test('no rule leads back, also when what it held for is gone', async () => {
    const id = await inCare()
    await house.write((ctx) => sql`update patient set doctor_id = null where id = ${id}`.execute(ctx.tx))
    await woken(house, id)
    await look(house)
    const row = await db().selectFrom('relationship').select('stage').where('patient_id', '=', id).executeTakeFirst()
    expect(row?.stage).toBe('in-care')
  })

  test('time alone wakes: after a year of visits, without anybody touching the file', async () => {
    const own = await aHouse()
    await own.write(installShippedStageRules)
    let guide = await own.as('service-manager')
    const medic = await own.as('physician')
    const id = await aPerson(own, { doctorId: medic.staffId, managerId: guide.staffId })
    await visited(own, id)
    await look(own)
    own.clock.advance({ days: 200 })
    await visited(own, id)
    await look(own)
    own.clock.advance({ days: 164 })
    await look(own)
    guide = await signInAgain(own, guide)
    expect((await guide.call(readRelationship, of(id))).stage).toBe('in-care')
    own.clock.advance({ days: 3 })
    await look(own)
    guide = await signInAgain(own, guide)
    expect((await guide.call(readRelationship, of(id))).stage).toBe('together')
  })

  test('two workers at once move somebody once', async () => {
    const ids = await Promise.all([1, 2, 3, 4, 5, 6].map(() => aPerson(house, carers)))
    for (const id of ids) await visited(house, id)
    await Promise.all([look(house), look(house), look(house)])
    await look(house)
    for (const id of ids) expect((await movesOf(id)).map(({ to_stage }) => to_stage)).toEqual(['in-care'])
  })
})

describe('back by a person alone', () => {
  test('with a reason; rules leave the person alone until the day, then decide again', async () => {
    const own = await aHouse()
    await own.write(installShippedStageRules)
    let guide = await own.as('service-manager', { name: '李健管' })
    const medic = await own.as('physician')
    const id = await aPerson(own, { doctorId: medic.staffId, managerId: guide.staffId })
    await visited(own, id)
    await look(own)
    const { revision } = await guide.call(readRelationship, of(id))
    const body = { to: 'joined' as const, revision, because: '', restDays: 30 }
    expect(await guide.try(moveRelationship, { ...of(id), body })).toMatchObject({ status: 400 })
    await guide.call(moveRelationship, { ...of(id), body: { ...body, because: '搬去外地，先不定期联系' } })
    await look(own)
    const back = await guide.call(readRelationship, of(id))
    expect(back).toMatchObject({ stage: 'joined', restsUntil: '2026-04-01', can: { undo: true, resume: true } })
    expect(back.moves[0]).toMatchObject({ kind: 'hand', by: '李健管', because: '搬去外地，先不定期联系' })
    own.clock.advance({ days: 31 })
    await look(own)
    guide = await signInAgain(own, guide)
    expect(await guide.call(readRelationship, of(id))).toMatchObject({ stage: 'in-care', restsUntil: null })
  })

  test('rules may be let decide earlier', async () => {
    const id = await inCare()
    await move(id, 'acquainted')
    await look(house)
    const { stage, revision } = await standing(id)
    expect(stage).toBe('acquainted')
    await manager.call(resumeRules, { ...of(id), body: { revision } })
    await look(house)
    expect(await stageOf(id)).toBe('in-care')
    const again = await manager.try(resumeRules, { ...of(id), body: { revision: (await standing(id)).revision } })
    expect(again).toMatchObject({ status: 409, code: 'RelationshipNotResting' })
  })

  test('forward by hand too, and R8: the way may end well', async () => {
    const id = await inCare()
    expect((await move(id, 'graduated', '血压平稳一年，说好每年体检再看')).status).toBe(200)
    await woken(house, id)
    await look(house)
    expect(await standing(id)).toMatchObject({ stage: 'graduated', restsUntil: null })
    expect(await move(id, 'graduated')).toMatchObject({ status: 409, code: 'RelationshipSame' })
  })

  test('is taken back: stage, day and rest as before; what a rule did is not', async () => {
    const id = await inCare()
    const before = await standing(id)
    expect(before.can.undo).toBe(false)
    const refused = await manager.try(undoMove, { ...of(id), body: { revision: before.revision } })
    expect(refused).toMatchObject({ status: 409, code: 'RelationshipNothingToUndo' })
    house.clock.advance({ minutes: 5 })
    await move(id, 'joined')
    const { revision } = await standing(id)
    await manager.call(undoMove, { ...of(id), body: { revision } })
    const after = await standing(id)
    expect(after).toMatchObject({ stage: 'in-care', sinceAt: before.sinceAt, restsUntil: null, can: { undo: false } })
    expect(after.moves.map(({ kind, undone }) => [kind, undone]).slice(0, 2)).toEqual([
      ['undo', false],
      ['hand', true],
    ])
    const twice = await manager.try(undoMove, { ...of(id), body: { revision: after.revision } })
    expect(twice).toMatchObject({ status: 409, code: 'RelationshipNothingToUndo' })
  })

  test('of several who move somebody at once one wins, the others are told, and one row is added', async () => {
    const id = await inCare()
    const { revision } = await standing(id)
    const before = (await movesOf(id)).length
    const stages = ['joined', 'together', 'graduated', 'acquainted'] as const
    const answers = await Promise.all(
      stages.map((to) => manager.try(moveRelationship, { ...of(id), body: { to, revision, because: '一起点' } })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409])
    expect(answers.filter(({ code }) => code === 'ChangedMeanwhile')).toHaveLength(3)
    expect(await movesOf(id)).toHaveLength(before + 1)
  })

  test('the first move of somebody whom nobody has looked at yet is one as well', async () => {
    const id = await aPerson(house, carers)
    const both = await Promise.all(
      (['joined', 'in-care'] as const).map((to) =>
        manager.try(moveRelationship, { ...of(id), body: { to, revision: 0, because: '外院转来' } }),
      ),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  test('every move stays: the history cannot be changed, nor a move by hand lack its reason', async () => {
    const id = await inCare()
    await expect(house.write((ctx) => sql`delete from relationship_move`.execute(ctx.tx))).rejects.toThrow()
    await expect(
      house.write((ctx) => sql`update relationship_move set because = '' where patient_id = ${id}`.execute(ctx.tx)),
    ).rejects.toThrow()
  })
})

describe('the other axis', () => {
  test('where each running pathway stands is shown beside it, for who may see follow-ups', async () => {
    const id = await inCare()
    expect((await standing(id)).pathways).toEqual([])
    await manager.call(enrol, { ...of(id), body: { protocol: 'hypertension' } as never })
    while ((await evaluateDue(house.house, house.tenant, [followUpStep])) > 0);
    const { pathways } = await standing(id)
    expect(pathways).toMatchObject([{ name: { zh: expect.stringMatching(/高血压/) } }])
    expect(pathways![0]!.step).not.toBeNull()
    const counsellor = await house.as('counsellor')
    await house.write((ctx) =>
      sql`update patient set counsellor_id = ${counsellor.staffId} where id = ${id}`.execute(ctx.tx),
    )
    expect((await standing(id, counsellor)).pathways).toBeNull()
    // Facts of the record are not for who may not read it.
    expect((await standing(id, counsellor)).moves.flatMap(({ facts }) => facts)).toEqual([])
  })

  test('why a rule holds or not is told, with facts for who may read the record', async () => {
    const id = await inCare()
    const { tree } = await manager.call(explainStage, { params: { patientId: id, stage: 'in-care' } })
    expect(tree).toMatchObject({ kind: 'all', holds: true })
    expect(JSON.stringify(tree)).toContain('encounter')
    const later = await manager.call(explainStage, { params: { patientId: id, stage: 'together' } })
    expect(later.tree!.holds).toBe(false)
    const byHand = await manager.call(explainStage, { params: { patientId: id, stage: 'graduated' } })
    expect(byHand.tree).toBeNull()
  })
})

describe('conditions ask for it', () => {
  test('by the kind relationship, which is not the stage of care, and a move wakes who asks', async () => {
    const id = await inCare()
    const ctx = readContext(house.house, { tenant: house.tenant, actor: systemActor(house.tenant.id, 'test') })
    const holds = async (condition: never) => (await explainInWords(ctx, condition, id))!.holds
    expect(await holds({ relationship: { in: ['in-care', 'together'] } } as never)).toBe(true)
    expect(await holds({ relationship: { in: ['joined'] } } as never)).toBe(false)
    expect(await holds({ stage: { in: ['long-term'] } } as never)).toBe(false)
    const since = (op: string) => ({ relationship: { in: ['in-care'], since: { op, span: { days: 10 } } } }) as never
    expect([await holds(since('<')), await holds(since('>='))]).toEqual([true, false])
    expect(house.house.listened.has('lifecycle.moved')).toBe(true)
  })
})

describe('numbers', () => {
  test('have their definition, what they are of, and open their rows', async () => {
    const own = await house.as('physician', { name: '周医生' })
    const ids: never[] = []
    for (let n = 0; n < 3; n++) {
      const id = await aPerson(house, { doctorId: own.staffId, managerId: manager.staffId })
      await visited(house, id)
      await look(house)
      house.clock.advance({ minutes: 1 })
      ids.push(id)
    }
    const dead = await aPerson(house, { doctorId: own.staffId })
    await look(house)
    await house.write((ctx) => sql`update patient set state = 'deceased' where id = ${dead}`.execute(ctx.tx))
    const { of: all, stages } = await own.call(countStages)
    expect(all).toBe(3)
    const cared = stages.find(({ stage }) => stage === 'in-care')!
    expect(cared).toMatchObject({ count: 3, share: null, meaning: { zh: expect.stringMatching(/责任医生/) } })
    const first = await own.call(listRelationships, { query: { stage: 'in-care', limit: 2 } as never })
    const rest = await own.call(listRelationships, {
      query: { stage: 'in-care', limit: 2, cursor: first.next } as never,
    })
    expect([...first.rows, ...rest.rows].map(({ patient }) => patient.id)).toEqual(ids)
    expect(rest.next).toBeNull()
    for (const { stage, count } of stages) {
      const { rows } = await own.call(listRelationships, { query: { stage, limit: 100 } as never })
      expect(rows, stage).toHaveLength(count)
    }
    const forged = await own.try(listRelationships, { query: { stage: 'in-care', cursor: 'x' } as never })
    expect(forged.status).toBe(404)
  })
})

describe('who', () => {
  test('counsellors read; desk and sales see nothing; strangers find nothing; a refusal changes nothing', async () => {
    const id = await inCare()
    const before = await movesOf(id)
    const body = { to: 'graduated' as const, revision: (await standing(id)).revision, because: '想动' }
    for (const role of ['front-desk', 'sales-manager', 'content-editor', 'quality-lead'] as const) {
      const who = await house.as(role)
      expect((await who.try(readRelationship, of(id))).status, role).toBe(403)
      expect((await who.try(moveRelationship, { ...of(id), body })).status, role).toBe(403)
    }
    // Whoever changes the rules sees numbers, and nobody's name by them.
    const lead = await house.as('quality-lead')
    expect((await lead.try(listRelationships, { query: { stage: 'in-care' } as never })).status).toBe(403)
    expect((await lead.try(countStages)).status).toBe(403)
    const rules = await lead.call(listStageRules)
    expect(rules.can.write).toBe(true)
    expect(rules.of).toBeGreaterThan(0)
    expect(JSON.stringify(rules)).not.toContain(id as string)
    const counsellor = await house.as('counsellor')
    expect((await counsellor.try(moveRelationship, { ...of(id), body })).status).toBe(403)
    const stranger = await house.as('physician')
    expect((await stranger.try(readRelationship, of(id))).status).toBe(404)
    for (const [endpoint, with_] of [
      [moveRelationship, body],
      [undoMove, { revision: body.revision }],
      [resumeRules, { revision: body.revision }],
    ] as const)
      expect((await stranger.try(endpoint as typeof undoMove, { ...of(id), body: with_ as never })).status).toBe(404)
    expect(await movesOf(id)).toEqual(before)
  })

  test('each look at one person and each move is in the log', async () => {
    const id = await inCare()
    await move(id, 'graduated')
    const rows = await db()
      .selectFrom('audit_entry')
      .select('action')
      .where('patient_id', '=', id)
      .where('actor_id', '=', manager.staffId)
      .execute()
    expect(rows.map(({ action }) => action)).toEqual(expect.arrayContaining(['lifecycle.read', 'lifecycle.move']))
  })
})

test('follows a merge: the file that stands is as far as the further of both; taken back, as before', async () => {
  const [fromId, intoId] = [await inCare(), await aPerson(house, carers)]
  await look(house)
  expect(await stageOf(intoId)).toBe('acquainted')
  const desk = await house.as('front-desk')
  const { proposalId } = await desk.call(proposeMerge, { body: { oneId: fromId, otherId: intoId } })
  const { mergeId } = await desk.call(mergePatients, { params: { proposalId }, body: { intoId, chosen: {} } })
  await house.settle()
  expect(await stageOf(intoId)).toBe('in-care')
  await desk.call(undoMerge, { params: { mergeId }, body: { reason: '认错了' } })
  await house.settle()
  expect([await stageOf(fromId), await stageOf(intoId)]).toEqual(['in-care', 'acquainted'])
})
