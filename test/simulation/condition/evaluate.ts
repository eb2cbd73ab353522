import { LunarMonth, Solar, type Lunar } from 'lunar-typescript'
import { addDays, addMonths, dateIn, instantAt } from '../../../src/platform/clock.ts'
import type { Condition, FactTests, Span } from '../../../src/platform/condition/grammar.ts'
import type { Loaded, Row, Table } from './loaded.ts'

/** What conditions mean, said once more in plain code over rows: it shares nothing with the rooms but the calendar. */
export const TIME_ZONE = 'Asia/Shanghai'

// oxlint-disable-next-line no-explicit-any -- the tests of thirty kinds; each is drawn by its schema
type Test = any

export function holds(condition: Condition, person: Loaded, now: Date): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, person, now))
  if ('any' in condition) return condition.any.some((part) => holds(part, person, now))
  if ('not' in condition) return !holds(condition.not, person, now)
  const [code, test] = Object.entries(condition)[0]!
  return Boolean(MEANINGS[code as keyof FactTests](test, new View(person, now)))
}

/** One person at one moment. */
class View {
  readonly now: Date
  readonly today: string
  readonly patient: Row
  readonly #person: Loaded
  constructor(person: Loaded, now: Date) {
    this.#person = person
    this.now = now
    this.today = dateIn(now, TIME_ZONE)
    this.patient = person.patient
  }
  rows(table: Table): Row[] {
    return this.#person.rows[table]
  }
  /** The first day of a window. */
  from(span: Span): string {
    return span.days === undefined ? addMonths(this.today, -span.months!) : addDays(this.today, -span.days)
  }
  /** The last day of a window ahead. */
  until(span: Span): string {
    return span.days === undefined ? addMonths(this.today, span.months!) : addDays(this.today, span.days)
  }
  within(at: Date | null, span: Span | undefined): boolean {
    return span === undefined || (at !== null && day(at) >= this.from(span))
  }
}

const day = (at: Date) => dateIn(at, TIME_ZONE)
const compare = (left: number | null | undefined, { op, value }: { op: string; value: number }): boolean => {
  if (left === null || left === undefined || Number.isNaN(left)) return false
  if (op === '<') return left < value
  if (op === '<=') return left <= value
  if (op === '=') return left === value
  return op === '>=' ? left >= value : left > value
}
const exact = (value: number) => Math.round(value * 1e6) / 1e6
const prefixed = (code: string, codes: readonly string[] | undefined) =>
  !codes || codes.some((one) => code.startsWith(one))
/** Newest first; of one moment the higher id is the newer. */
const newestFirst = (rows: Row[], at: string) =>
  rows.toSorted((a, b) => b[at].getTime() - a[at].getTime() || (a['id'] < b['id'] ? 1 : -1))

function meetsLimit(row: Row, is: Test): boolean {
  if ('flagged' in is) return is.flagged.includes(row['flag'])
  if (row['value'] === null) return false
  return 'from' in is ? row['value'] >= is.from && row['value'] < is.below : compare(row['value'], is)
}

function numbers(code: string, within: Span | undefined, view: View): Row[] {
  return newestFirst(
    view
      .rows('observation')
      .filter((o) => o['code'] === code && o['value'] !== null && view.within(o['effective_at'], within)),
    'effective_at',
  )
}

function indicator(test: Test, view: View): boolean {
  const alternatives = [{ code: test.code, is: test.is }, ...(test.or ?? [])]
  const needsNumber = !test.or && !('flagged' in test.is)
  const seen = newestFirst(
    view
      .rows('observation')
      .filter((o) => alternatives.some(({ code }) => code === o['code']) && view.within(o['effective_at'], test.within))
      .filter((o) => !needsNumber || o['value'] !== null),
    'effective_at',
  )
  const hits = seen.filter((o) => alternatives.some(({ code, is }) => code === o['code'] && meetsLimit(o, is)))
  if (test.pick === 'newest') return seen[0] !== undefined && hits.includes(seen[0])
  if (test.pick === 'any') return hits.length > 0
  return (test.onDifferentDays ? new Set(hits.map((o) => day(o['effective_at']))).size : hits.length) >= test.atLeast
}

function slope({ code, perYear, within, atLeast }: Test, view: View): boolean {
  const points = numbers(code, within, view).map((o) => ({
    x: o['effective_at'].getTime() / 31_557_600_000,
    y: o['value'] as number,
  }))
  if (points.length < atLeast || points.every((p) => p.x === points[0]!.x)) return false
  const mean = (of: (p: { x: number; y: number }) => number) =>
    points.reduce((sum, p) => sum + of(p), 0) / points.length
  const [x, y] = [mean((p) => p.x), mean((p) => p.y)]
  const sxx = points.reduce((sum, p) => sum + (p.x - x) ** 2, 0)
  return compare(exact(points.reduce((sum, p) => sum + (p.x - x) * (p.y - y), 0) / sxx), perYear)
}

