import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import {
  factKind,
  type Answer,
  type AskedInSql,
  type Asking,
  type SentenceWords,
} from '../../../../platform/condition/fact.ts'
import { returningRows } from '../../../../platform/condition/returning.ts'
import { dayOf, earliestAfter, windowEnd, windowStart } from '../../../../platform/condition/window.ts'
import { anniversaryTest, encounterTest, sinceTest } from '../../contract/fact-words.ts'
import { byPrefix, byWord, codesWords, proceduresWords, WRITTEN } from './coded.ts'
import { OBSERVED } from './indicator.ts'
import {
  conditionSensitivity,
  departmentSensitivity,
  encounterRowsFor,
  procedureRowsFor,
  procedureSensitivity,
} from './mental.ts'

const ENCOUNTER_FACT = sql`jsonb_build_object('kind', 'encounter', 'id', e.id, 'code', e.class, 'name', coalesce(nullif(e.title, ''), e.department), 'at', e.started_at, 'until', e.ended_at)`

function encounterRows(test: z.output<typeof encounterTest>, asking: Asking): RawBuilder<unknown> {
  const { classes, departments, within, atLeast, now } = test
  // Whoever is there now has been admitted, unless the test says otherwise: a visit to a clinic is rarely closed.
  const of = classes ?? (now ? ['inpatient', 'emergency'] : undefined)
  const those = sql`encounter e where e.organization_id = p.organization_id and e.patient_id = p.id and e.superseded_by is null
    ${of ? sql`and e.class = any(${of}::text[])` : sql``}
    ${departments ? sql`and ${byWord(sql`e.department`, departments)}` : encounterRowsFor(asking.purpose)}`
  if (now) {
    const there = sql`(e.started_at <= ${asking.now} and (e.ended_at is null or e.ended_at > ${asking.now}))`
    return sql`select coalesce(bool_or(e.ok), false) ok, (array_agg(e.fact order by e.started_at desc, e.id) filter (where e.ok))[1] fact, min(e.flips_at) flips_at
      from (select e.id, e.started_at, ${there} ok, ${ENCOUNTER_FACT} fact,
        ${earliestAfter(asking.now, [sql`e.started_at`, sql`e.ended_at`])} flips_at from ${those}) e`
  }
  return sql`select count(*) >= ${atLeast} ok, jsonb_agg(${ENCOUNTER_FACT} order by e.started_at desc, e.id) fact,
    ${within ? sql`case when count(*) >= ${atLeast} then ${windowEnd(sql`min(e.started_at)`, within, asking)} end` : sql`null::timestamptz`} flips_at
    from (select e.* from ${those} ${within ? sql`and e.started_at >= ${windowStart(within, asking)}` : sql``}
      order by e.started_at desc, e.id limit ${atLeast}) e`
}

const LAST: Record<z.infer<typeof sinceTest>['event'], RawBuilder<Date>> = {
  encounter: sql`(select max(e.started_at) from encounter e
    where e.organization_id = p.organization_id and e.patient_id = p.id and e.superseded_by is null)`,
  report: sql`(select max(r.effective_at) from report r
    where r.organization_id = p.organization_id and r.patient_id = p.id and r.superseded_by is null)`,
  observation: sql`(select max(o.effective_at) from observation o
    where o.organization_id = p.organization_id and o.patient_id = p.id and o.superseded_by is null)`,
  registration: sql`p.created_at`,
  get 'any-contact'() {
    return sql<Date>`greatest(${LAST.encounter}, ${LAST.report}, ${LAST.registration})`
  },
}

function askSince({ event, op, span }: z.output<typeof sinceTest>, asking: Asking): AskedInSql {
  const read = (row: string): Answer => {
    const at = sql.ref(`${row}.at`)
    const longAgo = sql`(${at} is null or ${at} < ${windowStart(span, asking)})`
    return {
      ok: op === '>=' ? longAgo : sql`not ${longAgo}`,
      fact: sql`jsonb_build_object('kind', 'last', 'event', ${event}::text, 'at', ${at})`,
      flipsAt: windowEnd(at, span, asking),
    }
  }
  const { ok, fact, flipsAt } = read('l')
  const last = sql`select ${LAST[event]} at`
  return {
    // `offset 0`: else the look for the last one stands in the statement, and is made, once for each use of it.
    rows: sql`select ${ok} ok, case when ${ok} then ${fact} end fact, ${flipsAt} flips_at from (${last} offset 0) l`,
    shared: { key: `last ${event}`, row: last, read },
  }
}

