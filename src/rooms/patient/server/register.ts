import type { PatientId } from '../../../platform/contract/index.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { patientRegistered } from '../contract/events.ts'
import { newPatient, type NewPatient } from '../contract/person.ts'
import { patientProblem } from '../contract/problems.ts'
import { comparedBy, holdPhones, proposeDuplicates } from './duplicates.ts'
import { findKnown } from './match-store.ts'
import { preparePatient } from './patient-row.ts'
import { seesAll, visibleTo } from './scope.ts'
import { paperIndex } from './sealed-identity.ts'
import { insertWords } from './search-store.ts'
import { findPatient, insertChanges, insertPatients, type PatientRow } from './store.ts'

/**
 * Makes a person known. The same identity paper is refused with whoever has it; the same phone, name and birth date
 * is let in and proposed for merging, since two people can share all three and one of them must not be lost.
 * Whoever registers someone and sees only their own customers becomes their manager or physician.
 * @throws Problem NationalIdWrong, PaperNumberWrong, SexContradictsPaper, BirthDateContradictsPaper, BirthDateWrong,
 *   GuardianNeeded, PatientExists, PatientExistsElsewhere; ZodError when a door's caller hands in what is no person
 */
export async function register(
  ctx: WriteContext,
  input: NewPatient,
): Promise<{ patientId: PatientId; proposals: number }> {
  const { row, words, paperNumber } = preparePatient(ctx, newPatient.parse(input))
  const stored = { ...row, ...ownCarers(ctx) } as PatientRow
  const compared = comparedBy(stored)
  await holdPhones(ctx.tx, compared.phones)
  const added = await insertPatients(ctx.tx, [stored])
  if (added.length === 0) throw await knownByPaper(ctx, paperNumber!)
  await insertWords(
    ctx.tx,
    ctx.organizationId,
    words.map((word) => ({ patientId: row.id, word })),
  )
  const change = {
    id: ctx.ids.next(),
    patientId: row.id,
    kind: 'registered' as const,
    detail: { source: row.source },
    byId: ctx.actor.id,
    byName: ctx.actor.name,
  }
  await insertChanges(ctx.tx, ctx.organizationId, [change], ctx.clock.now())
  const proposals = await proposeDuplicates(ctx, [compared])
  const patientId = row.id as PatientId
  await ctx.emit(patientRegistered, { patientId, source: stored.source })
  return { patientId, proposals }
}

/** The door's form of `register`. */
export async function registerPatient(ctx: WriteContext, input: NewPatient): Promise<PatientId> {
  return (await register(ctx, input)).patientId
}

function ownCarers({ actor }: WriteContext) {
  if (actor.kind !== 'staff' || seesAll(actor)) return {}
  if (actor.roles.includes('service-manager')) return { manager_id: actor.id }
  return actor.roles.includes('physician') ? { doctor_id: actor.id } : {}
}

async function knownByPaper(ctx: WriteContext, paperNumber: string): Promise<Error> {
  const known = await findKnown(ctx.tx, ctx.organizationId, { papers: [paperIndex(ctx, paperNumber)] })
  const holder = known.find((one) => one.state !== 'merged')
  const seen =
    holder &&
    (await findPatient(ctx.tx, ctx.organizationId, holder.id, visibleTo(ctx.actor, 'patient', ctx.clock.now())))
  return seen
    ? patientProblem('PatientExists', { name: seen.name, patientId: seen.id }, 'body.paper.number')
    : patientProblem('PatientExistsElsewhere', {}, 'body.paper.number')
}
