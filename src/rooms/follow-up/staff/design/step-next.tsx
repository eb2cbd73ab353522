import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown, InputNumber, Select } from 'antd'
import { ConditionBuilder, Stack, useT } from '../../../../platform/web/index.ts'
import beginnings from '../../content/beginnings.json' with { type: 'json' }
import type { Branch } from '../../contract/protocol.ts'
import { useSaid } from '../words.ts'
import { BranchWords } from './branch-words.tsx'
import { useDesign, useStep, type Content } from './context.ts'
import { addBranched, dropBranch, leadTo, newStep, setBranch } from './edits.ts'
import { PickInput } from './words-input.tsx'

type Items = Content['forms'][number]['items']
const END = '-end'
const NEW = '-new'
const ACTIONS = ['two-weeks', 'refer', 'attend', 'routine'] as const

/** What comes next: usually, and where an answer, a condition or a miss leads elsewhere. */
export function StepNext() {
  const t = useT('follow-up')
  const said = useSaid()
  const { definition, edit, content, readOnly } = useDesign()
  const { step, set } = useStep()
  const items: Items = content.forms.find(({ code }) => code === step.form)?.items ?? []
  const asked = items.filter(({ type }) => ['choice', 'integer', 'decimal'].includes(type))
  const others = definition.steps.filter((one) => one.track === step.track && one.code !== step.code)
  const places = others.map(({ code, name }) => ({ value: code, label: said(name) }))
  const repeats = step.next === step.code
  const add = (kind: string) => {
    const branch: Branch | undefined =
      kind === 'missed'
        ? { missed: true, next: null }
        : kind === 'when'
          ? { when: { age: { op: '>=', years: 65 } }, next: null }
          : kind === 'action'
            ? { action: 'two-weeks', next: null }
            : answered(asked[0])
    if (branch) edit((before) => setBranch(before, step.code, step.branches.length, branch))
  }
  return (
    <Stack tight>
      <PickInput
        label={t(repeats ? 'design.next.thenAfterRepeat' : 'design.next.then')}
        value={(repeats ? step.recurrence?.then : step.next) ?? END}
        options={[{ value: END, label: t('protocol.end') }, ...places]}
        onChange={(value) => {
          const next = value === END ? null : value
          if (!repeats) edit((before) => leadTo(before, step.code, next))
          else set({ recurrence: { ...(step.recurrence ?? { times: 3 }), then: next } })
        }}
      />
      <h3 className="pb-path-h3">{t('design.next.branches')}</h3>
      <p className="pb-hint">{t('design.next.hint')}</p>
      <ol className="pb-path-branches">
        {step.branches.map((branch, index) => (
          // Branches have no name of their own.
          <li key={index}>
            <p>
              <BranchWords branch={branch} items={items} />
            </p>
            {!readOnly && <BranchFields branch={branch} index={index} items={asked} />}
            <Target index={index} branch={branch} places={places} />
            {!readOnly && (
              <Button
                size="small"
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('design.next.drop', { index: index + 1 })}
                onClick={() => edit((before) => dropBranch(before, step.code, index))}
              />
            )}
          </li>
        ))}
      </ol>
      {!readOnly && step.branches.length < 12 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              { key: 'answer', label: t('design.next.answer'), disabled: asked.length === 0 },
              ...(definition.classing ? [{ key: 'action', label: t('design.next.action') }] : []),
              { key: 'when', label: t('design.next.condition') },
              { key: 'missed', label: t('design.next.missed') },
            ],
            onClick: ({ key }) => add(key),
          }}
        >
          <Button size="small" icon={<PlusOutlined />}>
            {t('design.next.add')}
          </Button>
        </Dropdown>
      )}
      {asked.length === 0 && <p className="pb-hint">{t('design.next.noForm')}</p>}
    </Stack>
  )
}

function answered(item: Items[number] | undefined): Branch | undefined {
  if (!item) return undefined
  const [first] = item.options
  return first
    ? { item: item.linkId, in: [first.code], next: null }
    : { item: item.linkId, op: '>=', value: 0, next: null }
}

/** Where it leads: to a step of the line, to a new one, or to the end. */
function Target({
  branch,
  index,
  places,
}: {
  branch: Branch
  index: number
  places: { value: string; label: string }[]
}) {
  const t = useT('follow-up')
  const { definition, edit } = useDesign()
  const { step } = useStep()
  const lead = (value: string) => {
    if (value !== NEW)
      return edit((before) => setBranch(before, step.code, index, { ...branch, next: value === END ? null : value }))
    const kind = step.kind === 'message' ? 'call' : step.kind
    const added = newStep(definition, kind, beginnings.again, step.track)
    edit((before) =>
      addBranched(dropBranch(before, step.code, index), step.code, { ...added, form: step.form }, (next) => ({
        ...branch,
        next,
      })),
    )
  }
  return (
    <Select
      aria-label={t('design.next.to', { index: index + 1 })}
      value={branch.next ?? END}
      options={[
        ...places,
        { value: step.code, label: t('design.next.same') },
        { value: NEW, label: t('design.next.new') },
        { value: END, label: t('protocol.end') },
      ]}
      onChange={lead}
      style={{ inlineSize: '100%' }}
    />
  )
}

function BranchFields({ branch, index, items }: { branch: Branch; index: number; items: Items }) {
  const t = useT('follow-up')
  const said = useSaid()
  const { edit, readOnly } = useDesign()
  const { step } = useStep()
  const give = (next: Branch) =>
    edit((before) => setBranch(before, step.code, index, next), `${step.code} branch ${index}`)
  if ('missed' in branch) return null
  if ('when' in branch)
    return (
      <ConditionBuilder
        purpose="care"
        readOnly={readOnly}
        value={branch.when as never}
        onChange={(when, { isWhole }) => {
          if (isWhole) give({ when: when as never, next: branch.next })
        }}
      />
    )
  if ('action' in branch)
    return (
      <Select
        aria-label={t('design.next.action')}
        value={branch.action}
        options={ACTIONS.map((value) => ({ value, label: t(`action.${value}`) }))}
        onChange={(action) => give({ action, next: branch.next })}
      />
    )
  const item = items.find(({ linkId }) => linkId === branch.item)
  return (
    <div className="pb-path-answer">
      <Select
        aria-label={t('design.next.item', { index: index + 1 })}
        showSearch={{ optionFilterProp: 'label' }}
        value={branch.item}
        options={items.map(({ linkId, text }) => ({ value: linkId, label: said(text) }))}
        onChange={(linkId) => {
          const next = answered(items.find((one) => one.linkId === linkId))
          if (next) give({ ...next, next: branch.next })
        }}
      />
      {'in' in branch ? (
        <Select
          aria-label={t('design.next.options', { index: index + 1 })}
          mode="multiple"
          value={branch.in}
          options={(item?.options ?? []).map(({ code, text }) => ({ value: code, label: said(text) }))}
          onChange={(chosen: string[]) => chosen.length > 0 && give({ ...branch, in: chosen })}
        />
      ) : (
        <div className="pb-path-interval">
          <Select
            aria-label={t('design.next.compare', { index: index + 1 })}
            value={branch.op}
            options={(['<', '<=', '=', '>=', '>'] as const).map((value) => ({ value, label: t(`branch.op.${value}`) }))}
            onChange={(op) => give({ ...branch, op })}
          />
          <InputNumber
            aria-label={t('design.next.value', { index: index + 1 })}
            suffix={item?.unit}
            value={branch.value}
            onChange={(value) => value !== null && give({ ...branch, value })}
          />
        </div>
      )}
    </div>
  )
}
