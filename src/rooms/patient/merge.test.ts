import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { changePatient, getPatient, registerNewPatient, searchPatients } from './contract/patient.ts'
import {
  dismissProposal,
  listProposals,
  mergePatients,
  previewMerge,
  proposeMerge,
  undoMerge,
} from './contract/merge.ts'
import type { NewPatient } from './contract/person.ts'
import { matchPatients, visibleTo } from './server/index.ts'
import { assignCarers } from './server/index.ts'
import { findPatient } from './server/store.ts'

const house = await aHouse()
const desk = await house.as('front-desk', { name: '周前台' })
let count = 0

/** Two files of one person, and the proposal they led to. */
async function aDouble(left: Partial<NewPatient> = {}, right: Partial<NewPatient> = {}) {
  const both = {
    name: `重名${'甲乙丙丁戊己庚辛壬癸'[count % 10]}${'子丑寅卯'[Math.floor(count / 10)]}`,
    phone: `1360000${String(++count).padStart(4, '0')}`,
    birthDate: '1966-06-06',
  }
  const one = (await desk.call(registerNewPatient, { body: { ...both, ...left } })).patient
  const answer = await desk.call(registerNewPatient, { body: { ...both, ...right } })
  expect(answer.proposals).toBe(1)
  const { rows } = await desk.call(listProposals, { query: { patientId: one.id } })
  return { one, other: answer.patient, proposalId: rows[0]!.id, ...both }
}

const rowOf = async (id: string) => {
  const row = (await house.write((ctx) => findPatient(ctx.tx, ctx.organizationId, id, visibleTo(ctx.actor))))!
  const { version: _version, updated_at: _updatedAt, ...rest } = row
  return rest
}
const wordsOf = async (id: string) =>
  (
    await house.house.databases
      .of(house.tenant.id)
      .selectFrom('patient_search')
      .select('word')
      .where('patient_id', '=', id)
      .orderBy('word')
      .execute()
  ).map((r) => r.word)

describe('the preview', () => {
  test('shows both sides field by field with a suggestion, numbers masked', async () => {
    const { one, proposalId, phone } = await aDouble(
      { paper: { kind: 'passport', number: 'PM000001' }, level: 'standard' },
      { level: 'gold', recordNumber: 'BL-77', sex: 'female' },
    )
    const preview = await desk.call(previewMerge, { params: { proposalId } })
    const field = (name: string) => preview.fields.find((f) => f.field === name)
    const sideOfOne = preview.proposal.left.id === one.id ? 'left' : 'right'
    const sideOfOther = sideOfOne === 'left' ? 'right' : 'left'
    expect(preview.suggestedInto).toBe(one.id)
    expect(field('phone')).toMatchObject({ same: true })
    expect(field('paper')).toMatchObject({ same: false, suggested: sideOfOne, [sideOfOther]: null })
    expect(field('level')).toMatchObject({ suggested: sideOfOther })
    expect(field('recordNumber')).toMatchObject({ suggested: sideOfOther, [sideOfOther]: 'BL-77' })
    expect(field('sex')).toMatchObject({ suggested: sideOfOther })
    expect(field('mainWorry')).toBeUndefined()
    expect(JSON.stringify(preview)).not.toContain(phone)
    expect(preview.papersDiffer).toBe(false)
  })
})

