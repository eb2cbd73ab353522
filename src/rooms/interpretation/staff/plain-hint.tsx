import { useDeferredValue, useMemo } from 'react'
import { checkPlain } from '../../../clinical/plain-language/index.ts'
import { useT } from '../../../platform/web/index.ts'

/** Words that the person may not understand, with what to say instead; a hint, never a refusal. */
export function PlainHint({ text }: { text: string }) {
  const t = useT('interpretation')
  const settled = useDeferredValue(text)
  const found = useMemo(
    () => checkPlain(settled).filter(({ kind }) => kind === 'jargon' || kind === 'alarm' || kind === 'blame'),
    [settled],
  )
  if (found.length === 0) return null
  const words = found.map(({ text: word, instead }) => (instead ? `${word} → ${instead}` : word))
  return (
    <small className="pb-due" role="status">
      {t('talk.plain')} {[...new Set(words)].join(' · ')}
    </small>
  )
}
