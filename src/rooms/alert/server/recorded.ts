import type { WriteContext } from '../../../platform/context/context.ts'
import type { PayloadOf } from '../../../platform/contract/index.ts'
import type { observationsRecorded } from '../../observation/contract/events.ts'
import { seriesOf } from '../../observation/server/index.ts'
import { patientSummaries, type PatientSummary } from '../../patient/server/index.ts'
import { markCorrected } from './correct.ts'
import { keepUntold } from './untold.ts'
import { isAbout, isNews, testBeyond } from './match.ts'
import { raiseAlert } from './raise.ts'
import { findAlertToJoin, findFresh, isNoted, noteResult, withOwners, type Fresh } from './recorded-store.ts'
import { findRulesInForce, type RuleRow } from './rule-store.ts'
import { insertEvent, updateAlert } from './store.ts'
import { readingWords } from './words.ts'

/** A result that is older than this when it comes is history that was handed in later, and raises nothing. */
const FRESH_DAYS = 30

interface Found {
  rule: RuleRow
  value: Fresh
  patient: PatientSummary
}

/**
 * Holds what has just come into the records of people against the rules in force. Running again changes nothing: which
 * result has raised which rule is noted in the transaction of the alert.
 */
export async function holdAgainstRules(
  ctx: WriteContext,
  { patientIds: told, recordedAt }: PayloadOf<typeof observationsRecorded>,
): Promise<void> {
  const patientIds = await withOwners(ctx.tx, ctx.organizationId, told)
  await markCorrected(ctx, patientIds)
  const rules = await findRulesInForce(ctx.tx, ctx.organizationId)
  if (rules.length === 0) return
  for (const found of await findNews(ctx, rules, patientIds, new Date(recordedAt))) await raiseFor(ctx, found)
}

async function findNews(
  ctx: WriteContext,
  rules: readonly RuleRow[],
  patientIds: readonly string[],
  recordedFrom: Date,
): Promise<Found[]> {
  const codes = [...new Set(rules.flatMap(({ definition }) => definition.tests.map(({ code }) => code)))]
  const effectiveFrom = new Date(recordedFrom.getTime() - FRESH_DAYS * 86_400_000)
  const fresh = await findFresh(ctx.tx, ctx.organizationId, { patientIds, codes, recordedFrom, effectiveFrom })
  const beyond = fresh.flatMap((value) =>
    rules
      // A rule counts from its confirmation: what came before it was nobody's to watch.
      .filter(
        (rule) =>
          rule.confirmed_at !== null && rule.confirmed_at <= value.recorded_at && testBeyond(rule.definition, value),
      )
      .map((rule) => ({ rule, value })),
  )
  if (beyond.length === 0) return []
  const patients = await patientSummaries(ctx, [...new Set(beyond.map(({ value }) => value.patient_id))])
  const found: Found[] = []
  for (const { rule, value } of beyond) {
    const patient = patients.get(value.patient_id)
    if (!patient || !isAbout(rule.definition, patient)) continue
    if (await isNewsOf(ctx, rule, value)) found.push({ rule, value, patient })
  }
  return found
}

async function isNewsOf(ctx: WriteContext, { definition }: RuleRow, value: Fresh): Promise<boolean> {
  if (definition.occurs === 'every') return true
  const series = await seriesOf(
    ctx,
    value.patient_id,
    definition.tests.map(({ code }) => code),
  )
  const earlier = [...series.values()].flat().map((row) => ({ ...row, effectiveAt: row.effective_at }))
  return isNews(definition, { ...value, effectiveAt: value.effective_at }, earlier)
}

async function raiseFor(ctx: WriteContext, { rule, value, patient }: Found): Promise<void> {
  if (await isNoted(ctx.tx, ctx.organizationId, rule.code, value.id)) return
  const at = ctx.clock.now()
  const note = async (alertId: string) => {
    await keepUntold(ctx, alertId, value.id)
    return noteResult(ctx.tx, ctx.organizationId, { ruleCode: rule.code, observationId: value.id, alertId, at })
  }
  const open = await findAlertToJoin(ctx.tx, ctx.organizationId, {
    patientId: patient.id,
    ruleCode: rule.code,
    effectiveAt: value.effective_at,
  })
  if (open) {
    if (!(await note(open.id))) return
    const after = await updateAlert(ctx.tx, open, {})
    const detail = { reading: readingWords(value, ctx.tenant.locale), at: value.effective_at.toISOString() }
    await insertEvent(ctx.tx, { kind: 'repeated', before: open.state, after, detail, by: { id: null, name: '' }, at })
    return
  }
  const { id: observation_id, code, value: number, comparator, unit, low, high, range_text, flag } = value
  const raised = await raiseAlert(ctx, {
    patientId: patient.id,
    class: rule.definition.class,
    title: ctx.tenant.locale === 'en' ? rule.definition.name.en : rule.definition.name.zh,
    source: 'rule',
    sourceKey: `${rule.code}:${value.id}`,
    effectiveAt: value.effective_at,
    reading: {
      rule_code: rule.code,
      rule_version: rule.version,
      code,
      observation_id,
      value: number,
      comparator,
      unit,
      low,
      high,
      range_text,
      flag,
    },
  })
  if (raised) await note(raised.id)
}
