import { ageOn } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import type { StoredConsent } from '../../card/server/table.ts'
import { readGoodHours } from '../../patient/contract/good-hours.ts'
import { GUARDIAN_UNDER_YEARS } from '../../patient/contract/person.ts'
import type { Topic } from '../contract/topic.ts'
import { familyOf, type Channel, type Purpose } from '../contract/words.ts'
import { findPersonRows, type PersonRow } from './person-facts-store.ts'
import type { Person } from './rules/gate.ts'
import { refusalOf, type PurposeRefusal, type TopicWish } from './rules/refusal.ts'
import type { Sent } from './rules/ration.ts'
import { findSuppressed } from './suppression-store.ts'

type Reader = Pick<ReadContext, 'db' | 'organizationId' | 'today' | 'sealer' | 'clock'>

/** A person as the sender needs to know them. */
export interface Addressee {
  id: string
  name: string
  locale: Locale
  viaGuardian: boolean
  email: string | null
  emailIndex: Buffer | null
  /** Of those that short messages go to: see phones.ts. */
  phone: string | null
  phoneIndex: Buffer | null
  /** What has left the house for them of late; whoever lets another one go adds it. */
  sent: Sent[]
  /** As the gate has to see them for a message of this kind. */
  person(purpose: Purpose, channel: Channel, about: About): Person
}

/** What of a message a person may refuse beside its purpose. */
export interface About {
  topic: Topic
  urgent: boolean
}

/**
 * All that decides about messages to these people, in three statements for all of them together. Whoever was merged is
 * answered with the person they were merged into.
 *
 * Children under 14 are written to through their guardian only, at the guardian's address, and the greeting says so; their
 * own address is not looked at. Which of the two it is goes by the date of the moment, so that nothing has to be switched
 * on the 14th birthday (PIPL §31).
 * @param sentDays how far back what has left the house for them is read; 0: not at all
 * @param promotion false where neither a promotion nor a greeting is to go: what stands against those is not looked for then
 */
export async function loadAddressees(
  ctx: Reader,
  patientIds: readonly string[],
  sentDays = 0,
  promotion = true,
): Promise<Map<string, Addressee>> {
  const asked = [...new Set(patientIds)]
  const rows = await loadPeople(ctx, asked, sentDays, promotion)
  const isChild = ({ birth_date }: PersonRow) =>
    birth_date !== null && ageOn(birth_date, ctx.today) < GUARDIAN_UNDER_YEARS
  const letterBoxes = new Map(
    [...rows.values()].map((row) => {
      const sealed = isChild(row) ? row.guardian_email_sealed : row.email_sealed
      const email = sealed ? ctx.sealer.open(ctx.organizationId, sealed) : null
      return [row.id, { email, index: email ? addressIndex(ctx, email) : null }]
    }),
  )
  const indexes = [...letterBoxes.values()].flatMap(({ index }) => index ?? [])
  const suppressed = await findSuppressed(ctx.db, ctx.organizationId, 'email', indexes, ctx.clock.now())
  // Of whom the batch holds several messages there is one list, which grows as they go.
  const known = new Map<string, Addressee>()
  for (const row of rows.values()) {
    if (known.has(row.id)) continue
    const { email, index } = letterBoxes.get(row.id)!
    known.set(row.id, addresseeOf(row, isChild(row), email, index, index && suppressed.get(index.toString('hex'))))
  }
  return new Map(asked.flatMap((id) => (rows.has(id) ? [[id, known.get(rows.get(id)!.id)!] as const] : [])))
}

function addresseeOf(
  row: PersonRow,
  isChild: boolean,
  email: string | null,
  emailIndex: Buffer | null,
  suppressed: Person['suppressed'] | undefined,
): Addressee {
  const sent = (row.sent ?? []).map(([id, touch, channel, purpose, at, rationed]): Sent => ({
    id,
    touch,
    channel,
    purpose,
    at: new Date(at),
    rationed,
  }))
  const refused = (row.opt_outs ?? []).map(([purpose, channel, at]): PurposeRefusal => ({ purpose, channel, at }))
  const wishes = (row.topic_wishes ?? []).map(([topic, channel, out, at]): TopicWish => ({ topic, channel, out, at }))
  const known = {
    id: row.id,
    state: row.state,
    isChild,
    hasGuardian: row.has_guardian,
    ownAddressOnly: isChild && row.guardian_email_sealed === null && row.email_sealed !== null,
    consent: consentOf(row.consents ?? []),
    quiet: row.quiet,
    holds: (row.holds ?? []).map(([kind, since]) => ({ kind, since: new Date(since) })),
    sent,
    hasAddress: email !== null,
    goodHours: readGoodHours(row.good_hours),
    suppressed: suppressed ?? null,
  }
  return {
    id: row.id,
    name: row.called || row.name,
    locale: row.locale,
    viaGuardian: isChild,
    email,
    emailIndex,
    phone: null,
    phoneIndex: null,
    sent,
    person: (purpose, channel, { topic, urgent }) => ({
      ...known,
      optedOut: refusalOf({ purpose, channel: familyOf(channel), topic, urgent }, refused, wishes),
    }),
  }
}

/** Whether they have said yes to being told of activities. */
export async function agreedToPromotion(ctx: Reader, patientId: string): Promise<boolean> {
  const person = (await loadAddressees(ctx, [patientId])).get(patientId)
  return person?.person('promotion', 'in-app', { topic: 'activities', urgent: false }).consent.promotion === true
}

/** Addresses are compared without regard to case, as all common mail services do. */
export function addressIndex(ctx: Pick<ReadContext, 'sealer' | 'organizationId'>, email: string): Buffer {
  return ctx.sealer.index(ctx.organizationId, 'message/email', email.trim().toLowerCase())
}

/** By the id that was asked for; whoever was merged stands there as the person they were merged into. */
async function loadPeople(
  ctx: Reader,
  ids: readonly string[],
  sentDays: number,
  promotion: boolean,
): Promise<Map<string, PersonRow>> {
  const known = await findPersonRows(ctx, ids, sentDays, promotion)
  for (let hop = 0; hop < 20; hop++) {
    const missing = [...known.values()].flatMap((row) =>
      row.merged_into && !known.has(row.merged_into) ? [row.merged_into] : [],
    )
    if (missing.length === 0) break
    for (const [id, row] of await findPersonRows(ctx, missing, sentDays, promotion)) known.set(id, row)
  }
  const survivor = (row: PersonRow, hops = 0): PersonRow => {
    const next = row.state === 'merged' && row.merged_into && hops < 20 ? known.get(row.merged_into) : undefined
    return next ? survivor(next, hops + 1) : row
  }
  return new Map(ids.flatMap((id) => (known.has(id) ? [[id, survivor(known.get(id)!)] as const] : [])))
}

/** The newest answer to each question counts, whichever card it stands on. */
function consentOf(cards: readonly StoredConsent[][]): Person['consent'] {
  const last = (purpose: StoredConsent['purpose']) =>
    cards
      .flat()
      .filter((answer) => answer.purpose === purpose)
      .toSorted((a, b) => (a.at < b.at ? -1 : 1))
      .at(-1)?.granted
  return cards.length === 0 ? {} : { service: last('service-messages'), promotion: last('promotion') }
}
