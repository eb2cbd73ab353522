import type { ReadContext } from '../../../platform/context/context.ts'
import { wechatWays } from '../../wechat/server/index.ts'
import { segmentsOf } from '../contract/block.ts'
import type { TemplateDefinition, TemplateFinding } from '../contract/template.ts'
import { audiencesOf } from './block-audience.ts'
import { checkTemplate } from './rules/template-check.ts'

/** What keeps a template from being published, with what the database knows of whom it names. */
export async function findingsOf(ctx: ReadContext, template: TemplateDefinition): Promise<TemplateFinding[]> {
  return checkTemplate(template, await wechatWays(ctx), await audiencesOf(ctx, segmentsOf(template.blocks)))
}
