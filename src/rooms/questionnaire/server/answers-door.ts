import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import type { ScoreView } from '../contract/words.ts'
import { wordsOfDanger } from './danger.ts'
import { publishedForm } from './form.ts'

export interface AnsweredQuestionnaire {
  code: string
  title: Bilingual
  answeredAt: Date
  scores: ScoreView[]
}

/**
 * The newest standing answers to each questionnaire in a time, with their scores. Those of mood and mind are left out:
 * a person tells their results. Who may see them is the caller's business.
 */
export async function answeredBetween(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  patientId: string,
  from: Date,
  to: Date,
): Promise<AnsweredQuestionnaire[]> {
  const { rows } = await sql<{ code: string; zh: string; en: string; answered_at: Date; scores: ScoreView[] }>`
    select distinct on (r.code) r.code, q.title_zh zh, q.title_en en, r.answered_at, r.scores
    from questionnaire_response r
    join questionnaire q on q.organization_id = r.organization_id and q.code = r.code and q.version = r.version
    where r.organization_id = ${organizationId} and r.patient_id = ${patientId} and r.superseded_by is null
      and q.sensitivity = 'ordinary' and r.answered_at between ${from} and ${to}
    order by r.code, r.answered_at desc`.execute(db)
  return rows.map(({ code, zh, en, answered_at, scores }) => ({
    code,
    title: { zh, en },
    answeredAt: answered_at,
    scores,
  }))
}

/**
 * Whose answers these are and when they were given, as long as they are the newest of the person to the questionnaire and
 * nobody has corrected them; undefined otherwise, and of answers that nobody is known for.
 */
export async function standingAnswer(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  responseId: string,
): Promise<{ patientId: string; answeredAt: Date } | undefined> {
  const { rows } = await sql<{ patientId: string; answeredAt: Date }>`
    select r.patient_id "patientId", r.answered_at "answeredAt" from questionnaire_response r
    where r.organization_id = ${organizationId} and r.id = ${responseId} and r.superseded_by is null
      and r.patient_id is not null and not exists (
        select from questionnaire_response n where n.organization_id = r.organization_id and n.patient_id = r.patient_id
          and n.code = r.code and n.superseded_by is null and (n.answered_at, n.id) > (r.answered_at, r.id))`.execute(
    db,
  )
  return rows[0]
}

export interface GivenAnswers {
  responseId: string
  patientId: string
  /** The first version of these answers, which corrections came after. */
  rootId: string
  invitationId: string | null
  answeredAt: Date
  /** By linkId, the first answer of each: a code, a number, a text, yes or no. */
  answers: Record<string, string | number | boolean>
  /** What was written sounds like danger to life: the words are for whoever calls, and for nobody else. */
  danger: boolean
}

/**
 * What somebody answered, question by question; undefined where nobody is known for it. Never of mood and mind (R2). Who
 * may see it is the caller's business.
 */
export async function givenAnswers(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  responseId: string,
): Promise<GivenAnswers | undefined> {
  interface Row {
    patient_id: string
    code: string
    version: number
    root_id: string
    invitation_id: string | null
    answered_at: Date
    response: Record<string, unknown>
    definition: unknown
  }
  const { rows } = await sql<Row>`
    with recursive back as (
      select r.id, r.corrects, r.invitation_id, 0 hop from questionnaire_response r
      where r.organization_id = ${organizationId} and r.id = ${responseId}
      union all
      select r.id, r.corrects, r.invitation_id, b.hop + 1 from back b join questionnaire_response r
        on r.organization_id = ${organizationId} and r.id = b.corrects where b.hop < 50
    )
    select r.patient_id, r.code, r.version, o.id root_id, o.invitation_id, r.answered_at, r.response, q.definition
    from questionnaire_response r
    join questionnaire q on q.organization_id = r.organization_id and q.code = r.code and q.version = r.version
    cross join lateral (select id, invitation_id from back order by hop desc limit 1) o
    where r.organization_id = ${organizationId} and r.id = ${responseId} and r.patient_id is not null
      and q.sensitivity = 'ordinary'`.execute(db)
  const row = rows[0]
  if (!row) return undefined
  const form = publishedForm(`${organizationId}/${row.code}/${row.version}`, row.definition)
  return {
    responseId,
    patientId: row.patient_id,
    rootId: row.root_id,
    invitationId: row.invitation_id,
    answeredAt: row.answered_at,
    answers: firstAnswers(row.response),
    danger: wordsOfDanger(form, row.response),
  }
}

interface Answered {
  linkId?: string
  item?: Answered[]
  answer?: ({ valueCoding?: { code?: string }; item?: Answered[] } & Record<string, unknown>)[]
}

function firstAnswers({ item = [] }: Answered): Record<string, string | number | boolean> {
  return Object.assign(
    {},
    ...item.map((one) => {
      const [first] = one.answer ?? []
      const { valueCoding, item: below = [], ...rest } = first ?? {}
      const value = valueCoding?.code ?? Object.entries(rest).find(([key]) => key.startsWith('value'))?.[1]
      const isPlain = ['string', 'number', 'boolean'].includes(typeof value)
      return {
        ...(one.linkId && isPlain ? { [one.linkId]: value } : {}),
        ...firstAnswers({ item: [...below, ...(one.item ?? [])] }),
      }
    }),
  ) as Record<string, string | number | boolean>
}
