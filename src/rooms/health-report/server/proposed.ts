import type { ReadContext } from '../../../platform/context/context.ts'
import { tellsOfHepatitisB } from '../../../clinical/index.ts'
import { tagsOf, type StandingTag } from '../../tag/server/index.ts'
import type { Conclusion } from '../contract/words.ts'
import type { AbnormalItem } from './render/report-document.ts'

const SEVERITY: Record<StandingTag['tone'], Conclusion['severity']> = {
  danger: 'high-risk',
  caution: 'positive',
  info: 'risk-factor',
  neutral: 'risk-factor',
}
const BASIS_MOST = 6

/**
 * Conclusions to begin with: the clinical tags that stand, each with its plain explanation. A doctor edits them; nothing
 * here is a diagnosis.
 */
export async function proposedConclusions(
  ctx: ReadContext,
  patientId: string,
  abnormalItems: readonly AbnormalItem[],
): Promise<Conclusion[]> {
  const zh = ctx.locale === 'zh-CN'
  const tags = (await tagsOf(ctx, patientId)).filter(
    (tag) => tag.source !== null && tag.tone !== 'neutral' && tag.code !== 'child' && tag.code !== 'adolescent',
  )
  const abnormal = abnormalItems
    .slice(0, BASIS_MOST)
    .map((item) => `${item.name} ${item.value}${item.unit ? ` ${item.unit}` : ''} ${item.flag}`)
  return tags
    .map((tag) => ({
      title: zh ? tag.name.zh : tag.name.en,
      basis: tag.tone === 'danger' || tag.tone === 'caution' ? abnormal.join('；') : '',
      advice: zh ? tag.explanation.zh : tag.explanation.en,
      severity: SEVERITY[tag.tone],
    }))
    .filter(({ title, advice }) => !tellsOfHepatitisB(`${title} ${advice}`))
}
