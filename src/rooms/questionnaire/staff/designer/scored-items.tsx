import { Button, Checkbox, InputNumber } from 'antd'
import { walk, type Score } from '../../../../clinical/questionnaire/index.ts'
import { Row, useT } from '../../../../platform/web/index.ts'
import { useDesign } from './context.ts'
import { questionName } from '../../contract/question-words.ts'
import { changeScored, reversed, scoredRows, withItem } from './scoring.ts'

/** Which questions count, which of them are turned round, which may be missing. */
export function ScoredItems({
  score,
  onChange,
}: {
  score: Score
  onChange: (next: (before: Score) => Score, key?: string) => void
}) {
  const t = useT('questionnaire')
  const { form, words, numbers } = useDesign()
  const rows = scoredRows(form, score)
  const order = [...walk(form.items)].map(({ linkId }) => linkId)
  if (rows.length === 0) return <p className="pb-hint">{t('design.score.noPoints')}</p>
  return (
    <>
      <ul className="pb-design-scored">
        {rows.map((row) => {
          const name = questionName(form, row.linkId, words, numbers)
          return (
            <li key={row.linkId}>
              <Checkbox
                checked={row.chosen}
                onChange={({ target }) => onChange((before) => withItem(before, row.linkId, target.checked, order))}
              >
                {name}
              </Checkbox>
              {row.chosen && row.item && (
                <Row>
                  {score.method === 'weighted' && (
                    <InputNumber
                      aria-label={t('design.score.weightOf', { question: name })}
                      size="small"
                      value={row.weight ?? 1}
                      onChange={(weight) =>
                        onChange(
                          (before) => changeScored(before, row.linkId, { weight: weight ?? undefined }),
                          `weight ${row.linkId}`,
                        )
                      }
                    />
                  )}
                  <Checkbox
                    checked={row.reverse}
                    aria-label={t('design.score.reverseOf', { question: name })}
                    onChange={({ target }) => onChange((before) => reversed(form, before, row.linkId, target.checked))}
                  >
                    {t('design.score.reverse')}
                  </Checkbox>
                  <Checkbox
                    checked={row.optional}
                    aria-label={t('design.score.optionalOf', { question: name })}
                    onChange={({ target }) =>
                      onChange((before) => changeScored(before, row.linkId, { optional: target.checked || undefined }))
                    }
                  >
                    {t('design.score.optional')}
                  </Checkbox>
                </Row>
              )}
            </li>
          )
        })}
      </ul>
      <Row>
        <Button
          size="small"
          onClick={() =>
            onChange((before) => rows.reduce((made, row) => withItem(made, row.linkId, true, order), before))
          }
        >
          {t('design.score.all')}
        </Button>
        <Button size="small" onClick={() => onChange((before) => ({ ...before, items: [] }))}>
          {t('design.score.none')}
        </Button>
      </Row>
      {score.items.some((one) => typeof one === 'object' && one.reverse) && (
        <div className="pb-design-grid">
          {([0, 1] as const).map((end) => (
            <div key={end} className="pb-design-field">
              <span aria-hidden="true">{t(end === 0 ? 'design.score.rangeFrom' : 'design.score.rangeTo')}</span>
              <InputNumber
                aria-label={t(end === 0 ? 'design.score.rangeFrom' : 'design.score.rangeTo')}
                value={score.range?.[end] ?? null}
                onChange={(value) =>
                  onChange((before) => {
                    const range: [number, number] = [...(before.range ?? [0, 0])]
                    range[end] = value ?? 0
                    return { ...before, range }
                  }, `range ${end}`)
                }
              />
            </div>
          ))}
        </div>
      )}
    </>
  )
}
