import type { WriteContext } from '../../../platform/context/context.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { accepted, bodyMassOf, bodyOf, checkMoment, deriveAgain, observationOf, refuse } from './entry.ts'
import { correctObservation, retractFact } from './facts/supersede.ts'
import { recordObservations } from './record.ts'
import { checkPressures, checkReading, type RawReading } from './rules/reading.ts'
import { findValue } from './store-read.ts'

/** As pages show it: told by the person, measured at home. Such values are a course of their own, by other limits. */
const HOW = { source: 'patient', method: 'home' }

export interface SelfMeasured {
  /** In any unit that the indicator is printed in; none leaves nothing in the record. */
  readings: readonly (RawReading & { value: number })[]
  effectiveAt: Date
  /** What the same telling has put into the record before: these are corrected, or withdrawn. */
  former: readonly string[]
  /** Why the former ones ended: a code that pages translate. */
  because: string
  /** Where in the body of the request the value stands, for a refusal. */
  path: string
}

/**
 * Keeps what a person has measured on their own, at home, and told us. Told again otherwise, the former values are
 * corrected and stay to be seen; one that a colleague has corrected or withdrawn since is theirs and stays.
 * @returns the ids of what it has put into the record, for when it is told otherwise once more
 * @throws Problem ValueImplausible and others of a reading, with a sentence that says what was expected
 */
export async function keepSelfMeasured(
  ctx: WriteContext,
  patientId: string,
  { readings, effectiveAt, former, because, path }: SelfMeasured,
): Promise<string[]> {
  const person = await requireVisible(ctx, patientId)
  const body = bodyOf(person, checkMoment(ctx, person, effectiveAt))
  const checked = readings.map((raw) => accepted(checkReading(raw, body, ctx.locale), path))
  refuse(checkPressures(checked), path)
  const before = (await Promise.all(former.map((id) => findValue(ctx.tx, ctx.organizationId, patientId, id)))).flatMap(
    (row) => row ?? [],
  )
  const kept: string[] = []
  for (const row of before) {
    const now = checked.find(({ code }) => code === row.code)
    if (row.superseded_by !== null) {
      kept.push(row.id)
      continue
    }
    const ref = { patientId, id: row.id }
    if (!now) {
      await retractFact(ctx, 'observation', ref, because)
      await deriveAgain(ctx, patientId, { id: row.id }, body, because, HOW.source)
      continue
    }
    const id = await correctObservation(ctx, ref, { ...now, ...HOW, effectiveAt }, because)
    await deriveAgain(
      ctx,
      patientId,
      { id: row.id, by: { id, value: now.value, code: now.code } },
      body,
      because,
      HOW.source,
    )
    kept.push(id)
  }
  const told = new Set(before.map(({ code }) => code))
  const rows = checked
    .filter(({ code }) => !told.has(code))
    .map((one) => observationOf(ctx, patientId, one, effectiveAt, HOW))
  if (rows.length > 0) await recordObservations(ctx, [...rows, ...(await bodyMassOf(ctx, patientId, rows, body))])
  return [...kept, ...rows.map(({ id }) => id)]
}