function change({ code, since, by, unit, within }: Test, view: View): boolean {
  const [newest, ...earlier] = numbers(code, within, view)
  const before = since === 'previous' ? earlier[0] : earlier.at(-1)
  if (!newest || !before) return false
  const moved = newest['value'] - before['value']
  if (unit === 'value') return compare(exact(moved), by)
  return before['value'] !== 0 && compare(exact((100 * moved) / Math.abs(before['value'])), by)
}

function comparePair({ left, op, right, times, plus, within, sameDay }: Test, view: View): boolean {
  const [l, r] = [numbers(left, within, view)[0], numbers(right, within, view)[0]]
  if (!l || !r || (sameDay && day(l['effective_at']) !== day(r['effective_at']))) return false
  return compare(exact(l['value']), { op, value: exact(r['value'] * times + plus) })
}

function medication({ codes, names, status, begun }: Test, view: View): boolean {
  return view.rows('medication').some((m) => {
    const fits = prefixed(m['code'], codes) && (!names || names.some((name: string) => m['name'].includes(name)))
    const taken =
      (m['started_on'] === null || m['started_on'] <= view.today) &&
      (m['ended_on'] === null || m['ended_on'] >= view.today)
    const long = begun && (m['started_on'] === null ? undefined : m['started_on'] <= view.from(begun.span))
    return fits && (status === 'any' || taken) && (!begun || (long !== undefined && long === (begun.op === '>=')))
  })
}

function encounter({ classes, departments, within, atLeast, now }: Test, view: View): boolean {
  const of = classes ?? (now ? ['inpatient', 'emergency'] : undefined)
  const those = view
    .rows('encounter')
    .filter(
      (e) =>
        (!of || of.includes(e['class'])) &&
        (!departments || departments.some((d: string) => e['department'].includes(d))),
    )
  if (now) return those.some((e) => e['started_at'] <= view.now && (e['ended_at'] === null || e['ended_at'] > view.now))
  return those.filter((e) => view.within(e['started_at'], within)).length >= atLeast
}

function since({ event, op, span }: Test, view: View): boolean {
  const last = (table: Table, at: string) => view.rows(table).map((row) => row[at] as Date)
  const moments = {
    encounter: () => last('encounter', 'started_at'),
    report: () => last('report', 'effective_at'),
    observation: () => last('observation', 'effective_at'),
    registration: () => [view.patient['created_at'] as Date],
    'any-contact': () => [
      ...last('encounter', 'started_at'),
      ...last('report', 'effective_at'),
      view.patient['created_at'] as Date,
    ],
  }[event as 'report']()
  const longAgo = moments.every((at) => day(at) < view.from(span))
  return longAgo === (op === '>=')
}

function age(completed: (birth: string) => number, test: { op: string; value: number }, view: View): boolean {
  const birth = view.patient['birth_date'] as string | null
  return birth !== null && compare(completed(birth), test)
}

function completedMonths(from: string, on: string): number {
  let months =
    (Number(on.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(on.slice(5, 7)) - Number(from.slice(5, 7))
  if (on.slice(8) < from.slice(8)) months--
  return months
}

const lunars = new Map<string, Lunar>()
function lunarOf(date: string): Lunar {
  let lunar = lunars.get(date)
  if (!lunar)
    lunars.set(
      date,
      (lunar = Solar.fromYmd(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8))).getLunar()),
    )
  return lunar
}

/** Whether a day comes round on a date, and for which time. */
function returnsOn(of: string, on: string, calendar: string): number | null {
  if (calendar === 'solar') {
    const years = Number(on.slice(0, 4)) - Number(of.slice(0, 4))
    return years >= 1 && addMonths(of, years * 12) === on ? years : null
  }
  const [born, then] = [lunarOf(of), lunarOf(on)]
  const years = then.getYear() - born.getYear()
  if (years < 1 || then.getMonth() < 0 || then.getMonth() !== Math.abs(born.getMonth())) return null
  const days = LunarMonth.fromYm(then.getYear(), then.getMonth())!.getDayCount()
  return then.getDay() === Math.min(born.getDay(), days) ? years : null
}

function returns(days: readonly (string | null)[], { calendar = 'solar', inDays, number }: Test, view: View): boolean {
  for (let ahead = inDays.from; ahead <= inDays.to; ahead++) {
    const on = addDays(view.today, ahead)
    if (
      days.some((of) => {
        const time = of === null ? null : returnsOn(of, on, calendar)
        return time !== null && (!number || compare(time, number))
      })
    )
      return true
  }
  return false
}

