import type { ReadContext } from '../../../platform/context/context.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import type { recordingTerms } from '../contract/record.ts'
import { findCutOff, findPieces } from './call-store.ts'
import { cutOffSince } from './rules/life.ts'
import { rulesOf } from './settings.ts'
import { lineOf } from './view.ts'

/**
 * What is kept of the call that the reader makes: its page was killed, and what was recorded before is not lost. A call
 * of the desk has a name; one that is made beside a form has none, and is known by having been cut off a moment ago.
 */
export async function earlierOf(
  ctx: ReadContext,
  patientId: string,
  { callId, subjectId }: InputOf<typeof recordingTerms>['query'],
): Promise<OutputOf<typeof recordingTerms>['earlier']> {
  const whose = { patientId, staffId: ctx.actor.id }
  const since = cutOffSince(ctx.clock.now())
  const id = callId ?? (subjectId && (await findCutOff(ctx.db, ctx.organizationId, whose, { subjectId, since })))
  if (!id) return null
  const rows = await findPieces(ctx.db, ctx.organizationId, whose, id)
  if (rows.length === 0) return null
  const { classes } = await rulesOf(ctx)
  return { id, pieces: rows.map((row) => lineOf(ctx, row, classes)) }
}
