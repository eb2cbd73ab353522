import { sql, type RawBuilder } from 'kysely'
import type { Condition } from '../contract/condition.ts'
import { compileProbe, type EvaluationMoment, type ProbeLeaf } from './compile-leaf.ts'

/**
 * A condition as SQL over patients `p`, in two shapes of the same probes:
 *
 * - `where`: each probe a correlated subquery, for counting over everybody. PostgreSQL checks what is cheap (age, sex)
 *   first and asks the tables only for who is left.
 * - `joined`: each probe a lateral join that also brings the facts and the moment at which time would turn it, for a
 *   claimed batch. Equal probes of several rules are asked once.
 */
export function compileWhere(condition: Condition, moment: EvaluationMoment): RawBuilder<boolean> {
  return truth(
    condition,
    moment,
    (leaf) => sql`coalesce((select ok from (${compileProbe(leaf, moment).rows}) probe), false)`,
  )
}

/** Collects the lateral joins of several rules. */
export interface Joins {
  readonly list: RawBuilder<unknown>[]
  readonly byKey: Map<string, string>
}

export function newJoins(): Joins {
  return { list: [], byKey: new Map() }
}

export interface JoinedRule {
  holds: RawBuilder<boolean>
  /** jsonb array of the facts of the probes that hold. */
  facts: RawBuilder<unknown>
  /** The earliest moment after now at which time alone may change the answer; null when none. */
  flipsAt: RawBuilder<Date | null>
}

export function compileJoined(condition: Condition, moment: EvaluationMoment, joins: Joins): JoinedRule {
  const aliases: string[] = []
  const holds = truth(condition, moment, (leaf) => {
    const alias = joinOf(leaf, moment, joins)
    if (!aliases.includes(alias)) aliases.push(alias)
    return sql`coalesce(${sql.ref(`${alias}.ok`)}, false)`
  })
  const plain = plainFacts(condition, moment)
  const probed = aliases.map((alias) => sql`case when ${sql.ref(`${alias}.ok`)} then ${sql.ref(`${alias}.fact`)} end`)
  const moments = [...aliases.map((alias) => sql`${sql.ref(`${alias}.flips_at`)}`), ...birthdays(condition, moment)]
  const later = moments.map((at) => sql`case when ${at} > ${moment.now} then ${at} end`)
  return {
    holds,
    facts: sql`to_jsonb(array_remove(array[${sql.join([...plain, ...probed])}]::jsonb[], null))`,
    flipsAt: later.length > 0 ? sql`least(${sql.join(later)})` : sql`null::timestamptz`,
  }
}

function joinOf(leaf: ProbeLeaf, moment: EvaluationMoment, joins: Joins): string {
  const key = JSON.stringify(leaf)
  const known = joins.byKey.get(key)
  if (known) return known
  const alias = `probe_${joins.list.length}`
  joins.byKey.set(key, alias)
  joins.list.push(sql`left join lateral (${compileProbe(leaf, moment).rows}) ${sql.id(alias)} on true`)
  return alias
}

function truth(
  condition: Condition,
  moment: EvaluationMoment,
  probe: (leaf: ProbeLeaf) => RawBuilder<boolean>,
): RawBuilder<boolean> {
  const inner = (c: Condition) => truth(c, moment, probe)
  if ('all' in condition) return sql`(${sql.join(cheapFirst(condition.all).map(inner), sql` and `)})`
  if ('any' in condition) return sql`(${sql.join(cheapFirst(condition.any).map(inner), sql` or `)})`
  if ('not' in condition) return sql`not ${inner(condition.not)}`
  if ('sex' in condition) return sql`p.sex = ${condition.sex}`
  if ('deceased' in condition) return sql`p.state = 'deceased'`
  if ('age' in condition) return ageTruth(condition.age, moment)
  return probe(condition)
}

/** Age as a range of birth dates, so that no age is computed per row. Unknown birth dates are never in. */
function ageTruth({ op, years }: { op: string; years: number }, { today }: EvaluationMoment): RawBuilder<boolean> {
  const turned = (n: number) => sql`(${today}::date - make_interval(years => ${n}::int))::date`
  if (op === '>=') return sql`coalesce(p.birth_date <= ${turned(years)}, false)`
  if (op === '>') return sql`coalesce(p.birth_date <= ${turned(years + 1)}, false)`
  if (op === '<') return sql`coalesce(p.birth_date > ${turned(years)}, false)`
  if (op === '<=') return sql`coalesce(p.birth_date > ${turned(years + 1)}, false)`
  return sql`coalesce(p.birth_date <= ${turned(years)} and p.birth_date > ${turned(years + 1)}, false)`
}

function birthdays(condition: Condition, moment: EvaluationMoment): RawBuilder<unknown>[] {
  const at = (years: number) =>
    sql`((p.birth_date + make_interval(years => ${years}::int))::timestamp at time zone ${moment.timeZone})`
  return leaves(condition).flatMap((leaf) => {
    if (!('age' in leaf)) return []
    const { op, years } = leaf.age
    if (op === '=') return [at(years), at(years + 1)]
    return [at(op === '>' || op === '<=' ? years + 1 : years)]
  })
}

function plainFacts(condition: Condition, moment: EvaluationMoment): RawBuilder<unknown>[] {
  return leaves(condition).flatMap((leaf) => {
    if ('age' in leaf) {
      const held = ageTruth(leaf.age, moment)
      return [
        sql`case when ${held} then jsonb_build_object('kind', 'age', 'birthDate', p.birth_date, 'years', extract(year from age(${moment.today}::date, p.birth_date))) end`,
      ]
    }
    if ('sex' in leaf)
      return [sql`case when p.sex = ${leaf.sex} then jsonb_build_object('kind', 'sex', 'sex', p.sex) end`]
    return []
  })
}

/** All questions of a condition, without the words that join them. */
export function leaves(condition: Condition): Condition[] {
  if ('all' in condition) return condition.all.flatMap(leaves)
  if ('any' in condition) return condition.any.flatMap(leaves)
  if ('not' in condition) return leaves(condition.not)
  return [condition]
}

function cheapFirst(conditions: readonly Condition[]): Condition[] {
  return conditions.toSorted((a, b) => cost(a) - cost(b))
}

function cost(condition: Condition): number {
  return leaves(condition).reduce(
    (sum, leaf) => sum + ('sex' in leaf || 'age' in leaf || 'deceased' in leaf ? 0 : 1),
    0,
  )
}
