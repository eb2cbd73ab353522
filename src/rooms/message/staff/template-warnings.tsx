import { Status, useT, type T } from '../../../platform/web/index.ts'
import type { TemplateWarning } from '../contract/template-warning.ts'

/** Where the template becomes too long for some people once it is filled, by how much, and what becomes of them. */
export function TemplateWarnings({ warnings }: { warnings: readonly TemplateWarning[] }) {
  const t = useT('message')
  if (warnings.length === 0) return null
  return (
    <section aria-label={t('preview.warnings')}>
      <p className="pb-hint">{t('preview.warningsHint')}</p>
      <ul className="pb-plain-list">
        {warnings.map((warning) => (
          <li key={`${warning.channel} ${warning.language} ${warning.kind} ${warning.what}`}>
            <Status tone={warning.always && warning.kind === 'too-long' ? 'danger' : 'due'}>
              {warningWords(warning, t)}
            </Status>
            {warning.kind === 'too-long' && (
              <div className="pb-hint">{t(warning.alone ? 'warning.alone' : 'warning.next')}</div>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function warningWords({ channel, language, kind, what, over, always }: TemplateWarning, t: T): string {
  if (kind === 'sms-segments') return t(always ? 'warning.segmentsAlways' : 'warning.segments', { count: over })
  const values = { way: t(`channel.${channel}`), language: t(`part.${language}`), what, over }
  if (what) return t(always ? 'warning.valueAlways' : 'warning.value', values)
  return t(always ? 'warning.chatAlways' : 'warning.chat', values)
}
