import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { CareBatch } from '../../agenda/server/index.ts'
import type { PublishedTag } from './published.ts'
import type { PatientResult } from './step.ts'

export interface RuleResult {
  rule: PublishedTag
  /** The facts that fired the rule; null when it does not hold. */
  facts: unknown[] | null
}

interface Standing {
  patient_id: string
  tag_code: string
  state: 'active' | 'suppressed' | 'ended'
  rule_version: number
  facts: unknown[]
  expires_at: Date | null
}

interface Change {
  patientId: string
  tag: string
  /** `refreshed` and `forgotten` change what is kept, not what shows; they leave no event. */
  change: 'set' | 'refreshed' | 'cleared' | 'expired' | 'forgotten'
  version: number
  facts: unknown[]
  expiresAt: Date | null
}

/** Writes what the rules changed: sets, refreshes the facts of, and clears tags. Manual tags are not looked at. */
export async function applyDifferences(
  ctx: WriteContext,
  rules: readonly PublishedTag[],
  batch: CareBatch,
  evaluated: readonly PatientResult[],
): Promise<void> {
  const standing = await findStanding(
    ctx,
    rules.map((rule) => rule.code),
    batch.patientIds,
  )
  const changes: Change[] = []
  for (const { patientId, results } of evaluated)
    for (const { rule, facts } of results) {
      const known = standing.get(`${patientId} ${rule.code}`)
      const change = decide(patientId, rule, facts, known, batch.now)
      if (change) changes.push(change)
      const expiresAt = change ? change.expiresAt : known?.expires_at
      if (expiresAt) batch.propose(patientId, expiresAt, `tag ${rule.code} expires`)
    }
  await writeSet(
    ctx,
    changes.filter((c) => c.change === 'set' || c.change === 'refreshed'),
    batch.now,
  )
  await writeEnded(
    ctx,
    changes.filter((c) => c.change === 'expired'),
  )
  await writeCleared(
    ctx,
    changes.filter((c) => c.change === 'cleared' || c.change === 'forgotten'),
  )
  await writeEvents(
    ctx,
    changes.filter((c) => ['set', 'cleared', 'expired'].includes(c.change)),
    batch.now,
  )
}

/** What becomes of one tag. Pure: the whole behaviour of a rule's tag over time stands here. */
export function decide(
  patientId: string,
  rule: Pick<PublishedTag, 'code' | 'version' | 'standsFor'>,
  facts: unknown[] | null,
  known: Pick<Standing, 'state' | 'rule_version' | 'facts' | 'expires_at'> | undefined,
  now: Date,
): Change | undefined {
  const base = { patientId, tag: rule.code, version: rule.version, facts: facts ?? [], expiresAt: null as Date | null }
  if (facts === null) return known && { ...base, change: known.state === 'ended' ? 'forgotten' : 'cleared' }
  const expiresAt = rule.standsFor ? new Date(now.getTime() + rule.standsFor.days * 86_400_000) : null
  if (!known) return { ...base, change: 'set', expiresAt }
  const sameFacts = factKey(known.facts) === factKey(facts)
  // A tag that has had its time comes back on newer facts only, so the ended one is remembered with its facts.
  if (known.state === 'ended') return sameFacts ? undefined : { ...base, change: 'set', expiresAt }
  if (known.expires_at !== null && known.expires_at <= now)
    return sameFacts ? { ...base, change: 'expired' } : { ...base, change: 'set', expiresAt }
  if (sameFacts && known.rule_version === rule.version) return undefined
  return { ...base, change: 'refreshed', expiresAt: sameFacts ? known.expires_at : expiresAt }
}

/** Ids and values of facts, without what merely grows older such as the years of age. */
function factKey(facts: readonly unknown[]): string {
  return JSON.stringify(
    facts.flat().map((fact) => {
      const { id, kind, value, code, at } = fact as Record<string, unknown>
      return [kind, id ?? null, code ?? null, value ?? null, kind === 'last' ? at : null]
    }),
  )
}

async function findStanding(
  ctx: WriteContext,
  codes: string[],
  patientIds: readonly string[],
): Promise<Map<string, Standing>> {
  const { rows } = await sql<Standing>`
    select patient_id, tag_code, state, rule_version, facts, expires_at from patient_tag
    where organization_id = ${ctx.organizationId} and patient_id = any(${patientIds}::uuid[])
      and source = 'rule' and tag_code = any(${codes}::text[])`.execute(ctx.db)
  return new Map(rows.map((row) => [`${row.patient_id} ${row.tag_code}`, row]))
}

async function writeSet(ctx: WriteContext, changes: readonly Change[], now: Date): Promise<void> {
  if (changes.length === 0) return
  await sql`
    insert into patient_tag as t (organization_id, patient_id, tag_code, source, state, rule_version, facts, set_at, expires_at)
    select ${ctx.organizationId}, "patientId", tag, 'rule', 'active', version, facts, ${now}, "expiresAt"
    from json_to_recordset(${JSON.stringify(changes)}::json) as c ("patientId" uuid, tag text, version int, facts jsonb, "expiresAt" timestamptz)
    on conflict (organization_id, patient_id, tag_code, source) do update
    set rule_version = excluded.rule_version, facts = excluded.facts, expires_at = excluded.expires_at,
        state = case when t.state = 'ended' then 'active' else t.state end,
        set_at = case when t.state = 'ended' or t.expires_at <= ${now} then excluded.set_at else t.set_at end`.execute(
    ctx.tx,
  )
}

async function writeEnded(ctx: WriteContext, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  await sql`
    update patient_tag t set state = 'ended', expires_at = null
    from unnest(${changes.map((c) => c.patientId)}::uuid[], ${changes.map((c) => c.tag)}::text[]) c (patient_id, tag)
    where t.organization_id = ${ctx.organizationId} and t.patient_id = c.patient_id and t.tag_code = c.tag and t.source = 'rule'`.execute(
    ctx.tx,
  )
}

async function writeCleared(ctx: WriteContext, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  await sql`
    delete from patient_tag t using unnest(${changes.map((c) => c.patientId)}::uuid[], ${changes.map((c) => c.tag)}::text[]) c (patient_id, tag)
    where t.organization_id = ${ctx.organizationId} and t.patient_id = c.patient_id and t.tag_code = c.tag and t.source = 'rule'`.execute(
    ctx.tx,
  )
}

async function writeEvents(ctx: WriteContext, changes: readonly Change[], now: Date): Promise<void> {
  if (changes.length === 0) return
  const rows = changes.map((c) => ({ ...c, id: ctx.ids.next() }))
  await sql`
    insert into patient_tag_event (organization_id, patient_id, id, tag_code, source, change, rule_version, facts, at)
    select ${ctx.organizationId}, "patientId", id, tag, 'rule', change, version, facts, ${now}
    from json_to_recordset(${JSON.stringify(rows)}::json) as c (id uuid, "patientId" uuid, tag text, change text, version int, facts jsonb)`.execute(
    ctx.tx,
  )
}
