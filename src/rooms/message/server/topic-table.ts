import type { Generated } from 'kysely'
import type { Topic } from '../contract/topic.ts'
import type { Family } from '../contract/words.ts'
import type { PreferenceHow } from './table.ts'

export type TopicWishHow = Extract<
  PreferenceHow,
  'patient-word' | 'unsubscribe-page' | 'one-click' | 'own-page' | 'merge'
>

export interface MessageTopicWishTable {
  organization_id: string
  patient_id: string
  topic: Topic
  channel: Family
  opted_out_at: Date | null
  how: TopicWishHow
  by_id: string | null
  by_name: string
  message_id: string | null
  note: Generated<string>
  changed_at: Date
}

export interface MessageTopicWishEventTable {
  organization_id: string
  patient_id: string
  id: string
  topic: Topic
  channel: Family
  change: 'out' | 'in'
  how: TopicWishHow
  by_id: string | null
  by_name: string
  message_id: string | null
  note: Generated<string>
  at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    message_topic_wish: MessageTopicWishTable
    message_topic_wish_event: MessageTopicWishEventTable
  }
}
