import { useCallback, useMemo, type ReactNode } from 'react'
import type { PagesResult } from '../api/use-api.ts'
import { Loading } from '../feedback/loading.tsx'
import { ProblemAlert } from '../feedback/problem-alert.tsx'
import { useT } from '../language/use-t.ts'
import { useNarrow } from '../look/media.ts'
import { useGo } from '../page/use-address.ts'
import { BulkBar } from './bulk-bar.tsx'
import { shownColumns, type BulkAction, type Column } from './column.ts'
import { ColumnChooser } from './column-chooser.tsx'
import { MoreRows } from './more-rows.tsx'
import type { Opening } from './row-link.tsx'
import { RowsCards } from './rows-cards.tsx'
import { RowsTable } from './rows-table.tsx'
import { useChoice } from './use-choice.ts'
import { useChosenColumns } from './use-chosen-columns.ts'
import { ViewMenu } from './view-menu.tsx'

export type DataTableProps<Row> = {
  /** Unique over the house: the reader's columns are remembered under it. */
  name: string
  /** What the rows are, for screen readers: 客户列表. */
  label: string
  /** From `useApiPages`, or rows at hand. */
  rows: PagesResult<Row> | readonly Row[]
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  /** How a row is called: 选择 王秀英. */
  rowName: (row: Row) => string
  bulk?: readonly BulkAction<Row>[]
  /** What stands here when there are no rows at all; with filters set, say so by `isFiltered`. */
  empty: ReactNode
  isFiltered?: boolean
  sort?: string | undefined
  onSort?: (sort: string | undefined) => void
  /** Above the rows: filters. */
  toolbar?: ReactNode
  /** Instead of the views that this browser keeps: those that the server keeps. */
  views?: ReactNode
} & Opening<Row>

/** A list that can be filtered, sorted, walked through by keys, chosen from; on a phone its rows are cards. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { name, label, columns, rowKey, rowName, bulk = [], sort, onSort, toolbar } = props
  const t = useT('web')
  const go = useGo()
  const narrow = useNarrow()
  const { rows, total, pages } = useRows(props.rows)
  const [chosenColumns, chooseColumns] = useChosenColumns(name)
  const choice = useChoice(rows.map(rowKey))
  const open = (row: Row) => (props.to ? go(props.to(row)) : props.onOpen?.(row))
  const opening = { to: props.to, onOpen: props.onOpen } as Opening<Row>
  const Rows = narrow ? RowsCards<Row> : RowsTable<Row>
  const common = { label, rows, rowKey, rowName, opening, open, sort, onSort, choice: bulk.length > 0 ? choice : undefined }
  const fetchNextPage = pages?.fetchNextPage
  const more = useCallback(() => void fetchNextPage?.(), [fetchNextPage])
  return (
    <div className="pb-list" aria-busy={pages?.isFetching ?? false}>
      <div className="pb-list-bar">
        {toolbar}
        <div className="pb-list-side">
          <span role="status" className="pb-number">
            {total !== undefined && (total === null ? t('list.many', { count: rows.length }) : t('list.total', { count: total }))}
          </span>
          {props.views ?? (toolbar && !narrow && <ViewMenu list={name} />)}
          {!narrow && columns.length > 2 && <ColumnChooser columns={columns} chosen={chosenColumns} onChoose={chooseColumns} />}
        </div>
      </div>
      {choice.chosen.size > 0 && <BulkBar rows={rows.filter((row) => choice.chosen.has(rowKey(row)))} actions={bulk} onClear={choice.clear} />}
      {pages?.error && <ProblemAlert problem={pages.error} onRetry={() => void pages.refetch()} />}
      {pages?.isPending && !pages.error && <Loading lines={8} />}
      {rows.length > 0 && (
        <div className={`pb-list-rows${pages?.isPlaceholderData ? ' pb-stale' : ''}`}>
          <Rows {...common} columns={shownColumns(columns, chosenColumns)} />
        </div>
      )}
      {total !== undefined && rows.length === 0 && !pages?.isPlaceholderData && !pages?.error && (props.isFiltered ? <NothingFits /> : props.empty)}
      {pages && <MoreRows hasMore={pages.hasNextPage} loading={pages.isFetchingNextPage} failed={pages.isFetchNextPageError} onMore={more} />}
    </div>
  )
}

function NothingFits() {
  const t = useT('web')
  return <p className="pb-empty">{t('list.nothingFits')}</p>
}

/** `total` is undefined before anything has come, null when there are more than were counted. */
function useRows<Row>(given: PagesResult<Row> | readonly Row[]) {
  const none = useMemo<Row[]>(() => [], [])
  if (Array.isArray(given)) return { rows: given as Row[], total: given.length, pages: undefined }
  const pages = given as PagesResult<Row>
  const rows = pages.data?.rows ?? none
  // A list that ends has told how long it is, also where the server does not count.
  const total = pages.data ? (pages.data.total ?? (pages.hasNextPage ? null : rows.length)) : undefined
  return { rows, total, pages }
}
