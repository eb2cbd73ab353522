import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import type { ReadContext } from '../../../platform/context/context.ts'
import {
  factKind,
  type Asking,
  type FactKind,
  type Known,
  type SentenceWords,
} from '../../../platform/condition/fact.ts'
import type { Span } from '../../../platform/condition/grammar.ts'
import { windowEnd, windowStart } from '../../../platform/condition/window.ts'
import { answeredTest, answerTest, scoreTest } from '../contract/fact-words.ts'
import { questionnaireAnswered } from '../contract/responses.ts'
import { newestForm, partOf, partsOf } from './fact-names.ts'
import './table.ts'

/** One that was ever about mind and mood stays so: answers to its old versions stand. */
async function learnQuestionnaires(
  { db, organizationId }: ReadContext,
  codes: readonly string[],
): Promise<Map<string, Known>> {
  const { rows } = await sql<{ code: string; zh: string; en: string; mental: boolean }>`
    select q.code, (array_agg(q.title_zh order by q.version desc))[1] zh, (array_agg(q.title_en order by q.version desc))[1] en,
      bool_or(q.sensitivity = 'mental') mental
    from questionnaire q where q.organization_id = ${organizationId} and q.code = any(${[...codes]}::text[]) and q.state <> 'draft' group by q.code`.execute(
    db,
  )
  return new Map(
    rows.map(({ code, zh, en, mental }) => [code, { name: { zh, en }, sensitivity: mental ? 'mental' : 'ordinary' }]),
  )
}

/** With the names of their questions, answers and results, so that a sentence says them as people read them. */
async function learnWithParts(ctx: ReadContext, codes: readonly string[]): Promise<Map<string, Known>> {
  const known = await learnQuestionnaires(ctx, codes)
  for (const [code, one] of known) {
    const form = await newestForm(ctx, code)
    if (form) known.set(code, { ...one, parts: partsOf(form) })
  }
  return known
}

/** Answers that stand. For an audience none to what asks of mind and mood, whatever the gate let through (R2). */
function responses(code: string, within: Span | undefined, asking: Asking): RawBuilder<unknown> {
  return sql`questionnaire_response r where r.organization_id = p.organization_id and r.patient_id = p.id and r.code = ${code}
    and r.superseded_by is null ${within ? sql`and r.answered_at >= ${windowStart(within, asking)}` : sql``}
    ${
      asking.purpose === 'audience'
        ? sql`and not exists (select from questionnaire q where q.organization_id = r.organization_id and q.code = r.code and q.sensitivity = 'mental')`
        : sql``
    }`
}

const newest = (code: string, within: Span | undefined, asking: Asking) =>
  sql`(select r.* from ${responses(code, within, asking)} order by r.answered_at desc, r.id desc limit 1) r`

const leaves = (within: Span | undefined, asking: Asking) =>
  within ? windowEnd(sql`r.answered_at`, within, asking) : sql`null::timestamptz`

function answeredRows(
  { questionnaire, within, atLeast }: z.output<typeof answeredTest>,
  asking: Asking,
): RawBuilder<unknown> {
  return sql`select count(*) >= ${atLeast} ok, jsonb_agg(jsonb_build_object('kind', 'answered', 'id', r.id, 'code', r.code, 'at', r.answered_at) order by r.answered_at desc, r.id) fact,
    ${within ? sql`case when count(*) >= ${atLeast} then ${windowEnd(sql`min(r.answered_at)`, within, asking)} end` : sql`null::timestamptz`} flips_at
    from (select r.* from ${responses(questionnaire, within, asking)} order by r.answered_at desc, r.id desc limit ${atLeast}) r`
}

function scoreRows(test: z.output<typeof scoreTest>, asking: Asking): RawBuilder<unknown> {
  const { questionnaire, score, bands, value, within } = test
  const fits = sql`(true ${score ? sql`and s ->> 'code' = ${score}` : sql``} ${bands ? sql`and s ->> 'band' = any(${bands}::text[])` : sql``}
    ${value ? sql`and (s ->> 'value')::float8 ${sql.raw(value.op)} ${value.value}` : sql``})`
  return sql`select true ok, jsonb_build_object('kind', 'score', 'id', r.id, 'code', r.code, 'score', s.s ->> 'code', 'name', s.s -> 'name', 'value', s.s -> 'value', 'band', s.s -> 'bandText', 'at', r.answered_at) fact,
    ${leaves(within, asking)} flips_at
    from ${newest(questionnaire, within, asking)} cross join lateral (
      select s from jsonb_array_elements(r.scores) s where ${fits} order by s ->> 'code' limit 1) s`
}

