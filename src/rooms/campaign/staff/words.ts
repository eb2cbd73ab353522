import { useLocale, type T, type Tone } from '../../../platform/web/index.ts'
import type { CampaignLine } from '../contract/campaign.ts'
import { NO_REASON, type PeopleFilter } from '../contract/outcome.ts'
import type { CampaignDefinition, Step, Trigger, WaitStep } from '../contract/definition.ts'

export type Named = { zh: string; en: string }
export type Lang = 'zh' | 'en'
export const useLang = (): Lang => (useLocale() === 'en' ? 'en' : 'zh')

/** What a campaign is at: its own state, and before its start that of its newest version. */
export function stateOf({ state, versionState }: Pick<CampaignLine, 'state' | 'versionState'>): string {
  return state === 'preparing' ? versionState : state
}

export const TONES: Record<string, Tone> = {
  draft: 'low',
  submitted: 'due',
  approved: 'due',
  running: 'good',
  paused: 'due',
  cancelled: 'plain',
  finished: 'plain',
}

export function triggerWords(t: T, trigger: Trigger, dayName?: string): string {
  switch (trigger.kind) {
    case 'once':
      return trigger.perHour ? t('trigger.onceWaves', { count: trigger.perHour }) : t('trigger.once')
    case 'begins':
      return t(`trigger.begins_${trigger.again}`)
    case 'fact':
      return t(`trigger.fact_${trigger.fact}`)
    case 'date':
      return t(`trigger.date_${trigger.date}`)
    case 'calendar':
      return t(trigger.leadDays > 0 ? 'trigger.calendarBefore' : 'trigger.calendar', {
        day: dayName ?? trigger.day,
        days: trigger.leadDays,
        clock: trigger.clock,
      })
    default:
      return t('trigger.monthly', { day: trigger.dayOfMonth, clock: trigger.clock })
  }
}

/** A wait in words: 预约前 1 天, 等 2 天, 到 9:30. */
export function waitWords(t: T, { until }: WaitStep, sentence?: string): string {
  if ('after' in until) return t('path.after', { time: spanWords(t, until.after) })
  if ('clock' in until) return t('path.clock', { clock: until.clock })
  if ('condition' in until) return t('path.until', { what: sentence ?? '', days: until.atMostDays })
  const { days, hours, clock } = until.anchor
  const span = spanWords(t, { days: Math.abs(days), hours: Math.abs(hours) })
  const way = days < 0 || (days === 0 && hours < 0) ? 'before' : days === 0 && hours === 0 ? 'at' : 'later'
  return t(`path.anchor_${way}`, { span }) + (clock ? t('path.atClock', { clock }) : '')
}

function spanWords(t: T, { days, hours }: { days: number; hours: number }): string {
  return [days > 0 ? t('path.days', { count: days }) : '', hours > 0 ? t('path.hours', { count: hours }) : '']
    .filter(Boolean)
    .join(' ')
}

/** A name for the next step of a kind that no step has yet. */
export function freshId(steps: readonly Step[], kind: string): string {
  const taken = new Set(steps.map(({ id }) => id))
  for (let n = 1; ; n++) if (!taken.has(`${kind}-${n}`)) return `${kind}-${n}`
}

export function emptyDefinition(): Partial<CampaignDefinition> {
  return {
    success: { measure: 'read', targetPercent: 30 },
    audience: null,
    trigger: { kind: 'once', perHour: 1000 },
    leaveWhen: null,
    path: [],
    sources: [],
  }
}

const percent = (value: number) => `${Math.round(value * 1000) / 10} %`

/** 42 % (39–45 %), n = 1,024; below thirty only how many. */
export function shareWords(
  t: T,
  share: { n: number; count: number; share: number | null; low: number | null; high: number | null },
): string {
  if (share.share === null) return t('results.few', { count: share.count, n: share.n })
  return t('results.share', {
    share: percent(share.share),
    low: percent(share.low!),
    high: percent(share.high!),
    n: share.n,
  })
}

type Asked = Omit<PeopleFilter, 'state'> & { state?: string | undefined }
const because = (t: T, key: string, reason: string | undefined) =>
  reason === undefined || reason === NO_REASON ? undefined : t(`${key}.${reason}`)
const joined = (parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(' · ')

/** 已离开 · 提前离开 */
export function peopleLineWords(t: T, { state, reason }: Asked): string {
  return joined([state && t(`runState.${state}`), because(t, 'runReason', reason)])
}

/** 短信 · 未发 · 免打扰; `m` has the texts of messages. */
export function messageLineWords(m: T, { channel, message, messageReason }: Asked): string {
  return joined([
    channel && m(`channel.${channel}`),
    message && m(`state.${message}`),
    because(m, 'reason', messageReason),
  ])
}
