import type { ReadContext } from '../context/context.ts'
import type { AnswerOf } from '../contract/endpoint.ts'
import { mentalKinds } from './admit.ts'
import { checkCondition } from './check.ts'
import type { readCondition, SaidFault } from './contract.ts'
import type { ConditionFault, Purpose } from './fact.ts'
import { inBoth } from './form.ts'
import { CONDITION_DEPTH_MAX, CONDITION_LEAVES_MAX, depth, leaves, type Condition } from './grammar.ts'
import { sentencesOf } from './sentence.ts'

/** A condition in words, each of its questions as it stands and denied, and what is wrong with each. */
export async function readAloud(
  ctx: ReadContext,
  condition: Condition,
  purpose: Purpose,
): Promise<AnswerOf<typeof readCondition>> {
  const all = leaves(condition)
  const faults: ConditionFault[] = [
    ...(depth(condition) > CONDITION_DEPTH_MAX ? [{ code: 'TooDeep', value: String(CONDITION_DEPTH_MAX) }] : []),
    ...(all.length > CONDITION_LEAVES_MAX ? [{ code: 'TooMany', value: String(CONDITION_LEAVES_MAX) }] : []),
  ]
  // More than can be kept need not be read question by question.
  const asked = all.slice(0, CONDITION_LEAVES_MAX)
  const [sentence, ...said] = await sentencesOf(ctx, [
    condition,
    ...asked.flatMap((leaf): Condition[] => [leaf, { not: leaf }]),
  ])
  const questions = []
  for (const [at, leaf] of asked.entries()) {
    const wrong = await checkCondition(ctx, leaf)
    const barred = purpose === 'audience' && wrong.length === 0 ? [...(await mentalKinds(ctx, leaf))] : []
    questions.push({
      sentence: said[at * 2]!,
      denied: said[at * 2 + 1]!,
      faults: [...wrong, ...barred.map((value) => ({ code: 'BarredFromAudience', value }))].map((one) =>
        sayFault(ctx, one),
      ),
    })
  }
  return { sentence: sentence!, faults: faults.map((fault) => sayFault(ctx, fault)), questions }
}

/** A fault in words; one that has none is shown by its code rather than not at all. */
export function sayFault({ facts }: Pick<ReadContext, 'facts'>, { code, value }: ConditionFault): SaidFault {
  const key = `condition.fault.${code}`
  const text = inBoth((locale) => facts.translate(locale, 'platform', key, { value }))
  return { code, value, text: text.zh === key ? { zh: `${code} ${value}`, en: `${code} ${value}` } : text }
}
