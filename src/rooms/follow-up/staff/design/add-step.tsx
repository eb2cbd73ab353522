import { PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useT } from '../../../../platform/web/index.ts'
import beginnings from '../../content/beginnings.json' with { type: 'json' }
import { STEP_KINDS, type StepKind } from '../../contract/step.ts'
import { useDesign } from './context.ts'
import { addAfter, addLine, endOf, newStep } from './edits.ts'

/** Adds a step: behind the last one of a line, or in a line of its own. */
export function AddStep({ track, line = false }: { track?: string; line?: boolean }) {
  const t = useT('follow-up')
  const { definition, edit, select } = useDesign()
  const add = (kind: StepKind) => {
    const step = newStep(definition, kind, beginnings.kinds[kind], track ?? kind)
    const end = track && endOf(definition, track)
    edit((before) => (end ? addAfter(before, end, step) : addLine(before, step, 7)))
    select(step.code)
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: STEP_KINDS.map((kind) => ({ key: kind, label: t(`stepKind.${kind}`) })),
        onClick: ({ key }) => add(key as StepKind),
      }}
    >
      <Button size="small" icon={<PlusOutlined />}>
        {t(line ? 'design.add.line' : 'design.add.after')}
      </Button>
    </Dropdown>
  )
}
