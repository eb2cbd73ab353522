import type { WriteContext } from '../../../platform/context/context.ts'
import { wake } from '../../agenda/server/index.ts'
import { riskAssessed } from '../contract/events.ts'
import { findNewest, insertAssessments, type NewAssessment, type NewestResult } from './assessment-store.ts'
import { findFacts, writeWatermarks, type FoundFacts } from './facts-store.ts'
import { judge } from './judge.ts'
import { mapped, type MappedInstrument } from './mapping.ts'
import { tagByBand } from './tags.ts'
import { addMonths, newestDay } from './window.ts'

/** Nobody younger is assessed: the models were made with adults. */
export const YOUNGEST_YEARS = 18

export interface Assessing {
  patientIds: readonly string[]
  because: 'facts' | 'asked'
  /** Passes over whose facts have not changed since they were looked at. */
  onlyChanged: boolean
}

/**
 * Computes what the record allows and keeps what is new, for many at once in five statements. The same facts and version
 * give no second row, also when two compute at once. @returns how many results are new
 */
export async function assess(ctx: WriteContext, { patientIds, because, onlyChanged }: Assessing): Promise<number> {
  const people = await findFacts(ctx.db, factsAsked(ctx, patientIds), onlyChanged)
  if (people.length === 0) return 0
  const now = ctx.clock.now()
  const known = await findNewest(
    ctx.db,
    ctx.organizationId,
    people.map((one) => one.patientId),
    mapped.map(({ instrument }) => instrument.card.code),
  )
  const newest = new Map(known.map((one) => [`${one.patientId} ${one.instrument}`, one]))
  const rows = people.flatMap((facts) =>
    mapped.flatMap((one) => {
      const before = newest.get(`${facts.patientId} ${one.instrument.card.code}`)
      return newResult(ctx, one, facts, before, because) ?? []
    }),
  )
  const added = await insertAssessments(ctx.tx, ctx.organizationId, rows, now)
  await writeWatermarks(ctx.tx, ctx.organizationId, people, now)
  await ctx.emitMany(
    riskAssessed,
    rows.flatMap(({ id, patientId, instrument, band, expiresOn }) =>
      added.has(id) ? [{ patientId, assessmentId: id, instrument, band, expiresOn } as never] : [],
    ),
  )
  const counting = rows.filter(({ id, release }) => release === 'automatic' && added.has(id))
  await tagByBand(
    ctx,
    counting.map((row) => ({ ...row, on: newestDay({ inputs: row.inputs, computedAt: now }, ctx.tenant.timeZone) })),
  )
  await wakeIfAsked(
    ctx,
    counting.map(({ patientId }) => patientId),
  )
  return added.size
}

/** Looks at people anew whose counting result has changed, where a condition asks for results. */
export async function wakeIfAsked(ctx: WriteContext, patientIds: readonly string[]): Promise<void> {
  if (patientIds.length > 0 && (await ctx.facts.isAskedFor(ctx, ['risk'])))
    await wake(ctx.tx, ctx.organizationId, patientIds, 'risk', ctx.clock.now())
}

export function factsAsked(
  { organizationId, tenant, today }: Pick<WriteContext, 'organizationId' | 'tenant' | 'today'>,
  patientIds: readonly string[],
) {
  return { organizationId, patientIds, timeZone: tenant.timeZone, bornUntil: addMonths(today, -12 * YOUNGEST_YEARS) }
}

function newResult(
  ctx: WriteContext,
  one: MappedInstrument,
  facts: FoundFacts,
  before: NewestResult | undefined,
  because: 'facts' | 'asked',
): NewAssessment | undefined {
  const judgement = judge(one, facts, ctx.today)
  if (judgement.state !== 'computed') return undefined
  const { card } = one.instrument
  const { result, hash, used, missing } = judgement
  const sameFacts = before?.inputHash === hash
  if (sameFacts && before.version === card.version) return undefined
  const months = card.bands.find(({ code }) => code === result.band)?.repeatMonths ?? card.repeatMonths
  return {
    id: ctx.ids.next(),
    patientId: facts.patientId,
    instrument: card.code,
    version: card.version,
    form: result.form,
    inputs: used,
    missing,
    output: result.output,
    value: result.value ?? null,
    band: result.band ?? null,
    caveats: result.caveats ?? [],
    release: card.release,
    expiresOn: months ? addMonths(ctx.today, months) : null,
    because: sameFacts ? 'upgrade' : because,
    askedBy: ctx.actor.kind === 'staff' ? ctx.actor.id : null,
    inputHash: hash,
    beforeId: before?.id ?? null,
  }
}
