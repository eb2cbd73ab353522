import type { WriteContext } from '../../../../platform/context/context.ts'
import { wake } from '../../../agenda/server/index.ts'
import { FACT_KIND_NAMES, FACT_KINDS, type FactKind, type FactRowOf, type NewFactOf } from './kind.ts'
import { endAbsences, endFact, findBySource, insertFacts, type Identified } from './store-fact.ts'

export type NewFacts = { [K in FactKind]?: readonly NewFactOf[K][] }

/** `known`: the source had told it before; `revised`: it had, and now says something else. */
export interface AddedFact {
  id: string
  outcome: 'added' | 'known' | 'revised'
}
export type AddedFacts = { [K in FactKind]?: AddedFact[] }

const ABOUT = new Set<FactKind>(['condition', 'procedure', 'medication', 'allergy', 'family-history'])

/**
 * Adds facts of all kinds, for many patients at once, and wakes them in the same transaction. Idempotent by source and
 * source id. With `revise` a source that now says something else about its fact replaces it, unless a person has
 * corrected or withdrawn it since: an admission that has got its discharge.
 * @returns what became of each fact, by kind, in the order given
 */
export async function addFacts(
  ctx: WriteContext,
  facts: NewFacts,
  options: { revise?: boolean } = {},
): Promise<AddedFacts> {
  const woken = new Set<string>()
  const answer: AddedFacts = {}
  for (const kind of FACT_KIND_NAMES) {
    const those = facts[kind]
    if (those && those.length > 0)
      answer[kind] = await addOfKind(
        ctx,
        kind,
        those as readonly NewFactOf[typeof kind][],
        woken,
        options.revise ?? false,
      )
  }
  await wake(ctx.tx, ctx.organizationId, [...woken], 'fact', ctx.clock.now())
  return answer
}

async function addOfKind<K extends FactKind>(
  ctx: WriteContext,
  kind: K,
  facts: readonly NewFactOf[K][],
  woken: Set<string>,
  revise: boolean,
): Promise<AddedFact[]> {
  const at = ctx.clock.now()
  const identified = facts.map((fact) => identify(ctx, kind, fact))
  const added = await insertFacts(ctx.tx, ctx.organizationId, kind, identified, at)
  for (const patientId of added.values()) woken.add(patientId)
  if (ABOUT.has(kind) && added.size > 0)
    await endAbsences(ctx.tx, ctx.organizationId, kind, added, { at, authorId: authorOf(ctx), because: 'fact-added' })
  const rest = identified.filter(({ id }) => !added.has(id))
  const known = new Map(
    (await standing(ctx, kind, rest)).map((row) => [keyOf(row.asked_patient_id, row.source, row.source_id), row]),
  )
  const outcomes: AddedFact[] = []
  for (const one of identified) {
    const row = known.get(keyOf(one.fact.patientId, one.source, one.sourceId))
    if (added.has(one.id)) outcomes.push({ id: one.id, outcome: 'added' })
    else if (!row) outcomes.push({ id: one.id, outcome: 'known' })
    else if (revise && (await reviseFact(ctx, kind, row, one))) {
      woken.add(row.patient_id)
      outcomes.push({ id: one.id, outcome: 'revised' })
    } else outcomes.push({ id: row.id, outcome: 'known' })
  }
  return outcomes
}

export function authorOf(ctx: WriteContext): string | null {
  return ctx.actor.kind === 'staff' ? ctx.actor.id : null
}

export function identify<K extends FactKind>(ctx: WriteContext, kind: K, fact: NewFactOf[K]): Identified<K> {
  const { source = 'staff', sourceId = null, authorId = authorOf(ctx) } = fact
  return { id: ctx.ids.next(), fact, source, sourceId, authorId }
}

const keyOf = (patientId: string, source: string, sourceId: string | null) => `${patientId}\0${source}\0${sourceId}`

function standing<K extends FactKind>(ctx: WriteContext, kind: K, rest: readonly Identified<K>[]) {
  const keys = rest.flatMap(({ fact, source, sourceId }) =>
    sourceId === null ? [] : [{ patientId: fact.patientId, source, sourceId }],
  )
  return findBySource(ctx.tx, ctx.organizationId, kind, keys)
}

/** Puts a source's new word in place of its former one. @returns false when it says the same, or a person has spoken since */
async function reviseFact<K extends FactKind>(
  ctx: WriteContext,
  kind: K,
  row: FactRowOf[K],
  one: Identified<K>,
): Promise<boolean> {
  if (row.superseded_by !== null || row.author_id !== one.authorId || saysTheSame(kind, row, one.fact)) return false
  const at = ctx.clock.now()
  const ended = await endFact(
    ctx.tx,
    ctx.organizationId,
    kind,
    { patientId: row.patient_id, id: row.id },
    { by: one.id, at, authorId: one.authorId, because: 'source-revised' },
  )
  if (!ended) return false
  await insertFacts(ctx.tx, ctx.organizationId, kind, [one], at, { newVersion: true })
  return true
}

function saysTheSame<K extends FactKind>(kind: K, row: FactRowOf[K], fact: NewFactOf[K]): boolean {
  const plain = (value: unknown) => (value instanceof Date ? value.getTime() : (value ?? null))
  return Object.entries(FACT_KINDS[kind].row(fact)).every(
    ([column, value]) => plain((row as unknown as Record<string, unknown>)[column]) === plain(value),
  )
}
