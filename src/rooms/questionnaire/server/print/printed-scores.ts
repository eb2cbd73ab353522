import type { ScoreView } from '../../contract/words.ts'
import type { Say } from './answered-parts.ts'
import type { PrintedScore } from './form-document.ts'

/** What the answers came to, the band before the figure; what was not scored says for want of how many answers. */
export function printedScores(scores: readonly ScoreView[], say: Say, locale: string): PrintedScore[] {
  const words = (text: { zh: string; en: string } | null) => (text ? (locale === 'en' ? text.en : text.zh) : '')
  return scores.map((score) => ({
    name: words(score.name),
    value: score.value === null ? '' : valueWords(score, say),
    band: score.value === null ? say('response.notScored', { count: score.missing.length }) : words(score.bandText),
    advice: words(score.advice),
    forStaff: score.forStaff ? say('response.forStaff', { text: words(score.forStaff) }) : '',
  }))
}

function valueWords({ value, unit }: ScoreView, say: Say): string {
  const figure = Math.round(value! * 10) / 10
  return unit ? `${figure} ${unit}` : say('fill.points', { value: figure })
}
