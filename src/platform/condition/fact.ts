import type { RawBuilder } from 'kysely'
import type { z } from 'zod'
import type { ReadContext } from '../context/context.ts'
import type { EventType } from '../contract/event.ts'
import type { Bilingual, Locale } from '../contract/words.ts'
import type { Condition, FactTests, FactWord } from './grammar.ts'
import type { ReturningTest } from './returning.ts'
import type { Today } from './window.ts'

/**
 * Whether a kind of fact tells of mind and mood. What does is barred from groups of people that are written to (R2):
 * an audience cannot be compiled from it.
 */
export type Sensitivity = 'ordinary' | 'mental'

/** What a condition is used for: looking after one person, or choosing many to write to. */
export type Purpose = 'care' | 'audience'

/** What a compiled condition is evaluated with; everything but the person is a parameter of the statement. */
export interface EvaluationMoment extends Today {
  organizationId: string
  now: Date
}

/** What a kind's SQL may know. For an audience it leaves out of its rows what tells of mind and mood. */
export interface Asking extends EvaluationMoment {
  purpose: Purpose
}

/** A moment in SQL; of those with one name one is asked for. */
export interface Moment {
  name: string
  at: RawBuilder<unknown>
}

/**
 * A question in SQL, asked for the patient `p` of the outer query.
 * `own`: answered by the row of the person. `holds` is never null; `turnsAt` are moments at which time alone may turn it.
 * `rows`: answered by other tables, as at most one row with `ok`, the `fact` that made it so (jsonb), and `flips_at`, a
 * moment not after the first at which time alone turns the answer (null, or past: never).
 * `shared`: the same answer from a row that other questions look at too.
 */
export type AskedInSql =
  | { own: { holds: RawBuilder<boolean>; fact: RawBuilder<unknown> | null; turnsAt: readonly Moment[] } }
  | { rows: RawBuilder<unknown>; shared?: SharedRow }

/** A row of the patient `p` that several questions look at, so that a batch fetches it once: their newest blood pressure. */
export interface SharedRow {
  /** The same for the same row. */
  key: string
  /** At most one row. */
  row: RawBuilder<unknown>
  /** The answer from the columns of that row, which are null where there is none. */
  read: (row: string) => Answer
}

/** As the columns of `rows`. */
export interface Answer {
  ok: RawBuilder<unknown>
  fact: RawBuilder<unknown>
  flipsAt: RawBuilder<unknown>
}

export interface ConditionFault {
  code: string
  value: string
}

/** What a room knows of a code that a test names: a questionnaire, a protocol, a tag. */
export interface Known {
  name: Bilingual
  /** Names of what is within it, under words the kind chooses: the questions and results of a questionnaire. */
  parts?: ReadonlyMap<string, Bilingual>
  sensitivity?: Sensitivity
  /** What it follows from itself, as a tag does from its rule: it is as sensitive as that. */
  restsOn?: Condition | null
}

/** How a sentence gets at words: texts of the kind's own room, and names of codes in the reader's language. */
export interface SentenceWords {
  locale: Locale
  t: (key: string, values?: Record<string, string | number>) => string
  /** The name of a code that `learn` knows; the code itself where it does not. */
  name: (code: string) => string
  /** The name of a part of such a code; `fallback`, mostly the part's own code, where it is not known. */
  part: (code: string, part: string, fallback: string) => string
  span: (span: { days?: number | undefined; months?: number | undefined }) => string
  /** 、 or a comma. */
  list: (parts: readonly string[]) => string
  /** ≥ 140 mmHg */
  measure: (measure: { op: string; value: number }, unit?: string) => string
  /** 7 天后是 60 岁农历生日: what returns, when, and which time it is. */
  returns: (what: string, test: Pick<ReturningTest, 'inDays' | 'number'>) => string
}

/** A kind of fact that conditions may ask for, declared by the room whose facts they are (`room.ts`, `facts`). */
export interface FactKind<Test = unknown> extends FactWord {
  /** The room, whose texts the sentence is made of. */
  room: string
  sensitivity: Sensitivity | ((test: Test) => Sensitivity)
  /**
   * `plain`: says nothing of anybody's health, as age and membership do. `as-known`: as much as what `learn` says it rests on.
   * Without it a fact tells, and what rests on it stands behind a login only.
   */
  telling?: 'plain' | 'as-known'
  ask: (test: Test, asking: Asking) => AskedInSql
  /** Asked of the dead as well; else nothing holds for them. */
  ofDead?: boolean
  /**
   * What changes the answer: an event, by whose delivery the person is looked at wherever a condition asks for this
   * kind; or, as text, the reason under which the room wakes the person's agenda itself, with the fact.
   */
  wakes: readonly (EventType | string)[]
  /** Codes of a test that only the database knows. */
  names?: (test: Test) => readonly string[]
  learn?: (ctx: ReadContext, codes: readonly string[]) => Promise<ReadonlyMap<string, Known>>
  /** The fault of a code that `learn` does not know. */
  unknown?: string
  /** What is wrong with a test beyond its form. */
  check?: (test: Test) => ConditionFault[]
  /** The test in words, without a full stop. */
  says: (test: Test, words: SentenceWords) => string
  /** Denied, where the language has its own way: 没有…; undefined, or without it, 不是“…”. */
  denies?: (test: Test, words: SentenceWords) => string | undefined
}

/** A declared kind; what its functions are handed is its test with all defaults. */
export function factKind<S extends z.ZodType>(
  kind: Omit<FactKind<z.output<S>>, 'test' | 'code'> & { code: keyof FactTests & string; test: S },
): FactKind {
  return kind as unknown as FactKind
}

export function sensitivityOfTest(kind: FactKind, test: unknown): Sensitivity {
  return typeof kind.sensitivity === 'function' ? kind.sensitivity(test) : kind.sensitivity
}
