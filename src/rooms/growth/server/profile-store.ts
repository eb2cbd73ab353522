import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { GrowthBoneAgeTable, GrowthProfileTable } from './table.ts'

export type ProfileRow = Selectable<GrowthProfileTable>
export type BoneAgeRow = Selectable<GrowthBoneAgeTable>

export function findProfile(db: Db, organizationId: string, patientId: string): Promise<ProfileRow | undefined> {
  return db
    .selectFrom('growth_profile')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .executeTakeFirst()
}

export interface ProfileValues {
  patientId: string
  fatherCm: number | null
  motherCm: number | null
  parentsMeasured: boolean
  gestationWeeks: number | null
  reference: string
  at: Date
  by: { id: string | null; name: string }
}

/** Version 0 makes the row, any other must still stand. @returns undefined when somebody else was faster */
export async function saveProfileRow(
  tx: Transaction,
  organizationId: string,
  values: ProfileValues,
  version: number,
): Promise<ProfileRow | undefined> {
  const set = {
    father_cm: values.fatherCm,
    mother_cm: values.motherCm,
    parents_measured: values.parentsMeasured,
    gestation_weeks: values.gestationWeeks,
    reference: values.reference,
    changed_at: values.at,
    changed_by: values.by.id,
    changed_by_name: values.by.name,
  }
  if (version === 0)
    return tx
      .insertInto('growth_profile')
      .values({ organization_id: organizationId, patient_id: values.patientId, ...set })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst()
  return tx
    .updateTable('growth_profile')
    .set({ ...set, version: sql`version + 1` })
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', values.patientId)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst()
}

/** The bone ages that stand, oldest film first. */
export function findBoneAges(db: Db, organizationId: string, patientId: string): Promise<BoneAgeRow[]> {
  return db
    .selectFrom('growth_bone_age')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('superseded_by', 'is', null)
    .orderBy('film_on')
    .orderBy('id')
    .execute()
}

export type BoneAgeInsert = Omit<BoneAgeRow, 'organization_id' | 'superseded_by' | 'moved'>

/** @returns false when the one it corrects does not stand any more */
export async function insertBoneAge(tx: Transaction, organizationId: string, row: BoneAgeInsert): Promise<boolean> {
  if (row.corrects) {
    const ended = await tx
      .updateTable('growth_bone_age')
      .set({ superseded_by: row.id })
      .where('organization_id', '=', organizationId)
      .where('patient_id', '=', row.patient_id)
      .where('id', '=', row.corrects)
      .where('superseded_by', 'is', null)
      .executeTakeFirst()
    if (ended.numUpdatedRows === 0n) return false
  }
  await tx
    .insertInto('growth_bone_age')
    .values({ organization_id: organizationId, ...row })
    .execute()
  return true
}
