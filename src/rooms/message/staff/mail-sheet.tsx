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
  width = 'phone',
  dark = false,
}: {
  content: { subject: string; text: string; html: string }
  heightPx?: number
  /** Drawn as wide as a mail program on a computer, and made smaller to fit. */
  width?: 'phone' | 'desktop'
  /** As a mail program in the dark draws it, whatever this screen is set to. */
  dark?: boolean
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
        <div className="pb-mail-frame" style={{ height: heightPx }}>
          <iframe
            title={content.subject}
            sandbox=""
            srcDoc={inLight(content.html, dark)}
            style={
              width === 'desktop'
                ? { width: 800, height: heightPx * 2, transform: 'scale(0.5)', transformOrigin: '0 0' }
                : { width: '100%', height: heightPx }
            }
          />
        </div>
      ) : (
        <p style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', margin: 0 }}>{content.text}</p>
      )}
    </section>
  )
}

/** The frame asks the browser for light or dark; here the reader chooses. */
function inLight(html: string, dark: boolean): string {
  return html
    .replaceAll('@media (prefers-color-scheme:dark)', dark ? '@media all' : '@media not all')
    .replace('content="light dark"', `content="${dark ? 'dark' : 'light'}"`)
}
