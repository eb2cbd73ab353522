import { systemActor, type Tenant, type WriteContext } from '../../../../platform/context/context.ts'
import { write, type House } from '../../../../platform/context/house.ts'
import { isConnectionLost } from '../../../../platform/database/database.ts'
import {
  addFacts,
  knownReports,
  recordReports,
  type ReportWithObservations,
  type StoredReport,
} from '../../../observation/server/index.ts'
import { fingerprint, type IncomingPatient, type IncomingReport } from '../incoming.ts'
import { plainText } from '../plain-text.ts'
import { findRules } from '../source-rule.ts'
import { claimMessage, claimReceived, settleMessages, type Outcome } from './claim.ts'
import { decideCodes, noteSightings } from './code-store.ts'
import { factsOf } from './facts.ts'
import { proposeIdentities } from './identity-message.ts'
import { readItem } from './item.ts'
import { observe, type CodeDecision } from './observe.ts'
import { withoutFiledResults } from './overlap.ts'
import { noteWaiting, type WaitingReport } from './person-store.ts'
import { readIntake, type ClaimedRow, type ReadIntake } from './read-intake.ts'
import { reportKey } from './report-key.ts'
import { settlePersons, type Whose } from './settle-persons.ts'
import { textsOf } from './texts.ts'

/** Messages in one transaction: statements are shared, and a poisonous one costs the others only one repetition. */
export const BATCH = 150

/**
 * Reads, matches, maps and files one batch of what was received.
 * @returns how many messages were claimed; 0 when nothing waits
 */
export async function processIntake(house: House, tenant: Tenant, limit = BATCH): Promise<number> {
  const options = { tenant, actor: systemActor(tenant.id, 'report-intake') }
  let claimed: string[] = []
  try {
    return await write(house, options, async (ctx) => {
      const rows = await claimReceived(ctx.tx, tenant.id, limit)
      claimed = rows.map((row) => row.id)
      await processRows(ctx, rows)
      return rows.length
    })
  } catch (error) {
    if (claimed.length === 0 || isConnectionLost(error)) throw error
    house.log.error({ err: error, batch: claimed.length }, 'a batch of messages failed; they are taken one by one')
    for (const id of claimed) await processOne(house, tenant, id)
    return claimed.length
  }
}

async function processOne(house: House, tenant: Tenant, id: string): Promise<void> {
  const options = { tenant, actor: systemActor(tenant.id, 'report-intake') }
  try {
    await write(house, options, async (ctx) => processRows(ctx, await claimMessage(ctx.tx, tenant.id, id)))
  } catch (error) {
    if (isConnectionLost(error)) throw error
    house.log.error({ err: error, intakeId: id }, 'a message could not be filed; it is kept and shown')
    const detail = { fault: [(error as Error).name, (error as { code?: string }).code].filter(Boolean).join(' ') }
    const outcome: Outcome = {
      id,
      state: 'failed',
      reason: 'fault',
      detail,
      reports: 0,
      results: 0,
      waiting: 0,
      unknownCodes: 0,
    }
    await write(house, options, async (ctx) => {
      if ((await claimMessage(ctx.tx, tenant.id, id)).length > 0)
        await settleMessages(ctx.tx, tenant.id, [outcome], ctx.clock.now())
    })
  }
}

interface Filing {
  intake: ReadIntake
  report: IncomingReport
  patientId: string
  sex: 'male' | 'female' | undefined
}

async function processRows(ctx: WriteContext, rows: readonly ClaimedRow[]): Promise<void> {
  if (rows.length === 0) return
  const rules = await findRules(ctx.tx, ctx.organizationId)
  const intakes = await withoutKnown(
    ctx,
    rows.map((row) => readIntake(ctx, row, rules)),
  )
  const whose = await settlePersons(ctx, intakes.flatMap(personsOf))
  const filings: Filing[] = []
  const waiting: WaitingReport[] = []
  for (const intake of intakes)
    for (const report of intake.reports) {
      const owner = whose.get(report.patient)!
      if ('patientId' in owner) filings.push({ intake, report, ...owner })
      else
        waiting.push({
          personId: owner.waitingId,
          intakeId: intake.row.id,
          title: titleOf(report),
          effectiveAt: instantOf(report, intake),
        })
    }
  await noteWaiting(ctx, [...waiting, ...waitingForPeople(intakes, whose)])
  const { stored, unknown } = await file(ctx, filings)
  await addRecords(ctx, intakes, whose)
  await proposeIdentities(ctx, intakes, whose)
  const outcomes = intakes.map((intake) => outcomeOf(intake, whose, filings, stored, unknown))
  await settleMessages(ctx.tx, ctx.organizationId, outcomes, ctx.clock.now())
}

