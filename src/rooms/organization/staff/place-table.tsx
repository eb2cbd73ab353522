import { Button } from 'antd'
import { useState, type ReactNode } from 'react'
import { type Column, Card, DataTable, Empty, SideDrawer, useT } from '../../../platform/web/index.ts'

export interface PlaceTableProps<Row> {
  /** `sites` or `departments`, for texts and the reader's columns. */
  kind: 'sites' | 'departments'
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  idOf: (row: Row) => string
  nameOf: (row: Row) => string
  /** The form for a row, or for a new one. */
  form: (row: Row | undefined, close: () => void) => ReactNode
}

/** Sites or departments: a list, and a form at the side. */
export function PlaceTable<Row>({ kind, rows, columns, idOf, nameOf, form }: PlaceTableProps<Row>) {
  const t = useT('organization')
  const [opened, setOpened] = useState<string | 'new'>()
  const close = () => setOpened(undefined)
  const row = rows.find((candidate) => idOf(candidate) === opened)
  const add = (
    <Button type="primary" onClick={() => setOpened('new')}>
      {t(`${kind}.add`)}
    </Button>
  )
  return (
    <Card flush>
      <DataTable
        name={kind}
        label={t(`page.${kind}`)}
        rows={rows}
        columns={columns}
        rowKey={idOf}
        rowName={nameOf}
        onOpen={(chosen) => setOpened(idOf(chosen))}
        toolbar={rows.length > 0 ? add : undefined}
        empty={<Empty title={t(`${kind}.empty`)} action={add} />}
      />
      <SideDrawer title={row ? nameOf(row) : t(`${kind}.add`)} open={opened !== undefined} onClose={close}>
        {opened && form(row, close)}
      </SideDrawer>
    </Card>
  )
}
