import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { VersionColumns } from '../../../platform/versions/index.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import type { CardDefinition, GivenText, Kind, Reason } from '../contract/words.ts'

export interface AdviceCardTable extends VersionColumns<CardDefinition> {
  kind: Kind
  expires_on: string
  origin: 'shipped' | 'organization'
}

export interface AdviceGivenTable {
  organization_id: string
  patient_id: string
  id: string
  kind: Kind
  basis: 'card' | 'energy' | 'exercise'
  card_code: string | null
  card_version: number | null
  locale: 'zh-CN' | 'en'
  text: JSONColumnType<GivenText>
  edited: boolean
  source: string
  reasons: JSONColumnType<Reason[]>
  computed: ColumnType<{ input: unknown; output: unknown } | null, string | null, never>
  asked: string[]
  because: string
  despite: string
  submission: string
  given_at: Date
  given_by: string | null
  given_by_name: string
  taken_back_at: Date | null
  taken_back_by: string | null
  taken_back_by_name: string | null
  taken_back_because: string | null
  moved: Generated<unknown>
}

export interface AdviceAskedTable {
  organization_id: string
  response_id: string
  card_code: string
  patient_id: string
  questionnaire: string
  is_mental: boolean
  because: JSONColumnType<Bilingual>
  answered_at: Date
  asked_at: Date
  ended_at: Date | null
  moved: Generated<unknown>
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    advice_card: AdviceCardTable
    advice_given: AdviceGivenTable
    advice_asked: AdviceAskedTable
  }
}
