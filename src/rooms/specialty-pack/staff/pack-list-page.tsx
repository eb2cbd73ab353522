import { Card, DataTable, Empty, Page, Status, useApi, useT, type Column } from '../../../platform/web/index.ts'
import { listPacks, type PackLine } from '../contract/specialty-pack.ts'
import { useSaid } from './words.ts'

/** 专科包: what comes with Peiban for a specialty, and where it is in use. */
export function PackListPage() {
  const t = useT('specialty-pack')
  const said = useSaid()
  const { data } = useApi(listPacks)
  const columns: Column<PackLine>[] = [
    { key: 'title', title: t('field.title'), render: ({ title }) => said(title) },
    {
      key: 'state',
      title: t('field.state'),
      render: (pack) => <State pack={pack} />,
      card: 'aside',
    },
    {
      key: 'departments',
      title: t('field.departments'),
      render: ({ departments, forDepartments }) =>
        departments.length > 0 ? (
          departments.map(({ name }) => name).join(t('comma'))
        ) : (
          <span className="pb-hint">{t('list.meantFor', { departments: said(forDepartments) })}</span>
        ),
    },
    { key: 'parts', title: t('field.parts'), number: true, render: ({ parts }) => parts },
    {
      key: 'waiting',
      title: t('field.waiting'),
      number: true,
      render: ({ waiting }) => (waiting > 0 ? <span className="pb-due">{waiting}</span> : waiting),
    },
    { key: 'people', title: t('field.people'), number: true, render: ({ people }) => people },
    {
      key: 'reviewer',
      title: t('field.reviewer'),
      render: ({ reviewer }) => reviewer ?? <span className="pb-due">{t('unreviewed')}</span>,
    },
  ]
  return (
    <Page title={t('nav.packs')} hint={t('list.hint')}>
      <Card flush>
        <DataTable
          name="specialty-packs"
          label={t('nav.packs')}
          rows={data?.packs ?? []}
          columns={columns}
          rowKey={({ code }) => code}
          rowName={({ title }) => said(title)}
          to={({ code }) => `/specialty-packs/${code}`}
          empty={<Empty title={t('list.empty')} />}
        />
      </Card>
    </Page>
  )
}

export function State({ pack }: { pack: Pick<PackLine, 'installedVersion' | 'hasUpdate' | 'people'> }) {
  const t = useT('specialty-pack')
  if (pack.hasUpdate) return <Status tone="due">{t('state.update')}</Status>
  if (pack.installedVersion !== null) return <Status tone="good">{t('state.used')}</Status>
  // Taken out, and people still on their way in it.
  if (pack.people > 0) return <Status tone="due">{t('state.ending')}</Status>
  return <Status>{t('state.unused')}</Status>
}
