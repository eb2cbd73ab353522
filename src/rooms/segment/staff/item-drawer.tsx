import { Button, Input } from 'antd'
import {
  DateInput,
  DraftForm,
  Field,
  Go,
  InstantText,
  Loading,
  ProblemAlert,
  RelativeDay,
  Row,
  SideDrawer,
  Stack,
  useAction,
  useApi,
  useSay,
  useT,
  useToday,
  WhyView,
} from '../../../platform/web/index.ts'
import {
  doItem,
  explainItem,
  makeTask,
  putBackItem,
  type WorklistItem,
  type WorklistView,
} from '../contract/worklist.ts'
import { LIST_CHANGED } from './changed.ts'
import { ItemState } from './item-state.tsx'

const CHANGED = [...LIST_CHANGED, explainItem]

export interface ItemDrawerProps {
  worklist: WorklistView
  /** undefined when the row is not on this page of the list any more. */
  item: WorklistItem | undefined
  patientId: string | undefined
  onClose: () => void
}

/** One person of a worklist: why they are on it, what was done, and what one may do. */
export function ItemDrawer({ worklist, item, patientId, onClose }: ItemDrawerProps) {
  const t = useT('segment')
  return (
    <SideDrawer title={item?.patient.name ?? t('nav.worklist')} open={patientId !== undefined} onClose={onClose}>
      {patientId !== undefined && (
        <Stack>
          <p>
            <Go to={`/patients/${patientId}`}>{t('act.openFile')}</Go>
          </p>
          {item && worklist.state === 'active' && <Acts worklist={worklist} item={item} onDone={onClose} />}
          <Why worklist={worklist} patientId={patientId} />
        </Stack>
      )}
    </SideDrawer>
  )
}

function Acts({ worklist, item, onDone }: { worklist: WorklistView; item: WorklistItem; onDone: () => void }) {
  const t = useT('segment')
  const say = useSay()
  const params = { worklistId: worklist.id, patientId: item.patient.id }
  const putBack = useAction(putBackItem, { invalidates: CHANGED, onDone: () => say.done(t('said.putBack')) })
  const complete = useAction(doItem, {
    invalidates: CHANGED,
    onDone: () => {
      say.undoable({ text: t('said.done'), undo: () => putBack.mutateAsync({ params }) })
      onDone()
    },
  })
  return (
    <Stack>
      <Row>
        <ItemState item={item} />
        <RelativeDay date={item.dueOn} due={item.state === 'open'} />
      </Row>
      {item.state === 'done' ? (
        <>
          {item.note && <p>{item.note}</p>}
          <Row>
            <Button loading={putBack.isPending} onClick={() => putBack.mutate({ params }, { onError: say.problem })}>
              {t('act.putBack')}
            </Button>
          </Row>
        </>
      ) : (
        <>
          <DraftForm<{ note: string }>
            name={`worklist-${worklist.id}-${item.patient.id}`}
            schema={doItem.body}
            submit={t('act.done')}
            onSubmit={(body) => complete.mutateAsync({ params, body })}
          >
            <Field name="note" label={t('item.note')} required extra={t('item.noteHint')}>
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
            </Field>
          </DraftForm>
          {worklist.can.task && !item.taskId && <TaskForm worklist={worklist} item={item} />}
        </>
      )}
    </Stack>
  )
}

function TaskForm({ worklist, item }: { worklist: WorklistView; item: WorklistItem }) {
  const t = useT('segment')
  const say = useSay()
  const today = useToday()
  const make = useAction(makeTask, { invalidates: CHANGED, onDone: () => say.done(t('said.task')) })
  return (
    <details>
      <summary>{t('task.title')}</summary>
      <DraftForm<{ dueOn: string }>
        name={`worklist-task-${worklist.id}-${item.patient.id}`}
        initial={{ dueOn: item.dueOn < today ? today : item.dueOn }}
        submit={t('act.task')}
        onSubmit={({ dueOn }) =>
          make.mutateAsync({ params: { worklistId: worklist.id, patientId: item.patient.id }, body: { dueOn } })
        }
      >
        <Field name="dueOn" label={t('field.due')} required extra={t('task.hint')}>
          <DateInput />
        </Field>
      </DraftForm>
    </details>
  )
}

function Why({ worklist, patientId }: { worklist: WorklistView; patientId: string }) {
  const t = useT('segment')
  const params = { worklistId: worklist.id, patientId: patientId as never }
  const { data, error, refetch } = useApi(explainItem, { params }, { keep: false })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={4} />
  return (
    <>
      <section>
        <h3>{t('why.list')}</h3>
        <WhyView tree={data.tree} patientId={patientId} />
      </section>
      {data.acts.length > 0 && (
        <section>
          <h3>{t('item.acts')}</h3>
          <ul>
            {data.acts.map(({ act, by, at, note }) => (
              <li key={at + act}>
                <InstantText at={at} /> {by} {t(`did.${act}`)} {note}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
