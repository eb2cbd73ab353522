import type { ReadContext } from '../../../platform/context/context.ts'
import { isTemplateChannel } from '../../wechat/contract/words.ts'
import type { WeChatWays } from '../../wechat/server/index.ts'
import { topicOf } from '../contract/topic.ts'
import type { Channel } from '../contract/words.ts'
import type { TemplateDefinition } from '../contract/template.ts'
import type { Addressee } from './facts-store.ts'
import type { Office } from './office.ts'
import { onlyOf } from './right.ts'
import { isPush, rungVerdict, type PushChannel, type Reach } from './rules/channel-right.ts'
import { smsTemplateOf } from './rules/compose-sms.ts'
import { wechatTextsOf } from './rules/compose-wechat.ts'
import type { MessageRow } from './store.ts'

/** The ladder of a message, or its one channel. */
export function ladderOf(
  { rung, channel }: Pick<MessageRow, 'rung' | 'channel'>,
  definition: TemplateDefinition | undefined,
): readonly Channel[] {
  const ladder = definition?.ladder ?? []
  return rung === null || !ladder.includes(channel) ? [channel] : ladder
}

export interface WantedWay {
  channel: PushChannel
  /** The platform's template; '' where the channel has none. */
  template: string
  apps: readonly string[]
}

/** What is needed to go by a channel of WeChat or WeCom; undefined: it is not set up. */
export function wantedBy(
  channel: PushChannel,
  definition: TemplateDefinition | undefined,
  ways: WeChatWays,
): WantedWay | undefined {
  if (!isTemplateChannel(channel)) {
    const apps = ways.appsOf(channel)
    return apps.length > 0 ? { channel, template: '', apps } : undefined
  }
  const own = definition && wechatTextsOf(definition, channel)
  const way = own && ways.template(channel, own.templateId)
  return way && !way.broken ? { channel, template: way.templateId, apps: [way.app] } : undefined
}

function isBroken(channel: Channel, definition: TemplateDefinition | undefined, ways: WeChatWays): boolean {
  if (!isPush(channel) || !isTemplateChannel(channel)) return false
  const own = definition && wechatTextsOf(definition, channel)
  return (own && ways.template(channel, own.templateId)?.broken) ?? false
}

export type WayChoice =
  | { kind: 'open'; channel: Channel; rung: number; skipped: string[] }
  /**
   * @property known somebody is known by an account at all
   * @property broken a way is shut for everybody until somebody mends its template
   */
  | { kind: 'shut'; skipped: string[]; known: boolean; broken: boolean }

/**
 * The first step of a message's ladder that is open at this moment: set up, not refused by the person, with a right or an
 * address. `skipped` says of each step before it why not, as `channel:reason`.
 */
export function chooseWay(
  ctx: Pick<ReadContext, 'clock'>,
  row: MessageRow,
  to: Addressee,
  definition: TemplateDefinition | undefined,
  office: Office & { wechat: WeChatWays },
  reach: Reach,
): WayChoice {
  const now = ctx.clock.now()
  const ladder = ladderOf(row, definition)
  const skipped: string[] = []
  for (const [rung, channel] of ladder.entries()) {
    if (rung < (row.rung ?? 0)) continue
    const why = whyNot(channel)
    if (!why) return { kind: 'open', channel, rung, skipped }
    skipped.push(`${channel}:${why}`)
  }
  const broken = ladder.slice(row.rung ?? 0).some((channel) => isBroken(channel, definition, office.wechat))
  return { kind: 'shut', skipped, known: reach.rights.length > 0, broken }

  function whyNot(channel: Channel): string | undefined {
    const person = to.person(row.purpose, channel, { topic: topicOf(row), urgent: row.urgent })
    if (person.optedOut) return 'opted-out'
    if (isPush(channel)) {
      const wanted = wantedBy(channel, definition, office.wechat)
      if (!wanted) return 'not-set-up'
      const verdict = rungVerdict(wanted, onlyOf(reach, wanted.apps), now)
      return verdict.ok ? undefined : verdict.because
    }
    if (!person.hasAddress || person.suppressed) return 'no-address'
    const lacksWords =
      channel === 'sms' && (!office.sms || !definition || !smsTemplateOf(definition, office.sms.provider))
    return lacksWords ? 'not-set-up' : undefined
  }
}

/** The same person as the gate has to see them by a way of WeChat or WeCom. */
export function byPush(to: Addressee, right: boolean, known: boolean, why: readonly string[]): Addressee {
  return {
    ...to,
    person: (purpose, channel, about) => ({
      ...to.person(purpose, channel, about),
      ownAddressOnly: false,
      suppressed: null,
      hasAddress: known,
      right,
      whyNot: why.join(' '),
    }),
  }
}
