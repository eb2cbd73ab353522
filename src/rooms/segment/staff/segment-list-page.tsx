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
  Status,
  useAddress,
  useApi,
  useT,
  type Column,
} from '../../../platform/web/index.ts'
import { listSegments, type SegmentLine } from '../contract/segment.ts'
import { SizeText, STATE_TONES, useSaid, useSentence } from './words.tsx'

const filterSchema = z.object({ retired: flag() })

/** 人群: who may be written to, or counted, each in words and with its size. */
export function SegmentListPage() {
  const t = useT('segment')
  const said = useSaid()
  const sentence = useSentence()
  const [state, change] = useAddress(filterSchema)
  const query = state.retired ? { retired: 'true' } : {}
  const { data, error, refetch } = useApi(listSegments, { query: query as never })
  const columns: Column<SegmentLine>[] = [
    {
      key: 'name',
      title: t('field.name'),
      render: ({ name }) => said(name),
    },
    {
      key: 'sentence',
      title: t('field.sentence'),
      render: (row) => <span className="pb-hint">{sentence(row.sentence)}</span>,
    },
    {
      key: 'size',
      title: t('field.size'),
      number: true,
      render: ({ size }) => <SizeText size={size} />,
      card: 'aside',
    },
    { key: 'mode', title: t('field.mode'), render: ({ mode }) => t(`mode.${mode}`) },
    {
      key: 'state',
      title: t('field.state'),
      render: (row) => (
        <Status tone={STATE_TONES[row.state]}>
          {t(row.state === 'active' && row.hasDraft ? 'state.withDraft' : `state.${row.state}`)}
        </Status>
      ),
    },
    {
      key: 'owner',
      title: t('field.owner'),
      render: ({ owner, shipped }) => owner?.name ?? (shipped && <span className="pb-hint">{t('shipped.owner')}</span>),
    },
  ]
  if (error)
    return (
      <Page title={t('nav.segments')}>
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
      </Page>
    )
  if (!data)
    return (
      <Page title={t('nav.segments')}>
        <Loading lines={5} />
      </Page>
    )
  const begin = (
    <Go to="/segments/new">
      <Button type="primary">{t('edit.new')}</Button>
    </Go>
  )
  return (
    <ListPage<SegmentLine>
      title={t('nav.segments')}
      hint={t('segments.hint')}
      actions={data.can.write && begin}
      name="segments"
      label={t('nav.segments')}
      filters={{
        fields: [{ kind: 'flag', key: 'retired', label: t('segments.retired') }],
        state,
        change: change as never,
      }}
      rows={data.segments}
      columns={columns}
      rowKey={({ id }) => id}
      rowName={({ name }) => said(name)}
      to={({ id }) => `/segments/${id}`}
      empty={<Empty title={t('segments.empty')} hint={t('segments.emptyHint')} action={data.can.write && begin} />}
    />
  )
}
