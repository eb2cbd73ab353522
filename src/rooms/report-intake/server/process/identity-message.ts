import { maskPhone } from '../../../../platform/contract/index.ts'
import type { WriteContext } from '../../../../platform/context/context.ts'
import { patientSummaries, type PatientSummary } from '../../../patient/server/index.ts'
import type { IncomingPatient } from '../incoming.ts'
import { sentPerson, type SentPerson } from './person.ts'
import { noteWaiting, queuePersons } from './person-store.ts'
import type { ReadIntake } from './read-intake.ts'
import type { Whose } from './settle-persons.ts'

/** An ADT message that says something else about somebody than we know is proposed to a person; nothing is overwritten. */
export async function proposeIdentities(
  ctx: WriteContext,
  intakes: readonly ReadIntake[],
  whose: ReadonlyMap<IncomingPatient, Whose>,
): Promise<void> {
  const told = intakes
    .filter((intake) => intake.isIdentityMessage)
    .flatMap((intake) => intake.patients.map((patient) => ({ intake, patient, owner: whose.get(patient)! })))
  const known = told.flatMap((one) => ('patientId' in one.owner ? [{ ...one, patientId: one.owner.patientId }] : []))
  if (known.length === 0) return
  const summaries = await patientSummaries(
    ctx,
    known.map((one) => one.patientId),
  )
  const differing = known.flatMap(({ intake, patient, patientId }) => {
    const person = sentPerson(patient)
    const summary = summaries.get(patientId)
    if (!summary || !differs(person, summary)) return []
    const key = ctx.sealer
      .index(ctx.organizationId, 'intake/identity-differs', `${patientId}\0${JSON.stringify(person)}`)
      .toString('hex')
    return [
      {
        intake,
        entry: { key, person, source: intake.row.source, reason: 'identity-differs' as const, candidates: [patientId] },
      },
    ]
  })
  const queued = await queuePersons(ctx, [...new Map(differing.map(({ entry }) => [entry.key, entry])).values()])
  await noteWaiting(
    ctx,
    differing.map(({ intake, entry }) => ({
      personId: queued.get(entry.key)!.id,
      intakeId: intake.row.id,
      title: '',
      effectiveAt: null,
    })),
  )
}

function differs(person: SentPerson, known: PatientSummary): boolean {
  return (
    (person.name !== '' && person.name !== known.name) ||
    (person.birthDate !== null && person.birthDate !== known.birthDate) ||
    (person.sex !== 'unknown' && person.sex !== known.sex) ||
    (person.phone !== null && maskPhone(person.phone) !== known.phoneMasked)
  )
}
