import type { WriteContext } from '../../../../platform/context/context.ts'
import { readBundleBytes } from '../fhir/read-bundle.ts'
import { readFrame } from '../hl7/read-message.ts'
import type { IncomingPatient, IncomingReport } from '../incoming.ts'
import type { IncomingAppointment } from '../incoming-appointment.ts'
import type { IncomingRecord } from '../incoming-record.ts'
import { openOriginal } from '../receive/original.ts'
import { openFrame, withTestsSetAside } from '../receive/hl7.ts'
import type { IntakeDetail } from '../receive/received.ts'
import { ruleFor, type SourceRule } from '../source-rule.ts'
import { readTableReport } from '../table/read-report.ts'
import type { Channel, Format } from '../table.ts'

export interface ClaimedRow {
  id: string
  channel: Channel
  format: Format
  source: string
  peer: string
  sealed: Buffer
  size_bytes: number
  received_at: Date
}

/** A kept message, read. */
export interface ReadIntake {
  row: ClaimedRow
  rule: SourceRule
  reports: IncomingReport[]
  /** How many more it brought that were there already. */
  duplicates: number
  /** What a source tells beside reports: conditions, drugs, encounters. */
  record: IncomingRecord | undefined
  appointments: IncomingAppointment[]
  /** People whom the message is about without bringing a report: ADT, SIU, a FHIR Patient. */
  patients: IncomingPatient[]
  /** Its identity may differ from ours and is then proposed, never taken over. */
  isIdentityMessage: boolean
  detail: IntakeDetail | null
}

export function readIntake(ctx: WriteContext, row: ClaimedRow, rules: readonly SourceRule[]): ReadIntake {
  const bytes = openOriginal(ctx.sealer, ctx.organizationId, row.sealed, row.size_bytes)
  // The receiver's name stands in the message alone; it is asked for only where a rule does.
  const receiving =
    row.format === 'hl7' && rules.some((one) => one.receiving !== '') ? openFrame(bytes, row.peer).sender.receiving : ''
  const rule = ruleFor(rules, { sending: row.source, receiving, address: row.peer })
  const zone = rule.timeZone ?? ctx.tenant.timeZone
  const nothing = {
    row,
    rule,
    reports: [],
    duplicates: 0,
    record: undefined,
    appointments: [],
    patients: [],
    isIdentityMessage: false,
    detail: null,
  }
  if (row.format === 'fhir') return { ...nothing, ...readFhir(bytes, row.source, zone) }
  if (row.format === 'table') return { ...nothing, reports: [readTableReport(bytes)] }
  const frame = withTestsSetAside(readFrame(bytes, { zone }), rule)
  const outcomes = frame.messages.map((read) => read.outcome)
  const patients = outcomes.flatMap((outcome) => (outcome.kind === 'patient' ? [outcome.patient] : []))
  const appointments = outcomes.flatMap((outcome) => (outcome.kind === 'appointment' ? [outcome.appointment] : []))
  const refused = outcomes.flatMap((outcome) => (outcome.kind === 'refused' ? [outcome.reason] : []))
  return {
    ...nothing,
    reports: outcomes.flatMap((outcome) => (outcome.kind === 'reports' ? outcome.reports : [])),
    appointments,
    patients: [...patients, ...appointments.map(({ patient }) => patient)],
    isIdentityMessage: patients.length > 0,
    detail: refused.length > 0 ? { issues: refused } : null,
  }
}

const ISSUES_KEPT = 50

function readFhir(bytes: Buffer, sourceSystem: string, zone: string): Partial<ReadIntake> {
  const outcome = readBundleBytes(bytes, { sourceSystem, zone })
  const issues = outcome.issues
    .slice(0, ISSUES_KEPT)
    .map(({ diagnostics, expression }) => ({ ...diagnostics, expression }))
  const detail = issues.length > 0 ? { issues } : null
  if (outcome.kind === 'refused') return { detail }
  const { record } = outcome
  return { reports: record.reports, record, patients: record.patients.map((one) => one.patient), detail }
}
