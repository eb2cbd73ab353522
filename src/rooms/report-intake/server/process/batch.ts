import type { WriteContext } from '../../../../platform/context/context.ts'
import { addFacts, knownReports, type StoredReport } from '../../../observation/server/index.ts'
import type { IncomingPatient } from '../incoming.ts'
import { findRules } from '../source-rule.ts'
import { settleMessages, type Outcome } from './claim.ts'
import { factsOf } from './facts.ts'
import {
  fileReports,
  identityOf,
  instantOf,
  titleOf,
  type Filing,
  type Identities,
  type Stored,
} from './file-reports.ts'
import { proposeIdentities } from './identity-message.ts'
import { noteWaiting, type WaitingReport } from './person-store.ts'
import { readIntake, type ClaimedRow, type ReadIntake } from './read-intake.ts'
import { tellAppointments } from './tell-appointments.ts'
import { settlePersons, type Whose } from './settle-persons.ts'

/** One batch in one transaction: read, leave out what is known, settle persons and codes, file, say what became of each. */
export async function processRows(ctx: WriteContext, rows: readonly ClaimedRow[]): Promise<void> {
  if (rows.length === 0) return
  const rules = await findRules(ctx.tx, ctx.organizationId)
  const read = rows.map((row) => readIntake(ctx, row, rules))
  const identities = new Map(
    read.flatMap((intake) => intake.reports.map((report) => [report, identityOf(ctx, intake, report)] as const)),
  )
  const intakes = await withoutKnown(ctx, read, identities)
  const whose = await settlePersons(
    ctx,
    intakes.flatMap((intake) => personsOf(intake, identities)),
  )
  const filings: Filing[] = []
  const waiting: WaitingReport[] = []
  for (const intake of intakes)
    for (const report of intake.reports) {
      const owner = whose.get(report.patient)!
      if ('patientId' in owner) filings.push({ intake, report, identity: identities.get(report)!, ...owner })
      else
        waiting.push({
          personId: owner.waitingId,
          intakeId: intake.row.id,
          title: titleOf(report),
          effectiveAt: instantOf(report, intake),
        })
    }
  await noteWaiting(ctx, [...waiting, ...waitingForPeople(intakes, whose)])
  const { stored, unknown } = await fileReports(ctx, filings)
  await addRecords(ctx, intakes, whose)
  await proposeIdentities(ctx, intakes, whose)
  await tellAppointments(ctx, intakes, whose)
  const outcomes = intakes.map((intake) => outcomeOf(intake, whose, filings, stored, unknown))
  await settleMessages(ctx.tx, ctx.organizationId, outcomes, ctx.clock.now())
}

/** What was filed before needs neither a person nor a code, whatever has become ambiguous since. */
async function withoutKnown(
  ctx: WriteContext,
  intakes: readonly ReadIntake[],
  identities: Identities,
): Promise<ReadIntake[]> {
  const known = await knownReports(ctx, [...identities.values()])
  const duplicates = new Set([...identities.keys()].filter((_report, index) => known[index]))
  return intakes.map((intake) => {
    const reports = intake.reports.filter((report) => !duplicates.has(report))
    return { ...intake, reports, duplicates: intake.reports.length - reports.length }
  })
}

function personsOf(intake: ReadIntake, identities: Identities) {
  const { row, rule, reports, record, patients } = intake
  const facts = record
    ? [...record.conditions, ...record.encounters, ...record.procedures, ...record.medications, ...record.allergies]
    : []
  const people = new Set<IncomingPatient>([
    ...patients,
    ...reports.map((one) => one.patient),
    ...facts.map((one) => one.patient),
  ])
  // Somebody of whom nothing is told is told apart by what was sent, so that the same message again finds the same entry.
  const place =
    reports.length > 0
      ? reports.map((report) => identities.get(report)!.fingerprint.toString('hex')).join()
      : row.source
  return [...people].map((patient) => ({ patient, source: row.source, channel: row.channel, rule, place }))
}

/** A message about somebody unknown waits for them even if it brings no report. */
function waitingForPeople(intakes: readonly ReadIntake[], whose: ReadonlyMap<IncomingPatient, Whose>): WaitingReport[] {
  return intakes.flatMap((intake) =>
    intake.patients.flatMap((patient) => {
      const owner = whose.get(patient)!
      return 'waitingId' in owner
        ? [{ personId: owner.waitingId, intakeId: intake.row.id, title: '', effectiveAt: null }]
        : []
    }),
  )
}

async function addRecords(
  ctx: WriteContext,
  intakes: readonly ReadIntake[],
  whose: ReadonlyMap<IncomingPatient, Whose>,
): Promise<void> {
  const patientOf = (patient: IncomingPatient) => {
    const owner = whose.get(patient)
    return owner && 'patientId' in owner ? owner.patientId : undefined
  }
  for (const { record, row } of intakes)
    if (record) await addFacts(ctx, factsOf(record, row.source, patientOf), { revise: true })
}

function outcomeOf(
  intake: ReadIntake,
  whose: ReadonlyMap<IncomingPatient, Whose>,
  filings: readonly Filing[],
  stored: Stored,
  unknown: ReadonlyMap<Filing, number>,
): Outcome {
  const own = filings.filter((filing) => filing.intake === intake)
  const owners = [...intake.reports.map((one) => one.patient), ...intake.patients].map((patient) => whose.get(patient)!)
  const waiting = owners.filter((owner) => 'waitingId' in owner)
  const fresh = own.filter((filing) => {
    const outcome = stored.get(filing)
    return outcome !== 'overlap' && (outcome?.outcome === 'stored' || outcome?.outcome === 'superseded')
  })
  const base = {
    id: intake.row.id,
    detail: intake.detail,
    reports: own.length + intake.duplicates,
    results: own.reduce((sum, filing) => sum + filing.report.results.length, 0),
    waiting: waiting.length,
    unknownCodes: Math.max(0, ...own.map((filing) => unknown.get(filing) ?? 0)),
  }
  if (waiting.some((owner) => owner.state === 'open')) return { ...base, state: 'needs-person', reason: '' }
  if (waiting.length > 0) return { ...base, state: 'set-aside', reason: 'person-set-aside' }
  if (owners.length === 0 && intake.duplicates === 0 && intake.detail)
    return { ...base, state: 'refused', reason: 'nothing-read' }
  const isKnown = own.length > 0 || (intake.duplicates > 0 && intake.record === undefined)
  if (isKnown && fresh.length === 0) return { ...base, state: 'duplicate', reason: '' }
  const outdated = own.some((filing) => (stored.get(filing) as StoredReport | undefined)?.outcome === 'superseded')
  return { ...base, state: 'filed', reason: outdated ? 'corrected' : '' }
}