/** What was filed before needs neither a person nor a code, whatever has become ambiguous since. */
async function withoutKnown(ctx: WriteContext, intakes: readonly ReadIntake[]): Promise<ReadIntake[]> {
  const all = intakes.flatMap((intake) => intake.reports.map((report) => ({ intake, report })))
  const known = await knownReports(
    ctx,
    all.map(({ intake, report }) => identityOf(ctx, intake, report)),
  )
  const duplicates = new Set(all.filter((_one, index) => known[index]).map((one) => one.report))
  return intakes.map((intake) => {
    const reports = intake.reports.filter((report) => !duplicates.has(report))
    return { ...intake, reports, duplicates: intake.reports.length - reports.length }
  })
}

function identityOf(ctx: WriteContext, { rule, row }: ReadIntake, report: IncomingReport) {
  const of = { organizationId: ctx.organizationId, sealer: ctx.sealer, rule, format: row.format }
  return {
    sourceSystem: plainText(report.sourceSystem).slice(0, 200),
    sourceReportId: reportKey(report, of),
    fingerprint: Buffer.from(fingerprint(report), 'hex'),
  }
}

function personsOf(intake: ReadIntake) {
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
  const place = reports.length > 0 ? reports.map(fingerprint).join() : row.source
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

type Stored = Map<Filing, StoredReport | 'overlap'>

async function file(
  ctx: WriteContext,
  all: readonly Filing[],
): Promise<{ stored: Stored; unknown: Map<Filing, number> }> {
  const identities = new Map(all.map((filing) => [filing, identityOf(ctx, filing.intake, filing.report)]))
  const keys = new Map([...identities].map(([filing, identity]) => [filing, identity.sourceReportId]))
  const filings = await withoutFiledResults(ctx, all, keys)
  const read = new Map(
    filings.map((filing) => [
      filing,
      filing.report.results.filter((one) => one.status !== 'cancelled').map((one) => readItem(filing.report, one)),
    ]),
  )
  const decisions = await decideCodes(
    ctx,
    [...read.values()].flat().filter((item) => item.problem !== undefined),
  )
  const entries: ReportWithObservations[] = []
  for (const filing of filings) {
    const { intake, report, sex } = filing
    const { finding, impression, others } = textsOf(read.get(filing)!)
    const fallback = instantOf(report, intake)
    entries.push({
      report: {
        id: ctx.ids.next(),
        patientId: filing.patientId,
        category: report.category,
        title: titleOf(report),
        status: report.status,
        ...identities.get(filing)!,
        effectiveAt: fallback,
        issuedAt: report.reportedAt ? new Date(report.reportedAt.at) : null,
        performer: plainText([report.departmentName, report.reportingDoctorName].filter(Boolean).join(' ')).slice(
          0,
          200,
        ),
        finding,
        impression,
        intakeId: intake.row.id,
      },
      observations: others.map((item) =>
        observe(ctx.ids.next(), {
          item,
          decision: decisions.get(item.item.key),
          effectiveAt: item.result.observedAt ? new Date(item.result.observedAt.at) : fallback,
          sex,
          source: report.category === 'physical' ? 'import' : 'lab',
        }),
      ),
    })
  }
  const outcomes = await recordReports(ctx, entries)
  const stored: Stored = new Map(all.map((filing) => [filing, 'overlap' as const]))
  const unknown = new Map<Filing, number>()
  const sightings: { codeId: string; reportId: string }[] = []
  for (const [index, filing] of filings.entries()) {
    const outcome = outcomes[index]!
    stored.set(filing, outcome)
    const codes = new Set(read.get(filing)!.flatMap((item) => decisions.get(item.item.key) ?? []))
    unknown.set(filing, [...codes].filter((code: CodeDecision) => code.state === 'open').length)
    if (outcome.outcome === 'stored' || outcome.outcome === 'superseded')
      for (const code of codes) sightings.push({ codeId: code.id, reportId: outcome.reportId })
  }
  await noteSightings(ctx, sightings)
  return { stored, unknown }
}

function titleOf(report: IncomingReport): string {
  return plainText(
    report.titleName ?? report.titleCode ?? report.results[0]?.panelName ?? report.results[0]?.name ?? '',
  ).slice(0, 200)
}

/** What a report is about is when the sample was taken; without any date, when it came. */
function instantOf(report: IncomingReport, { row }: ReadIntake): Date {
  const at = report.performedAt ?? report.collectedAt ?? report.reportedAt
  return at ? new Date(at.at) : row.received_at
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
