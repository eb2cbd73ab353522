import type { Change } from '../../../../clinical/questionnaire/index.ts'
import { useT } from '../../../../platform/web/index.ts'

/** What a correction changes: the former answer struck out, the new one beside it. */
export function ChangeList({ changes }: { changes: readonly Change[] }) {
  const t = useT('questionnaire')
  return (
    <ul>
      {changes.map(({ key, question, before, after }) => (
        <li key={key}>
          {question}
          {'：'}
          <del>{before || t('correction.nothing')}</del> <ins>{after || t('correction.nothing')}</ins>
        </li>
      ))}
    </ul>
  )
}
