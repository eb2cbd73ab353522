import { useT } from '../../../platform/web/index.ts'
import type { Difference } from '../contract/words.ts'

/** What was added, taken out or changed; the former words struck through, the new ones beside them. */
export function Differences({ title, differences }: { title: string; differences: readonly Difference[] }) {
  const t = useT('care-plan')
  if (differences.length === 0) return null
  return (
    <div>
      <h4>
        {title} <span className="pb-hint">{t('diff.count', { count: differences.length })}</span>
      </h4>
      <ul className="cp-diff">
        {differences.map(({ part, key, change, before, after }) => (
          <li key={`${part} ${key}`}>
            <span className="pb-hint">
              {t(`part.${part}`)} · {t(`diff.${change}`)}
            </span>{' '}
            {before && <del>{before}</del>} {after && <ins>{after}</ins>}
          </li>
        ))}
      </ul>
    </div>
  )
}
