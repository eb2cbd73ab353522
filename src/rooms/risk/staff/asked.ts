import type { Bilingual } from '../../../platform/contract/index.ts'
import type { MissingInput } from '../contract/risk.ts'

/** One field of the form: a measurement for the record, or a question. */
export type Asked = { name: string; label: Bilingual } & (
  | { measure: string; unit: string; ucum: string }
  | {
      question: string
      kind: 'yes-no' | 'choice' | 'number'
      choices: readonly string[]
      min: number | null
      max: number | null
    }
)

/** What is missing as fields, each once: both pressures come together, an index as height and weight. */
export function askedFor(missing: readonly MissingInput[]): Asked[] {
  const asked = missing.flatMap(({ label, way }): Asked[] => {
    if ('measure' in way)
      return way.measure.map((one) => ({
        name: one.code,
        label: one.label,
        measure: one.code,
        unit: one.unit,
        ucum: one.ucum,
      }))
    return 'question' in way ? [{ name: way.question, label, ...way }] : []
  })
  return asked.filter(({ name }, at) => asked.findIndex((one) => one.name === name) === at)
}
