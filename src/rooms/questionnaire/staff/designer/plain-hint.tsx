import { useDeferredValue, useMemo } from 'react'
import { checkPlain } from '../../../../clinical/plain-language/index.ts'
import { useT } from '../../../../platform/web/index.ts'

/** What stands between these words and the person who is to read them: long sentences, jargon, what frightens. */
export function PlainHint({ text }: { text: string }) {
  const t = useT('questionnaire')
  const settled = useDeferredValue(text)
  const [first] = useMemo(() => checkPlain(settled), [settled])
  if (!first) return null
  const said = t(`design.plain.${first.kind}`, { text: first.text })
  return (
    <small className="pb-due">
      {first.instead ? t('design.plain.instead', { said, instead: first.instead }) : said}
    </small>
  )
}