function anniversaryDays({ of, codes, kind }: Test, view: View): (string | null)[] {
  if (of === 'registration') return [day(view.patient['created_at'])]
  if (of === 'discharge')
    return view
      .rows('encounter')
      .flatMap((e) => (e['class'] === 'inpatient' && e['ended_at'] ? [day(e['ended_at'])] : []))
  const those = view
    .rows(of === 'procedure' ? 'procedure' : 'condition')
    .filter((c) => prefixed(c['code'], codes) && (of !== 'procedure' || !kind || c['kind'] === kind))
  return those.map((c) => (of === 'procedure' ? c['performed_on'] : c['onset_on']) as string | null)
}

function task({ types, state, within }: Test, view: View): boolean {
  const those = view.rows('task').filter((t) => !types || types.includes(t['type']))
  const open = those.filter((t) => ['requested', 'accepted', 'in-progress'].includes(t['state']))
  if (state === 'open') return open.length > 0
  if (state === 'overdue') return open.some((t) => t['due_on'] < view.today)
  return those.some(
    (t) => t['state'] === (state === 'done' ? 'completed' : 'cancelled') && view.within(t['closed_at'], within),
  )
}

const APPOINTMENT_STATUS: Record<string, string[]> = {
  coming: ['booked'],
  kept: ['arrived', 'fulfilled'],
  missed: ['noshow'],
  cancelled: ['cancelled'],
}

function appointment({ state, departments, within, atLeast }: Test, view: View): boolean {
  const those = view
    .rows('appointment')
    .filter(
      (a) =>
        APPOINTMENT_STATUS[state]!.includes(a['status']) &&
        a['cancelled_by'] !== 'death' &&
        (!departments || departments.some((word: string) => a['department'].includes(word))),
    )
  const counting = those.filter((a) => {
    if (state === 'cancelled') return view.within(a['changed_at'], within)
    if (state !== 'coming') return view.within(a['starts_at'], within)
    return a['starts_at'] > view.now && (!within || day(a['starts_at']) <= view.until(within))
  })
  return counting.length >= atLeast
}

function message({ templates, purposes, channels, outcome, within, atLeast }: Test, view: View): boolean {
  const state = outcome === 'sent' ? 'accepted' : outcome
  const those = view
    .rows('message')
    .filter(
      (m) =>
        m['state'] === state &&
        (!templates || templates.includes(m['template'])) &&
        (!purposes || purposes.includes(m['purpose'])) &&
        (!channels || channels.includes(m['channel'])) &&
        view.within(outcome === 'sent' ? m['sent_at'] : m['created_at'], within),
    )
  return those.length >= atLeast
}

function risk({ instrument, bands, value, within }: Test, view: View): boolean {
  const decided = (id: string) =>
    view.rows('risk_decision').find((d) => d['assessment_id'] === id)?.['decision'] as string | undefined
  const newest = view
    .rows('risk_assessment')
    .filter((a) => a['instrument'] === instrument && (a['release'] === 'automatic' || decided(a['id'])))
    .toSorted((a, b) => (a['id'] < b['id'] ? 1 : -1))[0]
  if (!newest || decided(newest['id']) === 'withheld') return false
  if (newest['expires_on'] !== null && newest['expires_on'] < view.today) return false
  return (
    (!bands || bands.includes(newest['band'])) &&
    (!value || compare(newest['value'], value)) &&
    view.within(newest['computed_at'], within)
  )
}

const answers = (questionnaire: string, within: Span | undefined, view: View) =>
  newestFirst(
    view
      .rows('questionnaire_response')
      .filter((r) => r['code'] === questionnaire && view.within(r['answered_at'], within)),
    'answered_at',
  )

function score({ questionnaire, score: code, bands, value, within }: Test, view: View): boolean {
  const newest = answers(questionnaire, within, view)[0]
  return (newest?.['scores'] ?? []).some(
    (s: Row) =>
      (!code || s['code'] === code) && (!bands || bands.includes(s['band'])) && (!value || compare(s['value'], value)),
  )
}

function answer({ questionnaire, question, in: choices, value, within }: Test, view: View): boolean {
  const items = (item: Row): Row[] => [item, ...(item['item'] ?? []).flatMap(items)]
  const newest = answers(questionnaire, within, view)[0]
  if (!newest) return false
  const given = items(newest['response'])
    .filter((item) => item['linkId'] === question)
    .flatMap((item) => item['answer'] ?? []) as Row[]
  return given.some((a) => (choices ? choices.includes(a['valueCoding']?.code) : compare(a['valueInteger'], value)))
}

