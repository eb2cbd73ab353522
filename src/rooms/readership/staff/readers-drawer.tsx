import { Button } from 'antd'
import {
  DataTable,
  Empty,
  Go,
  InstantText,
  Loading,
  ProblemAlert,
  SideDrawer,
  useApiPages,
  useT,
  type Column,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { readingRows } from '../contract/readership.ts'
import type { Measure } from './reading-table.tsx'

type Reader = OutputOf<typeof readingRows>['rows'][number]

/** Whom a figure counts, of the people one looks after. */
export function ReadersDrawer({
  span,
  template,
  name,
  of,
  onClose,
}: {
  span: { from: string; to: string }
  template: string
  name: string
  of: Measure
  onClose: () => void
}) {
  const t = useT('readership')
  const { data, error, isLoading, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useApiPages(readingRows, {
    query: { ...span, template, of },
  })
  const columns: Column<Reader>[] = [
    {
      key: 'name',
      title: t('reading.name'),
      render: ({ patientId, patientName }) => <Go to={`/patients/${patientId}`}>{patientName}</Go>,
    },
    { key: 'sentAt', title: t('reading.sentAt'), render: ({ sentAt }) => <InstantText at={sentAt} /> },
    {
      key: 'did',
      title: t('reading.did'),
      render: (reader) =>
        t(
          reader.clicked
            ? 'reading.clicked'
            : reader.seen
              ? 'reading.seen'
              : reader.raw
                ? 'reading.raw'
                : 'reading.none',
        ),
    },
  ]
  return (
    <SideDrawer title={t('reading.rowsOf', { what: t(`reading.${of}`), template: name })} open onClose={onClose}>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {isLoading && <Loading />}
      {data && (
        <DataTable
          name="readers"
          label={t('reading.rows')}
          rows={data.rows}
          columns={columns}
          rowKey={({ messageId }) => messageId}
          rowName={({ patientName }) => patientName}
          empty={<Empty title={t('reading.none')} />}
        />
      )}
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('reading.more')}
        </Button>
      )}
    </SideDrawer>
  )
}
