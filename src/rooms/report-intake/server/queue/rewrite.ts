import type { Selectable } from 'kysely'
import { parseResult } from '../../../../clinical/index.ts'
import { systemActor, type WriteContext } from '../../../../platform/context/context.ts'
import { write, type House } from '../../../../platform/context/house.ts'
import {
  observationsOfReports,
  replaceObservations,
  type ObservationRow,
  type Replacement,
} from '../../../observation/server/index.ts'
import { patientSummaries } from '../../../patient/server/index.ts'
import type { IncomingResult } from '../incoming.ts'
import { localCode } from '../process/observe.ts'
import { storedValue } from '../process/value.ts'
import type { LaboratoryCodeTable } from '../table.ts'
import { findSightings, lockCode, noteRewritten } from './code-queue-store.ts'

/** Reports in one transaction. */
const STEP = 300

type Code = Selectable<LaboratoryCodeTable>

/**
 * Brings past results under what was decided about their code, step by step; each step counts itself in its own
 * transaction, so that a killed worker goes on where it was. A decision that is changed meanwhile starts anew.
 */
export async function rewritePast(house: House, organizationId: string, codeId: string): Promise<void> {
  const tenant = await house.tenant(organizationId)
  const options = { tenant, actor: systemActor(organizationId, 'report-intake') }
  for (let goesOn = true; goesOn;) goesOn = await write(house, options, (ctx) => rewriteStep(ctx, codeId))
}

async function rewriteStep(ctx: WriteContext, codeId: string): Promise<boolean> {
  const code = await lockCode(ctx.tx, ctx.organizationId, codeId)
  if (!code || code.rewrite_state !== 'running') return false
  const reportIds = await findSightings(ctx.tx, ctx.organizationId, codeId, code.rewrite_after, STEP)
  const observations = (await observationsOfReports(ctx, reportIds)).filter((row) => labOf(row) === codeId)
  const people = await patientSummaries(ctx, [...new Set(observations.map((row) => row.patient_id))])
  const replacements = observations.flatMap((row) => {
    const sex = people.get(row.patient_id)?.sex
    return replacementOf(ctx, code, row, sex === 'male' || sex === 'female' ? sex : undefined) ?? []
  })
  await replaceObservations(ctx, replacements, 'code-mapped')
  const last = reportIds.length < STEP ? null : (reportIds.at(-1) ?? null)
  return (
    (await noteRewritten(ctx.tx, ctx.organizationId, codeId, code.version, reportIds.length, last)) && last !== null
  )
}

const labOf = (row: ObservationRow) => (row.original as { lab?: string } | null)?.lab

/** The same result under what was decided; undefined when it stands there already. */
function replacementOf(
  ctx: WriteContext,
  code: Code,
  row: ObservationRow,
  sex: 'male' | 'female' | undefined,
): Replacement | undefined {
  const sent = sentOf(row)
  const target =
    code.state === 'mapped'
      ? (code.target ?? undefined)
      : code.state === 'open' && code.problem === 'likely'
        ? (code.proposed ?? undefined)
        : undefined
  const parsed =
    sent.value === null
      ? parseResult(sent.text)
      : {
          kind: 'number' as const,
          value: sent.value,
          text: sent.text,
          ...(row.comparator ? { comparator: row.comparator } : {}),
        }
  const result: IncomingResult = {
    sequence: 0,
    codes: [],
    name: code.name,
    valueText: sent.text,
    valueType: '',
    status: 'final',
    ...(row.range_text ? { rangeText: row.range_text } : {}),
    ...(row.flag ? { flagText: row.flag } : {}),
  }
  const unit = code.as_unit ?? code.unit
  const printed = { result, parsed, unit, sex }
  let stored = storedValue(target, printed)
  const problem = stored.problem
  if (problem !== undefined) stored = storedValue(undefined, { ...printed, unit: code.unit })
  const filed = problem === undefined ? target : undefined
  const { problem: _, sent: converted, ...columns } = stored
  const kept = row.original as Record<string, unknown>
  const { value: __, likely: ___, problem: ____, meant: _____, ...rest } = kept
  const isLikely = code.state === 'open' && code.problem === 'likely'
  const original = {
    ...rest,
    name: code.name,
    code: code.code,
    system: code.system,
    ...(code.unit ? { unit: code.unit } : {}),
    ...(converted ? { value: converted.value } : {}),
    ...(isLikely ? { likely: true } : {}),
    ...(problem ? { problem, meant: target } : {}),
  }
  const next = filed ?? localCode(code)
  if (
    next === row.code &&
    columns.value === row.value &&
    columns.unit === row.unit &&
    isLikely === (kept['likely'] === true)
  )
    return undefined
  return {
    former: row,
    observation: {
      id: ctx.ids.next(),
      code: next,
      effectiveAt: row.effective_at,
      ...columns,
      method: row.method,
      original,
      reportId: row.report_id,
      source: row.source,
      authorId: row.author_id,
    },
  }
}

/** Value and text as the laboratory sent them, whatever the result is filed under just now. */
function sentOf(row: ObservationRow): { value: number | null; text: string } {
  const value = (row.original as { value?: number } | null)?.value ?? row.value
  return { value, text: row.value_text ?? (value === null ? '' : String(value)) }
}
