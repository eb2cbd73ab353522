import { Button } from 'antd'
import { answerWords, knownAnswer, textAt, type State } from '../../../../clinical/questionnaire/index.ts'
import { Card, DateText, Row, Stack, useT } from '../../../../platform/web/index.ts'
import type { Place } from './answer-field.tsx'

/** What the record has answered: shown with its date, not asked again (S1-17). */
export function KnownCard({
  state,
  places,
  onChange,
}: {
  state: State
  places: readonly Place[]
  onChange: (key: string) => void
}) {
  const t = useT('questionnaire')
  return (
    <Card title={t('fill.known.title')}>
      <Stack tight>
        {places.map((place) => {
          const on = knownAnswer(place.item, state.known)?.on
          return (
            <Row key={place.key}>
              <span>
                {textAt(state, place)}
                {'：'}
                <strong>{answerWords(state, place, [t('fill.yes'), t('fill.no')])}</strong>
                {on && (
                  <span className="pb-hint">
                    {' '}
                    <DateText date={on} />
                  </span>
                )}
              </span>
              <Button size="small" onClick={() => onChange(place.key)}>
                {t('fill.known.change')}
                <span className="pb-sr">{textAt(state, place)}</span>
              </Button>
            </Row>
          )
        })}
      </Stack>
    </Card>
  )
}
