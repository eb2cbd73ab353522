import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons'
import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { useT } from '../language/use-t.ts'
import { ariaSort, nextSort, type Column } from './column.ts'
import { rowAct } from './row-keys.ts'
import { isForRow, RowLink, type Opening } from './row-link.tsx'
import type { Choice } from './use-choice.ts'

export interface RowsProps<Row> {
  label: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  rowName: (row: Row) => string
  opening: Opening<Row>
  open: (row: Row) => void
  /** Absent when there is nothing to be done to many. */
  choice: Choice | undefined
  sort: string | undefined
  onSort: ((sort: string | undefined) => void) | undefined
}

/** The rows as a table: one row at a time takes the focus, arrows move it, Enter opens, Space chooses. */
export function RowsTable<Row>(props: RowsProps<Row>) {
  const { rows, columns, rowKey, choice, open } = props
  const body = useRef<HTMLTableSectionElement>(null)
  const [at, setAt] = useState(0)
  useFirstRow(body)
  const press = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    const onRow = (event.target as HTMLElement).tagName === 'TR'
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : rowAct(event.key, at, rows.length, onRow)
    const row = rows[at]
    if (!act || !row) return
    event.preventDefault()
    if ('move' in act) body.current?.querySelectorAll<HTMLElement>(':scope > tr')[act.move]?.focus()
    else if ('open' in act) open(row)
    else choice?.toggle(rowKey(row))
  }
  return (
    <table className="pb-table">
      <caption className="pb-sr">{props.label}</caption>
      <Head {...props} />
      <tbody ref={body} onKeyDown={press} aria-label={props.label}>
        {rows.map((row, index) => (
          <tr
            key={rowKey(row)}
            tabIndex={index === Math.min(at, rows.length - 1) ? 0 : -1}
            onFocus={() => setAt(index)}
            className={choice?.chosen.has(rowKey(row)) ? 'pb-chosen' : undefined}
            onClick={(event) => isForRow(event.target) && open(row)}
          >
            <Cells {...props} columns={columns} row={row} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Cells<Row>({ row, columns, choice, rowKey, rowName, opening }: RowsProps<Row> & { row: Row }) {
  const t = useT('web')
  const key = rowKey(row)
  return (
    <>
      {choice && (
        <td className="pb-choose">
          <input type="checkbox" tabIndex={-1} checked={choice.chosen.has(key)} onChange={() => choice.toggle(key)} aria-label={t('list.choose', { name: rowName(row) })} />
        </td>
      )}
      {columns.map((column, index) => (
        <td key={column.key} className={column.number ? 'pb-number-cell' : undefined}>
          {index === 0 ? (
            <RowLink row={row} opening={opening}>
              {column.render(row)}
            </RowLink>
          ) : (
            column.render(row)
          )}
        </td>
      ))}
    </>
  )
}

function Head<Row>({ columns, choice, sort, onSort }: RowsProps<Row>) {
  const t = useT('web')
  return (
    <thead>
      <tr>
        {choice && (
          <th className="pb-choose" scope="col">
            <input
              type="checkbox"
              aria-label={t('list.chooseAll')}
              checked={choice.state === 'all'}
              ref={(box) => void (box && (box.indeterminate = choice.state === 'some'))}
              onChange={choice.toggleAll}
            />
          </th>
        )}
        {columns.map(({ key, title, number, widthPx, sort: by }) => (
          <th
            key={key}
            scope="col"
            aria-sort={ariaSort(sort, by)}
            className={number ? 'pb-number-cell' : undefined}
            style={widthPx ? { width: widthPx } : undefined}
          >
            {by && onSort ? (
              <button type="button" className="pb-sort" onClick={() => onSort(nextSort(sort, by))}>
                {title}
                <SortMark direction={ariaSort(sort, by)} />
              </button>
            ) : (
              title
            )}
          </th>
        ))}
      </tr>
    </thead>
  )
}

function SortMark({ direction }: { direction: 'ascending' | 'descending' | undefined }) {
  return (
    <span className="pb-sort-mark" aria-hidden="true">
      <CaretUpOutlined className={direction === 'ascending' ? 'pb-on' : undefined} />
      <CaretDownOutlined className={direction === 'descending' ? 'pb-on' : undefined} />
    </span>
  )
}

/** Arrow down from the heading, or from nowhere, enters the list. */
function useFirstRow(body: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent): void => {
      const from = document.activeElement?.tagName
      if (event.key !== 'ArrowDown' || event.defaultPrevented || (from !== 'BODY' && from !== 'H1')) return
      const row = body.current?.querySelector<HTMLElement>(':scope > tr[tabindex="0"]')
      if (!row) return
      event.preventDefault()
      row.focus()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [body])
}
