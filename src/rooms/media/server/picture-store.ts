import type { Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import './table.ts'
import type { MediaPictureTable } from './table.ts'

export type PictureRow = Selectable<MediaPictureTable>

/** What stands in a row of its own content, without the drawing. */
const FACTS = ['key', 'kind', 'media', 'width', 'height', 'size_bytes', 'moves'] as const

export type PictureFacts = Pick<PictureRow, (typeof FACTS)[number]>

export function findPictures(db: Db, organizationId: string, keys: readonly string[]): Promise<PictureFacts[]> {
  if (keys.length === 0) return Promise.resolve([])
  return db
    .selectFrom('media_picture')
    .select(FACTS)
    .where('organization_id', '=', organizationId)
    .where('key', 'in', [...keys])
    .execute()
}

export function findPicture(db: Db, organizationId: string, key: string): Promise<PictureRow | undefined> {
  return db
    .selectFrom('media_picture')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('key', '=', key)
    .executeTakeFirst()
}

/** Pictures by their content: what is there already stays as it is. */
export async function keepPictures(tx: Transaction, rows: readonly PictureRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('media_picture')
    .values([...rows])
    .onConflict((oc) => oc.doNothing())
    .execute()
}
