import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { Card, DataTable, Empty, Stack, useApiPages, useCan, useOpened, useT } from '../../../platform/web/index.ts'
import { listTasks } from '../contract/task.ts'
import { NewTaskDrawer } from './new-task-drawer.tsx'
import { taskColumns } from './task-columns.tsx'
import { TaskDrawer } from './task-drawer.tsx'
import { nameOf } from './words.ts'

/** 计划 of one patient: what is open, then what is past; 制定计划 (P6). */
export function PatientTasksTab({ patientId }: { patientId: string }) {
  const t = useT('task')
  const mayCreate = useCan('task.create')
  const task = useOpened('task')
  const [creating, setCreating] = useState(false)
  const open = useApiPages(listTasks, { query: { patientId: patientId as never, state: 'open' } })
  const closed = useApiPages(listTasks, { query: { patientId: patientId as never, state: 'closed' } })
  const columns = useMemo(() => taskColumns(t, { withPatient: false }), [t])
  const closedColumns = useMemo(() => columns.map((column) => (['closed', 'reason'].includes(column.key) ? { ...column, optional: false } : column)).filter(({ key }) => key !== 'due'), [columns])
  const create = mayCreate && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t('new.forPatient')}
    </Button>
  )
  const common = { rowKey: ({ id }: { id: string }) => id, rowName: (row: Parameters<typeof nameOf>[1]) => nameOf(t, row), onOpen: ({ id }: { id: string }) => task.open(id) }
  return (
    <Stack>
      <Card flush title={t('tab.open')} extra={create}>
        <DataTable name="patient-tasks" label={t('tab.open')} rows={open} columns={columns} {...common} empty={<Empty title={t('tab.empty')} hint={t('tab.emptyHint')} />} />
      </Card>
      {(closed.data?.rows.length ?? 0) > 0 && (
        <Card flush title={t('tab.closed')}>
          <DataTable name="patient-tasks-closed" label={t('tab.closed')} rows={closed} columns={closedColumns} {...common} empty={null} />
        </Card>
      )}
      <TaskDrawer taskId={task.id} onClose={task.close} />
      {mayCreate && <NewTaskDrawer open={creating} onClose={() => setCreating(false)} patientId={patientId} />}
    </Stack>
  )
}
