import { DeleteOutlined } from '@ant-design/icons'
import { Button, InputNumber, Select } from 'antd'
import { walk, type Rule, type Scoring } from '../../../../clinical/questionnaire/index.ts'
import { Row, useT } from '../../../../platform/web/index.ts'
import { ActionEditor } from './action-editor.tsx'
import { useDesign } from './context.ts'
import { questionName } from '../../contract/question-words.ts'
import { hasPoints, withLimits } from './scoring.ts'
import type { ChangeScoring } from './scoring-editor.tsx'
import { ruleWords } from './scoring-words.ts'

/** An alarm on one answer, whatever the totals say: PHQ-9 item 9. */
export function RuleEditor({
  at,
  rule,
  scoring,
  onChange,
}: {
  at: number
  rule: Rule
  scoring: Scoring
  onChange: ChangeScoring
}) {
  const t = useT('questionnaire')
  const { form, words, numbers } = useDesign()
  const n = at + 1
  const one = (change: (before: Rule) => Rule, key?: string) =>
    onChange(
      (before) => ({ ...before, rules: before.rules!.with(at, change(before.rules![at]!)) }),
      key && `rule ${at} ${key}`,
    )
  const questions = [...walk(form.items)].filter(hasPoints)
  return (
    <section className="pb-design-band" aria-label={t('design.rule.name', { n })}>
      <Row>
        <span className="pb-design-sentence">{ruleWords(form, rule, words)}</span>
        <Button
          size="small"
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t('design.rule.remove', { n })}
          onClick={() =>
            onChange(({ rules = [], ...rest }) => ({ ...rest, rules: rules.filter((_one, place) => place !== at) }))
          }
        />
      </Row>
      {rule.when.map((test, place) => (
        // Tests have no name of their own.
        <Row key={place}>
          <Select
            aria-label={t('design.rule.question', { n })}
            className="pb-design-question"
            popupMatchSelectWidth={false}
            showSearch={{ optionFilterProp: 'label' }}
            value={test.linkId}
            options={questions.map(({ linkId }) => ({
              value: linkId,
              label: questionName(form, linkId, words, numbers),
            }))}
            onChange={(linkId) => one((before) => ({ ...before, when: before.when.with(place, { ...test, linkId }) }))}
          />
          <span>{t('design.rule.from')}</span>
          <InputNumber
            aria-label={t('design.rule.fromOf', { n })}
            value={test.from ?? null}
            onChange={(from) =>
              one(
                (before) => ({
                  ...before,
                  when: before.when.with(place, withLimits(test, { from: from ?? undefined })),
                }),
                `from ${place}`,
              )
            }
          />
        </Row>
      ))}
      <ActionEditor
        label={t('design.rule.name', { n })}
        stem={rule.code}
        actions={rule.actions}
        scoring={scoring}
        onChange={(next, key) => one((before) => ({ ...before, actions: next(before.actions) }), key)}
      />
    </section>
  )
}
