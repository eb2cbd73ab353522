import { DateText, Quantity, Stack, useT } from '../../../platform/web/index.ts'
import type { Talk } from './talk-page.tsx'
import { changeOf } from './change.ts'

type Marked = NonNullable<Talk['content']>['marked']
const FLAG = { '↑': 'H', '↓': 'L', 异常: 'A', '': null } as const

/** Each marked result with what it means in plain words, and how it was last time. */
export function MarkedResults({ marked }: { marked: Marked }) {
  const t = useT('interpretation')
  if (marked.length === 0) return <p>{t('talk.noneMarked')}</p>
  return (
    <Stack>
      {marked.map((one) => (
        <div key={one.name} className="it-result">
          <div className="pb-row">
            <strong>{one.name}</strong>
            <Quantity value={one.value} unit={one.unit} flag={FLAG[one.flag]} />
            {one.rangeText && (
              <span className="pb-hint pb-number">
                {t('talk.range')} {one.rangeText}
              </span>
            )}
          </div>
          <div className="pb-hint">
            {one.previous ? (
              <>
                {t('talk.last')} <span className="pb-number">{one.previous.value}</span> (
                <DateText date={one.previous.date} />) {changeOf(one) && t(`talk.${changeOf(one)!}`)}
              </>
            ) : (
              t('talk.noLast')
            )}
          </div>
          <p>{[one.about, one.standing, one.advice].filter(Boolean).join(' ')}</p>
        </div>
      ))}
    </Stack>
  )
}
