import { Button } from 'antd'
import { useGo, useT } from '../../../platform/web/index.ts'

/** A task that is done by going there: the visit closes it. A follow-up is done by its own form, and leads there from it. */
export function TaskPart({
  patientId,
  taskId,
  type,
  isOpen,
}: {
  patientId: string
  taskId: string
  type: string
  isOpen: boolean
}) {
  const t = useT('home-visit')
  const go = useGo()
  if (!isOpen || type === 'follow-up') return null
  return (
    <div>
      <Button onClick={() => go(`/home-visits/new?patient=${patientId}&task=${taskId}`)}>{t('act.goThere')}</Button>
    </div>
  )
}
