import { addDays, daysBetween, instantAt } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { maskName, type InputOf } from '../../../platform/contract/index.ts'
import { callCoverage, coveredVisits, type CallCoverage } from '../../follow-up/server/index.ts'
import { findDepartments } from '../../organization/server/index.ts'
import { SPAN_DAYS, type CallFigures, type FigureRow, type figureRows } from '../contract/figures.ts'
import { callProblem } from '../contract/problems.ts'
import {
  countCalls,
  findCalls,
  findNames,
  medianTalks,
  type CallRow,
  type Counted,
  type Moments,
} from './figure-store.ts'
import { rateOf } from './rules/rate.ts'

interface Span {
  from: string
  until: string
}

const DAYS = 30

const spanOf = ({ today }: ReadContext, asked: Partial<Span>): Span => {
  const until = asked.until ?? today
  return { until, from: asked.from ?? addDays(until, 1 - DAYS) }
}

/** @throws Problem CallSpanTooLong */
function momentsOf({ tenant }: ReadContext, { from, until }: Span): Moments {
  const days = daysBetween(from, until)
  if (days < 0 || days >= SPAN_DAYS) throw callProblem('CallSpanTooLong', { days: SPAN_DAYS }, 'query.until')
  return { from: instantAt(from, 0, tenant.timeZone), to: instantAt(addDays(until, 1), 0, tenant.timeZone) }
}

/**
 * The figures of a span. Calls count on the day they ended, in the team the caller stood in then; follow-ups on the day
 * their window ended, in the team of the person's manager. @throws Problem CallSpanTooLong
 */
export async function showFigures(ctx: ReadContext, asked: Partial<Span>): Promise<CallFigures> {
  const span = spanOf(ctx, asked)
  const moments = momentsOf(ctx, span)
  const calls = await countCalls(ctx, moments)
  const coverage = await callCoverage(ctx, span)
  const medians = await medianTalks(ctx, moments)
  const names = new Map((await findDepartments(ctx.db, ctx.organizationId)).map(({ id, name }) => [id, name]))
  const teams = [...new Set([...calls, ...coverage].map(({ departmentId }) => departmentId))]
  const [callsOn, coverageOn] = [Map.groupBy(calls, (one) => one.day), Map.groupBy(coverage, (one) => one.day)]
  const isOf = (team: string | null) => (one: { departmentId: string | null }) => one.departmentId === team
  return {
    ...span,
    all: summed(calls, coverage, medians.find(({ isAll }) => isAll)?.seconds),
    days: Array.from({ length: daysBetween(span.from, span.until) + 1 }, (_, n) => addDays(span.from, n)).map((day) =>
      dayOf(day, callsOn.get(day) ?? [], coverageOn.get(day) ?? []),
    ),
    teams: teams
      .map((team) => ({
        departmentId: team as never,
        name: team ? (names.get(team) ?? null) : null,
        ...summed(
          calls.filter(isOf(team)),
          coverage.filter(isOf(team)),
          medians.find((one) => !one.isAll && one.departmentId === team)?.seconds,
        ),
      }))
      .toSorted((a, b) => (a.name ?? '～').localeCompare(b.name ?? '～', 'zh')),
    people: ctx.actor.permissions.has('metrics.department') ? peopleOf(calls) : null,
  }
}

const sum = <T>(rows: readonly T[], of: (row: T) => number) => rows.reduce((total, row) => total + of(row), 0)

function summed(
  calls: readonly Counted[],
  coverage: readonly CallCoverage[],
  median: number | undefined,
): CallFigures['all'] {
  const count = (
    key: 'calls' | 'answered' | 'onLine' | 'reached' | 'completed' | 'handedOver' | 'talks' | 'talkSeconds',
  ) => sum(calls, (row) => row[key])
  return {
    calls: count('calls'),
    rates: {
      coverage: rateOf(
        sum(coverage, (row) => row.tried),
        sum(coverage, (row) => row.due),
      ),
      connect: rateOf(count('answered'), count('calls')),
      consent: rateOf(count('reached'), count('onLine')),
      completion: rateOf(count('completed'), count('reached')),
      handOver: rateOf(count('handedOver'), count('answered')),
    },
    talk: { talks: count('talks'), totalSeconds: count('talkSeconds'), medianSeconds: median ?? null },
  }
}

