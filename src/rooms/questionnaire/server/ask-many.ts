import { sql } from 'kysely'
import { newToken } from '../../../platform/auth/token.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { sendMessages } from '../../message/server/index.ts'
import { settingsOf, webAddressOf } from '../../organization/server/index.ts'
import { patientSummaries } from '../../patient/server/index.ts'
import { findActiveVersions } from './definition-store.ts'
import './table.ts'

/** The version in force of each of these codes; one that has none is left out. */
export const versionsInForce = (
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  codes: readonly string[],
): Promise<Map<string, number>> => findActiveVersions(db, organizationId, codes)

export interface AskedPerson {
  /** What it is asked for, as the caller knows it. */
  key: string
  patientId: string
  /** Of a questionnaire in force. */
  code: string
  closesAt: Date
  /** The words that the link goes out with, a template that takes one; absent: the plain invitation. */
  template?: string | undefined
}

/**
 * Sends personal links to many, for rooms whose plans ask: each person and questionnaire has one open link at most, so
 * asking again sends nothing, and one that ran out makes room.
 * @returns the keys of those who have a link now, each with its id; not of who is gone, has no date of birth to open it with, or is asked for
 *   something that is not in force
 */
export async function askMany(ctx: WriteContext, asked: readonly AskedPerson[]): Promise<Map<string, string>> {
  const now = ctx.clock.now()
  const versions = await findActiveVersions(ctx.db, ctx.organizationId, [...new Set(asked.map(({ code }) => code))])
  const people = await patientSummaries(ctx, [...new Set(asked.map(({ patientId }) => patientId))])
  const able = asked.filter(({ patientId, code }) => {
    const person = people.get(patientId)
    return versions.has(code) && person?.state === 'active' && person.birthDate !== null
  })
  if (able.length === 0) return new Map()
  await sql`update questionnaire_invitation set state = 'withdrawn' where organization_id = ${ctx.organizationId}
    and patient_id = any(${able.map(({ patientId }) => patientId)}::uuid[]) and state = 'open' and closes_at <= ${now}`.execute(
    ctx.tx,
  )
  const links = able.map((one) => ({ ...one, id: ctx.ids.next(), ...newToken(ctx.organizationId) }))
  const made = await ctx.tx
    .insertInto('questionnaire_invitation')
    .values(
      links.map(({ id, patientId, code, closesAt, hash }) => ({
        organization_id: ctx.organizationId,
        id,
        kind: 'personal' as const,
        code,
        version: versions.get(code)!,
        patient_id: patientId,
        token_hash: hash,
        closes_at: closesAt,
        quota: null,
        draft_sealed: null,
        draft_at: null,
        opened_at: null,
        sent_at: now,
        sent_by: ctx.actor.id,
        sent_by_name: ctx.actor.name,
        sent_by_message: true,
        visit_kind: null,
        visit_id: null,
        visit_on: null,
        next_remind_at: null,
      })),
    )
    .onConflict((oc) => oc.doNothing())
    .returning('id')
    .execute()
  const fresh = new Set(made.map(({ id }) => id))
  const address = webAddressOf((await settingsOf(ctx)).general, ctx.publicUrl)
  await sendMessages(
    ctx,
    links
      .filter(({ id }) => fresh.has(id))
      .map(({ id, patientId, token, closesAt, template }) => ({
        patientId,
        template: template ?? 'questionnaire-invitation',
        touch: `questionnaire:${id}`,
        values: { link: `${address}/fill/${token}` },
        notAfter: closesAt,
        source: 'questionnaire',
        sourceKey: id,
      })),
  )
  const open = await openLinks(ctx, able)
  return new Map(able.map(({ key, patientId, code }) => [key, open.get(`${patientId} ${code}`) ?? '']))
}

async function openLinks(ctx: WriteContext, asked: readonly AskedPerson[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; patient_id: string; code: string }>`
    select id, patient_id, code from questionnaire_invitation where organization_id = ${ctx.organizationId}
      and patient_id = any(${asked.map(({ patientId }) => patientId)}::uuid[]) and state = 'open' and kind = 'personal'`.execute(
    ctx.tx,
  )
  return new Map(rows.map(({ id, patient_id, code }) => [`${patient_id} ${code}`, id]))
}
