import { z } from 'zod'
import { addDays } from '../../../platform/clock.ts'
import { CARE_FIGURES, PARTS, SCOPES } from '../contract/care-figures.ts'

/** What the page shows stands in its address: a number can be sent to a colleague. */
export const addressSchema = z.object({
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
  scope: z.enum(SCOPES).optional(),
  figure: z.enum(CARE_FIGURES).optional(),
  pathway: z.string().optional(),
  part: z.enum(PARTS).optional(),
})
export type Address = z.output<typeof addressSchema>

export interface Days {
  from: string
  until: string
}

/** Spans that are asked for most. */
export const PERIODS: Record<'month' | 'days30' | 'days90' | 'year', (today: string) => Days> = {
  month: (today) => {
    const until = addDays(`${today.slice(0, 7)}-01`, -1)
    return { from: `${until.slice(0, 7)}-01`, until }
  },
  days30: (today) => ({ from: addDays(today, -29), until: today }),
  days90: (today) => ({ from: addDays(today, -89), until: today }),
  year: (today) => ({ from: addDays(today, -364), until: today }),
}

/** Without a word: the last thirty days. */
export const daysOf = ({ from, until }: Address, today: string): Days => ({
  from: from ?? PERIODS.days30(today).from,
  until: until ?? today,
})
