import { z } from 'zod'
import { endpoint, instant, pii } from '../../../platform/contract/index.ts'
import { factId, ofPatient, reason } from './record.ts'

/** One value as it is read off: in any unit that the indicator is printed in. */
export const reading = z.object({
  code: z.string().min(1).max(120),
  value: pii('health', z.number())
    .nullish()
    .transform((value) => value ?? undefined),
  /** For what has no number: a strip's step, smoking. */
  text: pii('health', z.string().trim().max(200))
    .nullish()
    .transform((text) => text || undefined),
  unit: z.string().trim().max(40).optional(),
})
export type Reading = z.infer<typeof reading>

const ofObservation = ofPatient.extend({ observationId: factId })

export const addReadings = endpoint({
  name: 'observation.addReadings',
  method: 'POST',
  path: '/patients/:patientId/observations',
  summary: 'Enter what was measured at one time: blood pressure, weight and height, glucose, any indicator',
  gate: { permission: 'record.write', audit: { action: 'record.measure', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({
    /** Now, where nothing else is said. */
    effectiveAt: instant.optional(),
    /** `home` and `ambulatory` pressures are judged by other limits than those taken in the house. */
    method: z.string().trim().max(60).optional(),
    /** What was left empty in a form may be sent along, so that a refusal names its place. */
    readings: z
      .array(reading)
      .max(40)
      .refine((readings) => readings.some(({ value, text }) => value !== undefined || text !== undefined)),
  }),
  output: z.object({ ids: z.array(z.string()), derived: z.array(z.string()) }),
  problems: [
    'ValueImplausible',
    'ValueImplausibleUnit',
    'UnitUnknown',
    'PressureSwapped',
    'PressureHalf',
    'EffectiveInFuture',
    'DateBeforeBirth',
    'IndicatorUnknown',
    'IndicatorDerived',
  ],
})

export const correctReading = endpoint({
  name: 'observation.correctReading',
  method: 'POST',
  path: '/patients/:patientId/observations/:observationId/correction',
  summary: 'Put a corrected value in place of one; the former stays to be seen',
  gate: {
    permission: 'record.write',
    audit: { action: 'record.correct', patient: 'patientId', subject: 'observationId' },
  },
  params: ofObservation,
  body: z.object({ reading: reading.omit({ code: true }), effectiveAt: instant.optional(), because: reason }),
  output: z.object({ id: z.string() }),
  problems: [
    'FactUnknown',
    'FactEndedAlready',
    'ValueImplausible',
    'ValueImplausibleUnit',
    'UnitUnknown',
    'PressureSwapped',
    'EffectiveInFuture',
    'IndicatorDerived',
  ],
})

export const retractReading = endpoint({
  name: 'observation.retractReading',
  method: 'POST',
  path: '/patients/:patientId/observations/:observationId/retraction',
  summary: 'Withdraw a value that should not have been entered; it stays to be seen',
  gate: {
    permission: 'record.write',
    audit: { action: 'record.retract', patient: 'patientId', subject: 'observationId' },
  },
  params: ofObservation,
  body: z.object({ because: reason }),
  output: z.object({ id: z.string() }),
  problems: ['FactUnknown', 'FactEndedAlready'],
})

const choice = z.object({ code: z.string(), name: z.string() })

export const entryChoices = endpoint({
  name: 'observation.entryChoices',
  method: 'GET',
  path: '/record/choices',
  summary:
    'What may be chosen when something is entered: indicators with their units, common conditions, operations, drugs, allergens',
  gate: { permission: 'record.write', audit: { none: 'says nothing of anybody' } },
  output: z.object({
    indicators: z.array(
      choice.extend({
        panel: z.string(),
        kind: z.enum(['number', 'choice', 'text']),
        /** Canonical first; `printed` is how people write it. */
        units: z.array(z.object({ unit: z.string(), printed: z.string() })),
        decimals: z.number().int(),
        options: z.array(choice),
      }),
    ),
    conditions: z.array(choice),
    procedures: z.array(choice.extend({ kind: z.enum(['surgery', 'endoscopy', 'other']) })),
    medications: z.array(z.string()),
    allergens: z.array(z.string()),
  }),
})
