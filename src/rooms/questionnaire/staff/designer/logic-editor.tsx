import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, InputNumber, Radio, Select } from 'antd'
import {
  inLanguage,
  type Coding,
  type EnableOperator,
  type EnableWhen,
  type Item,
  type QuestionnaireItem,
  type Value,
} from '../../../../clinical/questionnaire/index.ts'
import { Row, Stack, useT } from '../../../../platform/web/index.ts'
import { useDesign } from './context.ts'
import { answerOf, conditionOn, firstCondition, numberOf, operatorsFor, questionsFor } from './logic.ts'
import { logicSentence, questionName } from '../../contract/question-words.ts'

/** When the item is asked: conditions on other questions, and the sentence they make. */
export function LogicEditor({ item }: { item: QuestionnaireItem }) {
  const t = useT('questionnaire')
  const { form, editItem, numbers, words } = useDesign()
  const conditions = item.enableWhen ?? []
  const questions = questionsFor(form, item.linkId)
  const read = form.byLinkId.get(item.linkId)
  const change = (next: EnableWhen[], behavior = item.enableBehavior) =>
    editItem(item.linkId, ({ enableWhen: _when, enableBehavior: _how, ...rest }) =>
      next.length === 0
        ? rest
        : { ...rest, enableWhen: next, ...(next.length > 1 ? { enableBehavior: behavior ?? 'all' } : {}) },
    )
  const add = () => {
    // What stands right before is what one usually means.
    const own = read ? (numbers.get(item.linkId) ?? Infinity) : Infinity
    const before = questions.findLast((one) => (numbers.get(one.linkId) ?? Infinity) < own) ?? questions[0]
    if (before) change([...conditions, firstCondition(before)])
  }
  return (
    <Stack>
      <p className="pb-design-sentence">
        {(read && logicSentence(form, read, words, numbers)) || t('design.says.always')}
      </p>
      {conditions.map((when, at) => (
        // Conditions have no name; their place is it.
        <Row key={at}>
          <Select
            aria-label={t('design.logic.question', { n: at + 1 })}
            className="pb-design-question"
            popupMatchSelectWidth={false}
            showSearch={{ optionFilterProp: 'label' }}
            value={when.question}
            options={questions.map((one) => ({
              value: one.linkId,
              label: questionName(form, one.linkId, words, numbers),
            }))}
            onChange={(linkId) => change(conditions.with(at, firstCondition(form.byLinkId.get(linkId)!)))}
          />
          <ConditionFields
            n={at + 1}
            when={when}
            question={form.byLinkId.get(when.question)}
            onChange={(next) => change(conditions.with(at, next))}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('design.logic.remove', { n: at + 1 })}
            onClick={() => change(conditions.filter((_one, n) => n !== at))}
          />
        </Row>
      ))}
      {conditions.length > 1 && (
        <Radio.Group
          value={item.enableBehavior ?? 'any'}
          onChange={({ target }) => change([...conditions], target.value as 'all')}
          options={(['all', 'any'] as const).map((value) => ({ value, label: t(`design.logic.${value}`) }))}
        />
      )}
      <Row>
        <Button icon={<PlusOutlined />} disabled={questions.length === 0} onClick={add}>
          {t('design.logic.add')}
        </Button>
      </Row>
    </Stack>
  )
}

/** `exists` is two things to a person: answered, and not answered. */
type Said = Exclude<EnableOperator, 'exists'> | 'answered' | 'notAnswered'

function ConditionFields({
  n,
  when,
  question,
  onChange,
}: {
  n: number
  when: EnableWhen
  question: Item | undefined
  onChange: (when: EnableWhen) => void
}) {
  const t = useT('questionnaire')
  if (!question) return <span className="pb-design-bad">{t('design.logic.gone')}</span>
  const value = answerOf(when)
  const said: Said = when.operator === 'exists' ? (value === false ? 'notAnswered' : 'answered') : when.operator
  const isChoice = ['choice', 'open-choice', 'boolean'].includes(question.type)
  const all = operatorsFor(question).flatMap((one): Said[] => (one === 'exists' ? ['answered', 'notAnswered'] : [one]))
  const choose = (next: Said) => {
    if (next === 'answered' || next === 'notAnswered') onChange(conditionOn(question, 'exists', next === 'answered'))
    else onChange(conditionOn(question, next, when.operator === 'exists' ? undefined : value))
  }
  return (
    <>
      <Select<Said>
        aria-label={t('design.logic.how', { n })}
        popupMatchSelectWidth={false}
        style={{ minWidth: 96 }}
        value={said}
        options={all.map((one) => ({
          value: one,
          label: t(`design.logic.${isChoice ? 'choice' : 'plain'}.${WORD[one]}`),
        }))}
        onChange={choose}
      />
      {when.operator !== 'exists' && (
        <ConditionValue
          label={t('design.logic.value', { n })}
          question={question}
          value={value}
          onChange={(next) => onChange(conditionOn(question, when.operator, next))}
        />
      )}
    </>
  )
}

const WORD: Record<Said, string> = {
  '=': 'equal',
  '!=': 'notEqual',
  '>': 'more',
  '>=': 'atLeast',
  '<': 'less',
  '<=': 'atMost',
  answered: 'answered',
  notAnswered: 'notAnswered',
}

const keyOf = (value: Value | undefined): string =>
  typeof value === 'object' ? ((value as Coding).code ?? (value as Coding).display ?? '') : String(value ?? '')

function ConditionValue({
  label,
  question,
  value,
  onChange,
}: {
  label: string
  question: Item
  value: Value | undefined
  onChange: (value: Value | undefined) => void
}) {
  const t = useT('questionnaire')
  const { words } = useDesign()
  switch (question.type) {
    case 'choice':
    case 'open-choice':
      return (
        <Select
          aria-label={label}
          popupMatchSelectWidth={false}
          style={{ minWidth: 120 }}
          value={keyOf(value)}
          options={question.options.map((option) => ({
            value: keyOf(option.value),
            label: inLanguage(option.text, words.locale),
          }))}
          onChange={(key) => onChange(question.options.find((option) => keyOf(option.value) === key)?.value)}
        />
      )
    case 'boolean':
      return (
        <Select
          aria-label={label}
          style={{ minWidth: 80 }}
          value={value !== false}
          options={[true, false].map((one) => ({ value: one, label: t(one ? 'fill.yes' : 'fill.no') }))}
          onChange={onChange}
        />
      )
    case 'integer':
    case 'decimal':
    case 'quantity':
      return <InputNumber aria-label={label} value={numberOf(value) ?? null} onChange={(next) => onChange(next ?? 0)} />
    default:
      return (
        <Input
          aria-label={label}
          type={question.type === 'date' ? 'date' : 'text'}
          style={{ width: 160 }}
          value={String(value ?? '')}
          onChange={({ target }) => onChange(target.value)}
        />
      )
  }
}
