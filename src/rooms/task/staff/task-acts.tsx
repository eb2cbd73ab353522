import { Button } from 'antd'
import { useState } from 'react'
import { Card, KeyHint, useAction, useGo, useSay, useT } from '../../../platform/web/index.ts'
import { claimTask, startTask } from '../contract/task.ts'
import type { Act, TaskLine } from '../contract/words.ts'
import { AssignDoctor } from './assign-doctor.tsx'
import { ChangeTask } from './change-task.tsx'
import { CHANGED_BY_ACT } from './changed.ts'
import { CompleteTask } from './complete-task.tsx'
import { isDoneByForm, placeAddress } from './place-address.ts'
import { HandOverTask } from './hand-over-task.tsx'
import { TaskReason } from './task-reason.tsx'

type Asking = Extract<Act, 'complete' | 'hand-over' | 'release' | 'cancel' | 'change'>
/** After a few words; the completion stands before them. */
const ASKING: readonly Asking[] = ['hand-over', 'change', 'release', 'cancel']

export type OpenTask = TaskLine & { note: string; remindBefore: number[] }

/** What one may do with a task now: at once, or after a few words. */
export function TaskActs({ task, finishing }: { task: OpenTask; finishing: boolean }) {
  const t = useT('task')
  const say = useSay()
  const go = useGo()
  const may = (act: Act) => task.can.includes(act)
  // What is done by its form is not finished beside it.
  const mayFinish = may('complete') && !isDoneByForm(task)
  const [asking, setAsking] = useState<Asking | undefined>(finishing && mayFinish ? 'complete' : undefined)
  const done = (key: string) => ({ invalidates: CHANGED_BY_ACT, onDone: () => say.done(t(key)) })
  const claim = useAction(claimTask, done('said.claimed'))
  const start = useAction(startTask, done('said.started'))
  const params = { taskId: task.id }
  const refused = (error: Error) => say.problem(error)
  if (may('assign-doctor')) return <AssignDoctor task={task} />
  if (task.can.length === 0 && !task.place) return null
  if (asking) {
    const close = () => setAsking(undefined)
    return (
      <Card title={t(`act.${asking}`)}>
        {asking === 'complete' && <CompleteTask task={task} onClose={close} />}
        {asking === 'hand-over' && <HandOverTask task={task} onClose={close} />}
        {asking === 'change' && <ChangeTask task={task} onClose={close} />}
        {(asking === 'release' || asking === 'cancel') && <TaskReason task={task} act={asking} onClose={close} />}
      </Card>
    )
  }
  return (
    <div className="pb-row">
      {may('claim') && (
        <Button type="primary" loading={claim.isPending} onClick={() => claim.mutate({ params }, { onError: refused })}>
          {t('act.claim')}
        </Button>
      )}
      {task.place && (
        <Button type="primary" onClick={() => go(placeAddress(task.place!))}>
          {t(`place.${task.place.kind}`)}
        </Button>
      )}
      {mayFinish && (
        <Button type={task.place ? 'default' : 'primary'} onClick={() => setAsking('complete')}>
          {t('act.complete')} <KeyHint keys={['d']} />
        </Button>
      )}
      {may('start') && (
        <Button loading={start.isPending} onClick={() => start.mutate({ params }, { onError: refused })}>
          {t('act.start')}
        </Button>
      )}
      {ASKING.filter(may).map((act) => (
        <Button key={act} onClick={() => setAsking(act)}>
          {t(`act.${act}`)}
        </Button>
      ))}
    </div>
  )
}
