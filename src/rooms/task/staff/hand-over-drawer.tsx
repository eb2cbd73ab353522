import { Button, Form, Input } from 'antd'
import { useEffect, useState } from 'react'
import { Field, Loading, ProblemAlert, SideDrawer, Stack, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { StaffPicker } from '../../staff/staff/staff-picker.tsx'
import { handOverMany, previewHandOver, undoHandOver, type Selection } from '../contract/hand-over.ts'
import { CHANGED_BY_ACT } from './changed.ts'
import { ExecutorSelect } from './executor-select.tsx'

/** Chosen tasks, or, without any, all open ones of somebody still to be named. */
export interface Reaching {
  taskIds?: string[]
}

interface Values {
  ownerId?: string
  toId?: string
  reason?: string
}

/** Hands many over: whom from, whom to, why; says what it will reach before it does it, and can be undone. */
export function HandOverDrawer({ reaching, onClose }: { reaching: Reaching | undefined; onClose: () => void }) {
  const t = useT('task')
  return (
    <SideDrawer title={t(reaching?.taskIds ? 'handOver.chosen' : 'handOver.all')} open={reaching !== undefined} onClose={onClose}>
      {reaching && <HandOver reaching={reaching} onClose={onClose} />}
    </SideDrawer>
  )
}

function HandOver({ reaching, onClose }: { reaching: Reaching; onClose: () => void }) {
  const t = useT('task')
  const say = useSay()
  const [form] = Form.useForm<Values>()
  const [values, setValues] = useState<Values>({})
  const preview = useAction(previewHandOver)
  const undo = useAction(undoHandOver, { invalidates: CHANGED_BY_ACT, onDone: ({ undone, kept }) => say.done(t(kept > 0 ? 'said.undoneSome' : 'said.undone', { count: undone, kept })) })
  const handOver = useAction(handOverMany, {
    invalidates: CHANGED_BY_ACT,
    onDone: ({ batchId, count }) => {
      say.undoable({ text: t('said.handedOverMany', { count, name: preview.data?.toName ?? '' }), undo: () => undo.mutateAsync({ params: { batchId } }) })
      onClose()
    },
  })
  const { toId, reason, ownerId } = values
  const selection = reaching.taskIds ? { taskIds: reaching.taskIds } : ownerId ? { ownerId } : undefined
  const asked = toId && selection ? JSON.stringify({ selection, toId }) : ''
  const ask = preview.mutate
  useEffect(() => {
    if (asked) ask({ body: JSON.parse(asked) as { selection: Selection; toId: never } })
  }, [asked, ask])
  const reach = asked && preview.data && !preview.isPending ? preview.data : undefined
  const send = () =>
    reach && handOver.mutate({ body: { selection: selection as Selection, toId: toId as never, reason: reason ?? '', expected: reach.count } }, { onError: () => asked && ask({ body: JSON.parse(asked) as never }) })
  return (
    <Form form={form} layout="vertical" className="pb-form" onValuesChange={(_changed, all: Values) => setValues(all)} onFinish={send}>
      <Stack>
        <ProblemAlert problem={handOver.error ?? preview.error} />
        <div>
          {!reaching.taskIds && (
            <Field name="ownerId" label={t('handOver.from')} required>
              <StaffPicker />
            </Field>
          )}
          <Field name="toId" label={t('handOver.to')} required>
            <ExecutorSelect without={ownerId} />
          </Field>
          <Field name="reason" label={t('handOver.note')} required>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={300} placeholder={t('handOver.placeholder')} />
          </Field>
        </div>
        {asked && preview.isPending && <Loading lines={2} />}
        {reach && <ReachWords reach={reach} />}
        <div className="pb-form-foot">
          <Button type="primary" htmlType="submit" loading={handOver.isPending} disabled={!reach || reach.count === 0 || (reason ?? '').trim().length < 2}>
            {reach && reach.count > 0 ? t('handOver.do', { count: reach.count, name: reach.toName }) : t('act.hand-over')}
          </Button>
          <Button onClick={onClose}>{t('cancelWord')}</Button>
        </div>
      </Stack>
    </Form>
  )
}

type Reach = NonNullable<ReturnType<typeof useAction<typeof previewHandOver>>['data']>

function ReachWords({ reach }: { reach: Reach }) {
  const t = useT('task')
  const { count, patients, overdue, leftOut, toName, toOpenTasks } = reach
  const lines = [
    count > 0 ? t('reach.patients', { count: patients }) : '',
    overdue > 0 ? t('reach.overdue', { count: overdue }) : '',
    t('reach.load', { name: toName, before: toOpenTasks, after: toOpenTasks + count }),
    leftOut > 0 ? t('reach.leftOut', { count: leftOut }) : '',
    count > 0 ? t('reach.undo') : '',
  ]
  return (
    <div role="status">
      <p style={{ fontSize: 16 }}>{count > 0 ? t('reach.title', { count, name: toName }) : t('reach.nothing')}</p>
      <ul className="pb-reach">
        {lines.filter(Boolean).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}
