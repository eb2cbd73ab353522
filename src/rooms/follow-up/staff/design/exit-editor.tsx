import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, InputNumber, Select } from 'antd'
import { ConditionBuilder, Stack, useT } from '../../../../platform/web/index.ts'
import { Labelled } from '../../../questionnaire/staff/designer/labelled.tsx'
import type { ExitRule } from '../../contract/pathway.ts'
import { useSaid } from '../words.ts'
import { useDesign } from './context.ts'
import { clean, freeCode } from './edits.ts'
import { IntervalInput, NeededWords, PickInput, WordsInput } from './words-input.tsx'

type Kind = 'after' | 'missedInRow' | 'condition' | 'goals'

/** How a plan ends before its steps do; the first that fits ends it. */
export function ExitEditor() {
  const t = useT('follow-up')
  const { definition, edit, readOnly } = useDesign()
  const exits = definition.exits ?? []
  const give = (next: ExitRule[], key?: string) =>
    edit((before) => clean({ ...before, exits: next.length > 0 ? next : undefined }) as typeof before, key)
  const add = () =>
    give([
      ...exits,
      {
        code: freeCode(
          exits.map(({ code }) => code),
          'exit',
        ),
        name: { zh: '', en: '' },
        when: { after: { months: 12 } },
        as: 'graduated',
      },
    ])
  return (
    <Stack>
      <p className="pb-hint">{t('design.exit.hint')}</p>
      {exits.map((rule, index) => (
        <section key={rule.code} className="pb-path-item" aria-label={t('design.exit.nth', { index: index + 1 })}>
          <ExitFields
            rule={rule}
            onChange={(next, key) => give(exits.with(index, next), key && `${rule.code} ${key}`)}
          />
          {!readOnly && (
            <Button size="small" icon={<DeleteOutlined />} onClick={() => give(exits.toSpliced(index, 1))}>
              {t('design.exit.drop')}
            </Button>
          )}
        </section>
      ))}
      {!readOnly && exits.length < 12 && (
        <Button icon={<PlusOutlined />} onClick={add}>
          {t('design.exit.add')}
        </Button>
      )}
    </Stack>
  )
}

function ExitFields({ rule, onChange }: { rule: ExitRule; onChange: (rule: ExitRule, key?: string) => void }) {
  const t = useT('follow-up')
  const said = useSaid()
  const { definition, readOnly } = useDesign()
  const goals = definition.goals ?? []
  const kinds: readonly Kind[] =
    goals.length > 0 ? ['after', 'goals', 'missedInRow', 'condition'] : ['after', 'missedInRow', 'condition']
  const { when } = rule
  const kind = (['after', 'missedInRow', 'condition', 'goals'] as const).find((one) => one in when)!
  const give = (changed: { [K in keyof ExitRule]?: ExitRule[K] | undefined }, key?: string) =>
    onChange(clean({ ...rule, ...changed }) as ExitRule, key)
  const begin: Record<Kind, ExitRule['when']> = {
    after: { after: { months: 12 } },
    missedInRow: { missedInRow: 3 },
    condition: { condition: { deceased: true } },
    goals: { goals: goals.map(({ code }) => code) },
  }
  return (
    <Stack tight>
      <NeededWords label={t('design.exit.name')} value={rule.name} onChange={(name) => give({ name }, 'name')} />
      <div className="pb-path-pair">
        <PickInput
          label={t('design.exit.when')}
          value={kind}
          options={kinds.map((value) => ({ value, label: t(`design.exit.kind.${value}`) }))}
          onChange={(value) => give({ when: begin[value] })}
        />
        <PickInput
          label={t('design.exit.as')}
          value={rule.as}
          options={(['graduated', 'not-applicable', 'lost', 'switched'] as const).map((value) => ({
            value,
            label: t(`exit.${value}`),
          }))}
          onChange={(as) => give({ as })}
        />
      </div>
      {'after' in when && (
        <IntervalInput
          label={t('design.exit.after')}
          least={1}
          value={when.after}
          onChange={(after) => give({ when: { after } }, 'after')}
        />
      )}
      {'missedInRow' in when && (
        <Labelled label={t('design.exit.missed')}>
          <InputNumber
            min={1}
            max={12}
            precision={0}
            value={when.missedInRow}
            onChange={(missedInRow) => missedInRow !== null && give({ when: { ...when, missedInRow } }, 'missed')}
          />
        </Labelled>
      )}
      {'goals' in when && (
        <Labelled label={t('design.exit.goals')}>
          <Select
            mode="multiple"
            value={when.goals}
            options={goals.map(({ code, name }) => ({ value: code, label: said(name) || code }))}
            onChange={(chosen: string[]) => chosen.length > 0 && give({ when: { goals: chosen } })}
          />
        </Labelled>
      )}
      {'condition' in when && (
        <ConditionBuilder
          purpose="care"
          readOnly={readOnly}
          value={when.condition as never}
          onChange={(condition, { isWhole }) => {
            if (isWhole) give({ when: { condition: condition as never } }, 'condition')
          }}
        />
      )}
      <WordsInput
        label={t('design.exit.forPatient')}
        value={rule.forPatient?.text}
        onChange={(text) => give({ forPatient: text && { title: rule.name, text } }, 'for patient')}
        multiline
      />
    </Stack>
  )
}