function dayOf(day: string, calls: readonly Counted[], coverage: readonly CallCoverage[]): CallFigures['days'][number] {
  return {
    day,
    due: sum(coverage, (row) => row.due),
    calls: sum(calls, (row) => row.calls),
    answered: sum(calls, (row) => row.answered),
    talkSeconds: sum(calls, (row) => row.talkSeconds),
  }
}

/** By name and not by number: to see who carries how much, not to rank. */
function peopleOf(calls: readonly Counted[]): NonNullable<CallFigures['people']> {
  return [...Map.groupBy(calls, ({ staffId }) => staffId)]
    .map(([staffId, theirs]) => ({
      staffId: staffId as never,
      name: theirs[0]!.staffName,
      calls: sum(theirs, (row) => row.calls),
      answered: sum(theirs, (row) => row.answered),
      talkSeconds: sum(theirs, (row) => row.talkSeconds),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'zh'))
}

type RowsAsked = InputOf<typeof figureRows>['query']

/** What stands behind a figure, row by row. @throws Problem CallSpanTooLong */
export async function showRows(ctx: ReadContext, asked: RowsAsked) {
  const span = spanOf(ctx, asked)
  const moments = momentsOf(ctx, span)
  const rows =
    asked.figure === 'coverage'
      ? await visitRows(ctx, { ...asked, ...span })
      : (await callRows(ctx, asked, moments)).map(rowOfCall)
  const shown = rows.slice(0, asked.limit)
  const last = rows.length > asked.limit ? shown.at(-1)! : undefined
  const next = last ? `${last.at ?? last.on}_${last.id}` : null
  return { rows: shown, next, total: asked.cursor || last ? null : shown.length }
}

const teamOf = ({ team }: RowsAsked) => (team === 'none' ? null : team)

function callRows(ctx: ReadContext, asked: RowsAsked, moments: Moments): Promise<CallRow[]> {
  const [, at, id] = /^(\d{4}-[\dT:.-]+Z)_([\da-f-]{36})$/.exec(asked.cursor ?? '') ?? []
  return findCalls(ctx, {
    ...moments,
    figure: asked.figure as Exclude<typeof asked.figure, 'coverage'>,
    countingOnly: asked.part === 'counting',
    departmentId: teamOf(asked),
    after: at && id ? { at, id } : undefined,
    limit: asked.limit + 1,
  })
}

const shownPatient = (id: string, name: string, visible: boolean): FigureRow['patient'] =>
  visible ? { id: id as never, name } : { id: null, name: maskName(name) }

function rowOfCall(row: CallRow): FigureRow {
  return {
    id: row.id,
    at: row.ended_at.toISOString(),
    on: null,
    patient: shownPatient(row.patient_id, row.patient_name, row.visible),
    by: row.staff_name,
    outcome: row.outcome,
    talkSeconds: row.talk_seconds,
    counts: row.counts,
  }
}

async function visitRows(ctx: ReadContext, asked: RowsAsked & Span): Promise<FigureRow[]> {
  const [, on, id] = /^(\d{4}-\d\d-\d\d)_([\da-f-]{36})$/.exec(asked.cursor ?? '') ?? []
  const visits = await coveredVisits(ctx, {
    from: asked.from,
    until: asked.until,
    departmentId: teamOf(asked),
    triedOnly: asked.part === 'counting',
    after: on && id ? { on, id } : undefined,
    limit: asked.limit + 1,
  })
  const names = await findNames(
    ctx,
    visits.map(({ patientId }) => patientId),
  )
  return visits.map((visit) => {
    const { name, visible } = names.get(visit.patientId)!
    const patient = shownPatient(visit.patientId, name, visible)
    return {
      id: visit.id,
      at: null,
      on: visit.windowUntil,
      patient,
      by: null,
      outcome: null,
      talkSeconds: null,
      counts: visit.tried,
    }
  })
}
