import { asksForItself } from '../../../platform/condition/circle.ts'
import {
  checkCondition,
  forAudience,
  sayFault,
  type Condition,
  type ConditionFault,
} from '../../../platform/condition/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Problem } from '../../../platform/contract/index.ts'

/**
 * What is wrong with the condition of a segment: what tells of mind and mood chooses nobody (R2), and it may not ask for
 * itself.
 */
export async function faultsOfSegment(ctx: ReadContext, condition: Condition, id?: string): Promise<ConditionFault[]> {
  const faults = await checkCondition(ctx, condition)
  if (faults.length > 0) return faults
  const admission = await forAudience(ctx, condition)
  if ('faults' in admission) return admission.faults
  if (id && (await asksForItself(ctx, condition, { kind: 'segment', code: id })))
    return [{ code: 'SegmentCircle', value: '' }]
  return []
}

/** @throws the refusal with the first fault in words */
export function refuseFaulty(
  ctx: Pick<ReadContext, 'facts' | 'locale'>,
  faults: readonly ConditionFault[],
  refusal: (values: Record<string, string | number>) => Problem,
): void {
  const [first, ...rest] = faults.map((fault) => sayFault(ctx, fault))
  if (first) throw refusal({ fault: ctx.locale === 'en' ? first.text.en : first.text.zh, more: rest.length })
}
