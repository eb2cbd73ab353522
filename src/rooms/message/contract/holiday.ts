import { z } from 'zod'
import { calendarDate, endpoint } from '../../../platform/contract/index.ts'

/** `off`: a day off by law. `work`: a day at a weekend that is worked instead. */
export const dayKind = z.enum(['off', 'work'])
export type DayKind = z.infer<typeof dayKind>

export const holidayDay = z.object({ day: calendarDate, kind: dayKind, name: z.string() })
export type HolidayDay = z.infer<typeof holidayDay>

const noPatient = { none: 'says nothing of anybody' } as const

export const holidayYear = z.object({
  year: z.number().int(),
  /** `shipped`: as it comes with Peiban. */
  origin: z.enum(['shipped', 'organization']),
  source: z.string(),
  by: z.string().nullable(),
  at: z.string().nullable(),
  days: z.array(holidayDay),
})

export const listHolidays = endpoint({
  name: 'message.listHolidays',
  method: 'GET',
  path: '/message-rules/holidays',
  summary: 'The days off that are known from last year on, and the years that are missing',
  gate: { permission: 'message.rule.read', audit: noPatient },
  output: z.object({
    years: z.array(holidayYear),
    /** This year, and from 1 December on the coming one, as far as nobody has read them in. */
    missing: z.array(z.number().int()),
    can: z.object({ write: z.boolean() }),
  }),
})

export const importHolidays = endpoint({
  name: 'message.importHolidays',
  method: 'POST',
  path: '/message-rules/holidays',
  summary: 'Read in the days off of one or more whole years (CSV, JSON or iCalendar); a year that is known is replaced',
  gate: { permission: 'message.rule.write', audit: { action: 'message.holidays-import' } },
  body: z.object({
    text: z.string().min(1).max(300_000),
    /** Where the days are from, such as the number of the State Council's notice. */
    source: z.string().trim().min(1).max(200),
    /** Only look what would be read. */
    trial: z.boolean().default(false),
  }),
  output: z.object({
    years: z.array(z.object({ year: z.number().int(), off: z.number().int(), work: z.number().int() })),
  }),
  problems: ['HolidayFileUnfit', 'HolidayYearUnfit'],
})
