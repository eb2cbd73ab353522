import { Go, useT } from '../../../platform/web/index.ts'
import type { RelativesReached } from '../contract/words.ts'

export interface RelativesNoteProps {
  reached: RelativesReached | null
  /** Where it is not the template's own page: the way there. */
  code?: string
}

/** Says that relatives get nothing yet, and what has to be done for it. */
export function RelativesNote({ reached, code }: RelativesNoteProps) {
  const t = useT('message')
  if (!reached || reached === 'reached') return null
  return (
    <p className="pb-due" role="note">
      {t(`relatives.way_${reached}`)} {code && <Go to={`/message-templates/${code}`}>{t('copy.toTemplate')}</Go>}
    </p>
  )
}
