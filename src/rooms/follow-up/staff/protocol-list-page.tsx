import { Button } from 'antd'
import { useState } from 'react'
import { Card, DataTable, Empty, Page, Status, useApi, useCan, useT, type Column } from '../../../platform/web/index.ts'
import { listProtocols } from '../contract/catalogue.ts'
import { NewPathway } from './design/new-pathway.tsx'
import { ImportDrawer } from './exchange/import-drawer.tsx'
import { useSaid } from './words.ts'

type Line = NonNullable<ReturnType<typeof useApi<typeof listProtocols>>['data']>['protocols'][number]

/** 方案: what follows whom, how often, and by what source. */
export function ProtocolListPage() {
  const t = useT('follow-up')
  const said = useSaid()
  const { data } = useApi(listProtocols)
  const mayDraft = useCan('follow-up.protocol.write')
  const [open, setOpen] = useState<'new' | 'import'>()
  const columns: Column<Line>[] = [
    { key: 'name', title: t('field.name'), render: ({ definition }) => said(definition.name) },
    { key: 'goal', title: t('field.goal'), render: ({ definition }) => said(definition.goal) },
    {
      key: 'state',
      title: t('field.state'),
      render: (row) => (
        <Status tone={row.state === 'published' ? 'good' : 'plain'}>
          {t(`protocol.state.${row.state}`, { version: row.version })}
        </Status>
      ),
      card: 'aside',
    },
    {
      key: 'draft',
      title: t('field.draft'),
      render: ({ draft, newer }) => (
        <>
          {draft !== null && <Status tone="due">{t('protocol.draft', { version: draft })}</Status>}
          {newer && <Status>{t('newer.chip')}</Status>}
        </>
      ),
    },
    { key: 'active', title: t('field.active'), number: true, render: ({ active }) => active },
    {
      key: 'review',
      title: t('field.reviewer'),
      render: ({ definition }) => definition.reviewer ?? <span className="pb-due">{t('protocol.unreviewed')}</span>,
    },
  ]
  return (
    <Page
      title={t('protocol.title')}
      hint={t('protocol.hint')}
      actions={
        mayDraft && (
          <>
            <Button onClick={() => setOpen('import')}>{t('exchange.import')}</Button>
            <Button type="primary" onClick={() => setOpen('new')}>
              {t('design.new.open')}
            </Button>
          </>
        )
      }
    >
      <Card flush>
        <DataTable
          name="protocols"
          label={t('protocol.title')}
          rows={data?.protocols ?? []}
          columns={columns}
          rowKey={({ code }) => code}
          rowName={({ definition }) => said(definition.name)}
          to={({ code }) => `/protocols/${code}`}
          empty={<Empty title={t('protocol.empty')} />}
        />
      </Card>
      <NewPathway
        taken={(data?.protocols ?? []).map(({ code }) => code)}
        open={open === 'new'}
        onClose={() => setOpen(undefined)}
      />
      {open === 'import' && <ImportDrawer open onClose={() => setOpen(undefined)} />}
    </Page>
  )
}
