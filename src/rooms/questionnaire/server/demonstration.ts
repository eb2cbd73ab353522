import { sql } from 'kysely'
import { answer, askedPlaces, open, toResponse, type Form, type Value } from '../../../clinical/questionnaire/index.ts'
import { newToken } from '../../../platform/auth/token.ts'
import { addDays } from '../../../platform/clock.ts'
import type { Actor, WriteContext } from '../../../platform/context/context.ts'
import content from '../content/demonstration.json' with { type: 'json' }
import type { Way } from '../contract/words.ts'
import { findInForce } from './definition-store.ts'
import { publishedForm } from './form.ts'
import { countAnswer, insertInvitation } from './invitation-store.ts'
import { knownOf, type KnownAnswers } from './known.ts'
import { keepResponse } from './respond.ts'

const DAY_MS = 86_400_000
/** An elder of the demonstration, as the constitution of 33 questions asks. */
const ELDER_YEARS = 66
const ADULT_YEARS = 30
const PEOPLE = 12

/** One questionnaire, answered by several people; each list is gone through in turn. */
interface Series {
  code: string
  way: Way
  elders?: boolean
  /** The answers are those to a link for a visit so many days from now. */
  visitInDays?: number
  /** Places in the list of people. */
  people: number[]
  daysAgo: number[]
  /** Places of options. */
  picks: number[]
  /** By link id: a value, or of a choice the place of the option. */
  answers: Record<string, (string | number | boolean)[]>
}

interface Person {
  id: string
  name: string
  doctor_id: string
  doctor_name: string
}

/**
 * What a demonstration shows: answers of some months to questionnaires of several kinds, and a link that waits for its
 * answers. The same people and answers each time. Nothing happens where anybody has answered already.
 */
export async function furnishQuestionnaires(ctx: WriteContext): Promise<void> {
  const some = await ctx.tx
    .selectFrom('questionnaire_response')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .limit(1)
    .executeTakeFirst()
  if (some) return
  const adults = await peopleOf(ctx, ADULT_YEARS)
  const elders = await peopleOf(ctx, ELDER_YEARS)
  for (const series of content.series as unknown as Series[])
    await furnishSeries(ctx, series.elders ? elders : adults, series)
  const { code, person, sentDaysAgo, visitInDays } = content.waiting
  const one = adults[person]
  if (one) await sendLink(ctx, one, { code, sentDaysAgo, visitInDays, isAnswered: false })
}

/** The first of those who have a doctor, by the number of their record. */
async function peopleOf(ctx: WriteContext, years: number): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select p.id, p.name, p.doctor_id, d.name doctor_name from patient p
    join staff d on d.organization_id = p.organization_id and d.id = p.doctor_id
    where p.organization_id = ${ctx.organizationId} and p.state = 'active' and p.birth_date < ${addDays(ctx.today, -365 * years)}
    order by p.record_number limit ${PEOPLE}`.execute(ctx.tx)
  return rows
}

async function furnishSeries(ctx: WriteContext, people: readonly Person[], series: Series): Promise<void> {
  const definition = await findInForce(ctx.tx, ctx.organizationId, series.code)
  if (!definition) return
  const form = publishedForm(`${ctx.organizationId}/${definition.code}/${definition.version}`, definition.definition)
  for (const [n, at] of series.people.entries()) {
    const person = people[at]
    if (!person) continue
    const answeredAt = new Date(ctx.clock.now().getTime() - series.daysAgo[n]! * DAY_MS)
    const { code, way, visitInDays } = series
    const then = { ...ctx, actor: actorOf(ctx, person, way), clock: { ...ctx.clock, now: () => answeredAt } }
    const known = await knownOf(then, form, person.id)
    const sent = { code, sentDaysAgo: series.daysAgo[n]! + 1, isAnswered: true }
    const invitationId = visitInDays === undefined ? null : await sendLink(ctx, person, { ...sent, visitInDays })
    await keepResponse(then, {
      definition,
      patientId: person.id,
      invitationId,
      submission: ctx.ids.next<string>(),
      author: way === 'interview' ? 'staff' : 'patient',
      way,
      response: filled(form, known, ctx.today, series, n),
    })
  }
}

/** Whoever filled it in: the person through a link, or their doctor who asked. */
function actorOf({ organizationId }: WriteContext, person: Person, way: Way): Actor {
  const isAsked = way === 'interview'
  return {
    kind: isAsked ? 'staff' : 'patient',
    organizationId,
    id: isAsked ? person.doctor_id : person.id,
    name: isAsked ? person.doctor_name : person.name,
    roles: [],
    permissions: new Set(isAsked ? ['record.read'] : []),
  }
}

/** Goes through the questions as they come up, with the answers of the series. */
function filled(form: Form, known: KnownAnswers, today: string, series: Series, n: number): Record<string, unknown> {
  const { answers, answeredOn } = known
  let state = open(form, { known: { today, answers, answeredOn } })
  let question = 0
  // Each question is answered once at most, so that the form comes to its end.
  for (let left = form.byLinkId.size; left > 0; left--) {
    const next = askedPlaces(state)
      .filter(({ key }) => !state.answers.has(key))
      .map((place) => ({ place, value: valueFor(place.item, series, n, question) }))
      .find(({ value }) => value !== undefined)
    if (!next) break
    question++
    state = answer(state, next.place.key, next.value)
  }
  return { ...toResponse(state, { status: 'completed' }) }
}

type Item = ReturnType<typeof askedPlaces>[number]['item']

function valueFor(item: Item, { answers, picks }: Series, n: number, question: number): Value | undefined {
  const listed = answers[item.linkId]
  const given = listed?.[n % listed.length]
  if (item.options.length === 0) return given
  const pick = typeof given === 'number' ? given : picks[(question + n * 3) % picks.length]
  return pick === undefined ? undefined : item.options[Math.min(pick, item.options.length - 1)]!.value
}

interface Sent {
  code: string
  sentDaysAgo: number
  visitInDays: number
  isAnswered: boolean
}

/** A link that somebody sent; its token is shown to nobody. */
async function sendLink(
  ctx: WriteContext,
  person: Person,
  { code, sentDaysAgo, visitInDays, isAnswered }: Sent,
): Promise<string | null> {
  const definition = await findInForce(ctx.tx, ctx.organizationId, code)
  if (!definition) return null
  const id = ctx.ids.next<string>()
  const sentAt = new Date(ctx.clock.now().getTime() - sentDaysAgo * DAY_MS)
  await insertInvitation(ctx.tx, ctx.organizationId, {
    id,
    kind: 'personal',
    code,
    version: definition.version,
    patientId: person.id,
    tokenHash: newToken(ctx.organizationId).hash,
    closesAt: null,
    quota: null,
    byMessage: false,
    visit: { kind: 'planned', id: null, on: addDays(ctx.today, visitInDays) },
    remindAt: [],
    at: sentAt,
    by: { id: person.doctor_id, name: person.doctor_name },
  })
  if (isAnswered) await countAnswer(ctx.tx, ctx.organizationId, id)
  return id
}