function followUp({ protocols, state, within }: Test, view: View): boolean {
  return view
    .rows('plan_run')
    .some(
      (r) =>
        r['state'] === (state === 'running' ? 'active' : state) &&
        (!protocols || protocols.includes(r['protocol_code'])) &&
        view.within(state === 'running' ? r['started_at'] : r['ended_at'], within),
    )
}

function followUpVisit({ protocols, state, within }: Test, view: View): boolean {
  const runs = new Map(view.rows('plan_run').map((r) => [r['id'], r['protocol_code']]))
  const states = state === 'done' ? ['done', 'done-late'] : state === 'missed' ? ['missed'] : ['due']
  const those = view
    .rows('occurrence')
    .filter((o) => states.includes(o['state']) && (!protocols || protocols.includes(runs.get(o['run_id']))))
  if (state === 'overdue') return those.some((o) => o['due_on'] < view.today)
  return those.some((o) =>
    view.within(instantAt(state === 'done' ? o['actual_on'] : o['due_on'], 0, TIME_ZONE), within),
  )
}

const MEANINGS: Record<keyof FactTests, (test: Test, view: View) => unknown> = {
  carePlan: ({ state }, view) => view.rows('care_plan').some((plan) => plan['state'] === state),
  age: ({ op, years }, view) =>
    age((birth) => Math.floor(completedMonths(birth, view.today) / 12), { op, value: years }, view),
  ageInMonths: ({ op, months }, view) =>
    age((birth) => completedMonths(birth, view.today), { op, value: months }, view),
  sex: (sex, { patient }) => patient['sex'] === sex,
  deceased: (_test, { patient }) => patient['state'] === 'deceased',
  level: (test, { patient }) => test.in.includes(patient['level']),
  source: (test, { patient }) => test.in.includes(patient['source']),
  carer: ({ role, staff }, { patient }) =>
    staff ? staff.includes(patient[`${role}_id`]) : patient[`${role}_id`] !== null,
  birthday: (test, view) => returns([view.patient['birth_date'] as string | null], test, view),
  indicator,
  slope,
  change,
  compare: comparePair,
  condition: ({ codes, status }, view) =>
    view
      .rows('condition')
      .some((c) => prefixed(c['code'], codes) && (status === 'any' || c['clinical_status'] === 'active')),
  procedure: ({ codes, kind, within }, view) =>
    view
      .rows('procedure')
      .some(
        (c) =>
          prefixed(c['code'], codes) &&
          (!kind || c['kind'] === kind) &&
          (!within || (c['performed_on'] !== null && c['performed_on'] >= view.from(within))),
      ),
  familyHistory: ({ codes }, view) => view.rows('family_history').some((f) => prefixed(f['condition_code'], codes)),
  medication,
  encounter,
  since,
  anniversary: (test, view) => returns(anniversaryDays(test, view), test, view),
  tag: ({ code }, view) =>
    view
      .rows('patient_tag')
      .some(
        (t) =>
          t['tag_code'] === code && t['state'] === 'active' && (t['expires_at'] === null || t['expires_at'] > view.now),
      ),
  segment: ({ segment, within }, view) =>
    view
      .rows('segment_member')
      .some((m) => m['segment_id'] === segment && m['left_at'] === null && view.within(m['since_at'], within)),
  card: ({ states }, view) => view.rows('card').some((c) => states.includes(c['state'])),
  stage: ({ in: stages, since: long }, view) =>
    view
      .rows('patient_stage')
      .some(
        (s) =>
          s['left_at'] === null &&
          stages.includes(s['stage']) &&
          (!long || s['entered_on'] <= view.from(long.span) === (long.op === '>=')),
      ),
  relationship: ({ in: stages, since: long }, view) =>
    view
      .rows('relationship')
      .some(
        (r) =>
          stages.includes(r['stage']) && (!long || day(r['since_at']) <= view.from(long.span) === (long.op === '>=')),
      ),
  task,
  appointment,
  message,
  refuses: ({ purpose, channels }, view) =>
    view
      .rows('message_preference')
      .some(
        (r) => r['purpose'] === purpose && r['opted_out_at'] !== null && (!channels || channels.includes(r['channel'])),
      ),
  risk,
  answered: ({ questionnaire, within, atLeast }, view) => answers(questionnaire, within, view).length >= atLeast,
  score,
  answer,
  followUp,
  followUpVisit,
  attempt: ({ outcomes, channels, within, atLeast }, view) =>
    view
      .rows('contact_attempt')
      .filter(
        (a) =>
          outcomes.includes(a['outcome']) &&
          (!channels || channels.includes(a['channel'])) &&
          view.within(a['started_at'], within),
      ).length >= atLeast,
}
