import type { Generated, JSONColumnType } from 'kysely'
import type { ReferencePack } from '../../../clinical/index.ts'
import type { VersionColumns } from '../../../platform/versions/index.ts'
import type {
  ALL_CONSENT_WAYS,
  ConsentRelation,
  ContentDefinition,
  EndReason,
  EnrolmentState,
  ItemState,
  ModuleName,
} from '../contract/growth.ts'

export interface GrowthReferenceTable {
  organization_id: string
  code: string
  version: string
  state: 'waiting' | 'active' | 'retired'
  title_zh: string
  title_en: string
  source: string
  licence: string
  pack: JSONColumnType<ReferencePack>
  imported_by: string | null
  imported_by_name: string
  imported_at: Date
  confirmed_by: string | null
  confirmed_by_name: string | null
  confirmed_at: Date | null
}

export interface GrowthProfileTable {
  organization_id: string
  patient_id: string
  father_cm: number | null
  mother_cm: number | null
  parents_measured: Generated<boolean>
  gestation_weeks: number | null
  reference: string
  version: Generated<number>
  changed_at: Date
  changed_by: string | null
  changed_by_name: string
  moved: Generated<unknown>
}

export interface GrowthBoneAgeTable {
  organization_id: string
  id: string
  patient_id: string
  film_on: string
  bone_years: number
  method: 'greulich-pyle' | 'tw3' | 'chn' | 'china-05' | 'other'
  reader: string
  note: Generated<string>
  recorded_at: Date
  recorded_by: string | null
  recorded_by_name: string
  corrects: string | null
  superseded_by: string | null
  moved: Generated<unknown>
}

export interface GrowthEnrolmentTable {
  organization_id: string
  id: string
  patient_id: string
  state: Generated<EnrolmentState>
  started_on: string
  ends_on: string
  own_consent_from: string
  has_own_consent: Generated<boolean>
  next_on: string | null
  ended_on: string | null
  end_reason: EndReason | null
  end_note: Generated<string>
  version: Generated<number>
  created_at: Date
  created_by: string | null
  created_by_name: string
  moved: Generated<unknown>
  guardian_told_on: Generated<string | null>
}

export type GrowthContentTable = VersionColumns<ContentDefinition>

export interface GrowthConsentTable {
  organization_id: string
  id: string
  enrolment_id: string
  relation: ConsentRelation
  name: string
  given_on: string
  way: (typeof ALL_CONSENT_WAYS)[number]
  text_version: string
  consent_text: Generated<unknown>
  guardian_told_on: string | null
  recorded_at: Date
  recorded_by: string | null
  recorded_by_name: string
  withdrawn_at: Date | null
  withdrawn_by_name: string | null
  withdrawn_recorded_by: string | null
  withdrawn_because: Generated<string>
}

export interface GrowthItemTable {
  organization_id: string
  id: string
  enrolment_id: string
  module: ModuleName
  title: string
  due_on: string | null
  state: Generated<ItemState>
  result: Generated<string>
  done_on: string | null
  done_by: string | null
  done_by_name: string | null
  created_at: Date
  created_by_name: string
  version: Generated<number>
}

export interface GrowthStageTable {
  organization_id: string
  enrolment_id: string
  year: number
  from_on: string
  to_on: string
  height_from_cm: number | null
  height_to_cm: number | null
  note: string
  marked_on: string
  marked_by: string | null
  marked_by_name: string
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    growth_reference: GrowthReferenceTable
    growth_profile: GrowthProfileTable
    growth_bone_age: GrowthBoneAgeTable
    growth_enrolment: GrowthEnrolmentTable
    growth_consent: GrowthConsentTable
    growth_content: GrowthContentTable
    growth_item: GrowthItemTable
    growth_stage: GrowthStageTable
  }
}
