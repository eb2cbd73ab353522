import { DeleteOutlined } from '@ant-design/icons'
import { Button, InputNumber, Select } from 'antd'
import { Row, useT } from '../../../platform/web/index.ts'
import type { Comparison, Condition, Span } from '../contract/condition.ts'
import type { RuleView } from '../contract/tag.ts'
import { kindOf, type Leaf } from './condition-tree.ts'
import { OPERATOR } from './condition-sentence.ts'
import { IndicatorFields } from './indicator-fields.tsx'
import { CodesInput, SpanInput } from './leaf-inputs.tsx'
import { useBilingual } from './words.ts'

export interface LeafEditorProps {
  leaf: Leaf
  rules: readonly RuleView[]
  onChange: (leaf: Leaf) => void
  onRemove: () => void
}

/** One question of a rule as a line of plain inputs. */
export function LeafEditor({ leaf, rules, onChange, onRemove }: LeafEditorProps) {
  const t = useT('tag')
  return (
    <div role="group" aria-label={t(`leaf.${kindOf(leaf)}`)}>
      <Row>
        <span style={{ width: 'auto', minWidth: 72 }}>{t(`leaf.${kindOf(leaf)}`)}</span>
        <LeafFields leaf={leaf} rules={rules} onChange={onChange} />
        <Button type="text" icon={<DeleteOutlined />} aria-label={t('group.remove')} onClick={onRemove}>
          {t('field.remove')}
        </Button>
      </Row>
    </div>
  )
}

function LeafFields({ leaf, rules, onChange }: Omit<LeafEditorProps, 'onRemove'>) {
  const t = useT('tag')
  if ('indicator' in leaf)
    return <IndicatorFields test={leaf.indicator} onChange={(indicator) => onChange({ indicator })} />
  if ('age' in leaf) return <AgeFields age={leaf.age} onChange={(age) => onChange({ age })} />
  if ('sex' in leaf)
    return (
      <Choice
        label={t('leaf.sex')}
        value={leaf.sex}
        options={['female', 'male']}
        word={(sex) => t(`sex.${sex}`)}
        onChange={(sex) => onChange({ sex: sex as 'male' })}
      />
    )
  if ('condition' in leaf) {
    const { codes, status } = leaf.condition
    return (
      <>
        <CodesInput
          label={t('field.codes')}
          codes={codes}
          onChange={(next) => onChange({ condition: { codes: next, status } })}
        />
        <Choice
          label={t('field.status')}
          value={status ?? 'active'}
          options={['active', 'any']}
          word={(one) => t(`status.${one}`)}
          onChange={(next) => onChange({ condition: { codes, status: next as 'active' } })}
        />
      </>
    )
  }
  if ('procedure' in leaf)
    return <ProcedureFields test={leaf.procedure} onChange={(procedure) => onChange({ procedure })} />
  if ('familyHistory' in leaf)
    return (
      <CodesInput
        label={t('field.codes')}
        codes={leaf.familyHistory.codes}
        onChange={(codes) => onChange({ familyHistory: { codes } })}
      />
    )
  if ('tag' in leaf)
    return <TagChoice code={leaf.tag.code} rules={rules} onChange={(code) => onChange({ tag: { code } })} />
  if ('since' in leaf) return <SinceFields test={leaf.since} onChange={(since) => onChange({ since })} />
  return null
}

type Of<K extends string> = Extract<Condition, Record<K, unknown>> extends Record<K, infer V> ? V : never

function AgeFields({ age, onChange }: { age: Of<'age'>; onChange: (age: Of<'age'>) => void }) {
  const t = useT('tag')
  return (
    <>
      <Choice
        label={t('field.limit')}
        value={age.op}
        options={['>=', '<', '>', '<=', '=']}
        word={(op) => t(`age.${OPERATOR[op as Comparison]}`)}
        onChange={(op) => onChange({ ...age, op: op as Comparison })}
      />
      <InputNumber
        aria-label={t('field.years')}
        min={0}
        max={130}
        precision={0}
        value={age.years}
        onChange={(years) => onChange({ ...age, years: years ?? 0 })}
        style={{ width: 80 }}
      />
    </>
  )
}

function ProcedureFields({ test, onChange }: { test: Of<'procedure'>; onChange: (test: Of<'procedure'>) => void }) {
  const t = useT('tag')
  const { codes, kind, within } = test
  const build = (next: { codes?: string[] | undefined; kind?: string | undefined; within?: Span | undefined }) =>
    onChange({
      ...(next.codes && next.codes.length > 0 ? { codes: next.codes } : {}),
      ...(next.kind && next.kind !== 'none' ? { kind: next.kind as 'surgery' } : {}),
      ...(next.within ? { within: next.within } : {}),
    })
  return (
    <>
      <Choice
        label={t('field.kind')}
        value={kind ?? 'none'}
        options={['surgery', 'endoscopy', 'other', 'none']}
        word={(one) => (one === 'none' ? t('field.anyKind') : t(`procedureKind.${one}`))}
        onChange={(next) => build({ codes, kind: next, within })}
      />
      <CodesInput
        label={t('field.procedureCodes')}
        codes={codes ?? []}
        onChange={(next) => build({ codes: next, kind, within })}
      />
      <SpanInput
        label={t('field.within')}
        optional
        value={within}
        onChange={(next) => build({ codes, kind, within: next })}
      />
    </>
  )
}

function TagChoice({
  code,
  rules,
  onChange,
}: {
  code: string
  rules: readonly RuleView[]
  onChange: (code: string) => void
}) {
  const t = useT('tag')
  const words = useBilingual()
  const published = rules.filter(({ state }) => state === 'published')
  return (
    <Select
      aria-label={t('field.tag')}
      placeholder={t('field.tag')}
      showSearch={{ optionFilterProp: 'label' }}
      value={code || null}
      onChange={(next) => onChange(next ?? '')}
      options={published.map((rule) => ({ value: rule.code, label: words(rule.definition.name) }))}
      style={{ width: 'auto', minWidth: 180 }}
    />
  )
}

function SinceFields({ test, onChange }: { test: Of<'since'>; onChange: (test: Of<'since'>) => void }) {
  const t = useT('tag')
  return (
    <>
      <Choice
        label={t('field.event')}
        value={test.event}
        options={['any-contact', 'encounter', 'report', 'observation', 'registration']}
        word={(event) => t(`event.${event}`)}
        onChange={(event) => onChange({ ...test, event: event as 'report' })}
      />
      <Choice
        label={t('field.sinceOp')}
        value={test.op}
        options={['>=', '<']}
        word={(op) => t(op === '<' ? 'since.within' : 'since.longer')}
        onChange={(op) => onChange({ ...test, op: op as '<' })}
      />
      <SpanInput label={t('field.span')} value={test.span} onChange={(span) => span && onChange({ ...test, span })} />
    </>
  )
}

interface ChoiceProps {
  label: string
  value: string
  options: readonly string[]
  word: (value: string) => string
  onChange: (value: string) => void
}

function Choice({ label, value, options, word, onChange }: ChoiceProps) {
  return (
    <Select
      aria-label={label}
      value={value}
      onChange={onChange}
      options={options.map((one) => ({ value: one, label: word(one) }))}
      popupMatchSelectWidth={false}
      style={{ width: 'auto', minWidth: 96 }}
    />
  )
}
