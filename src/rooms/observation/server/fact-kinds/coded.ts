import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import { factKind, type Asking, type SentenceWords } from '../../../../platform/condition/fact.ts'
import {
  earliestAfter,
  firstDayAfter,
  midnight,
  windowEnd,
  windowStart,
} from '../../../../platform/condition/window.ts'
import type { Bilingual } from '../../../../platform/contract/index.ts'
import { conditionTest, familyHistoryTest, medicationTest, procedureTest } from '../../contract/fact-words.ts'
import { blockOf } from './code-block.ts'
import { conditionName, procedureName } from './code-name.ts'
import { conditionSensitivity, medicationSensitivity, procedureRowsFor, procedureSensitivity } from './mental.ts'

export const WRITTEN = ['fact', 'merge']

export function byPrefix(column: RawBuilder<unknown>, codes: readonly string[]): RawBuilder<boolean> {
  return sql`(${sql.join(
    codes.map((code) => sql`starts_with(${column}, ${code})`),
    sql` or `,
  )})`
}

export function byWord(column: RawBuilder<unknown>, words: readonly string[]): RawBuilder<boolean> {
  return sql`(${sql.join(
    words.map((word) => sql`position(${word.toLowerCase()} in lower(${column})) > 0`),
    sql` or `,
  )})`
}

/** 高血压（I10、I11）: the name of the block that all codes are of; else 乳腺肿块（N63）, as far as a code has a name. */
export function codesWords(codes: readonly string[], words: SentenceWords): string {
  const { t, list } = words
  const block = blockOf(codes)
  return block
    ? t('says.inBlock', { block: t(`says.block.${block}`), codes: list(codes) })
    : namedCodes(codes, conditionName, words)
}

/** 结肠镜检查（45.23）: operations have no blocks here. */
export function proceduresWords(codes: readonly string[], words: SentenceWords): string {
  return namedCodes(codes, procedureName, words)
}

/** A code that nobody has a name for stands alone: better than not at all. */
function namedCodes(
  codes: readonly string[],
  nameOf: (code: string) => Bilingual | undefined,
  { t, list, locale }: SentenceWords,
): string {
  return list(
    codes.map((code) => {
      const name = nameOf(code)?.[locale === 'en' ? 'en' : 'zh']
      return name ? t('says.inBlock', { block: name, codes: code }) : code
    }),
  )
}

function conditionRows({ codes, status }: z.output<typeof conditionTest>): RawBuilder<unknown> {
  return sql`select true ok, jsonb_build_object('kind', 'condition', 'id', c.id, 'code', c.code, 'name', c.name, 'at', c.onset_on) fact,
    null::timestamptz flips_at from condition c
    where c.organization_id = p.organization_id and c.patient_id = p.id and c.superseded_by is null
      and ${byPrefix(sql`c.code`, codes)} ${status === 'active' ? sql`and c.clinical_status = 'active'` : sql``}
    order by c.onset_on desc nulls last limit 1`
}

function procedureRows({ codes, kind, within }: z.output<typeof procedureTest>, asking: Asking): RawBuilder<unknown> {
  const day = sql`(c.performed_on::timestamp at time zone ${asking.timeZone})`
  return sql`select true ok, jsonb_build_object('kind', 'procedure', 'id', c.id, 'code', c.code, 'name', c.name, 'at', c.performed_on) fact,
    ${within ? windowEnd(day, within, asking) : sql`null::timestamptz`} flips_at from procedure c
    where c.organization_id = p.organization_id and c.patient_id = p.id and c.superseded_by is null
      ${codes ? sql`and ${byPrefix(sql`c.code`, codes)}` : procedureRowsFor(asking.purpose)} ${kind ? sql`and c.kind = ${kind}` : sql``}
      ${within ? sql`and ${day} >= ${windowStart(within, asking)}` : sql``}
    order by c.performed_on desc nulls last limit 1`
}

function familyHistoryRows({ codes }: z.output<typeof familyHistoryTest>): RawBuilder<unknown> {
  return sql`select true ok, jsonb_build_object('kind', 'family-history', 'id', f.id, 'code', f.condition_code, 'name', f.condition_name, 'relation', f.relation) fact,
    null::timestamptz flips_at from family_history f
    where f.organization_id = p.organization_id and f.patient_id = p.id and f.superseded_by is null
      and ${byPrefix(sql`f.condition_code`, codes)} limit 1`
}

