import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { Scoring } from '../../../../clinical/questionnaire/index.ts'
import { Row, Stack, useT } from '../../../../platform/web/index.ts'
import { useDesign } from './context.ts'
import { scoringOf, withScoring } from './draft.ts'
import { RuleEditor } from './rule-editor.tsx'
import { ScoreEditor } from './score-editor.tsx'
import { hasPoints, newRule, newScore } from './scoring.ts'

/** How answers become scores, what each band means, and what then happens. */
export function ScoringEditor() {
  const t = useT('questionnaire')
  const { definition, form, editDefinition } = useDesign()
  const scoring: Scoring = scoringOf(definition) ?? { scores: [] }
  const change = (next: (before: Scoring) => Scoring, key?: string) =>
    editDefinition((before) => withScoring(before, next(scoringOf(before) ?? { scores: [] })), key && `scoring ${key}`)
  const first = [...form.byLinkId.values()].find((item) => hasPoints(item))
  return (
    <Stack>
      <p className="pb-hint">{t('design.score.hint')}</p>
      {scoring.scores.map((score, at) => (
        <ScoreEditor key={at} at={at} score={score} scoring={scoring} onChange={change} />
      ))}
      <Row>
        <Button
          icon={<PlusOutlined />}
          onClick={() =>
            change((before) => ({
              ...before,
              scores: [
                ...before.scores,
                newScore(form, before, { zh: t('design.score.defaultZh'), en: t('design.score.defaultEn') }),
              ],
            }))
          }
        >
          {t('design.score.add')}
        </Button>
      </Row>
      <section className="pb-design-part">
        <h2>{t('design.rule.title')}</h2>
        <p className="pb-hint">{t('design.rule.hint')}</p>
        {(scoring.rules ?? []).map((rule, at) => (
          <RuleEditor key={at} at={at} rule={rule} scoring={scoring} onChange={change} />
        ))}
        <Row>
          <Button
            icon={<PlusOutlined />}
            disabled={!first}
            onClick={() =>
              first &&
              change((before) => ({ ...before, rules: [...(before.rules ?? []), newRule(before, first.linkId)] }))
            }
          >
            {t('design.rule.add')}
          </Button>
        </Row>
      </section>
    </Stack>
  )
}

export type ChangeScoring = (next: (before: Scoring) => Scoring, key?: string) => void
