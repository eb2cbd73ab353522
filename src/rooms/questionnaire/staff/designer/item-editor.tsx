import { CopyOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, Select } from 'antd'
import { Empty, Row, Stack, useSay, useT } from '../../../../platform/web/index.ts'
import type { QuestionnaireItem } from '../../../../clinical/questionnaire/index.ts'
import { MemberInput } from './bilingual-input.tsx'
import { useDesign } from './context.ts'
import { findItem, itemsOf } from './draft.ts'
import { flagOf, withFlag } from './extension.ts'
import { FormulaEditor } from './formula-editor.tsx'
import { kindOf, kindsFor, withKind, type Kind } from './kind.ts'
import { Labelled } from './labelled.tsx'
import { LimitEditor } from './limit-editor.tsx'
import { LogicEditor } from './logic-editor.tsx'
import { OptionEditor } from './option-editor.tsx'
import { RecordEditor } from './record-editor.tsx'
import { ScaleEditor } from './scale-editor.tsx'
import { Section } from './section.tsx'
import { duplicateItem, removeItem, stepItem, stepTarget, type Step } from './tree.ts'

const STEPS: readonly Step[] = ['up', 'down', 'in', 'out']

/** Everything about the chosen item. What the designer does not show of a file stays in it. */
export function ItemEditor() {
  const t = useT('questionnaire')
  const { definition, selected } = useDesign()
  const item = selected === undefined ? undefined : findItem(definition, selected)
  if (!item) return <Empty title={t('design.choose')} hint={t('design.chooseHint')} />
  const kind = kindOf(item)
  const isChoice = kind === 'one' || kind === 'several'
  return (
    <Stack key={item.linkId}>
      <Basics item={item} kind={kind} />
      {kind === 'scale' && <ScaleEditor item={item} />}
      {isChoice && (
        <Section title={t('design.part.options')} open>
          <OptionEditor item={item} />
        </Section>
      )}
      {kind && ['number', 'text', 'long-text', 'date'].includes(kind) && (
        <Section title={t('design.part.limits')} open>
          <LimitEditor item={item} />
        </Section>
      )}
      <Section title={t('design.part.logic')} open>
        <LogicEditor item={item} />
      </Section>
      {kind !== 'display' && (
        <Section title={t('design.part.formula')}>
          <FormulaEditor item={item} />
        </Section>
      )}
      {kind !== 'display' && kind !== 'group' && kind !== 'scale' && (
        <Section title={t('design.part.record')}>
          <RecordEditor item={item} />
        </Section>
      )}
    </Stack>
  )
}

function Basics({ item, kind }: { item: QuestionnaireItem; kind: Kind | undefined }) {
  const t = useT('questionnaire')
  const { base, editItem, numbers } = useDesign()
  const change = (next: (before: QuestionnaireItem) => QuestionnaireItem, key?: string) =>
    editItem(item.linkId, next, key)
  const isQuestion = kind !== 'display' && item.type !== 'group'
  const kinds = kindsFor(item)
  const n = numbers.get(item.linkId)
  return (
    <section className="pb-design-basics">
      <div className="pb-design-head">
        <h2>{n === undefined ? t(`design.kind.${kind ?? 'other'}`) : t('design.says.number', { n })}</h2>
        <Acts item={item} />
      </div>
      <MemberInput
        label={t(
          item.type === 'group'
            ? 'design.item.groupText'
            : kind === 'display'
              ? 'design.item.displayText'
              : 'design.item.text',
        )}
        owner={item}
        member="text"
        base={base}
        forPatients
        onChange={(next, language) => change(next, `text ${language}`)}
      />
      <div className="pb-design-grid">
        <Labelled label={t('design.item.kind')}>
          <Select<Kind>
            value={kind}
            disabled={kinds.length < 2}
            options={kinds.map((value) => ({ value, label: t(`design.kind.${value}`) }))}
            onChange={(next) => change((before) => withKind(before, next))}
          />
        </Labelled>
        <Labelled label={t('design.item.prefix')} hint={t('design.item.prefixHint')}>
          <Input
            maxLength={12}
            value={item.prefix ?? ''}
            onChange={({ target }) =>
              change(({ prefix: _old, ...rest }) => (target.value ? { ...rest, prefix: target.value } : rest), 'prefix')
            }
          />
        </Labelled>
      </div>
      <Row>
        {isQuestion && (
          <Flag
            label={t('design.item.required')}
            on={item.required === true}
            onChange={(on) => change((before) => withMember(before, 'required', on))}
          />
        )}
        {item.type === 'choice' || item.type === 'open-choice' ? (
          <Flag
            label={t('design.item.open')}
            on={item.type === 'open-choice'}
            onChange={(on) => change((before) => ({ ...before, type: on ? 'open-choice' : 'choice' }))}
          />
        ) : null}
        {item.type === 'group' && kind !== 'scale' && (
          <Flag
            label={t('design.item.repeats')}
            on={item.repeats === true}
            onChange={(on) => change((before) => withMember(before, 'repeats', on))}
          />
        )}
        <Flag
          label={t('design.item.hidden')}
          on={flagOf(item, 'hidden')}
          onChange={(on) => change((before) => withFlag(before, 'hidden', on))}
        />
        {isQuestion && (
          <Flag
            label={t('design.item.readOnly')}
            on={item.readOnly === true}
            onChange={(on) => change((before) => withMember(before, 'readOnly', on))}
          />
        )}
      </Row>
      {item.type === 'group' && itemsOf(item).length === 0 && <p className="pb-hint">{t('design.item.emptyGroup')}</p>}
    </section>
  )
}

function withMember(
  item: QuestionnaireItem,
  member: 'required' | 'repeats' | 'readOnly',
  on: boolean,
): QuestionnaireItem {
  const { [member]: _old, ...rest } = item
  return on ? { ...rest, [member]: true } : rest
}

function Flag({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <Checkbox checked={on} onChange={({ target }) => onChange(target.checked)}>
      {label}
    </Checkbox>
  )
}

/** Moving, copying and taking out, for who does not drag. */
function Acts({ item }: { item: QuestionnaireItem }) {
  const t = useT('questionnaire')
  const say = useSay()
  const { definition, editDefinition, select } = useDesign()
  const copy = () => {
    const made = duplicateItem(definition, item.linkId)
    editDefinition(() => made.definition)
    select(made.linkId)
  }
  const remove = () => {
    editDefinition((before) => removeItem(before, item.linkId))
    say.done(t('design.removed'))
  }
  return (
    <Row>
      {STEPS.map((step) => (
        <Button
          key={step}
          size="small"
          disabled={stepTarget(definition, item.linkId, step) === undefined}
          onClick={() => editDefinition((before) => stepItem(before, item.linkId, step))}
        >
          {t(`design.step.${step}`)}
        </Button>
      ))}
      <Button size="small" icon={<CopyOutlined />} onClick={copy}>
        {t('design.copy')}
      </Button>
      <Button size="small" danger icon={<DeleteOutlined />} onClick={remove}>
        {t('design.remove')}
      </Button>
    </Row>
  )
}
