import { z } from 'zod'
import { bilingual } from '../../../platform/contract/index.ts'

/** The facts as the rules' engine writes them; what a later engine adds is left out rather than shown wrongly. */
const at = z.string().nullish()
const name = z.string().nullish()
export const fact = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('observation'),
    id: z.string(),
    code: z.string(),
    value: z.coerce.number().nullish(),
    text: z.string().nullish(),
    unit: z.string().nullish(),
    flag: z.string().nullish(),
    at,
  }),
  z.object({ kind: z.literal('condition'), code: z.string().nullish(), name, at }),
  z.object({ kind: z.literal('procedure'), code: z.string().nullish(), name, at }),
  z.object({ kind: z.literal('family-history'), name, relation: z.string().nullish() }),
  z.object({ kind: z.literal('tag'), code: z.string(), at }),
  z.object({ kind: z.literal('last'), event: z.string(), at }),
  z.object({ kind: z.literal('questionnaire'), name: bilingual, at }),
  z.object({ kind: z.literal('risk'), id: z.string(), name: bilingual, band: bilingual, at }),
  z.object({ kind: z.literal('age'), years: z.coerce.number() }),
  z.object({ kind: z.literal('sex'), sex: z.enum(['male', 'female']) }),
])
export type Fact = z.output<typeof fact>

/** The facts that can be shown, those that were measured first, each once. */
export function readFacts(given: readonly unknown[]): Fact[] {
  const read = given.flatMap((one) => {
    const parsed = fact.safeParse(one)
    return parsed.success ? [parsed.data] : []
  })
  const once = new Map(read.map((one) => [JSON.stringify(one), one]))
  return [...once.values()].toSorted((a, b) => Number(b.kind === 'observation') - Number(a.kind === 'observation'))
}