/** FHIR keeps an answer under a key that names its type; a choice is its code. */
function answerRows(
  { questionnaire, question, in: choices, value, within }: z.output<typeof answerTest>,
  asking: Asking,
): RawBuilder<unknown> {
  const text = sql`coalesce(a #>> '{valueCoding,code}', a ->> 'valueString', a ->> 'valueBoolean')`
  const number = sql`coalesce(a ->> 'valueDecimal', a ->> 'valueInteger', a #>> '{valueQuantity,value}')::float8`
  const fits = choices ? sql`${text} = any(${choices}::text[])` : sql`${number} ${sql.raw(value!.op)} ${value!.value}`
  return sql`select true ok, jsonb_build_object('kind', 'answer', 'id', r.id, 'code', r.code, 'question', ${question}::text, 'value', a.a, 'at', r.answered_at) fact,
    ${leaves(within, asking)} flips_at
    from ${newest(questionnaire, within, asking)} cross join lateral (
      select a from jsonb_path_query(r.response, 'strict $.**{0 to last}.item[*] ? (@.linkId == $question).answer[*]',
        jsonb_build_object('question', ${question}::text), true) a
      where ${fits} limit 1) a`
}

const inWindow = (within: Span | undefined, { t, span }: SentenceWords) =>
  within ? t('says.within', { span: span(within) }) : ''

/** “酒喝得偏多”、“不喝酒” */
const quoted = (words: SentenceWords, of: string, codes: readonly string[], part: (code: string) => string) =>
  words.list(codes.map((code) => words.t('says.quoted', { name: words.part(of, part(code), code) })))

/** What conditions may ask of answers. How sensitive each is, its questionnaire says. */
export const questionnaireFacts: readonly FactKind[] = [
  factKind({
    code: 'answered',
    room: 'questionnaire',
    test: answeredTest,
    sensitivity: 'ordinary',
    wakes: [questionnaireAnswered, 'merge'],
    names: ({ questionnaire }) => [questionnaire],
    learn: learnQuestionnaires,
    unknown: 'UnknownQuestionnaire',
    ask: (test, asking) => ({ rows: answeredRows(test, asking) }),
    says: (test, words) =>
      words.t(test.atLeast > 1 ? 'says.answered.times' : 'says.answered.once', {
        within: inWindow(test.within, words),
        name: words.name(test.questionnaire),
        times: test.atLeast,
      }),
    denies: (test, words) =>
      test.atLeast > 1
        ? undefined
        : words.t('says.no.answered', { within: inWindow(test.within, words), name: words.name(test.questionnaire) }),
  }),
  factKind({
    code: 'score',
    room: 'questionnaire',
    test: scoreTest,
    sensitivity: 'ordinary',
    wakes: [questionnaireAnswered, 'merge'],
    names: ({ questionnaire }) => [questionnaire],
    learn: learnWithParts,
    unknown: 'UnknownQuestionnaire',
    ask: (test, asking) => ({ rows: scoreRows(test, asking) }),
    says: ({ questionnaire, score, bands, value, within }, words) =>
      words.t(score ? 'says.score.named' : 'says.score.any', {
        within: inWindow(within, words),
        name: words.name(questionnaire),
        score: score ? words.part(questionnaire, partOf.score(score), score) : '',
        result: [
          ...(bands ? [words.t('says.band', { band: quoted(words, questionnaire, bands, partOf.band) })] : []),
          ...(value ? [` ${words.measure(value)}`] : []),
        ].join(''),
      }),
  }),
  factKind({
    code: 'answer',
    room: 'questionnaire',
    test: answerTest,
    sensitivity: 'ordinary',
    wakes: [questionnaireAnswered, 'merge'],
    names: ({ questionnaire }) => [questionnaire],
    learn: learnWithParts,
    unknown: 'UnknownQuestionnaire',
    ask: (test, asking) => ({ rows: answerRows(test, asking) }),
    says: ({ questionnaire, question, in: choices, value, within }, words) =>
      words.t('says.answer', {
        within: inWindow(within, words),
        name: words.name(questionnaire),
        question: words.part(questionnaire, partOf.question(question), question),
        result: choices
          ? quoted(words, questionnaire, choices, (one) => partOf.answer(question, one))
          : ` ${words.measure(value!)}`,
      }),
  }),
]
