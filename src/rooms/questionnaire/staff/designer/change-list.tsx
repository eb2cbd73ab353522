import { useT } from '../../../../platform/web/index.ts'
import type { Change } from './compare.ts'

const ABOUT = ['form', 'item', 'scoring'] as const

/** Changes in words, by what they are about. */
export function ChangeList({ changes, none }: { changes: readonly Change[]; none: string }) {
  const t = useT('questionnaire')
  if (changes.length === 0) return <p className="pb-hint">{none}</p>
  return ABOUT.map((about) => {
    const mine = changes.filter((one) => one.about === about)
    if (mine.length === 0) return null
    return (
      <section key={about}>
        <h3 className="pb-design-h3">{t(`design.about.${about}`, { count: mine.length })}</h3>
        <ul className="pb-design-changes">
          {mine.map((one, at) => (
            // Two changes may read the same.
            <li key={at}>{one.text}</li>
          ))}
        </ul>
      </section>
    )
  })
}
