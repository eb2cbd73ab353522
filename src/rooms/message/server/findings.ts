import type { ReadContext } from '../../../platform/context/context.ts'
import { wechatWays } from '../../wechat/server/index.ts'
import { segmentsOf } from '../contract/block.ts'
import type { TemplateDefinition, TemplateFinding } from '../contract/template.ts'
import type { TemplateWarning } from '../contract/template-warning.ts'
import { audiencesOf } from './block-audience.ts'
import { readOffice, type Office } from './office.ts'
import { checkTemplate } from './rules/template-check.ts'
import { warningsOf } from './rules/widest.ts'

/** What keeps a template from being published, with what the database knows of whom it names. */
export async function findingsOf(ctx: ReadContext, template: TemplateDefinition): Promise<TemplateFinding[]> {
  return checkTemplate(template, await wechatWays(ctx), await audiencesOf(ctx, segmentsOf(template.blocks)))
}

/** Where it becomes too long for some people, by the accounts that stand. */
export async function lengthWarnings(
  ctx: ReadContext,
  template: TemplateDefinition,
  office?: Office,
): Promise<TemplateWarning[]> {
  const { from, sms } = office ?? (await readOffice(ctx))
  return warningsOf(template, from, { sms, wechat: await wechatWays(ctx) })
}
