import { Card, Stack, Status, useT } from '../../../platform/web/index.ts'
import type { ScoreView } from '../contract/words.ts'
import { STATUS_OF_TONE } from './designer/tone.ts'
import { useWords } from './response-row.tsx'

/** What the answers came to: the band in words, then the advice, then the number. */
export function ScoreCards({ scores }: { scores: readonly ScoreView[] }) {
  const t = useT('questionnaire')
  const inWords = useWords()
  return scores.map((score) => (
    <Card key={score.code}>
      <Stack tight>
        <strong>
          {score.bandText ? inWords(score.bandText) : t('response.notScored', { count: score.missing.length })}
        </strong>
        {score.tone && <Status tone={STATUS_OF_TONE[score.tone]}>{t(`design.tone.${score.tone}`)}</Status>}
        {score.forStaff && <span>{t('response.forStaff', { text: inWords(score.forStaff) })}</span>}
        {score.advice && <span>{inWords(score.advice)}</span>}
        {score.value !== null && (
          <span className="pb-hint pb-number">
            {inWords(score.name)} · {t('fill.points', { value: Math.round(score.value * 10) / 10 })}
          </span>
        )}
      </Stack>
    </Card>
  ))
}
