import type { Db } from '../../../platform/database/database.ts'
import '../../task/server/table.ts'

/** What decides whether somebody is called to their phone for a task; undefined when it is gone. */
export function findTaskUrgency(db: Db, organizationId: string, taskId: string) {
  return db
    .selectFrom('task')
    .select(['priority', 'owner_id', 'created_by', 'alert', 'state'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', taskId)
    .executeTakeFirst()
}

/** What a task is called, for the bell of whoever has it; undefined when it is gone. */
export async function findTaskTitle(db: Db, organizationId: string, taskId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('task')
    .select('title')
    .where('organization_id', '=', organizationId)
    .where('id', '=', taskId)
    .executeTakeFirst()
  return row?.title
}