describe('merging', () => {
  test('chosen fields move, the other file leads here, and every former number finds the person', async () => {
    const { one, other, proposalId, name } = await aDouble(
      {},
      { recordNumber: 'BL-88', paper: { kind: 'passport', number: 'PM000002' }, called: '老二' },
    )
    await desk.call(mergePatients, { params: { proposalId }, body: { intoId: one.id, chosen: {} } })
    const survivor = await desk.call(getPatient, { params: { patientId: one.id } })
    expect(survivor).toMatchObject({
      recordNumber: 'BL-88',
      paper: { masked: 'P*****02' },
      called: '老二',
      state: 'active',
    })
    expect(await desk.call(getPatient, { params: { patientId: other.id } })).toMatchObject({
      state: 'merged',
      mergedInto: one.id,
      can: { write: false },
    })
    expect((await desk.call(searchPatients, { query: { q: name } })).rows.map((row) => row.id)).toEqual([one.id])
    const matches = await house.write((ctx) =>
      matchPatients(ctx, [{ recordNumber: 'BL-88', name }, { paperNumber: 'PM000002' }]),
    )
    expect(matches.map((match) => 'patientId' in match && match.patientId)).toEqual([one.id, one.id])
    expect(
      (
        await desk.try(changePatient, {
          params: { patientId: other.id },
          body: { version: 2, changes: { called: 'x' } },
        })
      ).code,
    ).toBe('PatientMerged')
  })

  test('of two who merge the same pair at once one wins, the other is told who', async () => {
    const { one, other, proposalId } = await aDouble()
    const tryInto = (intoId: string) =>
      desk.try(mergePatients, { params: { proposalId }, body: { intoId, chosen: {} } })
    const answers = await Promise.all([tryInto(one.id), tryInto(other.id)])
    expect(answers.map((a) => a.status).toSorted()).toEqual([200, 409])
    expect(answers.find((a) => a.status === 409)!.body).toMatchObject({
      code: 'ProposalClosed',
      values: { by: '周前台' },
    })
    expect([(await rowOf(one.id)).state, (await rowOf(other.id)).state].toSorted()).toEqual(['active', 'merged'])
  })

  test('different papers need a reason', async () => {
    const { one, proposalId } = await aDouble(
      { paper: { kind: 'passport', number: 'PM000003' } },
      { paper: { kind: 'passport', number: 'PM000004' } },
    )
    const merge = (reason: string) =>
      desk.try(mergePatients, { params: { proposalId }, body: { intoId: one.id, chosen: {}, reason } })
    expect((await desk.call(previewMerge, { params: { proposalId } })).papersDiffer).toBe(true)
    expect((await merge('')).code).toBe('DifferentPapers')
    expect((await merge('换发了新护照')).status).toBe(200)
  })

  test('a pair that was dismissed is not proposed again, but may be by hand', async () => {
    const { one, other, proposalId } = await aDouble()
    await desk.call(dismissProposal, { params: { proposalId }, body: { reason: '双胞胎' } })
    const view = await desk.call(getPatient, { params: { patientId: one.id } })
    await desk.call(changePatient, {
      params: { patientId: one.id },
      body: { version: view.version, changes: { called: '阿大' } },
    })
    expect((await desk.call(getPatient, { params: { patientId: one.id } })).openProposals).toBe(0)
    const again = await desk.call(proposeMerge, { body: { oneId: other.id, otherId: one.id } })
    expect(again.proposalId).toBe(proposalId)
    expect((await desk.try(proposeMerge, { body: { oneId: one.id, otherId: one.id } })).code).toBe('SamePatient')
  })

  test('whoever sees one side only may neither see nor merge the pair; a role without the right is denied', async () => {
    const { one, proposalId } = await aDouble()
    const manager = await house.as('service-manager')
    await house.write((ctx) => assignCarers(ctx, one.id, { managerId: manager.staffId }))
    expect((await manager.call(listProposals)).rows).toEqual([])
    expect(
      (await manager.try(mergePatients, { params: { proposalId }, body: { intoId: one.id, chosen: {} } })).code,
    ).toBe('NotFound')
    const doctor = await house.as('physician')
    expect((await doctor.try(listProposals)).status).toBe(403)
  })
})

describe('undoing', () => {
  test('restores both files exactly', async () => {
    const { one, other, proposalId } = await aDouble(
      { level: 'silver' },
      {
        paper: { kind: 'passport', number: 'PM000005' },
        recordNumber: 'BL-99',
        level: 'gold',
        email: 'a@b.cn',
        sex: 'male',
      },
    )
    const before = [await rowOf(one.id), await rowOf(other.id), await wordsOf(one.id), await wordsOf(other.id)]
    const { mergeId } = await desk.call(mergePatients, { params: { proposalId }, body: { intoId: one.id, chosen: {} } })
    expect(await rowOf(one.id)).not.toEqual(before[0])
    const answer = await desk.call(undoMerge, { params: { mergeId }, body: { reason: '认错了' } })
    expect(answer.kept).toEqual([])
    expect([await rowOf(one.id), await rowOf(other.id), await wordsOf(one.id), await wordsOf(other.id)]).toEqual(before)
    expect((await desk.try(undoMerge, { params: { mergeId }, body: { reason: '再来' } })).code).toBe('MergeUndone')
  })

  test('what was changed since stays, and is named', async () => {
    const { one, proposalId } = await aDouble({}, { called: '二姐', recordNumber: 'BL-100' })
    const { mergeId } = await desk.call(mergePatients, { params: { proposalId }, body: { intoId: one.id, chosen: {} } })
    const merged = await desk.call(getPatient, { params: { patientId: one.id } })
    await desk.call(changePatient, {
      params: { patientId: one.id },
      body: { version: merged.version, changes: { called: '大姐' } },
    })
    expect(await desk.call(undoMerge, { params: { mergeId }, body: { reason: '认错了' } })).toMatchObject({
      kept: ['called'],
    })
    expect(await rowOf(one.id)).toMatchObject({ called: '大姐', record_number: null })
  })

  test('not after 30 days, and not before a later merge is undone', async () => {
    const first = await aDouble()
    const { mergeId } = await desk.call(mergePatients, {
      params: { proposalId: first.proposalId },
      body: { intoId: first.one.id, chosen: {} },
    })
    const third = (await desk.call(registerNewPatient, { body: { name: '第三份' } })).patient
    const { proposalId } = await desk.call(proposeMerge, { body: { oneId: first.one.id, otherId: third.id } })
    const later = await desk.call(mergePatients, { params: { proposalId }, body: { intoId: third.id, chosen: {} } })
    const undo = (id: typeof mergeId) => desk.try(undoMerge, { params: { mergeId: id }, body: { reason: '认错了' } })
    expect((await undo(mergeId)).code).toBe('MergeUndoLaterFirst')
    const matches = await house.write((ctx) =>
      matchPatients(ctx, [{ phone: first.phone, name: first.name, birthDate: first.birthDate }]),
    )
    expect(matches[0]).toMatchObject({ patientId: third.id })
    expect((await undo(later.mergeId)).status).toBe(200)
    house.clock.advance({ days: 31 })
    const lateDesk = await house.as('front-desk')
    expect((await lateDesk.try(undoMerge, { params: { mergeId }, body: { reason: '认错了' } })).code).toBe(
      'MergeTooOld',
    )
  })
})
