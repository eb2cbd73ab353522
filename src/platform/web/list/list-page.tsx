import type { ReactNode } from 'react'
import { Card } from '../page/layout.tsx'
import { Page } from '../page/page.tsx'
import { DataTable, type DataTableProps } from './data-table.tsx'
import { FilterBar, type FilterBarProps } from './filter-bar.tsx'
import { isFiltered } from './filter-field.ts'

export type ListPageProps<Row> = DataTableProps<Row> & {
  title: string
  hint?: ReactNode
  actions?: ReactNode
  breadcrumbs?: { label: string; to?: string }[]
  /** Filters and the address they live in. */
  filters?: FilterBarProps
  /** Between heading and list: figures, a running job. */
  above?: ReactNode
  /** What may lie over it: the drawer. */
  children?: ReactNode
}

/** A page that is one list. */
export function ListPage<Row>({ title, hint, actions, breadcrumbs, filters, above, children, ...table }: ListPageProps<Row>) {
  const filtered = filters ? isFiltered(filters.fields, filters.state) : false
  return (
    <Page title={title} hint={hint} actions={actions} {...(breadcrumbs ? { breadcrumbs } : {})}>
      {above}
      <Card flush>
        <DataTable
          {...(table as unknown as DataTableProps<Row>)}
          isFiltered={table.isFiltered ?? filtered}
          toolbar={filters ? <FilterBar {...filters} /> : table.toolbar}
        />
      </Card>
      {children}
    </Page>
  )
}
