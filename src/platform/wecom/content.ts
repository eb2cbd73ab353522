import type { Fields } from '../wechat/call.ts'

/** What a message to a customer holds: a text, and up to nine things beside it. */
export interface Content {
  text?: string
  attachments?: readonly Attachment[]
}

export type Attachment =
  | { type: 'image'; mediaId: string }
  | { type: 'link'; title: string; url: string; description?: string; pictureUrl?: string }
  | { type: 'miniprogram'; title: string; pictureMediaId: string; appId: string; page: string }

const TEXT_BYTES_MAX = 4000
const ATTACHMENTS_MAX = 9

/** What the server would refuse, told beforehand; null when it may go. Nothing is ever cut. */
export function contentProblem({ text = '', attachments = [] }: Content): string | null {
  if (text.trim() === '' && attachments.length === 0) return 'it says nothing'
  if (Buffer.byteLength(text) > TEXT_BYTES_MAX) return `a text has up to ${TEXT_BYTES_MAX} bytes`
  if (attachments.length > ATTACHMENTS_MAX) return `up to ${ATTACHMENTS_MAX} attachments`
  for (const attachment of attachments) {
    if (attachment.type === 'image') continue
    const limit = attachment.type === 'link' ? 128 : 64
    if (attachment.title === '' || Buffer.byteLength(attachment.title) > limit) return `a title has 1 to ${limit} bytes`
    if (attachment.type === 'link' && Buffer.byteLength(attachment.url) > 2048) return 'an address has up to 2048 bytes'
  }
  return null
}

export function attachmentFields({ text, attachments = [] }: Content): Fields {
  return {
    ...(text ? { text: { content: text } } : {}),
    ...(attachments.length > 0 ? { attachments: attachments.map(fieldsOf) } : {}),
  }
}

function fieldsOf(attachment: Attachment): Fields {
  switch (attachment.type) {
    case 'image':
      return { msgtype: 'image', image: { media_id: attachment.mediaId } }
    case 'link': {
      const { title, url, description, pictureUrl } = attachment
      return { msgtype: 'link', link: { title, url, desc: description, picurl: pictureUrl } }
    }
    case 'miniprogram': {
      const { title, pictureMediaId, appId, page } = attachment
      return { msgtype: 'miniprogram', miniprogram: { title, pic_media_id: pictureMediaId, appid: appId, page } }
    }
  }
}
