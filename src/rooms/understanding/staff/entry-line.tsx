import type { ReactNode } from 'react'
import { DateText, Row, Status, useT } from '../../../platform/web/index.ts'
import type { Entry } from '../contract/understanding.ts'
import './understanding.css'

/** Somebody's words, with who said them, where and when, and who wrote them down. */
export function EntryLine({ entry, over = false, children }: { entry: Entry; over?: boolean; children?: ReactNode }) {
  const t = useT('understanding')
  const { words, speaker, relation, source, heardOn, by } = entry
  return (
    <div className={`us-entry${over ? ' us-over' : ''}`}>
      <p className="us-words">{t('tab.quote', { words })}</p>
      <Row>
        <span className="pb-hint">
          {t('tab.who', {
            speaker: speaker === 'family' ? t('tab.family', { relation }) : t(`speaker.${speaker}`),
            source: t(`source.${source}`),
          })}
        </span>
        <span className="pb-hint">
          <DateText date={heardOn} />
        </span>
        <span className="pb-hint">{t('tab.by', { by })}</span>
        {entry.isOld && !over && <Status tone="due">{t('tab.old')}</Status>}
        {children}
      </Row>
    </div>
  )
}
