import { sql, type Selectable } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf } from '../../../platform/contract/index.ts'
import { permissionsOf } from '../../staff/contract/permissions.ts'
import { GRANTS, type Role } from '../../staff/contract/permissions.ts'
import { findStaff, staffInRole } from '../../staff/server/index.ts'
import shipped from '../content/rules.json' with { type: 'json' }
import { satisfactionProblem } from '../contract/problems.ts'
import {
  satisfactionPolicy,
  type changeRules,
  type getRules,
  type SatisfactionPolicy,
  type SatisfactionRules,
} from '../contract/rule.ts'
import type { SatisfactionRuleTable } from './table.ts'
import './table.ts'

const SHIPPED = satisfactionPolicy.parse(shipped.policy)
const HISTORY = 20
type Row = Selectable<SatisfactionRuleTable>
type Reading = Pick<ReadContext, 'db' | 'organizationId'>

function findVersions({ db, organizationId }: Reading, limit: number): Promise<Row[]> {
  return db
    .selectFrom('satisfaction_rule')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()
}

/** What counts now; `onSince` null: nobody is asked. */
export async function ruleInForce(ctx: Reading): Promise<{ policy: SatisfactionPolicy; onSince: Date | null }> {
  const [row] = await findVersions(ctx, 1)
  return row
    ? { policy: satisfactionPolicy.parse(row.policy), onSince: row.on_since }
    : { policy: SHIPPED, onSince: null }
}

export async function showRules(ctx: ReadContext): Promise<AnswerOf<typeof getRules>> {
  const versions = (await findVersions(ctx, HISTORY + 1)).map(viewOf)
  const first: SatisfactionRules = { version: 0, policy: SHIPPED, because: '', by: null, at: null }
  const people = new Map<string, string>()
  for (const role of Object.keys(GRANTS) as Role[])
    if (GRANTS[role].includes('complaint.record'))
      for (const { id, name } of await staffInRole(ctx, role)) people.set(id, name)
  return {
    current: versions[0] ?? first,
    history: versions.slice(1),
    owners: [...people].map(([id, name]) => ({ id: id as never, name })),
    can: { write: ctx.actor.permissions.has('satisfaction.rule.write') },
  }
}

/** They count from the next visit on. @throws Problem SatisfactionRulesChanged, SatisfactionOwnerUnfit */
export async function setRules(
  ctx: WriteContext,
  { policy, version, because }: InputOf<typeof changeRules>['body'],
): Promise<SatisfactionRules> {
  if (policy.ownerId) {
    const owner = await findStaff(ctx, policy.ownerId)
    if (owner?.state !== 'active' || !permissionsOf(owner.roles).has('complaint.record'))
      throw satisfactionProblem('SatisfactionOwnerUnfit', {}, 'body.policy.ownerId')
  }
  const { onSince } = await ruleInForce(ctx)
  const now = ctx.clock.now()
  const { rows } = await sql<Row>`
    insert into satisfaction_rule (organization_id, version, policy, on_since, because, changed_by, changed_by_name, changed_at)
    select ${ctx.organizationId}::uuid, ${version + 1}, ${JSON.stringify(policy)}::jsonb, ${policy.on ? (onSince ?? now) : null}::timestamptz,
      ${because}, ${ctx.actor.id}::uuid, ${ctx.actor.name}, ${now}::timestamptz
    where ${version} = (select coalesce(max(version), 0) from satisfaction_rule where organization_id = ${ctx.organizationId})
    on conflict (organization_id, version) do nothing returning *`.execute(ctx.tx)
  if (!rows[0]) throw satisfactionProblem('SatisfactionRulesChanged')
  ctx.audit.detail = { version: version + 1, on: policy.on }
  return viewOf(rows[0])
}

function viewOf({ version, policy, because, changed_by_name: by, changed_at: at }: Row): SatisfactionRules {
  return { version, policy: satisfactionPolicy.parse(policy), because, by, at: at.toISOString() }
}
