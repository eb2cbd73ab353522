import { useMemo } from 'react'
import { useT } from '../../../../platform/web/index.ts'
import { useDesign } from './context.ts'
import { faultWords } from './fault-words.ts'

/** More than these are counted, not listed: mending the first ones shows the next. */
const LISTED_MAX = 50

/** What is still to be mended before it can be published; a click goes there. */
export function FaultList() {
  const t = useT('questionnaire')
  const { faults, form, words, select } = useDesign()
  const lines = useMemo(
    () => faults.slice(0, LISTED_MAX).map((fault) => faultWords(fault, form, words)),
    [faults, form, words],
  )
  if (faults.length === 0) return null
  return (
    <details className="pb-design-faults" open={faults.length < 4}>
      <summary>{t('design.fault.count', { count: faults.length })}</summary>
      <ul>
        {lines.map(({ text, linkId }, at) => (
          // Faults have no name of their own.
          <li key={at}>
            {linkId === undefined ? (
              text
            ) : (
              <button type="button" className="pb-link" onClick={() => select(linkId)}>
                {text}
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
