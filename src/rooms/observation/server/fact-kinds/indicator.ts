import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import { indicatorByCode } from '../../../../clinical/index.ts'
import {
  factKind,
  type Answer,
  type AskedInSql,
  type Asking,
  type ConditionFault,
  type SentenceWords,
  type Sensitivity,
} from '../../../../platform/condition/fact.ts'
import { windowEnd, windowStart } from '../../../../platform/condition/window.ts'
import { indicatorTest, type Limit } from '../../contract/fact-words.ts'
import { nameOf, printUnit } from '../name.ts'

export const OBSERVED = ['observation', 'report', 'merge']

/** The dictionary has nothing of mind and mood; what nobody has mapped yet may be anything. */
export function indicatorSensitivity(...codes: string[]): Sensitivity {
  return codes.some((code) => code.startsWith('local:')) ? 'mental' : 'ordinary'
}

export function unknownIndicators(...codes: string[]): ConditionFault[] {
  return codes
    .filter((code) => !code.startsWith('local:') && !indicatorByCode(code))
    .map((value) => ({ code: 'UnknownIndicator', value }))
}

/** What an indicator is called, and its unit as people print it. */
export function indicatorWords(
  code: string,
  { locale }: Pick<SentenceWords, 'locale'>,
): { name: string; unit: string } {
  const found = indicatorByCode(code)
  const unit = found?.kind === 'number' ? printUnit(found.unit, locale) : ''
  return { name: found ? nameOf(code, locale) : code, unit: unit === '1' ? '' : unit }
}

/** An observation as a fact. */
export function observationFact(row: string): RawBuilder<unknown> {
  const of = (column: string) => sql.ref(`${row}.${column}`)
  return sql`jsonb_build_object('kind', 'observation', 'id', ${of('id')}, 'code', ${of('code')}, 'value', ${of('value')},
    'text', ${of('value_text')}, 'unit', ${of('unit')}, 'flag', ${of('flag')}, 'at', ${of('effective_at')}, 'report', ${of('report_id')})`
}

const OBSERVATION_FACT = observationFact('o')

function meets(left: RawBuilder<unknown>, limit: Limit, flag: RawBuilder<unknown>): RawBuilder<boolean> {
  if ('flagged' in limit) return sql`${flag} = any(${limit.flagged}::text[])`
  if ('from' in limit) return sql`(${left} >= ${limit.from} and ${left} < ${limit.below})`
  return sql`${left} ${sql.raw(limit.op)} ${limit.value}`
}

type Test = z.infer<typeof indicatorTest>

function askIndicator(test: Test, asking: Asking): AskedInSql {
  return test.pick === 'newest' ? newestMeets(test, asking) : { rows: hitsOf(test, asking) }
}

/** Numbers, or with flags whatever has one, of the person that stand. */
const standing = (code: RawBuilder<unknown>, isNumber: boolean) => sql`o.organization_id = p.organization_id
  and o.patient_id = p.id and ${code} and o.superseded_by is null ${isNumber ? sql`and o.value is not null` : sql``}`

/** The newest of a window is the newest of all, if it lies in it. */
function newestMeets({ code, is, within }: Test, asking: Asking): AskedInSql {
  const isNumber = !('flagged' in is)
  const inWindow = (at: RawBuilder<unknown>) => (within ? sql`${at} >= ${windowStart(within, asking)}` : sql`true`)
  const newest = (where: RawBuilder<unknown>) => sql`
    select o.id, o.code, o.value, o.value_text, o.unit, o.flag, o.effective_at, o.report_id
    from observation o where ${standing(sql`o.code = ${code}`, isNumber)} and ${where}
    order by o.effective_at desc, o.id desc limit 1`
  const read = (row: string): Answer => {
    const at = sql.ref(`${row}.effective_at`)
    const ok = sql`(${meets(sql.ref(`${row}.value`), is, sql.ref(`${row}.flag`))} and ${inWindow(at)})`
    // Time turns a yes only: what does not meet the limit leaves the window unnoticed.
    const flipsAt = within ? sql`case when ${ok} then ${windowEnd(at, within, asking)} end` : sql`null::timestamptz`
    return { ok, fact: observationFact(row), flipsAt }
  }
  const { ok, fact, flipsAt } = read('o')
  return {
    // Within the window from the start: of a million people most have nothing there to be read.
    rows: sql`select ${ok} ok, case when ${ok} then ${fact} end fact, ${flipsAt} flips_at from (${newest(inWindow(sql`o.effective_at`))}) o`,
    shared: { key: `newest ${isNumber ? 'number' : 'result'} ${code}`, row: newest(sql`true`), read },
  }
}

