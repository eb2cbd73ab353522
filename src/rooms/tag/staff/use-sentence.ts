import { useMemo } from 'react'
import { useLocale, useT } from '../../../platform/web/index.ts'
import type { Condition } from '../contract/condition.ts'
import type { RuleView } from '../contract/tag.ts'
import { conditionSentence } from './condition-sentence.ts'
import { indicatorWords } from './indicator-words.ts'

/** A condition in the reader's language; tags are named by these rules. */
export function useSentence(rules: readonly RuleView[]): (condition: Condition) => string {
  const t = useT('tag')
  const locale = useLocale()
  return useMemo(() => {
    const names = new Map(
      rules.map(({ code, definition }) => [code, locale === 'en' ? definition.name.en : definition.name.zh]),
    )
    return (condition) => {
      const sentence = conditionSentence(condition, {
        t,
        indicator: (code) => indicatorWords(code, locale),
        tag: (code) => names.get(code),
      })
      return sentence.charAt(0).toUpperCase() + sentence.slice(1)
    }
  }, [rules, t, locale])
}
