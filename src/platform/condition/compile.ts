import { sql, type RawBuilder } from 'kysely'
import type { Admitted } from './admit.ts'
import type { FactBook } from './book.ts'
import type { Answer, AskedInSql, Asking, Moment, Purpose } from './fact.ts'
import { codeOf, leaves, type Condition, type Leaf } from './grammar.ts'
import type { Ground } from './ground.ts'
import { earliestAfter } from './window.ts'

/**
 * A condition as SQL over patients `p`, in two shapes of the same probes:
 *
 * - `where`: each probe a correlated subquery, for counting over everybody. PostgreSQL checks what is cheap (age, sex)
 *   first and asks the tables only for who is left.
 * - `joined`: each probe a lateral join that also brings the facts and the moment at which time would turn it, for a
 *   claimed batch or one person. Equal probes of several conditions are asked once, and a row that several probes look at
 *   is fetched once.
 */
export function compileWhere({ condition, purpose }: Admitted, ground: Ground): RawBuilder<boolean> {
  const asked = asker(purpose, ground)
  return truth(condition, asked, (leaf) => {
    const question = asked(leaf)
    return 'own' in question ? question.own.holds : sql`coalesce((select ok from (${question.rows}) probe), false)`
  })
}

/** Collects the lateral joins of several conditions, and the moments at which time alone may turn any of them. */
export interface Joins {
  readonly list: RawBuilder<unknown>[]
  readonly byKey: Map<string, string>
  readonly moments: Map<string, RawBuilder<unknown>>
}

export function newJoins(): Joins {
  return { list: [], byKey: new Map(), moments: new Map() }
}

/** The earliest moment after `now` at which time alone may change the answer of any condition collected here. */
export function earliestTurn({ moments }: Joins, now: Date): RawBuilder<Date | null> {
  return earliestAfter(now, [...moments.values()])
}

export interface JoinedCondition {
  holds: RawBuilder<boolean>
  /** jsonb array of the facts of the questions that hold. */
  facts: RawBuilder<unknown>
  /** The earliest moment after now at which time alone may change the answer; null when none. */
  flipsAt: RawBuilder<Date | null>
}

export function compileJoined({ condition, purpose }: Admitted, ground: Ground, joins: Joins): JoinedCondition {
  const asked = asker(purpose, ground)
  const answers = new Map<string, Answer>()
  const holds = truth(condition, asked, (leaf) => {
    const question = asked(leaf)
    if ('own' in question) return question.own.holds
    const key = JSON.stringify([purpose, leaf])
    const answer = answers.get(key) ?? answerOf(key, question, joins)
    answers.set(key, answer)
    return sql`coalesce(${answer.ok}, false)`
  })
  const own = leaves(condition).flatMap((leaf) => {
    const question = asked(leaf)
    return 'own' in question ? [question.own] : []
  })
  const plain = own.flatMap(({ holds: held, fact }) => (fact ? [sql`case when ${held} then ${fact} end`] : []))
  const probed = [...answers.values()].map(({ ok, fact }) => sql`case when ${ok} then ${fact} end`)
  const moments: Moment[] = [
    ...[...answers].map(([name, { flipsAt }]) => ({ name, at: flipsAt })),
    ...own.flatMap(({ turnsAt }) => turnsAt),
  ]
  for (const { name, at } of moments) joins.moments.set(name, at)
  return {
    holds,
    facts: sql`to_jsonb(array_remove(array[${sql.join([...plain, ...probed])}]::jsonb[], null))`,
    flipsAt: earliestAfter(
      ground.now,
      moments.map(({ at }) => at),
    ),
  }
}

/** Whether a condition asks for the dead as well; any other holds for nobody who has died. */
export function seesDead(condition: Condition, facts: FactBook): boolean {
  return leaves(condition).some((leaf) => facts.find(codeOf(leaf))?.ofDead)
}

type Asked = (leaf: Leaf) => AskedInSql

function asker(purpose: Purpose, ground: Ground): Asked {
  const known = new Map<Leaf, AskedInSql>()
  const asking: Asking = { ...ground, purpose }
  return (leaf) => {
    let question = known.get(leaf)
    if (!question) {
      const { kind, test } = ground.facts.read(leaf)
      known.set(leaf, (question = kind.ask(test, asking)))
    }
    return question
  }
}

type Probe = Extract<AskedInSql, { rows: unknown }>

function answerOf(key: string, { rows, shared }: Probe, joins: Joins): Answer {
  if (shared) return shared.read(joinOf(`row ${shared.key}`, shared.row, joins))
  const of = (column: string) => sql.ref(`${joinOf(key, rows, joins)}.${column}`)
  return { ok: of('ok'), fact: of('fact'), flipsAt: of('flips_at') }
}

function joinOf(key: string, rows: RawBuilder<unknown>, joins: Joins): string {
  const known = joins.byKey.get(key)
  if (known) return known
  const alias = `probe_${joins.list.length}`
  joins.byKey.set(key, alias)
  // `offset 0` keeps the planner from writing a probe's expressions out at every mention of its columns: with the shipped
  // tag rules a plan took 170 ms without it and takes 20 with it.
  joins.list.push(sql`left join lateral (select * from (${rows}) asked offset 0) ${sql.id(alias)} on true`)
  return alias
}

function truth(condition: Condition, asked: Asked, say: (leaf: Leaf) => RawBuilder<boolean>): RawBuilder<boolean> {
  const inner = (c: Condition) => truth(c, asked, say)
  if ('all' in condition) return sql`(${sql.join(cheapFirst(condition.all, asked).map(inner), sql` and `)})`
  if ('any' in condition) return sql`(${sql.join(cheapFirst(condition.any, asked).map(inner), sql` or `)})`
  if ('not' in condition) return sql`not ${inner(condition.not)}`
  return say(condition)
}

/** What the row of the person answers comes before what asks a table. */
function cheapFirst(conditions: readonly Condition[], asked: Asked): Condition[] {
  const cost = (condition: Condition) => leaves(condition).filter((leaf) => 'rows' in asked(leaf)).length
  return conditions.toSorted((a, b) => cost(a) - cost(b))
}
