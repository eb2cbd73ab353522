import { z } from 'zod'
import { comparison, type FactWord } from '../../../platform/condition/grammar.ts'
import { level, source } from './person.ts'

/** What conditions may ask of the person: the forms of the tests. Their SQL and words stand in `server/fact-kinds.ts`. */

export const ageTest = z.strictObject({ op: comparison, years: z.number().int().min(0).max(130) })
/** For children: completed months. */
export const ageInMonthsTest = z.strictObject({ op: comparison, months: z.number().int().min(0).max(1560) })
export const sexTest = z.enum(['male', 'female'])
export const levelTest = z.strictObject({ in: z.array(level).min(1) })
export const sourceTest = z.strictObject({ in: z.array(source).min(1) })
/** Whether the person has a doctor, manager or counsellor, or one of these members of staff as such. */
export const carerTest = z.strictObject({
  role: z.enum(['doctor', 'manager', 'counsellor']),
  staff: z.array(z.uuid()).min(1).max(100).optional(),
})

/** How far ahead days that return may be looked for. Two of them never fall into one such stretch. */
export const AHEAD_DAYS_MAX = 180
export const ahead = z
  .strictObject({
    from: z.number().int().min(0).max(AHEAD_DAYS_MAX),
    to: z.number().int().min(0).max(AHEAD_DAYS_MAX),
  })
  .refine(({ from, to }) => from <= to, { message: 'from is not after to' })
export const calendar = z.enum(['solar', 'lunar'])
/** Which of them: `{ "op": "=", "value": 60 }` is the sixtieth. */
export const ordinal = z.strictObject({ op: comparison, value: z.number().int().min(1).max(130) })

/** The next birthday lies so many days ahead; 0 is today. */
export const birthdayTest = z.strictObject({
  calendar: calendar.default('solar'),
  inDays: ahead,
  number: ordinal.optional(),
})

declare module '../../../platform/condition/grammar.ts' {
  interface FactTests {
    age: z.input<typeof ageTest>
    ageInMonths: z.input<typeof ageInMonthsTest>
    sex: z.input<typeof sexTest>
    deceased: true
    level: z.input<typeof levelTest>
    source: z.input<typeof sourceTest>
    carer: z.input<typeof carerTest>
    birthday: z.input<typeof birthdayTest>
  }
}

export const patientFactWords: readonly FactWord[] = [
  { code: 'age', test: ageTest },
  { code: 'ageInMonths', test: ageInMonthsTest },
  { code: 'sex', test: sexTest },
  { code: 'deceased', test: z.literal(true) },
  { code: 'level', test: levelTest },
  { code: 'source', test: sourceTest },
  { code: 'carer', test: carerTest },
  { code: 'birthday', test: birthdayTest },
]
