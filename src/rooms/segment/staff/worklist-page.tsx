import { Alert, Button } from 'antd'
import { z } from 'zod'
import {
  Card,
  DataTable,
  Empty,
  Figures,
  FilterBar,
  Go,
  InstantText,
  Loading,
  Page,
  ProblemAlert,
  RelativeDay,
  Stack,
  useAction,
  useAddress,
  useApi,
  useApiPages,
  useOpened,
  usePathParam,
  useSay,
  useT,
  type Column,
  useShipped,
} from '../../../platform/web/index.ts'
import type { WorklistId } from '../contract/words.ts'
import {
  ITEM_FILTERS,
  itemFilter,
  listItems,
  openWorklist,
  restoreWorklist,
  retireWorklist,
  type WorklistItem,
  type WorklistView,
} from '../contract/worklist.ts'
import { LIST_CHANGED } from './changed.ts'
import { ItemDrawer } from './item-drawer.tsx'
import { ItemState } from './item-state.tsx'
import { ShippedHint } from './shipped-hint.tsx'
import { PersonText, useSentence } from './words.tsx'

const filterSchema = z.object({ filter: itemFilter.optional() })

/** One worklist: what for, how far one is, and the people with what is to be done. */
export function WorklistPage() {
  const t = useT('segment')
  const shipped = useShipped()
  const worklistId = usePathParam('worklistId') as WorklistId
  const { data, error, refetch } = useApi(openWorklist, { params: { worklistId } })
  const breadcrumbs = [{ label: t('nav.worklists'), to: '/worklists' }]
  if (error || !data)
    return (
      <Page title={t('nav.worklist')} breadcrumbs={breadcrumbs}>
        {error ? <ProblemAlert problem={error} onRetry={() => void refetch()} /> : <Loading lines={6} />}
      </Page>
    )
  return (
    <Page
      title={shipped(data.name)}
      hint={shipped(data.purpose)}
      breadcrumbs={breadcrumbs}
      actions={data.can.write && <Acts worklist={data} />}
    >
      <Stack>
        {data.stopped && <Alert type="warning" showIcon title={t('segment.stopped')} />}
        {data.state === 'retired' && <Alert type="info" showIcon title={t('list.retiredHint')} />}
        <Progress worklist={data} />
        <Items worklist={data} />
      </Stack>
    </Page>
  )
}

function Progress({ worklist }: { worklist: WorklistView }) {
  const { id, progress, sentence, targetDays, owner, filling } = worklist
  const t = useT('segment')
  const say = useSentence()
  const to = (filter: string) => `/worklists/${id}?filter=${filter}`
  const { inTime } = progress
  return (
    <Stack>
      <p className="pb-hint">
        {say(sentence)} · {t('target', { days: targetDays })}
        {owner && ` · ${t('list.owner', { name: owner.name })}`}
        {filling && ` · ${t('segment.filling')}`}
      </p>
      <ShippedHint shipped={worklist.shipped} />
      <Figures
        items={[
          { key: 'open', label: t('progress.open'), value: progress.open, to: to('open') },
          {
            key: 'overdue',
            label: t('progress.overdue'),
            value: progress.overdue,
            tone: progress.overdue > 0 ? 'due' : 'plain',
            to: to('overdue'),
          },
          { key: 'done', label: t('progress.done'), value: progress.done, to: to('done') },
          {
            key: 'inTime',
            label: t('progress.inTime'),
            value: inTime
              ? t('progress.share', { ...inTime, part: progress.doneInTime, of: progress.done })
              : progress.done > 0
                ? t('progress.ofAll', { part: progress.doneInTime, of: progress.done })
                : '–',
            to: to('done'),
          },
        ]}
      />
    </Stack>
  )
}

function Items({ worklist }: { worklist: WorklistView }) {
  const t = useT('segment')
  const shipped = useShipped()
  const [state, change] = useAddress(filterSchema)
  const filter = state.filter ?? 'open'
  const opened = useOpened('person')
  const rows = useApiPages(listItems, { params: { worklistId: worklist.id }, query: { filter } as never })
  const columns: Column<WorklistItem>[] = [
    { key: 'name', title: t('field.person'), render: ({ patient }) => patient.name },
    {
      key: 'age',
      title: t('field.sexAge'),
      render: ({ patient }) => <PersonText person={patient} />,
      card: 'aside',
    },
    { key: 'since', title: t('field.onSince'), render: ({ sinceAt }) => <InstantText at={sinceAt} /> },
    {
      key: 'due',
      title: t('field.due'),
      render: (item) => <RelativeDay date={item.dueOn} due={item.state === 'open'} />,
    },
    { key: 'state', title: t('field.state'), render: (item) => <ItemState item={item} /> },
    { key: 'note', title: t('field.note'), render: ({ note }) => note },
    { key: 'manager', title: t('field.manager'), render: ({ patient }) => patient.managerName },
  ]
  const options = ITEM_FILTERS.map((value) => ({ value, label: t(`filter.${value}`) }))
  return (
    <Card flush>
      <DataTable<WorklistItem>
        name="worklist-items"
        label={shipped(worklist.name)}
        rows={rows}
        columns={columns}
        rowKey={({ patient, sinceAt }) => `${patient.id} ${sinceAt}`}
        rowName={({ patient }) => patient.name}
        onOpen={({ patient }) => opened.open(patient.id)}
        toolbar={
          <FilterBar
            fields={[{ kind: 'choice', key: 'filter', label: t('list.filter'), options }]}
            state={{ filter }}
            change={change as never}
          />
        }
        empty={<Empty title={t(`itemsEmpty.${filter}`)} />}
      />
      <ItemDrawer
        worklist={worklist}
        item={rows.data?.rows.find(({ patient }) => patient.id === opened.id)}
        patientId={opened.id}
        onClose={opened.close}
      />
    </Card>
  )
}

function Acts({ worklist }: { worklist: WorklistView }) {
  const t = useT('segment')
  const say = useSay()
  const params = { worklistId: worklist.id }
  const restore = useAction(restoreWorklist, { invalidates: LIST_CHANGED, onDone: () => say.done(t('said.restored')) })
  const retire = useAction(retireWorklist, {
    invalidates: LIST_CHANGED,
    onDone: () => say.undoable({ text: t('said.retired'), undo: () => restore.mutateAsync({ params }) }),
  })
  if (worklist.state === 'retired')
    return <Button onClick={() => restore.mutate({ params }, { onError: say.problem })}>{t('act.restore')}</Button>
  return (
    <>
      <Button loading={retire.isPending} onClick={() => retire.mutate({ params }, { onError: say.problem })}>
        {t('act.retire')}
      </Button>
      <Go to={`/worklists/${worklist.id}/edit`}>
        <Button>{t('act.edit')}</Button>
      </Go>
    </>
  )
}
