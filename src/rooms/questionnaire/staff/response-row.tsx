import { Button } from 'antd'
import { InstantText, Row, Stack, Status, useLocale, useT } from '../../../platform/web/index.ts'
import type { ResponseSummary } from '../contract/words.ts'
import { STATUS_OF_TONE } from './designer/tone.ts'

/** One answered questionnaire: words of its bands before their numbers. */
export function ResponseRow({ response, onRead }: { response: ResponseSummary; onRead: () => void }) {
  const t = useT('questionnaire')
  const inWords = useWords()
  return (
    <Stack tight>
      <Row>
        <strong>{inWords(response.title)}</strong>
        {response.supersededBy && <Status tone="plain">{t('response.corrected')}</Status>}
        <span className="pb-hint">
          {t(`author.${response.author}`, { name: response.by })} <InstantText at={response.answeredAt} />
        </span>
      </Row>
      {response.scores.map((score) => (
        <span key={score.code}>
          {score.bandText ? (
            <Status tone={score.tone ? STATUS_OF_TONE[score.tone] : 'plain'}>{inWords(score.bandText)}</Status>
          ) : (
            t('response.notScored', { count: score.missing.length })
          )}
          {score.value !== null && (
            <span className="pb-hint pb-number">
              {' '}
              {inWords(score.name)} {Math.round(score.value * 10) / 10}
            </span>
          )}
          {score.forStaff && (
            <span className="pb-hint" style={{ display: 'block' }}>
              {t('response.forStaff', { text: inWords(score.forStaff) })}
            </span>
          )}
        </span>
      ))}
      <Row>
        <Button onClick={onRead}>
          {t('response.read')}
          <span className="pb-sr">{inWords(response.title)}</span>
        </Button>
      </Row>
    </Stack>
  )
}

export function useWords() {
  const isEnglish = useLocale() === 'en'
  return (words: { zh: string; en: string }) => (isEnglish ? words.en : words.zh)
}
