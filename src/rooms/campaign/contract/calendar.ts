import { z } from 'zod'
import { bilingual, endpoint, pageOf, pageQuery } from '../../../platform/contract/index.ts'
import type { CampaignDefinition } from './definition.ts'
import { campaignId, campaignState, versionState } from './words.ts'

export const DAY_KINDS = ['health', 'term', 'festival'] as const

export const calendarLine = z.object({
  code: z.string(),
  name: bilingual,
  kind: z.enum(DAY_KINDS),
  /** Its next date, today included. */
  next: z.string(),
  topics: z.array(z.string()),
  generalOnly: z.boolean(),
  mourning: z.boolean(),
  /** Campaigns that begin with this day and have not ended, by their newest version. */
  campaigns: z.array(z.object({ id: campaignId, name: bilingual, state: campaignState, versionState })),
})
export type CalendarLine = z.infer<typeof calendarLine>

export const readCalendar = endpoint({
  name: 'campaign.calendar',
  method: 'GET',
  path: '/campaign-calendar',
  summary: 'Health days, solar terms and festivals, the next first, each with what is planned for it',
  gate: { permission: 'campaign.read', audit: { none: 'says nothing of anybody' } },
  query: pageQuery.extend({ kind: z.enum(DAY_KINDS).optional() }),
  output: pageOf(calendarLine),
})

/** All of them at once, for a choice. */
export const ALL_DAYS = { query: { limit: 200 } }

/** Whom a day is for, by age and sex alone: nobody is chosen by what they suffer from. Else every adult. */
const PEOPLE: Record<string, CampaignDefinition['audience']> = {
  child: { age: { op: '<', years: 18 } },
  men: { all: [{ sex: 'male' }, { age: { op: '>=', years: 18 } }] },
  age: { age: { op: '>=', years: 60 } },
}
const ADULTS: CampaignDefinition['audience'] = { age: { op: '>=', years: 18 } }

/**
 * What a campaign for a day begins with (S3-21): everything but the words, their English and what they rest on. Without
 * these it cannot be handed in, and a second person approves it like any other.
 */
export function draftForDay({ code, name, kind, topics }: Pick<CalendarLine, 'code' | 'name' | 'kind' | 'topics'>) {
  const isHealth = kind === 'health'
  const chosen = topics.map((topic) => PEOPLE[topic]).find((people) => people !== undefined)
  return {
    name,
    goal: isHealth ? 'knowledge' : 'membership',
    aim: isHealth ? `到${name.zh}，会员知道一件自己能做的小事` : `${name.zh}问候会员，不推荐任何东西`,
    success: isHealth ? { measure: 'read', targetPercent: 40 } : { measure: 'delivered', targetPercent: 90 },
    audience: chosen ?? ADULTS,
    trigger: { kind: 'calendar', day: code, leadDays: 0, clock: '09:30', perHour: 5000 },
    leaveWhen: null,
    path: [
      {
        id: 'send-1',
        kind: 'send',
        template: isHealth ? 'health-day' : 'festival-greeting',
        how: 'each',
        validHours: 10,
        values: { dayName: name.zh, dayNameEn: name.en, words: '', wordsEn: '', ...(isHealth ? { source: '' } : {}) },
      },
    ],
    sources: [],
  } satisfies CampaignDefinition
}
