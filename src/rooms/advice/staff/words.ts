import type { Bilingual } from '../../../platform/contract/index.ts'
import { useLocale, useT, type T } from '../../../platform/web/index.ts'
import type { Proposal } from '../contract/advice.ts'
import type { GivenText, Reason } from '../contract/words.ts'

export type Language = 'zh-CN' | 'en'

/** The reader's half of a text in both languages. */
export function useBilingual(): (text: Bilingual) => string {
  const locale = useLocale()
  return (text) => (locale === 'en' ? text.en : text.zh)
}

/** A fact in one line: 诊断：高血压（2026-01-05）; what may not be read is said to be there. */
export function useReasonWords(): (reason: Reason) => string {
  const t = useT('advice')
  const words = useBilingual()
  return ({ kind, text, on }) => {
    const said = text ? words(text) : t('reason.hidden')
    return on
      ? t('reason.dated', { kind: kindWords(t, kind), text: said, on })
      : t('reason.plain', { kind: kindWords(t, kind), text: said })
  }
}

function kindWords(t: T, kind: Reason['kind']): string {
  return t(`reason.kind.${kind}`)
}

/** The card in the language that the person reads: what one begins with. */
export function textOf(card: Pick<Proposal, 'title' | 'summary' | 'points' | 'avoid'>, language: Language): GivenText {
  const say = ({ zh, en }: Bilingual) => (language === 'en' ? en : zh)
  return {
    title: say(card.title),
    summary: say(card.summary),
    points: card.points.map(say),
    avoid: card.avoid.map(say),
  }
}

/** Without the lines that somebody emptied. */
export function withoutBlanks(text: GivenText): GivenText {
  const kept = (lines: readonly string[]) => lines.map((line) => line.trim()).filter(Boolean)
  return { title: text.title.trim(), summary: text.summary.trim(), points: kept(text.points), avoid: kept(text.avoid) }
}
