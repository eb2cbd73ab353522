import { useT } from '../language/use-t.ts'
import { isForRow, RowLink } from './row-link.tsx'
import type { RowsProps } from './rows-table.tsx'

/** The rows on a phone: a card each, its name above, the other columns as labelled lines. */
export function RowsCards<Row>({ label, rows, columns, rowKey, rowName, opening, open, choice }: RowsProps<Row>) {
  const t = useT('web')
  const [first, ...rest] = columns
  const lines = rest.filter(({ card }) => card !== 'hide' && card !== 'aside')
  const asides = rest.filter(({ card }) => card === 'aside')
  if (!first) return null
  return (
    <ul className="pb-cards" aria-label={label}>
      {rows.map((row) => {
        const key = rowKey(row)
        return (
          <li key={key} className={choice?.chosen.has(key) ? 'pb-chosen' : undefined}>
            {/* The name is the link; a tap anywhere else on the card is a convenience for the thumb. */}
            <div onClick={(event) => isForRow(event.target) && open(row)} role="presentation">
            <div className="pb-cards-head">
              {choice && (
                <label className="pb-cards-choose">
                  <input type="checkbox" checked={choice.chosen.has(key)} onChange={() => choice.toggle(key)} aria-label={t('list.choose', { name: rowName(row) })} />
                </label>
              )}
              <strong>
                <RowLink row={row} opening={opening}>
                  {first.render(row)}
                </RowLink>
              </strong>
              {asides.map((column) => (
                <span key={column.key}>{column.render(row)}</span>
              ))}
            </div>
            <dl>
              {lines.map((column) => ({ column, value: column.render(row) })).filter(({ value }) => value !== null && value !== '').map(({ column, value }) => (
                <div key={column.key}>
                  <dt>{column.title}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
