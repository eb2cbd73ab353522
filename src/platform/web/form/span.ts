import { addDays } from '../../clock.ts'

/** Calendar dates, both included. */
export interface DaySpan {
  from: string
  until: string
}

export const SPAN_KEYS = ['month', 'days30', 'days90', 'year'] as const

/** Spans that are asked for most. */
export const SPANS: Record<(typeof SPAN_KEYS)[number], (today: string) => DaySpan> = {
  month: (today) => {
    const until = addDays(`${today.slice(0, 7)}-01`, -1)
    return { from: `${until.slice(0, 7)}-01`, until }
  },
  days30: (today) => ({ from: addDays(today, -29), until: today }),
  days90: (today) => ({ from: addDays(today, -89), until: today }),
  year: (today) => ({ from: addDays(today, -364), until: today }),
}

/** Without a word: the last thirty days. */
export const spanOf = ({ from, until }: { from?: string | undefined; until?: string | undefined }, today: string) => ({
  from: from ?? SPANS.days30(today).from,
  until: until ?? today,
})
