import { useState } from 'react'
import { Card, useT } from '../../../platform/patient-web/index.ts'

/** The link, told once: to be passed on by whatever way the two talk to each other. */
export function LinkCard({ name, link, onDone }: { name: string; link: string; onDone: () => void }) {
  const t = useT('family')
  const [said, setSaid] = useState('')
  const copy = () =>
    navigator.clipboard.writeText(link).then(
      () => setSaid(t('my.link.copied')),
      () => {},
    )
  return (
    <Card title={t('my.link.title', { name })} tone="todo">
      <p>{t('my.link.how')}</p>
      <p className="pp-hint pp-kin-link">{link}</p>
      <p role="status">{said}</p>
      <button type="button" className="pp-button pp-wide" onClick={() => void copy()}>
        {t('my.link.copy')}
      </button>
      <button type="button" className="pp-quiet" onClick={onDone}>
        {t('my.link.done')}
      </button>
    </Card>
  )
}
