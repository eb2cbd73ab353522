import { z } from 'zod'
import { calendarDate, endpoint, pii } from '../../../platform/contract/index.ts'
import { measureCourse, velocityView } from './course.ts'
import { consentText, moduleAbout } from './content.ts'
import { CONSENT_STANDINGS, MODULES, referenceName } from './words.ts'

/** What a family reads of their own child: the curve in plain words; nothing is judged, nothing foretold (R15). */
export const readMyGrowth = endpoint({
  name: 'growth.mine',
  method: 'GET',
  path: '/my/growth',
  summary: 'The own growth, or that of one’s child: curve, what was last measured, when next, and the programme',
  gate: { permission: 'patient', audit: { action: 'my.growth' } },
  output: z.object({
    /** False for who is grown up, or has nothing measured and no programme. */
    shown: z.boolean(),
    name: pii('name', z.string()),
    sex: z.enum(['male', 'female', 'other', 'unknown']),
    reference: referenceName,
    /** Height, weight, body mass index. */
    measures: z.array(measureCourse),
    latestVelocity: velocityView.nullable(),
    nextOn: calendarDate.nullable(),
    programme: z
      .object({
        startedOn: calendarDate,
        endsOn: calendarDate,
        consentBy: pii('name', z.string()),
        consentOn: calendarDate,
        /** `wanting`: it rests until the young person has decided; nothing is planned or asked meanwhile. */
        consent: z.enum(CONSENT_STANDINGS),
        /** What there is to decide on; only then. */
        text: consentText.nullable(),
        modules: z.array(moduleAbout),
        items: z.array(
          z.object({ id: z.string(), module: z.enum(MODULES), title: z.string(), dueOn: calendarDate.nullable() }),
        ),
        stages: z.array(
          z.object({
            year: z.number().int(),
            fromOn: calendarDate,
            toOn: calendarDate,
            heightFromCm: pii('health', z.number()).nullable(),
            heightToCm: pii('health', z.number()).nullable(),
            note: pii('free-text', z.string()),
            by: z.string(),
          }),
        ),
      })
      .nullable(),
  }),
})

export const giveMyConsent = endpoint({
  name: 'growth.consentMine',
  method: 'POST',
  path: '/my/growth/own-consent',
  summary: 'From 14: one’s own consent, to the text that was shown, on one’s own page',
  gate: { permission: 'patient', audit: { action: 'my.growth-consent' } },
  body: z.object({ textVersion: z.string().max(40) }),
  output: z.object({ given: z.boolean() }),
  problems: ['NotEnrolled', 'ChildConsentTooEarly', 'GrowthConsentText', 'GrowthConsentGiven'],
})

export const withdrawMyConsent = endpoint({
  name: 'growth.withdrawMine',
  method: 'POST',
  path: '/my/growth/withdrawal',
  summary: 'Leave the programme: it ends at once, what was measured stays',
  gate: { permission: 'patient', audit: { action: 'my.growth-withdraw' } },
  output: z.object({ left: z.boolean() }),
  problems: ['NotEnrolled'],
})
