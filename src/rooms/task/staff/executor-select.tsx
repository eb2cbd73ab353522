import { Select } from 'antd'
import { useApi, useT } from '../../../platform/web/index.ts'
import { listExecutors } from '../contract/task.ts'
import type { TaskType } from '../contract/words.ts'

export interface ExecutorSelectProps {
  id?: string
  value?: string | null
  onChange?: (staffId: string | null) => void
  /** For a new task of this type; without it whoever may get a hand-over. */
  type?: TaskType
  patientId?: string | null
  /** Somebody who has it already. */
  without?: string | undefined
  placeholder?: string
}

/** Chooses who does it, among those the task may be given to; the least busy first. */
export function ExecutorSelect({ id, value, onChange, type, patientId, without, placeholder }: ExecutorSelectProps) {
  const t = useT('task')
  const query = { ...(type ? { type } : {}), ...(patientId ? { patientId: patientId as never } : {}) }
  const { data, isLoading } = useApi(listExecutors, { query })
  const options = (data?.executors ?? [])
    .filter((executor) => executor.id !== without)
    .map((executor) => ({ value: executor.id as string, label: t('executor.option', { name: executor.name, count: executor.openTasks }) }))
  return (
    <Select
      {...(id ? { id } : {})}
      allowClear
      loading={isLoading}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={placeholder ?? t('executor.placeholder')}
      notFoundContent={t('executor.none')}
      value={value ?? null}
      onChange={(chosen) => onChange?.(chosen ?? null)}
      options={options}
    />
  )
}
