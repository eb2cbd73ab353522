import type { ReadContext } from '../../../platform/context/context.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import type { statistics } from '../contract/responses.ts'
import { binsOf, quartersOf, type Counted } from './rules/distribution.ts'
import { countAnswers, countItems, countMonths, countNumbers, countScores } from './statistics-store.ts'

/** Fewer answers than this are not broken down: they would point at somebody. */
const FEW = 5

export async function statisticsOf(
  ctx: ReadContext,
  code: string,
  version: number | undefined,
): Promise<OutputOf<typeof statistics>> {
  const { n, bands, ...counts } = await countAnswers(ctx.db, ctx.organizationId, code, version)
  const counted = await countMonths(ctx.db, ctx.organizationId, code, version, ctx.tenant.timeZone)
  const months = counted.map((one) => (one.n < FEW ? { ...one, spared: null, askedAgain: null } : one))
  if (n < FEW) return { n, ...counts, months, withheld: true, bands: [], items: [], numbers: [], scores: [] }
  const items = Map.groupBy(await countItems(ctx.db, ctx.organizationId, code, version), (one) => one.linkId)
  const numbers = grouped(await countNumbers(ctx.db, ctx.organizationId, code, version))
  const scores = grouped(await countScores(ctx.db, ctx.organizationId, code, version))
  return {
    n,
    ...counts,
    months,
    withheld: false,
    bands,
    // A question that few were asked says no more of them than a questionnaire that few answered.
    items: [...items].flatMap(([linkId, answers]) => {
      const { answered } = answers[0]!
      if (answered < FEW) return []
      return [{ linkId, answered, answers: answers.map((one) => ({ code: one.code, n: one.n })) }]
    }),
    numbers: [...numbers].flatMap(([linkId, values]) => {
      const quarters = quartersOf(values)
      return quarters && quarters.n >= FEW ? [{ linkId, ...quarters }] : []
    }),
    scores: [...scores].flatMap(([score, values]) => {
      const quarters = quartersOf(values)
      return quarters && quarters.n >= FEW ? [{ score, ...quarters, bins: binsOf(values) }] : []
    }),
  }
}

function grouped(rows: readonly { name: string; value: number; n: number }[]): Map<string, Counted[]> {
  const made = new Map<string, Counted[]>()
  for (const { name, value, n } of rows) made.set(name, [...(made.get(name) ?? []), [value, n]])
  return made
}
