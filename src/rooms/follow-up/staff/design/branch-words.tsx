import { useApi, useT, type T } from '../../../../platform/web/index.ts'
import { readCondition } from '../../../../platform/condition/contract.ts'
import type { Bilingual } from '../../../../platform/contract/index.ts'
import type { Branch } from '../../contract/protocol.ts'
import { useSaid } from '../words.ts'

/** An item of a form as far as words need it. */
export interface WordedItem {
  linkId: string
  text: Bilingual
  unit?: string
  options?: readonly { code: string; text: Bilingual }[]
}

/** A condition as a sentence; the house says it. */
export function ConditionWords({ condition }: { condition: unknown }) {
  const t = useT('follow-up')
  const said = useSaid()
  const { data, error } = useApi(readCondition, { body: { condition: condition as never, purpose: 'care' } })
  if (error) return <>{t('branch.when')}</>
  return <>{data ? said(data.sentence) : '…'}</>
}

/** When a branch is taken, in words: the question and the options as the form has them. */
export function BranchWords({ branch, items }: { branch: Branch; items: readonly WordedItem[] }) {
  const t = useT('follow-up')
  const said = useSaid()
  if ('when' in branch) return <ConditionWords condition={branch.when} />
  return <>{plainBranch(t, said, branch, items)}</>
}

export function plainBranch(
  t: T,
  said: (text: Bilingual) => string,
  branch: Branch,
  items: readonly WordedItem[],
): string {
  if ('action' in branch) return t(`action.${branch.action}`)
  if ('missed' in branch) return t('branch.missed')
  if ('when' in branch) return t('branch.when')
  const item = items.find(({ linkId }) => linkId === branch.item)
  const name = item ? said(item.text) : branch.item
  if ('in' in branch) {
    const options = branch.in.map((code) => {
      const option = item?.options?.find((one) => one.code === code)
      return option ? said(option.text) : code
    })
    return t('branch.in', { item: name, options: options.join(t('comma')) })
  }
  return t('branch.value', {
    item: name,
    op: t(`branch.op.${branch.op}`),
    value: `${branch.value}${item?.unit ? ` ${item.unit}` : ''}`,
  })
}
