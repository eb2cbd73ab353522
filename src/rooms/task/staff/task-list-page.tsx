import { PlusOutlined, SwapOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { z } from 'zod'
import {
  Empty, ListPage, useAddress, useApi, useApiPages, useCan, useOpened, useT, type BulkAction, type FilterField, type T,
} from '../../../platform/web/index.ts'
import { listDirectory } from '../../staff/contract/staff.ts'
import { listTasks, SCOPES, taskFilter } from '../contract/task.ts'
import type { TaskLine } from '../contract/words.ts'
import { FilterMenu } from './filter-menu.tsx'
import { HandOverDrawer, type Reaching } from './hand-over-drawer.tsx'
import { NewTaskDrawer } from './new-task-drawer.tsx'
import { RecentHandOvers } from './recent-hand-overs.tsx'
import { taskColumns } from './task-columns.tsx'
import { TaskDrawer } from './task-drawer.tsx'
import { nameOf, priorityOptions, stateOptions, typeOptions } from './words.ts'

const filterSchema = taskFilter.extend({ ownerId: z.union([z.uuid(), z.literal('none')]).optional(), patientId: z.uuid().optional() })

/** 计划: a list with its filters in the address, columns to choose, and hand-overs of many. */
export function TaskListPage() {
  const t = useT('task')
  const [filter, change] = useAddress(filterSchema)
  const task = useOpened('task')
  const creating = useOpened('open')
  const mayCreate = useCan('task.create')
  const mayHandOver = useCan('task.hand-over')
  const leads = useCan('task.hand-over-bulk')
  const [reaching, setReaching] = useState<Reaching>()
  const rows = useApiPages(listTasks, { query: filter as never })
  const columns = useMemo(() => taskColumns(t, { withPatient: true }), [t])
  const bulk: BulkAction<TaskLine>[] = mayHandOver
    ? [{ key: 'hand-over', label: t('act.hand-over'), permission: 'task.hand-over', run: (chosen) => setReaching({ taskIds: chosen.map(({ id }) => id) }) }]
    : []
  const actions = (
    <>
      {leads && (
        <Button icon={<SwapOutlined />} onClick={() => setReaching({})}>
          {t('handOver.all')}
        </Button>
      )}
      {mayCreate && (
        <Button type="primary" icon={<PlusOutlined />} onClick={() => creating.open('new')}>
          {t('new.title')}
        </Button>
      )}
    </>
  )
  return (
    <ListPage
      title={t('nav.tasks')}
      actions={actions}
      above={mayHandOver && <RecentHandOvers />}
      views={<FilterMenu filter={filter} />}
      name="tasks"
      label={t('list.label')}
      filters={{ fields: useFields(t), state: filter, change: change as never }}
      rows={rows}
      columns={columns}
      rowKey={({ id }) => id}
      rowName={(row) => [nameOf(t, row), row.patient?.name].filter(Boolean).join(' ')}
      onOpen={({ id }) => task.open(id)}
      bulk={bulk}
      empty={<Empty title={t('list.empty')} hint={t('list.emptyHint')} />}
    >
      <TaskDrawer taskId={task.id} onClose={task.close} />
      {mayCreate && <NewTaskDrawer open={creating.id === 'new'} onClose={creating.close} />}
      {mayHandOver && <HandOverDrawer reaching={reaching} onClose={() => setReaching(undefined)} />}
    </ListPage>
  )
}

/** Whose lists a reader has. */
function useScopes(): (typeof SCOPES)[number][] {
  const does = useCan('task.do')
  const pools = useCan(['task.do', 'task.assign-doctor'])
  const leads = useCan('task.hand-over-bulk')
  const knows = useCan('patient.read')
  return useMemo(
    () => SCOPES.filter((scope) => ({ mine: does, pool: pools || leads, customers: knows, department: leads })[scope]),
    [does, pools, leads, knows],
  )
}

function useFields(t: T): FilterField[] {
  const scopes = useScopes()
  const { data } = useApi(listDirectory, { query: {} })
  return useMemo(() => {
    const staff = (data?.staff ?? [])
      .filter(({ roles }) => roles.some((role) => ['service-manager', 'physician', 'counsellor', 'quality-lead', 'sales-manager'].includes(role)))
      .map(({ id, name }) => ({ value: id as string, label: name }))
    return [
      { kind: 'choice', key: 'scope', label: t('field.scope'), options: scopes.map((value) => ({ value, label: t(`scope.${value}`) })) },
      { kind: 'choice', key: 'state', label: t('field.state'), options: stateOptions(t) },
      { kind: 'choice', key: 'type', label: t('field.type'), options: typeOptions(t) },
      { kind: 'choice', key: 'priority', label: t('field.priority'), options: priorityOptions(t) },
      { kind: 'choice', key: 'ownerId', label: t('field.owner'), options: [{ value: 'none', label: t('field.nobody') }, ...staff] },
      { kind: 'dates', from: 'dueFrom', to: 'dueTo', label: t('field.dueOn') },
    ]
  }, [t, data, scopes])
}
