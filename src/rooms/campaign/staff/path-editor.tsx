import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { Row, Stack, useSay, useT } from '../../../platform/web/index.ts'
import { stepsOf, type Step } from '../contract/definition.ts'
import './campaign.css'
import { StepFields } from './step-fields.tsx'
import { freshId } from './words.ts'

export interface PathEditorProps {
  path: readonly Step[]
  /** The whole path, within which each step has a name of its own. */
  all: readonly Step[]
  onChange: (path: Step[]) => void
}

const KINDS = ['send', 'wait', 'split', 'trial', 'exit'] as const

/** A path put together from above to below; what is taken out can be put back at once. */
export function PathEditor({ path, all, onChange }: PathEditorProps) {
  const t = useT('campaign')
  const say = useSay()
  const set = (at: number, step: Step) => onChange(path.map((one, n) => (n === at ? step : one)))
  const move = (at: number, by: number) => {
    const next = [...path]
    const [taken] = next.splice(at, 1)
    next.splice(at + by, 0, taken!)
    onChange(next)
  }
  const drop = (at: number) => {
    onChange(path.filter((_one, n) => n !== at))
    say.undoable({ text: t('edit.stepGone'), undo: () => onChange([...path]) })
  }
  const add = (kind: (typeof KINDS)[number]) => onChange([...path, fresh(kind, stepsOf(all))])
  return (
    <Stack>
      <ol className="pb-campaign-path">
        {path.map((step, at) => (
          <li key={step.id}>
            <Stack tight>
              <Row>
                <strong>{t(`kind.${step.kind}`)}</strong>
                <Button
                  size="small"
                  aria-label={t('edit.up')}
                  icon={<ArrowUpOutlined />}
                  disabled={at === 0}
                  onClick={() => move(at, -1)}
                />
                <Button
                  size="small"
                  aria-label={t('edit.down')}
                  icon={<ArrowDownOutlined />}
                  disabled={at === path.length - 1}
                  onClick={() => move(at, 1)}
                />
                <Button size="small" aria-label={t('edit.remove')} icon={<DeleteOutlined />} onClick={() => drop(at)} />
              </Row>
              <StepFields step={step} onChange={(changed) => set(at, changed)} />
              <Branches step={step} all={all} onChange={(changed) => set(at, changed)} />
            </Stack>
          </li>
        ))}
      </ol>
      <Dropdown
        menu={{
          items: KINDS.map((key) => ({ key, label: t(`kind.${key}`) })),
          onClick: ({ key }) => add(key as (typeof KINDS)[number]),
        }}
      >
        <Button icon={<PlusOutlined />}>{t('edit.addStep')}</Button>
      </Dropdown>
    </Stack>
  )
}

function Branches({ step, all, onChange }: { step: Step; all: readonly Step[]; onChange: (step: Step) => void }) {
  const t = useT('campaign')
  if (step.kind !== 'split' && step.kind !== 'trial') return null
  const branches =
    step.kind === 'split'
      ? [
          { name: t('path.yes'), path: step.yes, set: (yes: Step[]) => onChange({ ...step, yes }) },
          { name: t('path.no'), path: step.no, set: (no: Step[]) => onChange({ ...step, no }) },
        ]
      : step.arms.map((arm, at) => ({
          name: `${arm.name} · ${arm.share} %`,
          path: arm.path,
          set: (path: Step[]) =>
            onChange({ ...step, arms: step.arms.map((one, n) => (n === at ? { ...one, path } : one)) }),
        }))
  return (
    <div className="pb-campaign-branches">
      {branches.map(({ name, path, set }) => (
        <section key={name} aria-label={name}>
          <h4>{name}</h4>
          <PathEditor path={path} all={all} onChange={set} />
        </section>
      ))}
    </div>
  )
}

function fresh(kind: (typeof KINDS)[number], steps: readonly Step[]): Step {
  const id = freshId(steps, kind)
  switch (kind) {
    case 'send':
      return { id, kind, template: 'thinking-of-you', how: 'each', validHours: 24, values: {} }
    case 'wait':
      return { id, kind, until: { after: { days: 1, hours: 0 } } }
    case 'split':
      return { id, kind, condition: { age: { op: '>=', years: 60 } }, yes: [], no: [] }
    case 'trial':
      return {
        id,
        kind,
        arms: [
          { name: 'A', share: 50, path: [] },
          { name: 'B', share: 50, path: [] },
        ],
      }
    default:
      return { id, kind: 'exit' }
  }
}
