import { sql, type Updateable } from 'kysely'
import type { Transaction } from '../../../platform/database/database.ts'
import type { VersionRow } from './plan-store.ts'
import type { CarePlanVersionTable } from './table.ts'
import './table.ts'

export interface DraftValues {
  title: string
  content: unknown
  template: { code: string; version: number } | null
  sameReason: string
  cause: unknown
  similarityPercent: number | null
  by: { id: string | null; name: string }
  at: Date
}

/** The next version as a draft. @returns false when somebody else has begun one meanwhile */
export async function insertDraft(
  tx: Transaction,
  organizationId: string,
  planId: string,
  draft: DraftValues,
): Promise<boolean> {
  const added = await tx
    .insertInto('care_plan_version')
    .values({
      organization_id: organizationId,
      plan_id: planId,
      version: sql<number>`(select coalesce(max(version), 0) + 1 from care_plan_version where organization_id = ${organizationId} and plan_id = ${planId})`,
      state: 'draft',
      submitted_at: null,
      sign_task_key: null,
      signed_by: null,
      signed_by_name: null,
      signed_at: null,
      active_from: null,
      ...columnsOf(draft),
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

function columnsOf({ title, content, template, sameReason, cause, similarityPercent, by, at }: DraftValues) {
  return {
    title,
    content: JSON.stringify(content),
    template_code: template?.code ?? null,
    template_version: template?.version ?? null,
    same_reason: sameReason,
    cause: cause === null ? null : JSON.stringify(cause),
    similarity_percent: similarityPercent,
    drafted_by: by.id,
    drafted_by_name: by.name,
    drafted_at: at,
  }
}

/** Changes the open draft; one that was submitted goes back to its author's hands by it. @returns false when it has moved on */
export function changeDraft(
  tx: Transaction,
  version: Pick<VersionRow, 'organization_id' | 'plan_id' | 'version'>,
  revision: number,
  draft: DraftValues,
): Promise<boolean> {
  return moveVersion(tx, version, revision, { ...columnsOf(draft), state: 'draft', submitted_at: null })
}

/** The open draft moves on if it is still as it was read. @returns false when it is not */
export async function moveVersion(
  tx: Transaction,
  version: Pick<VersionRow, 'organization_id' | 'plan_id' | 'version'>,
  revision: number,
  changes: Updateable<CarePlanVersionTable>,
): Promise<boolean> {
  const moved = await tx
    .updateTable('care_plan_version')
    .set({ ...changes, revision: sql`revision + 1` })
    .where('organization_id', '=', version.organization_id)
    .where('plan_id', '=', version.plan_id)
    .where('version', '=', version.version)
    .where('state', 'in', ['draft', 'submitted'])
    .where('revision', '=', revision)
    .executeTakeFirst()
  return moved.numUpdatedRows === 1n
}
