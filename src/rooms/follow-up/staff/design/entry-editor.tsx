import { InputNumber, Switch } from 'antd'
import { ConditionBuilder, Stack, useT } from '../../../../platform/web/index.ts'
import { Labelled } from '../../../questionnaire/staff/designer/labelled.tsx'
import type { Entry } from '../../contract/protocol.ts'
import { useDesign } from './context.ts'
import { SpreadEditor } from './spread-editor.tsx'
import { PickInput } from './words-input.tsx'

type Kind = 'condition' | 'procedure' | 'encounter' | 'tag' | 'hand'
const KINDS: readonly Kind[] = ['condition', 'procedure', 'encounter', 'tag', 'hand']
const BEGIN: Record<Kind, Entry> = {
  condition: { condition: { age: { op: '>=', years: 18 } }, leaves: false },
  procedure: { procedure: 'surgery', withinDays: 30 },
  encounter: { encounter: 'inpatient', withinDays: 30 },
  tag: { tag: true },
  hand: { hand: true },
}
const ANCHORS = [
  'enrolment',
  'condition-onset',
  'condition-recorded',
  'procedure',
  'discharge',
  'last-period',
  'delivery',
  'birth',
] as const

/** Who gets in by themselves, and from which day it counts. */
export function EntryEditor() {
  const t = useT('follow-up')
  const { definition, edit, readOnly } = useDesign()
  const { entry } = definition
  const kind = KINDS.find((one) => one in entry) ?? 'hand'
  const give = (next: Entry, key?: string) => edit((before) => ({ ...before, entry: next }), key)
  return (
    <Stack>
      <PickInput
        label={t('design.entry.how')}
        value={kind}
        options={KINDS.map((value) => ({ value, label: t(`protocol.entry.${value}`) }))}
        onChange={(value) => give(BEGIN[value])}
      />
      {'condition' in entry && (
        <>
          <ConditionBuilder
            purpose="care"
            readOnly={readOnly}
            value={entry.condition as never}
            onChange={(condition, { isWhole }) => {
              if (isWhole) give({ ...entry, condition: condition as never }, 'entry')
            }}
          />
          <Labelled label={t('design.entry.leaves')}>
            <Switch checked={entry.leaves} onChange={(leaves) => give({ ...entry, leaves })} />
          </Labelled>
        </>
      )}
      {'procedure' in entry && (
        <PickInput
          label={t('design.entry.procedure')}
          value={entry.procedure}
          options={(['surgery', 'endoscopy', 'other'] as const).map((value) => ({
            value,
            label: t(`design.entry.procedures.${value}`),
          }))}
          onChange={(procedure) => give({ ...entry, procedure })}
        />
      )}
      {'withinDays' in entry && (
        <Labelled label={t('design.entry.within')}>
          <InputNumber
            min={1}
            max={366}
            precision={0}
            value={entry.withinDays}
            onChange={(withinDays) => withinDays !== null && give({ ...entry, withinDays }, 'entry within')}
          />
        </Labelled>
      )}
      <PickInput
        label={t('field.anchor')}
        value={definition.anchor}
        options={ANCHORS.map((value) => ({ value, label: t(`anchor.${value}`) }))}
        onChange={(anchor) => edit((before) => ({ ...before, anchor }))}
      />
      <SpreadEditor />
    </Stack>
  )
}
