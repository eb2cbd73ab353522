import { z } from 'zod'
import { dateIn } from '../../../platform/clock.ts'
import { ownPatientId, type ReadContext, type WriteContext } from '../../../platform/context/context.ts'
import { bilingual, type PatientId } from '../../../platform/contract/index.ts'
import { wake } from '../../agenda/server/index.ts'
import content from '../content/patient-words.json' with { type: 'json' }
import { tagRefused } from '../contract/events.ts'
import type { OwnGround } from '../contract/own.ts'
import { tagProblem } from '../contract/problems.ts'
import type { TagDefinition } from '../contract/rule.ts'
import { findPatientTags, insertTagEvent } from './patient-tag-store.ts'
import { deleteRefusal, findRefusals, insertRefusal } from './refusal-store.ts'

const words = z.object({ name: bilingual, why: bilingual })
/** By code; null: it holds back or protects, and nothing is ever recommended by it. */
export const patientWords: Readonly<Record<string, z.output<typeof words> | null>> = z
  .record(z.string(), words.nullable())
  .parse(content.tags)

/**
 * Whether something may be recommended by a tag at all: not by what holds messages back, warns or protects, and not by what
 * tells of mind and mood (R2).
 */
function isGround(code: string, { then, tone, sensitivity }: TagDefinition): boolean {
  return (
    patientWords[code] !== null &&
    tone !== 'danger' &&
    sensitivity !== 'mental' &&
    !then.some((asked) => 'quiet' in asked)
  )
}

/** Those that stand, then those that the person has taken out and that do not stand at the moment. */
export async function listGrounds(ctx: ReadContext): Promise<{ rows: OwnGround[] }> {
  const patientId = ownPatientId(ctx)
  const standing = await standingGrounds(ctx, patientId)
  const refusals = new Map(
    (await findRefusals(ctx.db, ctx.organizationId, patientId)).map(({ code, since }) => [code, since]),
  )
  const dayOf = (at: Date | null | undefined) => (at ? dateIn(at, ctx.tenant.timeZone) : null)
  const rows = [...standing.values()].map((row) => ({
    code: row.tag_code,
    words: patientWords[row.tag_code] ?? null,
    since: dayOf(row.set_at),
    until: dayOf(row.expires_at),
    refusedOn: dayOf(refusals.get(row.tag_code)),
  }))
  const away = [...refusals].flatMap(([code, since]) =>
    standing.has(code)
      ? []
      : [{ code, words: patientWords[code] ?? null, since: null, until: null, refusedOn: dayOf(since) }],
  )
  return { rows: [...rows, ...away] }
}

async function standingGrounds(ctx: ReadContext, patientId: string) {
  const rows = await findPatientTags(ctx.db, ctx.organizationId, patientId, ctx.clock.now())
  const grounds = rows.filter((row) => row.state === 'active' && isGround(row.tag_code, row.definition))
  return new Map(grounds.map((row) => [row.tag_code, row]))
}

/** At once for messages, advice and audiences; tasks and follow-up go on. @throws Problem TagNotStanding */
export async function refuse(ctx: WriteContext, code: string): Promise<{ refused: boolean }> {
  const patientId = ownPatientId(ctx)
  if (!(await standingGrounds(ctx, patientId)).has(code)) throw tagProblem('TagNotStanding')
  const at = ctx.clock.now()
  const refused = await insertRefusal(ctx.tx, ctx.organizationId, { patientId, code, at })
  if (refused) {
    await note(ctx, patientId, code, 'refused')
    await ctx.emit(tagRefused, { patientId, code })
  }
  return { refused }
}

export async function allow(ctx: WriteContext, code: string): Promise<{ allowed: boolean }> {
  const patientId = ownPatientId(ctx)
  const allowed = await deleteRefusal(ctx.tx, ctx.organizationId, { patientId, code })
  if (allowed) await note(ctx, patientId, code, 'allowed')
  return { allowed }
}

async function note(ctx: WriteContext, patientId: PatientId, code: string, change: 'refused' | 'allowed') {
  const at = ctx.clock.now()
  ctx.audit.detail = { tag: code, change }
  const line = { id: ctx.ids.next<string>(), patientId, code, source: 'patient', change, because: null, by: null, at }
  await insertTagEvent(ctx.tx, ctx.organizationId, line)
  await wake(ctx.tx, ctx.organizationId, [patientId], 'tag', at)
}