/** The days that may return, each with its fact. */
function daysOf({ of, codes, kind }: z.output<typeof anniversaryTest>, asking: Asking): RawBuilder<unknown> {
  if (of === 'registration')
    return sql`select p.id, ${dayOf(sql`p.created_at`, asking)} as day, jsonb_build_object('kind', 'registration', 'at', p.created_at) fact`
  if (of === 'discharge')
    return sql`select e.id, ${dayOf(sql`e.ended_at`, asking)} as day, ${ENCOUNTER_FACT} fact from encounter e
      where e.organization_id = p.organization_id and e.patient_id = p.id and e.superseded_by is null and e.class = 'inpatient'
        and e.ended_at is not null ${encounterRowsFor(asking.purpose)}`
  const table = of === 'procedure' ? sql`procedure` : sql`condition`
  const on = of === 'procedure' ? sql`c.performed_on` : sql`c.onset_on`
  return sql`select c.id, ${on} as day, jsonb_build_object('kind', ${of}::text, 'id', c.id, 'code', c.code, 'name', c.name, 'at', ${on}) fact
    from ${table} c where c.organization_id = p.organization_id and c.patient_id = p.id and c.superseded_by is null
      ${codes ? sql`and ${byPrefix(sql`c.code`, codes)}` : of === 'procedure' ? procedureRowsFor(asking.purpose) : sql``}
      ${kind && of === 'procedure' ? sql`and c.kind = ${kind}` : sql``}`
}

function encounterWords(test: z.output<typeof encounterTest>, words: SentenceWords): Record<string, string | number> {
  const { t, list, span } = words
  const classes = list((test.classes ?? []).map((one) => t(`says.class.${one}`)))
  return {
    within: test.within ? t('says.within', { span: span(test.within) }) : '',
    where: test.departments ? t('says.department', { departments: list(test.departments) }) : '',
    what: classes || t(test.now ? 'says.admitted' : 'says.anyVisit'),
    times: test.atLeast,
  }
}

export const visitKinds = [
  factKind({
    code: 'encounter',
    room: 'observation',
    test: encounterTest,
    sensitivity: ({ departments = [] }) => departmentSensitivity(departments),
    wakes: WRITTEN,
    ask: (test, asking) => ({ rows: encounterRows(test, asking) }),
    says: (test, words) =>
      words.t(`says.visit.${test.now ? 'now' : test.atLeast > 1 ? 'times' : 'once'}`, encounterWords(test, words)),
    denies: (test, words) =>
      words.t(`says.no.visit.${test.now ? 'now' : test.atLeast > 1 ? 'times' : 'once'}`, encounterWords(test, words)),
  }),
  factKind({
    code: 'since',
    room: 'observation',
    test: sinceTest,
    sensitivity: 'ordinary',
    wakes: [...OBSERVED, 'fact', 'registered'],
    ask: askSince,
    says: ({ event, op, span }, words) =>
      words.t(`says.since.${event}.${op === '<' ? 'within' : 'longer'}`, { span: words.span(span) }),
  }),
  factKind({
    code: 'anniversary',
    room: 'observation',
    test: anniversaryTest,
    sensitivity: ({ of, codes }) => {
      if (of === 'condition') return codes ? conditionSensitivity(codes) : 'mental'
      return of === 'procedure' ? procedureSensitivity(codes ?? []) : 'ordinary'
    },
    wakes: [...WRITTEN, 'registered'],
    ask: (test, asking) => ({ rows: returningRows(daysOf(test, asking), test, asking) }),
    says: (test, words) => {
      const { of, codes, kind, calendar } = test
      const { t, returns } = words
      const what =
        of === 'procedure' && kind
          ? t(`says.procedureKind.${kind}`)
          : codes
            ? (of === 'procedure' ? proceduresWords : codesWords)(codes, words)
            : t(`says.of.${of}`)
      return returns(t(`says.anniversary.${calendar}`, { what }), test)
    },
  }),
]
