import { useState } from 'react'
import { Stack } from '../../../platform/web/index.ts'
import type { Condition } from '../contract/condition.ts'
import type { RuleView } from '../contract/tag.ts'
import { conditionOf, treeOf, type TreeGroup } from './condition-tree.ts'
import { GroupEditor } from './group-editor.tsx'
import { PreviewCount } from './preview-count.tsx'
import { useSentence } from './use-sentence.ts'

export interface ConditionFieldProps {
  /** Given by the form. */
  value?: Condition
  onChange?: (condition: Condition) => void
  /** The id that the form's label points to. */
  id?: string
  rules: readonly RuleView[]
  /** The tag that the condition is of, so that a circle is found. */
  code: string | undefined
}

/** A rule put together from groups and questions, with its sentence and its count beside it. */
export function ConditionField({ value, onChange, id, rules, code }: ConditionFieldProps) {
  // The tree keeps what the condition cannot say yet: a denied group of one stays a group while it is edited.
  const [tree, setTree] = useState<TreeGroup>(() => treeOf(value ?? { all: [] }))
  const sentence = useSentence(rules)
  const condition = conditionOf(tree)
  const change = (next: TreeGroup) => {
    setTree(next)
    onChange?.(conditionOf(next))
  }
  return (
    <div id={id} tabIndex={-1}>
      <Stack tight>
        <GroupEditor group={tree} rules={rules} level={1} onChange={change} />
        {tree.items.length > 0 && <p className="pb-hint">{sentence(condition)}</p>}
        <PreviewCount condition={condition} code={code} />
      </Stack>
    </div>
  )
}
