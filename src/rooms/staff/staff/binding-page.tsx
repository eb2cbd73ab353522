import { Select } from 'antd'
import { type Column, Card, DataTable, Empty, Loading, Page, ProblemAlert, useAction, useApi, useT } from '../../../platform/web/index.ts'
import { changeBindings, listBindings } from '../contract/administration.ts'
import { listDirectory } from '../contract/staff.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'

type Physician = OutputOf<typeof listBindings>['physicians'][number]

/** Which service managers work with which physician. A choice is kept as it is made. */
export function BindingPage() {
  const t = useT('staff')
  const { data, error, refetch } = useApi(listBindings)
  const columns: Column<Physician>[] = [
    { key: 'name', title: t('bindings.physician'), render: ({ name }) => name, widthPx: 180 },
    { key: 'managers', title: t('bindings.managers'), render: (physician) => <Managers physician={physician} /> },
  ]
  return (
    <Page title={t('bindings.title')} hint={t('bindings.hint')}>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data && (
        <Card flush>
          <DataTable
            name="bindings"
            label={t('bindings.title')}
            rows={data.physicians}
            columns={columns}
            rowKey={({ id }) => id}
            rowName={({ name }) => name}
            empty={<Empty title={t('bindings.empty')} hint={t('bindings.emptyHint')} />}
          />
        </Card>
      )}
    </Page>
  )
}

function Managers({ physician }: { physician: Physician }) {
  const t = useT('staff')
  const directory = useApi(listDirectory, { query: { role: 'service-manager', limit: 500 } })
  const change = useAction(changeBindings, { invalidates: [listBindings] })
  const chosen = change.isPending ? change.variables.body.managerIds : physician.managers.map(({ id }) => id)
  const options = new Map([...physician.managers, ...(directory.data?.staff ?? [])].map(({ id, name }) => [id as string, name]))
  return (
    <>
      <Select
        mode="multiple"
        style={{ width: '100%', minWidth: 220 }}
        aria-label={t('bindings.managersOf', { name: physician.name })}
        placeholder={t('bindings.none')}
        loading={change.isPending}
        value={chosen as string[]}
        onChange={(managerIds) => change.mutate({ params: { staffId: physician.id }, body: { managerIds } })}
        showSearch={{ optionFilterProp: 'label' }}
        options={[...options].map(([value, label]) => ({ value, label }))}
      />
      <ProblemAlert problem={change.error} />
    </>
  )
}
