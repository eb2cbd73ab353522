import type { Generated } from 'kysely'
import type { VersionColumns } from '../../../platform/versions/index.ts'
import type { Kind, MediaDefinition, PictureKind } from '../contract/words.ts'

export interface MediaCardTable extends VersionColumns<MediaDefinition> {
  kind: Kind
  expires_on: string
}

export interface MediaPictureTable {
  organization_id: string
  key: string
  kind: PictureKind
  media: string
  svg: string | null
  width: number | null
  height: number | null
  size_bytes: number
  moves: boolean
  added_at: Date
  added_by: string | null
  added_by_name: string
}

export interface MediaOpeningTable {
  organization_id: string
  code: string
  month: string
  opened: number
}

export interface MediaSentTable {
  organization_id: string
  patient_id: string
  id: string
  code: string
  version: number
  by: 'mail' | 'code'
  sent_at: Date
  sent_by: string | null
  sent_by_name: string
  moved: Generated<unknown>
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    media_card: MediaCardTable
    media_picture: MediaPictureTable
    media_opening: MediaOpeningTable
    media_sent: MediaSentTable
  }
}
