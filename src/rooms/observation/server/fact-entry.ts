import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { listFacts } from '../contract/facts.ts'
import { recordProblem } from '../contract/problems.ts'
import type { FactKind, NewFactInput } from '../contract/record.ts'
import { addFacts } from './facts/add.ts'
import { FACT_KINDS, type NewFactOf } from './facts/kind.ts'
import { correctFact, retractFact, type FactRef } from './facts/supersede.ts'
import { findFacts } from './store-read.ts'
import { endedView, iso, namesFor, type Names } from './view.ts'

/** Conditions, operations, drugs …: what stands first, then what was corrected or withdrawn. */
export async function listPatientFacts(ctx: ReadContext, patientId: string): Promise<AnswerOf<typeof listFacts>> {
  await requireVisible(ctx, patientId)
  const of = <K extends FactKind>(kind: K) => findFacts(ctx.db, ctx.organizationId, patientId, kind, FACT_KINDS)
  const [conditions, procedures, encounters, medications, allergies, relatives, absences] = await Promise.all([
    of('condition'),
    of('procedure'),
    of('encounter'),
    of('medication'),
    of('allergy'),
    of('family-history'),
    of('absence'),
  ])
  const rows = [...conditions, ...procedures, ...encounters, ...medications, ...allergies, ...relatives, ...absences]
  const names = await namesFor(ctx, rows)
  const origin = (row: (typeof rows)[number]) => originOf(row, names)
  return {
    facts: {
      condition: conditions.map((r) => ({
        ...origin(r),
        code: r.code,
        name: r.name,
        clinicalStatus: r.clinical_status,
        onsetOn: r.onset_on,
        abatedOn: r.abated_on,
        note: r.note,
      })),
      procedure: procedures.map((r) => ({
        ...origin(r),
        code: r.code,
        name: r.name,
        kind: r.kind,
        performedOn: r.performed_on,
        note: r.note,
      })),
      encounter: encounters.map((r) => ({
        ...origin(r),
        class: r.class,
        title: r.title,
        startedAt: iso(r.started_at),
        endedAt: r.ended_at ? iso(r.ended_at) : null,
        department: r.department,
        note: r.note,
      })),
      medication: medications.map((r) => ({
        ...origin(r),
        code: r.code,
        name: r.name,
        dose: r.dose,
        startedOn: r.started_on,
        endedOn: r.ended_on,
        note: r.note,
      })),
      allergy: allergies.map((r) => ({
        ...origin(r),
        substance: r.substance,
        reaction: r.reaction,
        severity: r.severity,
        notedOn: r.noted_on,
      })),
      'family-history': relatives.map((r) => ({
        ...origin(r),
        relation: r.relation,
        conditionCode: r.condition_code,
        conditionName: r.condition_name,
        onsetAge: r.onset_age,
      })),
      absence: absences.map((r) => ({ ...origin(r), about: r.about })),
    },
    can: { write: ctx.actor.permissions.has('record.write') },
  }
}

function originOf(
  row: { id: string; source: string; author_id: string | null; recorded_at: Date } & Parameters<typeof endedView>[0],
  names: Names,
) {
  return {
    id: row.id,
    source: row.source,
    by: (row.author_id && names.get(row.author_id)) || null,
    recordedAt: iso(row.recorded_at),
    ended: endedView(row, names),
  }
}

/** Adds one fact that a member of staff was told or has seen. */
export async function enterFact(ctx: WriteContext, patientId: string, entered: NewFactInput): Promise<{ id: string }> {
  await checkFact(ctx, patientId, entered)
  const fact = { ...toDomain(entered), patientId } as NewFactOf[FactKind]
  const added = await addFacts(ctx, { [entered.kind]: [fact] })
  ctx.audit.detail = { kind: entered.kind }
  return { id: added[entered.kind]![0]!.id }
}

/** Puts a corrected fact in place of one. */
export async function mendFact(
  ctx: WriteContext,
  ref: FactRef,
  corrected: NewFactInput,
  because: string,
): Promise<{ id: string }> {
  await checkFact(ctx, ref.patientId, corrected)
  ctx.audit.detail = { kind: corrected.kind }
  return { id: await correctFact(ctx, corrected.kind, ref, toDomain(corrected) as never, because) }
}

export async function withdrawFact(
  ctx: WriteContext,
  ref: FactRef,
  kind: FactKind,
  because: string,
): Promise<{ id: string }> {
  await requireVisible(ctx, ref.patientId)
  ctx.audit.detail = { kind }
  await retractFact(ctx, kind, ref, because)
  return { id: ref.id }
}

function toDomain({ kind, fact }: NewFactInput): object {
  if (kind !== 'encounter') return fact
  return { ...fact, startedAt: new Date(fact.startedAt), endedAt: fact.endedAt ? new Date(fact.endedAt) : null }
}

const SPANS = {
  condition: ['onsetOn', 'abatedOn'],
  medication: ['startedOn', 'endedOn'],
  encounter: ['startedAt', 'endedAt'],
  procedure: ['performedOn'],
  allergy: ['notedOn'],
} as const

/** Dates in order, none of them in the time to come or before birth; "none" only where there is none. */
async function checkFact(ctx: WriteContext, patientId: string, { kind, fact }: NewFactInput): Promise<void> {
  const person = await requireVisible(ctx, patientId)
  if (kind === 'absence') {
    const standing = (await findFacts(ctx.db, ctx.organizationId, patientId, fact.about, FACT_KINDS)).some(
      (row) => row.superseded_by === null,
    )
    if (standing) throw recordProblem('AbsenceContradicted', {}, 'body.fact.about')
    return
  }
  if (kind === 'family-history') return
  const fields = SPANS[kind]
  const dates = fields.map((field) => (fact as Record<string, string | null | undefined>)[field] ?? null)
  const [from, until] = dates
  if (from && until && until < from) throw recordProblem('DatesSwapped', {}, `body.fact.${fields.at(-1)}`)
  const mayLieAhead = kind === 'medication' || kind === 'encounter'
  for (const [at, date] of dates.entries()) {
    if (!date) continue
    const day = date.slice(0, 10)
    if (day > ctx.today && !(at === 1 && mayLieAhead))
      throw recordProblem('DateInFuture', {}, `body.fact.${fields[at]}`)
    if (person.birth_date && day < person.birth_date)
      throw recordProblem('DateBeforeBirth', {}, `body.fact.${fields[at]}`)
  }
}
