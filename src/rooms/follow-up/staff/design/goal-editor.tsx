import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, InputNumber, Select } from 'antd'
import { ConditionBuilder, Stack, useT } from '../../../../platform/web/index.ts'
import type { Goal } from '../../contract/pathway.ts'
import { useDesign } from './context.ts'
import { clean, freeCode } from './edits.ts'
import { useIndicators, useQuestionnaires, type Named } from './use-named.ts'
import { IntervalInput, NeededWords, PickInput, WordsInput } from './words-input.tsx'

type Kind = 'indicator' | 'score' | 'condition'
const KINDS: readonly Kind[] = ['indicator', 'score', 'condition']
const BEGIN: Record<Kind, Pick<Goal, 'measure' | 'target'>> = {
  indicator: { measure: { indicator: { code: 'sbp' } }, target: { op: '<', value: 140 } },
  score: { measure: { score: { questionnaire: 'phq-9' } }, target: { op: '<', value: 10 } },
  condition: { measure: { condition: { age: { op: '>=', years: 18 } } }, target: undefined },
}

/** What it is for, in a sentence, and the goals that can be measured. */
export function GoalEditor() {
  const t = useT('follow-up')
  const { definition, edit, readOnly } = useDesign()
  const goals = definition.goals ?? []
  const give = (next: Goal[], key?: string) =>
    edit((before) => clean({ ...before, goals: next.length > 0 ? next : undefined }) as typeof before, key)
  const add = () =>
    give([
      ...goals,
      {
        code: freeCode(
          goals.map(({ code }) => code),
          'goal',
        ),
        name: { zh: '', en: '' },
        ...BEGIN.indicator,
      } as Goal,
    ])
  return (
    <Stack>
      <NeededWords
        label={t('field.goal')}
        value={definition.goal}
        onChange={(goal) => edit((before) => ({ ...before, goal }), 'goal')}
      />
      {goals.map((goal, index) => (
        <section key={goal.code} className="pb-path-item" aria-label={t('design.goal.nth', { index: index + 1 })}>
          <GoalFields
            goal={goal}
            onChange={(next, key) => give(goals.with(index, next), key && `${goal.code} ${key}`)}
          />
          {!readOnly && (
            <Button size="small" icon={<DeleteOutlined />} onClick={() => give(goals.toSpliced(index, 1))}>
              {t('design.goal.drop')}
            </Button>
          )}
        </section>
      ))}
      {!readOnly && goals.length < 10 && (
        <Button icon={<PlusOutlined />} onClick={add}>
          {t('design.goal.add')}
        </Button>
      )}
    </Stack>
  )
}

function GoalFields({ goal, onChange }: { goal: Goal; onChange: (goal: Goal, key?: string) => void }) {
  const t = useT('follow-up')
  const { readOnly } = useDesign()
  const indicators = useIndicators()
  const questionnaires = useQuestionnaires()
  const { measure, target } = goal
  const kind = KINDS.find((one) => one in measure)!
  const give = (changed: { [K in keyof Goal]?: Goal[K] | undefined }, key?: string) =>
    onChange(clean({ ...goal, ...changed }) as Goal, key)
  const named = (list: Named[], value: string) =>
    list.some((one) => one.value === value) ? list : [{ value, label: value }, ...list]
  return (
    <Stack tight>
      <NeededWords label={t('design.goal.name')} value={goal.name} onChange={(name) => give({ name }, 'name')} />
      <div className="pb-path-pair">
        <PickInput
          label={t('design.goal.measure')}
          value={kind}
          options={KINDS.map((value) => ({ value, label: t(`design.goal.kind.${value}`) }))}
          onChange={(value) => give(BEGIN[value])}
        />
        {'indicator' in measure && (
          <PickInput
            label={t('design.goal.indicator')}
            value={measure.indicator.code}
            options={named(indicators, measure.indicator.code)}
            onChange={(code) => give({ measure: { indicator: { ...measure.indicator, code } } })}
          />
        )}
        {'score' in measure && (
          <PickInput
            label={t('design.step.questionnaire')}
            value={measure.score.questionnaire}
            options={named(questionnaires, measure.score.questionnaire)}
            onChange={(questionnaire) => give({ measure: { score: { ...measure.score, questionnaire } } })}
          />
        )}
      </div>
      {'condition' in measure && (
        <ConditionBuilder
          purpose="care"
          readOnly={readOnly}
          value={measure.condition as never}
          onChange={(condition, { isWhole }) => {
            if (isWhole) give({ measure: { condition: condition as never } }, 'condition')
          }}
        />
      )}
      {target && (
        <div className="pb-path-interval">
          <Select
            aria-label={t('design.goal.compare')}
            value={target.op}
            options={(['<', '<=', '=', '>=', '>'] as const).map((value) => ({ value, label: t(`branch.op.${value}`) }))}
            onChange={(op) => give({ target: { ...target, op } })}
          />
          <InputNumber
            aria-label={t('design.goal.value')}
            value={target.value}
            onChange={(value) => value !== null && give({ target: { ...target, value } }, 'value')}
          />
        </div>
      )}
      <IntervalInput
        label={t('design.goal.due')}
        least={1}
        value={goal.due ?? { months: 6 }}
        onChange={(due) => give({ due }, 'due')}
      />
      <WordsInput
        label={t('design.goal.forPatient')}
        value={goal.forPatient}
        onChange={(forPatient) => give({ forPatient }, 'for patient')}
      />
    </Stack>
  )
}
