import type { WriteContext } from '../../../platform/context/context.ts'
import { findReadingRefusals } from './own-store.ts'
import type { MessageRow } from './store.ts'
import type { InForce } from './templates.ts'

/** Which of these mails count their reading: their template says so, and their person does not mind. Costs nothing where no template does. */
export async function countedReading(
  ctx: WriteContext,
  rows: readonly MessageRow[],
  templates: ReadonlyMap<string, InForce>,
): Promise<Set<string>> {
  const asked = rows.filter((row) => row.channel === 'email' && templates.get(row.template)?.definition.countsReading)
  if (asked.length === 0) return new Set()
  const people = [...new Set(asked.map((row) => row.patient_id))]
  const refusals = await findReadingRefusals(ctx.tx, ctx.organizationId, people)
  return new Set(asked.filter((row) => !refusals.has(row.patient_id)).map(({ id }) => id))
}
