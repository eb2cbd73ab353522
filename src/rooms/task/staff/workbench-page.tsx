import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import {
  Columns, DateText, Figures, Go, KeyHint, Loading, Page, ProblemAlert, Stack, useApi, useCan, useMe, useOpened, useSlot, useT,
} from '../../../platform/web/index.ts'
import { getWorkbench } from '../contract/workbench.ts'
import { DeskList } from './desk-list.tsx'
import { NewTaskDrawer } from './new-task-drawer.tsx'
import { TaskDrawer } from './task-drawer.tsx'
import { TeamCard } from './team-card.tsx'
import { useDeskKeys } from './use-desk-keys.ts'
import './workbench.css'

const EVERY_MS = 60_000

/** 工作台: what now. Three lists by priority, a key each to open, finish and go on; small figures above. */
export function WorkbenchPage() {
  const t = useT('task')
  const me = useMe()
  const parts = useSlot('workbenchParts')
  const mayCreate = useCan('task.create')
  const mayDo = useCan('task.do')
  const leads = useCan('metrics.department')
  const { data, error, refetch } = useApi(getWorkbench, { query: {} }, { everyMs: EVERY_MS })
  const task = useOpened('task')
  const [creating, setCreating] = useState(false)
  const [finishing, setFinishing] = useState(false)
  const open = (id: string, finish = false) => {
    setFinishing(finish)
    task.open(id)
  }
  const order = data ? [...data.overdue.rows, ...data.today.rows, ...data.pool.rows] : []
  // Whoever does no tasks has lists of their own only when something was given to them.
  const has = (list: { count: number }) => mayDo || list.count > 0
  const keys = useDeskKeys({ rows: order, openId: task.id, open })
  const create = mayCreate && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t('new.title')}
    </Button>
  )
  return (
    <Page title={t('desk.hello', { name: me.name })} windowTitle={t('nav.workbench')} hint={data && <DateText date={data.day} />} actions={create}>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading lines={8} />}
      {data && (
        <Stack>
          <Figures items={figuresOf(t, data, mayDo)} />
          <div ref={keys.frame}>
            <Columns minPx={340}>
              {has(data.overdue) && <DeskList name="overdue" list={data.overdue} opened={task.id} onOpen={open} />}
              {has(data.today) && <DeskList name="today" list={data.today} opened={task.id} onOpen={open} first={create} />}
              <DeskList name="pool" list={data.pool} opened={task.id} onOpen={open} />
            </Columns>
          </div>
          {order.length > 0 && <DeskKeys finishes={mayDo} />}
        </Stack>
      )}
      {leads && <TeamCard />}
      {parts.length > 0 && (
        <Columns minPx={340}>
          {parts.map(({ key, component: Part }) => (
            <Suspense key={key} fallback={<Loading />}>
              <Part />
            </Suspense>
          ))}
        </Columns>
      )}
      <TaskDrawer taskId={task.id} finishing={finishing} onClose={task.close} {...(order.length > 1 ? { onNext: keys.next } : {})} />
      {mayCreate && <NewTaskDrawer open={creating} onClose={() => setCreating(false)} />}
      <p className="pb-hint">
        <Go to="/tasks">{t('desk.all')}</Go>
      </p>
    </Page>
  )
}

type Bench = NonNullable<ReturnType<typeof useApi<typeof getWorkbench>>['data']>

function figuresOf(t: (key: string) => string, data: Bench, mayDo: boolean) {
  const { day, overdue, today, pool, soon, doneToday } = data
  const own = [
    { key: 'overdue', label: t('desk.overdue'), value: overdue.count, tone: overdue.count > 0 ? ('due' as const) : ('plain' as const), to: '/tasks?scope=mine&state=overdue' },
    { key: 'today', label: t('desk.today'), value: today.count, to: '/tasks?scope=mine&state=today' },
  ]
  const pooled = { key: 'pool', label: t('desk.pool'), value: pool.count, to: '/tasks?scope=pool' }
  const rest = [
    { key: 'soon', label: t('desk.soon'), value: soon, to: '/tasks?scope=mine' },
    { key: 'done', label: t('desk.done'), value: doneToday, to: `/tasks?scope=mine&state=completed&closedFrom=${day}` },
  ]
  return mayDo ? [...own, pooled, ...rest] : [pooled, rest[1]!]
}

function DeskKeys({ finishes }: { finishes: boolean }) {
  const t = useT('task')
  const hints: [string[], string][] = [
    [['j', 'k'], t('keys.move')],
    [['Enter'], t('keys.open')],
    ...(finishes ? [[['d'], t('keys.done')] as [string[], string]] : []),
    [['n'], t('keys.next')],
  ]
  return (
    <p className="pb-hint pb-desk-keys">
      {hints.map(([keys, text]) => (
        <span key={text} className="pb-nowrap">
          <KeyHint keys={keys} /> {text}
        </span>
      ))}
    </p>
  )
}
