export interface MessagePictureTable {
  organization_id: string
  token_hash: Buffer
  media: 'image/png' | 'image/jpeg'
  width: number
  height: number
  content: Buffer
  added_by: string | null
  added_by_name: string
  added_at: Date
}

export interface MessageTemplateUseTable {
  organization_id: string
  code: string
  last_sent_at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    message_picture: MessagePictureTable
    message_template_use: MessageTemplateUseTable
  }
}
