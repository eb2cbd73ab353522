import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { patientMerged, patientUnmerged } from '../patient/contract/events.ts'
import { aPatient, aReport } from './sample-record.ts'
import { addAllergy, addCondition, correctFact, recordReports } from './server/index.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)

/** What the patient room does in a merge, as far as the record sees it. */
async function merge(fromId: string, intoId: string): Promise<string> {
  return house.write(async (ctx) => {
    const [mergeId, proposalId] = [ctx.ids.next<string>(), ctx.ids.next<string>()]
    const by = { merged_by: null, merged_by_name: 'test', merged_at: ctx.clock.now(), undone_by: null, undone_at: null }
    const json = '{}' as never
    await ctx.tx.updateTable('patient').set({ state: 'merged', merged_into: intoId }).where('id', '=', fromId).execute()
    await ctx.tx
      .insertInto('patient_merge')
      .values({
        organization_id: ctx.organizationId,
        id: mergeId,
        proposal_id: proposalId,
        from_id: fromId,
        into_id: intoId,
        chosen: json,
        before: json,
        after: json,
        ...by,
      })
      .execute()
    await ctx.emit(patientMerged, { fromId, intoId, mergeId } as never)
    return mergeId
  })
}

async function unmerge(fromId: string, intoId: string, mergeId: string): Promise<void> {
  await house.write(async (ctx) => {
    await ctx.tx.updateTable('patient').set({ state: 'active', merged_into: null }).where('id', '=', fromId).execute()
    await ctx.tx.updateTable('patient_merge').set({ undone_at: ctx.clock.now() }).where('id', '=', mergeId).execute()
    await ctx.emit(patientUnmerged, { fromId, intoId, mergeId } as never)
  })
}

async function recordOf(patientId: string): Promise<string[]> {
  const rows = await Promise.all([
    db()
      .selectFrom('report')
      .select('source_report_id as what')
      .where('patient_id', '=', patientId)
      .where('superseded_by', 'is', null)
      .execute(),
    db()
      .selectFrom('observation')
      .select('code as what')
      .where('patient_id', '=', patientId)
      .where('superseded_by', 'is', null)
      .execute(),
    db()
      .selectFrom('condition')
      .select('name as what')
      .where('patient_id', '=', patientId)
      .where('superseded_by', 'is', null)
      .execute(),
    db()
      .selectFrom('allergy')
      .select('substance as what')
      .where('patient_id', '=', patientId)
      .where('superseded_by', 'is', null)
      .execute(),
  ])
  return rows
    .flat()
    .map((row) => row.what)
    .toSorted()
}

let run = 0
async function two() {
  const key = `m${++run}`
  return house.write(async (ctx) => {
    const [from, into] = [await aPatient(ctx), await aPatient(ctx)]
    await recordReports(ctx, [
      aReport(ctx, from, { sourceReportId: `${key}-from` }, [{ code: 'fpg', value: 7 }]),
      aReport(ctx, into, { sourceReportId: `${key}-into` }, [{ code: 'tc', value: 5 }]),
    ])
    const { id } = await addCondition(ctx, { patientId: from, code: 'I10', name: '高血压' })
    return { key, from, into, conditionId: id }
  })
}

describe('merging two files of one person', () => {
  test('all facts go over; undoing takes back exactly those, with what corrected them since', async () => {
    const { key, from, into, conditionId } = await two()
    const mergeId = await merge(from, into)
    await house.settle()
    expect(await recordOf(from)).toEqual([])
    expect(await recordOf(into)).toEqual([`${key}-from`, `${key}-into`, 'fpg', 'tc', '高血压'].toSorted())
    await house.write(async (ctx) => {
      await addAllergy(ctx, { patientId: into, substance: '青霉素' })
      await correctFact(
        ctx,
        'condition',
        { patientId: into, id: conditionId },
        { code: 'I10', name: '原发性高血压' },
        '写全',
      )
      await recordReports(ctx, [
        aReport(ctx, into, { sourceReportId: `${key}-from`, status: 'corrected' }, [{ code: 'hba1c', value: 6 }]),
      ])
    })
    await unmerge(from, into, mergeId)
    await house.settle()
    expect(await recordOf(from)).toEqual([`${key}-from`, 'hba1c', '原发性高血压'].toSorted())
    expect(await recordOf(into)).toEqual([`${key}-into`, 'tc', '青霉素'].toSorted())
  })

  test('what is filed for the merged person afterwards goes to the other one', async () => {
    const { key, from, into } = await two()
    await merge(from, into)
    const [filed] = await house.write((ctx) =>
      recordReports(ctx, [aReport(ctx, from, { sourceReportId: `${key}-late` })]),
    )
    expect(filed).toMatchObject({ outcome: 'stored', patientId: into })
    const { outcome } = await house.write((ctx) => addAllergy(ctx, { patientId: from, substance: '磺胺' }))
    expect(outcome).toBe('added')
    await house.settle()
    expect(await recordOf(into)).toEqual(expect.arrayContaining([`${key}-late`, '磺胺']))
  })

  test('a chain whose events come late ends with the last person; undone before it was heard, nothing moves', async () => {
    const { key, from, into } = await two()
    const third = await house.write((ctx) => aPatient(ctx))
    await merge(from, into)
    await merge(into, third)
    await house.settle()
    expect(await recordOf(third)).toEqual(expect.arrayContaining([`${key}-from`, `${key}-into`]))
    const other = await two()
    const mergeId = await merge(other.from, other.into)
    await unmerge(other.from, other.into, mergeId)
    await house.settle()
    expect(await recordOf(other.from)).toContain(`${other.key}-from`)
    expect(await recordOf(other.into)).not.toContain(`${other.key}-from`)
  })

  test('a fact that both files have from the same source is one fact', async () => {
    const { from, into } = await two()
    const fact = { code: 'E11', name: '糖尿病', source: 'HIS', sourceId: 'same' }
    await house.write(async (ctx) => [
      await addCondition(ctx, { patientId: from, ...fact }),
      await addCondition(ctx, { patientId: into, ...fact }),
    ])
    await merge(from, into)
    await house.settle()
    expect((await recordOf(into)).filter((what) => what === '糖尿病')).toHaveLength(1)
  })
})
