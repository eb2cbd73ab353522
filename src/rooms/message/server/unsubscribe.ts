import { systemActor } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { Call, Stream } from '../../../platform/context/room.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import { familyOf } from '../contract/words.ts'
import { messageProblem } from '../contract/problems.ts'
import { changePreference } from './preference.ts'
import { findPreferences } from './preference-store.ts'
import { unsubscribePageOf, type PageState } from './rules/unsubscribe-page.ts'
import type { MessageRow } from './store.ts'
import { organizationOfToken, unsubscribeHash } from './unsubscribe-token.ts'

/** Shows what the link is for and changes nothing: scanners of mails follow every link. */
export async function showUnsubscribe(house: House, token: string): Promise<Stream> {
  const mail = await findMail(house, token)
  const db = house.databases.of(mail.organization_id)
  const preferences = await findPreferences(db, mail.organization_id, mail.patient_id)
  const isOut = preferences.some(
    (row) => row.purpose === mail.purpose && row.channel === familyOf(mail.channel) && row.opted_out_at !== null,
  )
  return page(house, mail, token, isOut ? 'out' : 'ask')
}

/** Stops mails of the kind of this one, at once. A person's page and a mail program's single click come here alike. */
export async function unsubscribe(house: House, token: string, call: Call): Promise<Stream> {
  const mail = await findMail(house, token)
  const isOneClick = (await readBody(call)).includes('One-Click')
  await change(house, mail, true, isOneClick ? 'one-click' : 'unsubscribe-page')
  return page(house, mail, token, 'out')
}

/** It was a slip. */
export async function resubscribe(house: House, token: string): Promise<Stream> {
  const mail = await findMail(house, token)
  await change(house, mail, false, 'unsubscribe-page')
  return page(house, mail, token, 'in')
}

async function change(
  house: House,
  mail: MessageRow,
  optedOut: boolean,
  how: 'one-click' | 'unsubscribe-page',
): Promise<void> {
  const tenant = await house.tenant(mail.organization_id)
  // The person themselves, as far as whoever holds the link is them.
  const actor = { ...systemActor(tenant.id, 'unsubscribe link'), kind: 'patient' as const }
  const { patient_id: patientId, purpose, id: messageId } = mail
  const channel = familyOf(mail.channel)
  await write(house, { tenant, actor }, async (ctx) => {
    const changed = await changePreference(ctx, { patientId, purpose, channel, optedOut, how, note: '', messageId })
    if (!changed) return
    const action = optedOut ? 'message.opt-out' : 'message.opt-in'
    const entry = {
      organizationId: tenant.id,
      actor,
      action,
      outcome: 'done' as const,
      patientId,
      subjectId: messageId,
      detail: { purpose, channel, how },
      requestId: null,
      address: null,
    }
    await house.recordAudit(ctx.tx, entry, ctx.clock.now(), ctx.ids)
  })
}

async function findMail(house: House, token: string): Promise<MessageRow> {
  const organizationId = organizationOfToken(token)
  const row = organizationId
    ? await house.databases
        .of(organizationId)
        .selectFrom('message')
        .selectAll()
        .where('organization_id', '=', organizationId)
        .where('unsubscribe_index', '=', unsubscribeHash(token))
        .executeTakeFirst()
    : undefined
  if (!row) throw messageProblem('TokenUnknown')
  return row
}

async function page(house: House, mail: MessageRow, token: string, state: PageState): Promise<Stream> {
  const tenant = await house.tenant(mail.organization_id)
  const word = (locale: Locale, key: string) =>
    house.translate(locale, 'message', `unsubscribe.${key}`, { organization: tenant.name })
  const html = unsubscribePageOf({
    locale: mail.locale,
    organization: tenant.name,
    state,
    purpose: mail.purpose,
    token,
    word: (key) => word(mail.locale, key),
  })
  return { stream: Buffer.from(html), media: 'text/html; charset=utf-8' }
}

const BODY_MAX = 4096

/** A form's few bytes; more than that is not read. */
async function readBody(call: Call): Promise<string> {
  let text = ''
  for await (const chunk of call.stream ?? []) {
    text += String(chunk)
    if (text.length > BODY_MAX) break
  }
  return text
}
