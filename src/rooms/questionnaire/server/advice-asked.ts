import type { FiredAction } from '../../../clinical/questionnaire/index.ts'
import type { Bilingual, PayloadOf } from '../../../platform/contract/index.ts'
import words from '../content/words.json' with { type: 'json' }
import type { questionnaireAnswered } from '../contract/responses.ts'
import type { ScoreView } from '../contract/words.ts'

export type AskedCard = PayloadOf<typeof questionnaireAnswered>['advice'][number]

const LANGUAGES = ['zh', 'en'] as const

/**
 * The advice cards that bands and rules name, each with the score as its reason: “睡眠自测”总分 12 分，睡得不好. Of a rule on
 * a single answer the reason says no more than which questionnaire it was.
 */
export function adviceAsked(
  title: Bilingual,
  scores: readonly ScoreView[],
  actions: readonly FiredAction[],
): AskedCard[] {
  return actions.flatMap(({ kind, code, because }) => {
    if (kind !== 'advice') return []
    const score = scores.find((one) => one.code === because.score)
    return [{ card: code, because: score ? forScore(title, score) : inBoth(words.adviceForAnswer, () => ({ title })) }]
  })
}

function forScore(title: Bilingual, { name, value, unit, bandText }: ScoreView): Bilingual {
  const figure = String(Math.round((value ?? 0) * 10) / 10)
  const points = unit ? `${figure} ${unit}` : undefined
  return inBoth(words.adviceForScore, (language) => ({
    title,
    score: name,
    value: { zh: '', en: '', [language]: points ?? words.points[language].replace('{value}', figure) },
    band: bandText ?? name,
  }))
}

/** Fills a sentence of both languages with words of both. */
function inBoth(sentence: Bilingual, values: (language: 'zh' | 'en') => Record<string, Bilingual>): Bilingual {
  const [zh, en] = LANGUAGES.map((language) =>
    Object.entries(values(language)).reduce(
      (text, [name, value]) => text.replace(`{${name}}`, () => value[language]),
      sentence[language],
    ),
  )
  return { zh: zh!, en: en! }
}
