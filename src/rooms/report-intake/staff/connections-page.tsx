import { Button } from 'antd'
import { useState } from 'react'
import {
  Card,
  DataTable,
  Empty,
  Go,
  InstantText,
  Page,
  ProblemAlert,
  SideDrawer,
  useAction,
  useApi,
  useSay,
  useT,
  type Column,
  type T,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { listSources, removeSource, type SourceView } from '../contract/sources.ts'
import { SourceForm } from './source-form.tsx'

type Seen = OutputOf<typeof listSources>['seen'][number]

/** 接口连接: what is agreed with each sender. No patient shows here. */
export function ConnectionsPage() {
  const t = useT('report-intake')
  const { data, error, refetch } = useApi(listSources, {})
  const [editing, setEditing] = useState<Partial<SourceView>>()
  const close = () => setEditing(undefined)
  return (
    <Page
      title={t('nav.connections')}
      hint={t('source.hint')}
      actions={
        <Button type="primary" onClick={() => setEditing({})}>
          {t('source.add')}
        </Button>
      }
    >
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      <Card flush title={t('source.agreed')} extra={<Go to="/settings/api-keys">{t('source.keys')}</Go>}>
        <DataTable<SourceView>
          name="intake-agreed"
          label={t('source.agreed')}
          rows={data?.rows ?? []}
          columns={columnsOf(t)}
          rowKey={({ id }) => id}
          rowName={({ name }) => name}
          onOpen={setEditing}
          empty={<Empty title={t('source.empty')} hint={t('source.emptyHint')} />}
        />
      </Card>
      <Card flush title={t('source.seen')}>
        <DataTable<Seen>
          name="intake-seen"
          label={t('source.seen')}
          rows={data?.seen ?? []}
          columns={[
            { key: 'source', title: t('overview.source'), render: ({ source }) => source || '—' },
            { key: 'channel', title: t('overview.channel'), render: ({ channel }) => t(`channel.${channel}`) },
            {
              key: 'address',
              title: t('source.address'),
              render: ({ address }) => <span className="pb-number">{address}</span>,
            },
            {
              key: 'last',
              title: t('overview.last'),
              render: ({ lastAt }) => <InstantText at={lastAt} />,
              card: 'aside',
            },
          ]}
          rowKey={({ source, channel }) => `${channel} ${source}`}
          rowName={({ source }) => source}
          onOpen={({ source }) =>
            setEditing(data?.rows.find((row) => row.sending === source) ?? { sending: source, name: source })
          }
          empty={<Empty title={t('source.seenEmpty')} hint={t('source.seenHint')} />}
        />
      </Card>
      <SideDrawer title={editing?.id ? editing.name : t('source.add')} open={editing !== undefined} onClose={close}>
        {editing && (
          <>
            <SourceForm key={editing.id ?? editing.sending} source={editing} onDone={close} />
            {editing.id && <Remove id={editing.id} onDone={close} />}
          </>
        )}
      </SideDrawer>
    </Page>
  )
}

function Remove({ id, onDone }: { id: SourceView['id']; onDone: () => void }) {
  const t = useT('report-intake')
  const say = useSay()
  const remove = useAction(removeSource, {
    invalidates: [listSources],
    onDone: () => {
      say.done(t('source.removed'))
      onDone()
    },
  })
  return (
    <Button danger type="text" loading={remove.isPending} onClick={() => remove.mutate({ params: { sourceId: id } })}>
      {t('source.remove')}
    </Button>
  )
}

function columnsOf(t: T): Column<SourceView>[] {
  return [
    { key: 'name', title: t('source.name'), render: ({ name }) => name },
    { key: 'sending', title: t('source.sending'), render: ({ sending }) => sending || t('source.any') },
    {
      key: 'receiving',
      title: t('source.receiving'),
      render: ({ receiving }) => receiving || t('source.any'),
      optional: true,
    },
    {
      key: 'address',
      title: t('source.address'),
      render: ({ address }) => <span className="pb-number">{address || t('source.any')}</span>,
    },
    { key: 'tests', title: t('source.testMessages'), render: ({ testMessages }) => t(`source.tests.${testMessages}`) },
    { key: 'register', title: t('source.register'), render: ({ register }) => t(`source.registers.${register}`) },
  ]
}
