import type { WriteContext } from '../../../platform/context/context.ts'
import { testBeyond } from './match.ts'
import { findCorrected, noteResult, type Corrected } from './recorded-store.ts'
import { findRuleVersion } from './rule-store.ts'
import { findRecipients, insertEvent, updateAlert, type AlertRow } from './store.ts'
import { notifyStaff } from '../../message/server/index.ts'
import { keepUntold } from './untold.ts'
import { readingWords, wordsOf } from './words.ts'

/**
 * Marks open alerts whose result was corrected or withdrawn since, and tells whoever has them. None closes by itself:
 * somebody may have called the person already, and a wrong result has to be taken back with them as well.
 */
export async function markCorrected(ctx: WriteContext, patientIds: readonly string[]): Promise<void> {
  for (const { alert, now } of await findCorrected(ctx.tx, ctx.organizationId, patientIds)) {
    if (now) await putCorrected(ctx, alert, now)
    else await putWithdrawn(ctx, alert)
  }
}

async function putCorrected(ctx: WriteContext, alert: AlertRow, now: NonNullable<Corrected['now']>): Promise<void> {
  const at = ctx.clock.now()
  const rule = alert.rule_code
    ? await findRuleVersion(ctx.tx, ctx.organizationId, alert.rule_code, alert.rule_version!)
    : undefined
  const still = rule ? testBeyond(rule.definition, now) !== undefined : true
  const { value, comparator, unit, low, high, range_text, flag } = now
  const after = await updateAlert(ctx.tx, alert, {
    observation_id: now.id,
    effective_at: now.effective_at,
    value,
    comparator,
    unit,
    low,
    high,
    range_text,
    flag,
    corrected_at: at,
  })
  await keepUntold(ctx, alert.id, now.id)
  // The corrected result has its alert already.
  if (alert.rule_code)
    await noteResult(ctx.tx, ctx.organizationId, {
      ruleCode: alert.rule_code,
      observationId: now.id,
      alertId: alert.id,
      at,
    })
  const { locale } = ctx.tenant
  const detail = {
    before: readingWords(alert, locale),
    reading: readingWords(after, locale),
    still: still ? 'yes' : 'no',
  }
  await insertEvent(ctx.tx, { kind: 'corrected', before: alert.state, after, detail, by: { id: null, name: '' }, at })
  await tellHolders(ctx, after)
}

async function putWithdrawn(ctx: WriteContext, alert: AlertRow): Promise<void> {
  const at = ctx.clock.now()
  const after = await updateAlert(ctx.tx, alert, { withdrawn: true, corrected_at: at })
  const detail = { before: readingWords(alert, ctx.tenant.locale) }
  await insertEvent(ctx.tx, { kind: 'withdrawn', before: alert.state, after, detail, by: { id: null, name: '' }, at })
  await tellHolders(ctx, after)
}

/** Whoever has it in hand; before that, everybody who was told. */
async function tellHolders(ctx: WriteContext, alert: AlertRow): Promise<void> {
  const told = alert.handler_id
    ? [alert.handler_id]
    : (await findRecipients(ctx.tx, ctx.organizationId, alert.id)).map(({ staff_id }) => staff_id)
  const { title, patientName } = await wordsOf(ctx, alert)
  for (const staffId of told)
    await notifyStaff(ctx, staffId, {
      kind: 'alert-corrected',
      values: { class: alert.class, title: `${patientName} ${title}` },
      link: `/alerts?alert=${alert.id}`,
      sourceKey: `alert-corrected:${alert.id}:${alert.version}`,
    })
}
