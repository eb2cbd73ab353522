import { z } from 'zod'
import { measure, span } from '../../../platform/condition/grammar.ts'

const code = z.string().min(1).max(120)

/** Whether a questionnaire was answered, and how often. */
export const answeredTest = z.strictObject({
  questionnaire: code,
  within: span.optional(),
  atLeast: z.number().int().min(1).max(100).default(1),
})
/** A score of the newest answers to a questionnaire: its band, its value, or both. Without `score` any of its scores. */
export const scoreTest = z
  .strictObject({
    questionnaire: code,
    score: code.optional(),
    bands: z.array(code).min(1).max(20).optional(),
    value: measure.optional(),
    within: span.optional(),
  })
  .refine(({ bands, value }) => bands !== undefined || value !== undefined, { message: 'bands or value' })
/** One answer of the newest answers to a questionnaire: one of these choices or words, or a number. */
export const answerTest = z
  .strictObject({
    questionnaire: code,
    question: code,
    in: z.array(code).min(1).max(50).optional(),
    value: measure.optional(),
    within: span.optional(),
  })
  .refine((test) => (test.in === undefined) !== (test.value === undefined), { message: 'in or value' })

declare module '../../../platform/condition/grammar.ts' {
  interface FactTests {
    answered: z.input<typeof answeredTest>
    score: z.input<typeof scoreTest>
    answer: z.input<typeof answerTest>
  }
}
