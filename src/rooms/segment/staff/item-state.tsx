import { Status, useT } from '../../../platform/web/index.ts'
import type { WorklistItem } from '../contract/worklist.ts'

export function ItemState({ item }: { item: Pick<WorklistItem, 'state' | 'doneBy' | 'taskId'> }) {
  const t = useT('segment')
  if (item.state === 'done') return <Status tone="good">{t('item.done', { name: item.doneBy ?? '' })}</Status>
  return <Status tone={item.taskId ? 'low' : 'due'}>{t(item.taskId ? 'item.task' : 'item.open')}</Status>
}