/** Taken on a day: begun by then, as far as the begin is known, and not ended before it. */
function medicationRows(test: z.output<typeof medicationTest>, asking: Asking): RawBuilder<unknown> {
  const { codes, names, status, begun } = test
  const today = sql`${asking.today}::date`
  const taken = sql`(m.started_on is null or m.started_on <= ${today}) and (m.ended_on is null or m.ended_on >= ${today})`
  const long = begun && firstDayAfter(sql`m.started_on`, begun.span)
  const ok = sql`(${status === 'active' ? taken : sql`true`}
    ${long ? sql`and coalesce(${long} ${sql.raw(begun.op === '>=' ? '<=' : '>')} ${today}, false)` : sql``})`
  const turns = [
    ...(status === 'active' ? [sql`m.started_on`, sql`(m.ended_on + 1)`] : []),
    ...(long ? [long] : []),
  ].map((day) => midnight(day, asking))
  return sql`select coalesce(bool_or(m.ok), false) ok, (array_agg(m.fact order by m.started_on desc nulls last, m.id) filter (where m.ok))[1] fact, min(m.flips_at) flips_at
    from (select m.id, m.started_on, ${ok} ok, ${earliestAfter(asking.now, turns)} flips_at,
        jsonb_build_object('kind', 'medication', 'id', m.id, 'code', m.code, 'name', m.name, 'at', m.started_on, 'until', m.ended_on) fact
      from medication m where m.organization_id = p.organization_id and m.patient_id = p.id and m.superseded_by is null
        ${codes ? sql`and ${byPrefix(sql`m.code`, codes)}` : sql``} ${names ? sql`and ${byWord(sql`m.name`, names)}` : sql``}) m`
}

/** Within brackets: 手术或操作（结肠镜检查 45.23）. */
const bracketless = (code: string, { locale }: SentenceWords) =>
  [procedureName(code)?.[locale === 'en' ? 'en' : 'zh'], code].filter(Boolean).join(' ')

function procedureValues(test: z.output<typeof procedureTest>, words: SentenceWords): Record<string, string> {
  const { t, list, span } = words
  const { codes, kind, within } = test
  const named = kind ? t(`says.procedureKind.${kind}`) : t('says.anyProcedure')
  return {
    what: codes
      ? t('says.procedureCodes', { kind: named, codes: list(codes.map((code) => bracketless(code, words))) })
      : named,
    within: within ? t('says.within', { span: span(within) }) : '',
  }
}

function medicationWords({ codes, names, begun }: z.output<typeof medicationTest>, words: SentenceWords) {
  const { t, list, span } = words
  const what = [...(names ? [list(names)] : []), ...(codes ? [`ATC ${list(codes)}`] : [])].join(' ')
  return {
    what: what || t('says.anyMedication'),
    begun: begun ? t(`says.begun.${begun.op === '<' ? 'less' : 'longer'}`, { span: span(begun.span) }) : '',
  }
}

export const codedKinds = [
  factKind({
    code: 'condition',
    room: 'observation',
    test: conditionTest,
    sensitivity: ({ codes }) => conditionSensitivity(codes),
    wakes: WRITTEN,
    ask: (test) => ({ rows: conditionRows(test) }),
    says: ({ codes, status }, words) => words.t(`says.condition.${status}`, { what: codesWords(codes, words) }),
    denies: ({ codes }, words) => words.t('says.no.condition', { what: codesWords(codes, words) }),
  }),
  factKind({
    code: 'procedure',
    room: 'observation',
    test: procedureTest,
    sensitivity: ({ codes = [] }) => procedureSensitivity(codes),
    wakes: WRITTEN,
    ask: (test, asking) => ({ rows: procedureRows(test, asking) }),
    says: (test, words) => words.t('says.procedure', procedureValues(test, words)),
    denies: (test, words) => words.t('says.no.procedure', procedureValues(test, words)),
  }),
  factKind({
    code: 'familyHistory',
    room: 'observation',
    test: familyHistoryTest,
    sensitivity: ({ codes }) => conditionSensitivity(codes),
    wakes: WRITTEN,
    ask: (test) => ({ rows: familyHistoryRows(test) }),
    says: ({ codes }, words) => words.t('says.family', { what: codesWords(codes, words) }),
    denies: ({ codes }, words) => words.t('says.no.family', { what: codesWords(codes, words) }),
  }),
  factKind({
    code: 'medication',
    room: 'observation',
    test: medicationTest,
    // A name cannot be told from that of a drug for the mind, and any drug at all may be one.
    sensitivity: ({ codes, names }) => (codes && !names ? medicationSensitivity(codes) : 'mental'),
    wakes: WRITTEN,
    ask: (test, asking) => ({ rows: medicationRows(test, asking) }),
    says: (test, words) => words.t(`says.medication.${test.status}`, medicationWords(test, words)),
    denies: (test, words) =>
      test.begun ? undefined : words.t(`says.no.medication.${test.status}`, medicationWords(test, words)),
  }),
]
