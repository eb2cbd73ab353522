import type { Selectable } from 'kysely'
import type { Db } from '../../../platform/database/database.ts'
import type { SettingDefinition } from '../contract/setting.ts'
import type { Organ } from '../contract/words.ts'
import type { NoduleSettingTable } from './table.ts'

export interface Setting extends Omit<Selectable<NoduleSettingTable>, 'definition'> {
  definition: SettingDefinition
}

/** All versions, newest first. */
export async function findSettings(db: Db, organizationId: string, organ?: Organ): Promise<Setting[]> {
  let query = db.selectFrom('nodule_setting').selectAll().where('organization_id', '=', organizationId)
  if (organ) query = query.where('organ', '=', organ)
  const rows = await query.orderBy('organ').orderBy('version', 'desc').execute()
  return rows.map((row) => ({ ...row, definition: row.definition as SettingDefinition }))
}

/** The one that counts; nothing where nobody has set one. */
export async function settingOf(db: Db, organizationId: string, organ: Organ): Promise<Setting | undefined> {
  return (await findSettings(db, organizationId, organ))[0]
}
