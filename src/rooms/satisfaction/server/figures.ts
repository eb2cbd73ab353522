import { addDays, daysBetween, instantAt } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { maskName, type AnswerOf, type InputOf } from '../../../platform/contract/index.ts'
import { PERCENT_MIN, shareOf } from '../../../platform/figures/share.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { givenAnswers } from '../../questionnaire/server/index.ts'
import { satisfactionProblem } from '../contract/problems.ts'
import { SPAN_DAYS } from '../contract/satisfaction.ts'
import type { Figure, getSatisfaction, openWords, satisfactionRows, SatisfactionRow } from '../contract/satisfaction.ts'
import { GOOD, LOW, SCORES } from '../contract/words.ts'
import {
  countAsked,
  countLeftOut,
  countRatings,
  findAnswer,
  findRows,
  type FoundRow,
  type Moments,
  type Rated,
  type Sent,
} from './figure-store.ts'
import { ruleInForce } from './rule.ts'

interface Span {
  from: string
  until: string
}

const DAYS = 90

const spanOf = ({ today }: ReadContext, asked: Partial<Span>): Span => {
  const until = asked.until ?? today
  return { until, from: asked.from ?? addDays(until, 1 - DAYS) }
}

/** @throws Problem SatisfactionSpanTooLong */
function momentsOf({ tenant }: ReadContext, { from, until }: Span): Moments {
  const days = daysBetween(from, until)
  if (days < 0 || days >= SPAN_DAYS)
    throw satisfactionProblem('SatisfactionSpanTooLong', { days: SPAN_DAYS }, 'query.until')
  return { from: instantAt(from, 0, tenant.timeZone), to: instantAt(addDays(until, 1), 0, tenant.timeZone) }
}

/** @throws Problem SatisfactionSpanTooLong */
export async function showFigures(ctx: ReadContext, asked: Partial<Span>): Promise<AnswerOf<typeof getSatisfaction>> {
  const span = spanOf(ctx, asked)
  const moments = momentsOf(ctx, span)
  const { all, departments } = await satisfactionBetween(ctx, moments)
  const { policy } = await ruleInForce(ctx)
  return {
    ...span,
    all,
    departments,
    leftOut: await countLeftOut(ctx, moments),
    on: policy.on,
    can: {
      words: ctx.actor.permissions.has('satisfaction.words'),
      rules: ctx.actor.permissions.has('satisfaction.rule.write'),
    },
  }
}

export interface Satisfaction {
  all: Figure
  /** By name; of whom no visit is known under the empty one, last. */
  departments: (Figure & { department: string })[]
}

/**
 * How content people were in a span, and how many of those who were asked answered: counts alone, which name nobody.
 * Ratings count when they came, letters when they left the house.
 */
export async function satisfactionBetween(
  ctx: Pick<ReadContext, 'db' | 'organizationId'>,
  moments: Moments,
): Promise<Satisfaction> {
  const rated = await countRatings(ctx, moments)
  const sent = await countAsked(ctx, moments)
  const names = [...new Set([...rated, ...sent].map(({ department }) => department))]
  return {
    all: figureOf(rated, sent),
    departments: names
      .toSorted((a, b) => Number(a === '') - Number(b === '') || a.localeCompare(b, 'zh'))
      .map((department) => ({
        department,
        ...figureOf(
          rated.filter((one) => one.department === department),
          sent.filter((one) => one.department === department),
        ),
      })),
  }
}

const sum = <T>(rows: readonly T[], of: (row: T) => number) => rows.reduce((total, row) => total + of(row), 0)

/** A mean of a handful says what one person thought: it is told from thirty on, as shares are. */
export function figureOf(rated: readonly Rated[], sent: readonly Sent[]): Figure {
  const counts = SCORES.map((score) =>
    sum(
      rated.filter((one) => one.score === score),
      ({ n }) => n,
    ),
  )
  const n = sum(counts, (count) => count)
  const from = (test: (score: number) => boolean) => sum(SCORES, (score) => (test(score) ? counts[5 - score]! : 0))
  return {
    response: shareOf(
      sum(sent, ({ answered }) => answered),
      sum(sent, ({ asked }) => asked),
    ),
    counts,
    n,
    good: shareOf(
      from((score) => score >= GOOD),
      n,
    ),
    mean: n < PERCENT_MIN ? null : sum(SCORES, (score) => score * counts[5 - score]!) / n,
    low: from((score) => score <= LOW),
    complaints: sum(rated, ({ complaints }) => complaints),
  }
}

/** What stands behind a number, row by row. @throws Problem SatisfactionSpanTooLong */
export async function showRows(
  ctx: ReadContext,
  asked: InputOf<typeof satisfactionRows>['query'],
): Promise<AnswerOf<typeof satisfactionRows>> {
  const { cursor, limit, from, until, ...which } = asked
  const moments = momentsOf(ctx, spanOf(ctx, { ...(from ? { from } : {}), ...(until ? { until } : {}) }))
  const [, at, id] = /^(\d{4}-[\dT:.-]+Z)_([\da-f-]{36})$/.exec(cursor ?? '') ?? []
  const after = at && id ? { at, id } : undefined
  const rows = await findRows(ctx, { ...which, ...moments, after, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1)! : undefined
  return {
    rows: shown.map(rowOf),
    next: last ? `${last.at.toISOString()}_${last.id}` : null,
    total: cursor || last ? null : shown.length,
  }
}

/** Named is whoever complains or asked to be called: they are to be found. What others say of us is read without who they are. */
function rowOf(row: FoundRow): SatisfactionRow {
  const isNamed = row.visible || row.complains === true || row.wants_contact === true
  return {
    id: row.id,
    at: row.at.toISOString(),
    patient: isNamed
      ? { id: row.visible ? (row.patient_id as never) : null, name: row.patient_name }
      : { id: null, name: maskName(row.patient_name) },
    department: row.department,
    class: row.class,
    visitedOn: row.visited_on,
    answer:
      row.response_id === null
        ? null
        : {
            responseId: row.response_id,
            score: row.score!,
            about: row.about,
            hasWords: row.has_words === true,
            wantsContact: row.wants_contact,
            complaintId: row.complaint_id,
            danger: row.danger === true,
          },
    reason: row.reason,
  }
}

/** One by one, and each reading is in the log. @throws Problem NotFound */
export async function showWords(ctx: ReadContext, responseId: string): Promise<AnswerOf<typeof openWords>> {
  const row = await findAnswer(ctx, responseId)
  const given = row && (await givenAnswers(ctx, responseId))
  if (!row || !given) throw platformProblem('NotFound')
  ctx.audit.patientId = row.patient_id
  if (row.danger) return { words: null, withheld: true }
  const words = given.answers['words']
  return { words: typeof words === 'string' ? words : null, withheld: false }
}
