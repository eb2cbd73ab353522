import './message.css'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useT } from '../../../platform/web/index.ts'

/**
 * A mail as it looks in a mail program. The frame has no rights at all: no script, no form, no address of its own.
 */
export function MailSheet({
  content,
  heightPx = 460,
}: {
  content: { subject: string; text: string; html: string }
  heightPx?: number
}) {
  const t = useT('message')
  const [form, setForm] = useState<'html' | 'text'>('html')
  const hasHtml = content.html !== ''
  return (
    <section aria-label={t('copy.title')}>
      {hasHtml && (
        <Segmented
          size="small"
          value={form}
          onChange={setForm}
          options={[
            { value: 'html', label: t('copy.html') },
            { value: 'text', label: t('copy.text') },
          ]}
        />
      )}
      <p className="pb-mail-subject">
        <strong>{content.subject}</strong>
      </p>
      {hasHtml && form === 'html' ? (
        <iframe
          title={content.subject}
          sandbox=""
          srcDoc={content.html}
          style={{ width: '100%', height: heightPx, border: '1px solid var(--pb-line)', borderRadius: 8 }}
        />
      ) : (
        <p style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', margin: 0 }}>{content.text}</p>
      )}
    </section>
  )
}
