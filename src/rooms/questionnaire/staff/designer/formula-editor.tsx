import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import {
  compile,
  EXTENSION,
  type Expression,
  type Item,
  type QuestionnaireItem,
} from '../../../../clinical/questionnaire/index.ts'
import { Row, Stack, useT } from '../../../../platform/web/index.ts'
import { constraintRows, withConstraint } from './constraint.ts'
import { useDesign } from './context.ts'
import { valueIn, withExtensions, withoutExtension } from './extension.ts'
import { questionsFor } from './logic.ts'
import { questionName } from '../../contract/question-words.ts'

const FORMULAS = ['calculatedExpression', 'initialExpression', 'enableWhenExpression'] as const
type Formula = (typeof FORMULAS)[number]

/** For who knows FHIRPath: what is calculated, what is filled in at first, and what is checked. */
export function FormulaEditor({ item }: { item: QuestionnaireItem }) {
  const t = useT('questionnaire')
  const { editItem } = useDesign()
  const isQuestion = item.type !== 'group'
  const change = (name: Formula, text: string) =>
    editItem(item.linkId, (before) => withFormula(before, name, text), name)
  const checks = constraintRows(item)
  return (
    <Stack>
      <p className="pb-hint">{t('design.formula.hint')}</p>
      {FORMULAS.filter((name) => isQuestion || name === 'enableWhenExpression').map((name) => (
        <FormulaInput
          key={name}
          item={item}
          label={t(`design.formula.${name}`)}
          value={formulaOf(item, name)}
          onChange={(text) => change(name, text)}
        />
      ))}
      {checks.map((row, at) => (
        // Checks have no name of their own.
        <div key={at} className="pb-design-check">
          <FormulaInput
            item={item}
            label={t('design.formula.check', { n: at + 1 })}
            value={row.expression}
            onChange={(expression) =>
              editItem(item.linkId, (before) => withConstraint(before, at, { ...row, expression }), `check ${at}`)
            }
          />
          <Row>
            <Input
              aria-label={t('design.formula.human', { n: at + 1 })}
              placeholder={t('design.formula.human', { n: at + 1 })}
              value={row.human}
              onChange={({ target }) =>
                editItem(
                  item.linkId,
                  (before) => withConstraint(before, at, { ...row, human: target.value }),
                  `human ${at}`,
                )
              }
            />
            <Select
              aria-label={t('design.formula.severity', { n: at + 1 })}
              style={{ minWidth: 140 }}
              value={row.severity}
              options={(['error', 'warning'] as const).map((value) => ({ value, label: t(`design.formula.${value}`) }))}
              onChange={(severity) =>
                editItem(item.linkId, (before) => withConstraint(before, at, { ...row, severity }))
              }
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('design.formula.remove', { n: at + 1 })}
              onClick={() => editItem(item.linkId, (before) => withConstraint(before, at, undefined))}
            />
          </Row>
        </div>
      ))}
      <Row>
        <Button
          icon={<PlusOutlined />}
          onClick={() =>
            editItem(item.linkId, (before) =>
              withConstraint(before, checks.length, { human: '', expression: 'answer.exists()', severity: 'error' }),
            )
          }
        >
          {t('design.formula.addCheck')}
        </Button>
      </Row>
    </Stack>
  )
}

const formulaOf = (item: QuestionnaireItem, name: Formula): string =>
  (valueIn(item, name) as Expression | undefined)?.expression ?? ''

function withFormula(item: QuestionnaireItem, name: Formula, expression: string): QuestionnaireItem {
  if (expression === '') return withoutExtension(item, name)
  const before = valueIn(item, name) as Expression | undefined
  const valueExpression = { ...before, language: before?.language ?? 'text/fhirpath', expression }
  return withExtensions(item, name, [{ url: EXTENSION[name][0], valueExpression }])
}

/** A formula, whether it can be computed, and the other questions to put into it. */
function FormulaInput({
  item,
  label,
  value,
  onChange,
}: {
  item: QuestionnaireItem
  label: string
  value: string
  onChange: (text: string) => void
}) {
  const t = useT('questionnaire')
  const { form, words, numbers } = useDesign()
  const compiled = value.trim() === '' ? undefined : compile(value)
  return (
    <div className="pb-design-field pb-design-wide">
      <span aria-hidden="true">{label}</span>
      <Row>
        <Input.TextArea
          aria-label={label}
          autoSize={{ minRows: 1, maxRows: 5 }}
          className="pb-design-code"
          spellCheck={false}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
        <Select
          aria-label={t('design.formula.insertInto', { label })}
          placeholder={t('design.formula.insert')}
          popupMatchSelectWidth={false}
          style={{ width: 130 }}
          showSearch={{ optionFilterProp: 'label' }}
          value={null}
          options={questionsFor(form, item.linkId).map((one) => ({
            value: one.linkId,
            label: questionName(form, one.linkId, words, numbers),
          }))}
          onChange={(linkId: string | null) =>
            linkId && onChange(`${value}${value && !/\s$/.test(value) ? ' ' : ''}${pathTo(form.byLinkId.get(linkId)!)}`)
          }
        />
      </Row>
      {typeof compiled === 'string' && (
        <small className="pb-design-bad">{t('design.formula.bad', { what: compiled })}</small>
      )}
    </div>
  )
}

/** The answer of a question as FHIRPath: its points for a choice, its number for a quantity. */
function pathTo(item: Item): string {
  const path = `%resource.repeat(item).where(linkId='${item.linkId.replaceAll("'", "\\'")}').answer.value`
  if (item.type === 'quantity') return `${path}.value`
  return item.type === 'choice' || item.type === 'open-choice' ? `${path}.weight()` : path
}
