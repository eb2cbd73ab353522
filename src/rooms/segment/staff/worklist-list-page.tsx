import { Button } from 'antd'
import { z } from 'zod'
import {
  Empty,
  flag,
  Go,
  ListPage,
  Loading,
  Page,
  ProblemAlert,
  useAddress,
  useApi,
  useT,
  type Column,
  useShipped,
} from '../../../platform/web/index.ts'
import { listWorklists, type WorklistLine } from '../contract/worklist.ts'
import { useSentence } from './words.tsx'

const filterSchema = z.object({ retired: flag() })

/** 工作清单: what is to be done for whom, within what time, and how far one is. */
export function WorklistListPage() {
  const t = useT('segment')
  const shipped = useShipped()
  const sentence = useSentence()
  const [state, change] = useAddress(filterSchema)
  const query = state.retired ? { retired: 'true' } : {}
  const { data, error, refetch } = useApi(listWorklists, { query: query as never })
  const columns: Column<WorklistLine>[] = [
    { key: 'name', title: t('field.name'), render: ({ name }) => shipped(name) },
    {
      key: 'sentence',
      title: t('field.sentence'),
      render: (row) => <span className="pb-hint">{sentence(row.sentence)}</span>,
    },
    { key: 'target', title: t('field.target'), render: ({ targetDays }) => t('target', { days: targetDays }) },
    { key: 'open', title: t('progress.open'), number: true, render: ({ progress }) => progress.open, card: 'aside' },
    {
      key: 'overdue',
      title: t('progress.overdue'),
      number: true,
      render: ({ progress: { overdue } }) => (overdue > 0 ? <span className="pb-due">{overdue}</span> : overdue),
    },
    { key: 'done', title: t('progress.done'), number: true, render: ({ progress }) => progress.done },
    {
      key: 'owner',
      title: t('field.owner'),
      render: ({ owner, shipped }) => owner?.name ?? (shipped && <span className="pb-hint">{t('shipped.owner')}</span>),
    },
  ]
  if (error || !data)
    return (
      <Page title={t('nav.worklists')}>
        {error ? <ProblemAlert problem={error} onRetry={() => void refetch()} /> : <Loading lines={5} />}
      </Page>
    )
  const begin = (
    <Go to="/worklists/new">
      <Button type="primary">{t('list.new')}</Button>
    </Go>
  )
  return (
    <ListPage<WorklistLine>
      title={t('nav.worklists')}
      hint={t('list.hint')}
      actions={data.can.write && begin}
      name="worklists"
      label={t('nav.worklists')}
      filters={{
        fields: [{ kind: 'flag', key: 'retired', label: t('segments.retired') }],
        state,
        change: change as never,
      }}
      rows={data.worklists}
      columns={columns}
      rowKey={({ id }) => id}
      rowName={({ name }) => name}
      to={({ id }) => `/worklists/${id}`}
      empty={<Empty title={t('list.empty')} hint={t('list.emptyHint')} action={data.can.write && begin} />}
    />
  )
}
