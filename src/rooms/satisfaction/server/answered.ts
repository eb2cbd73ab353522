import { sql } from 'kysely'
import { dateIn } from '../../../platform/clock.ts'
import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { PayloadOf } from '../../../platform/contract/index.ts'
import { CATEGORIES, type Category } from '../../complaint/contract/words.ts'
import { openForRating } from '../../complaint/server/index.ts'
import type { questionnaireAnswered } from '../../questionnaire/contract/responses.ts'
import { givenAnswers, type GivenAnswers } from '../../questionnaire/server/index.ts'
import { LOW, QUESTIONNAIRE } from '../contract/words.ts'
import { ruleInForce } from './rule.ts'
import { visitOfInvitation } from './visit-store.ts'
import './table.ts'

/**
 * Keeps what a rating came to, and opens a complaint where it asks for one. Told twice, or of an old version after the new
 * one, it comes to the same.
 */
export async function takeAnswer(ctx: WriteContext, told: PayloadOf<typeof questionnaireAnswered>): Promise<void> {
  if (told.code !== QUESTIONNAIRE || !told.patientId) return
  const given = await givenAnswers(ctx, told.responseId)
  const score = told.scores.find(({ code }) => code === 'satisfaction')?.value
  // A house may reword its questionnaire; one without a score says nothing of satisfaction.
  if (!given || typeof score !== 'number' || !Number.isInteger(score) || score < 1 || score > 5) return
  const visit = given.invitationId ? await visitOfInvitation(ctx, given.invitationId) : undefined
  await ctx.tx
    .insertInto('satisfaction_answer')
    .values({
      organization_id: ctx.organizationId,
      response_id: given.responseId,
      root_id: given.rootId,
      patient_id: given.patientId,
      visit_kind: visit?.visit_kind ?? null,
      visit_id: visit?.visit_id ?? null,
      class: visit?.class ?? null,
      department: visit?.department ?? '',
      visited_on: visit ? dateIn(visit.closed_at, ctx.tenant.timeZone) : null,
      score,
      about: categoryOf(given),
      wants_contact: typeof given.answers['contact'] === 'boolean' ? given.answers['contact'] : null,
      complains: score <= LOW || given.answers['complaint'] === true,
      has_words: wordsOf(given) !== '',
      danger: given.danger,
      answered_at: given.answeredAt,
      superseded_by: null,
      complaint_id: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await standNewest(ctx, given.rootId)
  await openOne(ctx, given.responseId)
}

/** Of the versions of an answer the newest stands. */
async function standNewest(ctx: WriteContext, rootId: string): Promise<void> {
  await sql`
    with newest as (select response_id from satisfaction_answer where organization_id = ${ctx.organizationId} and root_id = ${rootId}
      order by answered_at desc, response_id desc limit 1)
    update satisfaction_answer a set superseded_by = nullif(n.response_id, a.response_id) from newest n
    where a.organization_id = ${ctx.organizationId} and a.root_id = ${rootId}
      and a.superseded_by is distinct from nullif(n.response_id, a.response_id)`.execute(ctx.tx)
}

const wordsOf = ({ answers }: GivenAnswers): string =>
  typeof answers['words'] === 'string' ? answers['words'].trim() : ''

function categoryOf({ answers }: GivenAnswers): Category | null {
  return CATEGORIES.find((category) => category === answers['about']) ?? null
}

/** Opens the complaint that a standing answer asks for. @returns whether there is one now */
async function openOne(ctx: WriteContext, responseId: string): Promise<boolean> {
  const row = await ctx.tx
    .selectFrom('satisfaction_answer')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('response_id', '=', responseId)
    .where('superseded_by', 'is', null)
    .where('complains', '=', true)
    .where('complaint_id', 'is', null)
    .executeTakeFirst()
  const given = row && (await givenAnswers(ctx, responseId))
  if (!row || !given) return false
  const { policy } = await ruleInForce(ctx)
  const complaintId = await openForRating(ctx, {
    key: row.root_id,
    patientId: row.patient_id,
    category: categoryOf(given) ?? 'other',
    // Words of danger are for whoever is on duty; who sees to the complaint learns that somebody is calling already.
    words: row.danger ? '' : wordsOf(given),
    withheld: row.danger,
    receivedOn: dateIn(row.answered_at, ctx.tenant.timeZone),
    origin: {
      responseId: row.response_id,
      score: row.score,
      department: row.department,
      visitedOn: row.visited_on,
      wantsContact: row.wants_contact,
    },
    ownerId: policy.ownerId,
  })
  if (!complaintId) return false
  await ctx.tx
    .updateTable('satisfaction_answer')
    .set({ complaint_id: complaintId })
    .where('organization_id', '=', ctx.organizationId)
    .where('response_id', '=', responseId)
    .execute()
  return true
}

/** At most so many in one round; there are none unless nobody was there to see to them. */
const BATCH = 50

/** What could be given to nobody when it came is given to somebody as soon as there is one. */
export async function openWaiting(house: House, tenant: Tenant): Promise<void> {
  await write(house, { tenant, actor: systemActor(tenant.id, 'satisfaction/complaints') }, async (ctx) => {
    const rows = await ctx.tx
      .selectFrom('satisfaction_answer')
      .select('response_id')
      .where('organization_id', '=', ctx.organizationId)
      .where('complains', '=', true)
      .where('complaint_id', 'is', null)
      .where('superseded_by', 'is', null)
      .orderBy('answered_at')
      .limit(BATCH)
      .execute()
    for (const { response_id } of rows) if (!(await openOne(ctx, response_id))) return
  })
}
