import { indicatorByCode } from '../../../clinical/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { PatientId, StaffId } from '../../../platform/contract/index.ts'
import { nameOf, printUnit } from '../../observation/server/index.ts'
import type { Flag } from '../../observation/contract/record.ts'
import type { PatientSummary } from '../../patient/server/index.ts'
import type { AlertId, AlertLine } from '../contract/words.ts'
import type { NamedAlertRow } from './list-store.ts'
import { actsFor } from './rules.ts'

/** An alert as the board shows it. */
export function lineOf(ctx: ReadContext, row: NamedAlertRow, patient: PatientSummary): AlertLine {
  const ruleName = ctx.locale === 'en' ? row.rule_name_en : row.rule_name_zh
  return {
    id: row.id as AlertId,
    class: row.class,
    state: row.state,
    title: ruleName || row.title,
    result: resultOf(ctx, row),
    patient: {
      id: patient.id,
      name: patient.name,
      sex: patient.sex,
      ageYears: patient.ageYears,
      phoneMasked: patient.phoneMasked,
      doctorName: patient.doctorName,
      deceased: patient.state === 'deceased',
    },
    effectiveAt: row.effective_at.toISOString(),
    raisedAt: row.raised_at.toISOString(),
    dueAt: row.due_at?.toISOString() ?? null,
    late: row.state !== 'closed' && (row.level > 0 || (row.due_at !== null && row.due_at <= ctx.clock.now())),
    level: row.level,
    handler: row.handler_id ? { id: row.handler_id as StaffId, name: row.handler_name ?? '' } : null,
    correctedAt: row.corrected_at?.toISOString() ?? null,
    withdrawn: row.withdrawn,
    closedAt: row.closed_at?.toISOString() ?? null,
    closedResult: row.result,
    version: row.version,
    can: ctx.actor.permissions.has('alert.handle') ? actsFor(row, ctx.actor.id) : [],
  }
}

function resultOf(ctx: ReadContext, row: NamedAlertRow): AlertLine['result'] {
  if (row.code === null) return null
  const indicator = indicatorByCode(row.code)
  return {
    code: row.code,
    name: nameOf(row.code, ctx.locale),
    value: row.value,
    comparator: row.comparator,
    decimals: indicator?.kind === 'number' ? indicator.decimals : 2,
    unitPrinted: printUnit(row.unit, ctx.locale),
    low: row.low,
    high: row.high,
    rangeText: row.range_text,
    flag: row.flag as Flag | null,
  }
}

/** A person whose file is gone from the reader's sight is still somebody with a name. */
export function unknownPatient(row: NamedAlertRow): PatientSummary {
  return {
    id: row.patient_id as PatientId,
    name: row.patient_name,
    sex: 'unknown',
    ageYears: null,
    phoneMasked: null,
    doctorName: null,
    state: 'active',
  } as PatientSummary
}
