import { checkFields } from '../../../../platform/wechat/fields.ts'
import { isTemplateChannel } from '../../../wechat/contract/words.ts'
import type { WeChatWays } from '../../../wechat/server/index.ts'
import type { TemplateDefinition, TemplateFinding } from '../../contract/template.ts'
import { isPush } from './channel-right.ts'
import { fieldValues } from './compose-wechat.ts'
import { isLiquidError, readsOf, type LiquidValues } from './liquid.ts'

/**
 * What keeps the ladder and the words for WeChat from being published: steps that lack their words, fields that would be
 * empty or too long with the examples, a promotion among the service notices.
 * @param ways the templates that are entered; without them fields are not held against their types
 * @param examples of the template's own variables and the built-in ones, by language
 */
export function checkWeChat(
  template: TemplateDefinition,
  known: ReadonlySet<string>,
  ways: WeChatWays | undefined,
  examples: readonly LiquidValues[],
): TemplateFinding[] {
  const finding = (part: string, kind: TemplateFinding['kind'], what: string): TemplateFinding => ({
    part,
    kind,
    what,
    because: '',
  })
  const { ladder = [], wechat = [], channels, purpose } = template
  const found: TemplateFinding[] = ladder.flatMap((channel, at) => [
    ...(channels.includes(channel) || ladder.indexOf(channel) !== at
      ? [finding('ladder', 'ladder-twice', channel)]
      : []),
    // Behind a way that needs an address alone nothing else is ever tried.
    ...(at > 0 && isPush(channel) && !isPush(ladder[at - 1]!) ? [finding('ladder', 'ladder-order', channel)] : []),
    ...(channel === 'in-app' ? [finding('ladder', 'ladder-order', channel)] : []),
  ])
  if (ladder.includes('sms') && template.sms.length === 0) found.push(finding('sms', 'sms-missing', ''))
  for (const channel of [...ladder, ...channels].filter(isTemplateChannel)) {
    if (!wechat.some((one) => one.channel === channel)) found.push(finding(`wechat.${channel}`, 'wechat-missing', ''))
    // Template messages and notices are for services alone (关于规范公众号模板消息的再次公告, 2023).
    if (purpose === 'promotion') found.push(finding(`wechat.${channel}`, 'wechat-promotion', ''))
  }
  for (const { channel, templateId, values } of wechat) {
    const part = `wechat.${channel}`
    const reads = Object.entries(values).map(([key, source]) => ({ key, ...readsOf(source) }))
    for (const { key, variables, error } of reads) {
      if (error) found.push(finding(part, 'syntax', `${key}: ${error.slice(0, 150)}`))
      found.push(...variables.filter((one) => !known.has(one)).map((one) => finding(part, 'unknown-variable', one)))
    }
    if (reads.some(({ variables, error }) => error || variables.some((one) => !known.has(one))) || !ways) continue
    const way = ways.template(channel, templateId)
    found.push(
      ...(way ? unfitOf(part, values, way.spec, examples, finding) : [finding(part, 'wechat-template', templateId)]),
    )
  }
  return found
}

function unfitOf(
  part: string,
  sources: Readonly<Record<string, string>>,
  spec: Parameters<typeof checkFields>[0],
  examples: readonly LiquidValues[],
  finding: (part: string, kind: TemplateFinding['kind'], what: string) => TemplateFinding,
): TemplateFinding[] {
  const whats = examples.flatMap((values) => {
    try {
      return checkFields(spec, fieldValues(sources, values)).map(
        ({ key, problem, max }) => `${key}: ${problem}${max ? ` ${max}` : ''}`,
      )
    } catch (error) {
      if (isLiquidError(error)) return []
      throw error
    }
  })
  return [...new Set(whats)].map((what) => finding(part, 'wechat-field', what))
}
