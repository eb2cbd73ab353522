import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import { factKind, type Asking } from '../../../../platform/condition/fact.ts'
import type { Span } from '../../../../platform/condition/grammar.ts'
import { dayOf, windowEnd, windowStart } from '../../../../platform/condition/window.ts'
import { changeTest, compareTest, slopeTest } from '../../contract/fact-words.ts'
import { indicatorSensitivity, indicatorWords, OBSERVED, unknownIndicators } from './indicator.ts'

/** Seconds of a year of 365.25 days: slopes are per year. */
const YEAR_SECONDS = 31_557_600

const EITHER_NONE = sql`null::timestamptz`

/** Numbers of one indicator that stand, within the window. */
function values(code: string, within: Span | undefined, asking: Asking): RawBuilder<unknown> {
  return sql`observation o where o.organization_id = p.organization_id and o.patient_id = p.id and o.code = ${code}
    and o.superseded_by is null and o.value is not null
    ${within ? sql`and o.effective_at >= ${windowStart(within, asking)}` : sql``}`
}

const newest = (code: string, within: Span | undefined, asking: Asking) =>
  sql`select o.* from ${values(code, within, asking)} order by o.effective_at desc, o.id desc limit 1`

/** Six decimals are kept, so that what is equal on paper is equal here. */
const exact = (number: RawBuilder<unknown>) => sql`round((${number})::numeric, 6)`

/** Values of one moment have no course; what rounding makes of them is asked of no server. */
function slopeRows(test: z.output<typeof slopeTest>, asking: Asking): RawBuilder<unknown> {
  const { code, perYear, within, atLeast } = test
  const ok = sql`(s.n >= ${atLeast} and coalesce(s.slope ${sql.raw(perYear.op)} ${perYear.value}, false))`
  return sql`select ${ok} ok, jsonb_build_object('kind', 'slope', 'id', s.id, 'code', ${code}::text, 'value', s.slope, 'n', s.n, 'from', s.first_at, 'at', s.last_at) fact,
    case when s.n >= ${atLeast} then ${windowEnd(sql`s.first_at`, within, asking)} end flips_at
    from (select count(*) n, case when min(o.effective_at) < max(o.effective_at) then
        ${exact(sql`regr_slope(o.value, extract(epoch from o.effective_at)::float8 / ${YEAR_SECONDS}::float8)`)} end slope,
      min(o.effective_at) first_at, max(o.effective_at) last_at, (array_agg(o.id order by o.effective_at desc, o.id desc))[1] id
      from ${values(code, within, asking)}) s`
}

function changeRows(test: z.output<typeof changeTest>, asking: Asking): RawBuilder<unknown> {
  const { code, since, by, unit, within } = test
  const before =
    since === 'previous'
      ? sql`select o.* from ${values(code, within, asking)} order by o.effective_at desc, o.id desc limit 1 offset 1`
      : sql`select o.* from ${values(code, within, asking)} order by o.effective_at, o.id limit 1`
  const moved =
    unit === 'value'
      ? exact(sql`n.value - b.value`)
      : sql`case when b.value <> 0 then ${exact(sql`100 * (n.value - b.value) / abs(b.value)`)} end`
  const ok = sql`coalesce(c.moved ${sql.raw(by.op)} ${by.value}, false)`
  const leaves = within ? windowEnd(sql`c.before_at`, within, asking) : EITHER_NONE
  // With the first of the window another becomes the first; with the one before the newest nothing is left to compare.
  const flips = since === 'first' ? leaves : sql`case when ${ok} then ${leaves} end`
  return sql`select ${ok} ok, jsonb_build_object('kind', 'change', 'id', c.id, 'code', ${code}::text, 'value', c.moved, 'unit', ${unit}::text, 'from', c.before_value, 'to', c.value, 'since', c.before_at, 'at', c.effective_at) fact,
    ${flips} flips_at
    from (select n.id, n.value, n.effective_at, b.value before_value, b.effective_at before_at, ${moved} moved
      from (${newest(code, within, asking)}) n cross join (${before}) b where b.id <> n.id) c`
}

function compareRows(test: z.output<typeof compareTest>, asking: Asking): RawBuilder<unknown> {
  const { left, op, right, times, plus, within, sameDay } = test
  const ok = sql`(${exact(sql`l.value`)} ${sql.raw(op)} ${exact(sql`r.value * ${times}::float8 + ${plus}::float8`)}
    ${sameDay ? sql`and ${dayOf(sql`l.effective_at`, asking)} = ${dayOf(sql`r.effective_at`, asking)}` : sql``})`
  const end = (at: RawBuilder<unknown>) => (within ? windowEnd(at, within, asking) : EITHER_NONE)
  return sql`select ${ok} ok, jsonb_build_array(${valueOf('l')}, ${valueOf('r')}) fact,
    case when ${ok} then least(${end(sql`l.effective_at`)}, ${end(sql`r.effective_at`)}) end flips_at
    from (${newest(left, within, asking)}) l cross join (${newest(right, within, asking)}) r`
}

function valueOf(alias: 'l' | 'r'): RawBuilder<unknown> {
  const of = (column: string) => sql.ref(`${alias}.${column}`)
  return sql`jsonb_build_object('kind', 'observation', 'id', ${of('id')}, 'code', ${of('code')}, 'value', ${of('value')}, 'unit', ${of('unit')},
    'flag', ${of('flag')}, 'at', ${of('effective_at')}, 'report', ${of('report_id')})`
}

export const courseKinds = [
  factKind({
    code: 'slope',
    room: 'observation',
    test: slopeTest,
    sensitivity: ({ code }) => indicatorSensitivity(code),
    wakes: OBSERVED,
    ask: (test, asking) => ({ rows: slopeRows(test, asking) }),
    check: ({ code }) => unknownIndicators(code),
    says: ({ code, perYear, within, atLeast }, words) => {
      const { name, unit } = indicatorWords(code, words)
      return words.t('says.slope', { name, span: words.span(within), measure: words.measure(perYear, unit), atLeast })
    },
  }),
  factKind({
    code: 'change',
    room: 'observation',
    test: changeTest,
    sensitivity: ({ code }) => indicatorSensitivity(code),
    wakes: OBSERVED,
    ask: (test, asking) => ({ rows: changeRows(test, asking) }),
    check: ({ code }) => unknownIndicators(code),
    says: ({ code, since, by, unit, within }, words) => {
      const { t, span, measure } = words
      const { name, unit: printed } = indicatorWords(code, words)
      return t(`says.change.${since}`, {
        name,
        within: within ? t('says.within', { span: span(within) }) : '',
        measure: measure(by, unit === 'percent' ? '%' : printed),
      })
    },
  }),
  factKind({
    code: 'compare',
    room: 'observation',
    test: compareTest,
    sensitivity: ({ left, right }) => indicatorSensitivity(left, right),
    wakes: OBSERVED,
    ask: (test, asking) => ({ rows: compareRows(test, asking) }),
    check: ({ left, right }) => unknownIndicators(left, right),
    says: ({ left, op, right, times, plus, within, sameDay }, words) => {
      const { t, span } = words
      const factor = times === 1 ? '' : ` × ${times}`
      const more = plus === 0 ? '' : plus > 0 ? ` + ${plus}` : ` − ${-plus}`
      const sign = words.measure({ op, value: 0 }).split(' ')[0]!
      return t(sameDay ? 'says.compare.sameDay' : 'says.compare.any', {
        within: within ? t('says.within', { span: span(within) }) : '',
        what: `${indicatorWords(left, words).name} ${sign} ${indicatorWords(right, words).name}${factor}${more}`,
      })
    },
  }),
]
