import type { RuleDefinition, RuleTest } from '../contract/rule.ts'

/** A value as the record has it, in the indicator's own unit. */
export interface Value {
  code: string
  value: number | null
  comparator: string | null
  effectiveAt: Date
}

export interface Person {
  sex: string
  ageYears: number | null
}

/**
 * Whether a value certainly lies beyond a limit. `> 200` is at least 150; `> 100` may be or not, and `< 30` is at most
 * 60: only what is certain counts, since the laboratory's own flag still shows the rest.
 */
export function isBeyond({ op, value: limit }: RuleTest, { value, comparator }: Omit<Value, 'effectiveAt'>): boolean {
  if (value === null || limit === null) return false
  const open =
    comparator === '>' || comparator === '>=' ? 'above' : comparator === '<' || comparator === '<=' ? 'below' : null
  if (op === '>=') return open !== 'below' && value >= limit
  return open !== 'above' && value <= limit
}

/** The test of a rule that a value lies beyond; undefined when none does. */
export function testBeyond(definition: RuleDefinition, value: Omit<Value, 'effectiveAt'>): RuleTest | undefined {
  return definition.tests.find((test) => test.code === value.code && isBeyond(test, value))
}

/** Whether a rule is about this person; an unknown age or sex is not kept from anybody's attention. */
export function isAbout({ sex, ageFromYears, ageToYears }: RuleDefinition, person: Person): boolean {
  if (sex && (person.sex === 'male' || person.sex === 'female') && person.sex !== sex) return false
  if (person.ageYears === null) return true
  return (
    (ageFromYears === null || person.ageYears >= ageFromYears) && (ageToYears === null || person.ageYears <= ageToYears)
  )
}

/**
 * Whether a value that lies beyond a rule's limit raises it, by what the record held before.
 * @param earlier the person's other values of the rule's indicators, in any order
 */
export function isNews(definition: RuleDefinition, value: Value, earlier: readonly Value[]): boolean {
  if (definition.occurs === 'every') return true
  const before = earlier.filter((one) => one.effectiveAt < value.effectiveAt)
  if (definition.occurs === 'first') return !before.some((one) => testBeyond(definition, one))
  const last = before
    .filter(({ code, value: number }) => code === value.code && number !== null)
    .toSorted((a, b) => b.effectiveAt.getTime() - a.effectiveAt.getTime())[0]
  if (!last || !testBeyond(definition, last)) return true
  const test = testBeyond(definition, value)
  return test?.op === '<=' ? value.value! < last.value! : value.value! > last.value!
}