function hitsOf(test: Test, asking: Asking): RawBuilder<unknown> {
  const isNumber = test.or === undefined && !('flagged' in test.is)
  const alternatives = [{ code: test.code, is: test.is }, ...(test.or ?? [])]
  const code = test.or ? sql`o.code = any(${alternatives.map((a) => a.code)}::text[])` : sql`o.code = ${test.code}`
  const inWindow = test.within ? sql`and o.effective_at >= ${windowStart(test.within, asking)}` : sql``
  const holds = test.or
    ? sql`(${sql.join(
        alternatives.map((a) => sql`(o.code = ${a.code} and ${meets(sql`o.value`, a.is, sql`o.flag`)})`),
        sql` or `,
      )})`
    : meets(sql`o.value`, test.is, sql`o.flag`)
  const among = sql`observation o where ${standing(code, isNumber)} ${inWindow} and ${holds}`
  const leaves = (at: RawBuilder<unknown>) =>
    test.within ? windowEnd(at, test.within, asking) : sql`null::timestamptz`
  if (test.pick === 'any')
    return sql`select true ok, ${OBSERVATION_FACT} fact, ${leaves(sql`o.effective_at`)} flips_at
      from ${among} order by o.effective_at desc, o.id desc limit 1`
  const needed = test.atLeast ?? 1
  // The newest `needed` hits decide: the answer turns when the oldest of them leaves the window.
  const hits = test.onDifferentDays
    ? sql`select distinct on (o.day) o.* from (
        select o.*, (o.effective_at at time zone ${asking.timeZone})::date as day
        from ${among}) o
        order by o.day desc, o.effective_at desc limit ${needed}`
    : sql`select o.* from ${among} order by o.effective_at desc limit ${needed}`
  return sql`select count(*) >= ${needed} ok, jsonb_agg(${OBSERVATION_FACT} order by o.effective_at desc) fact,
    case when count(*) >= ${needed} then ${leaves(sql`min(o.effective_at)`)} end flips_at from (${hits}) o`
}

/** 收缩压 ≥ 140 mmHg. */
function measured(code: string, is: Limit, words: SentenceWords): string {
  const { name, unit } = indicatorWords(code, words)
  const { t, list, measure } = words
  if ('flagged' in is) return t('says.flagged', { name, flags: list(is.flagged.map((flag) => t(`says.flag.${flag}`))) })
  if ('from' in is) return t('says.between', { name, from: is.from, below: is.below, unit }).trim()
  return `${name} ${measure(is, unit)}`
}

export const indicatorKind = factKind({
  code: 'indicator',
  room: 'observation',
  test: indicatorTest,
  sensitivity: ({ code, or = [] }) => indicatorSensitivity(code, ...or.map((one) => one.code)),
  wakes: OBSERVED,
  ask: askIndicator,
  check: ({ code, pick, is, or = [], atLeast }) => [
    ...unknownIndicators(code, ...or.map((one) => one.code)),
    ...(pick === 'count' && !atLeast ? [{ code: 'CountNeedsNumber', value: code }] : []),
    ...(pick === 'newest' && or.length > 0 ? [{ code: 'NewestHasNoAlternatives', value: code }] : []),
    ...('from' in is && is.from >= is.below ? [{ code: 'NeverTrue', value: code }] : []),
  ],
  says: (test, words) => {
    const { t, span } = words
    const what = [{ code: test.code, is: test.is }, ...(test.or ?? [])]
      .map(({ code, is }) => measured(code, is, words))
      .join(t('says.either'))
    const within = test.within ? t('says.within', { span: span(test.within) }) : ''
    const how = test.pick !== 'count' ? test.pick : test.onDifferentDays ? 'days' : 'times'
    return t(`says.indicator.${how}${within && 'Within'}`, { what, within, times: test.atLeast ?? 1 })
  },
})
