import type { Db } from '../../../platform/database/database.ts'
import '../../task/server/table.ts'

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
