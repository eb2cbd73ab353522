import {
  Card,
  DataTable,
  Empty,
  Page,
  Status,
  useApi,
  useLocale,
  useT,
  type Column,
} from '../../../platform/web/index.ts'
import { listTemplates } from '../contract/template.ts'
import { SimilarityCard } from './similarity-card.tsx'

type Line = NonNullable<ReturnType<typeof useApi<typeof listTemplates>>['data']>['rows'][number]

/** 方案模板: what a plan begins from, by whom it was read. */
export function TemplateListPage() {
  const t = useT('care-plan')
  const locale = useLocale()
  const { data } = useApi(listTemplates)
  const said = (text: { zh: string; en: string }) => (locale === 'en' ? text.en : text.zh)
  const columns: Column<Line>[] = [
    { key: 'title', title: t('template.name'), render: (row) => said(row.title) },
    { key: 'about', title: t('template.about'), render: (row) => said(row.about) },
    {
      key: 'state',
      title: t('list.state'),
      render: (row) => (
        <Status tone={row.state === 'active' ? 'good' : row.state === 'draft' ? 'due' : 'plain'}>
          {t(`templateState.${row.state}`, { version: row.version })}
        </Status>
      ),
      card: 'aside',
    },
    {
      key: 'reviewer',
      title: t('template.reviewer'),
      render: ({ reviewer }) => reviewer ?? <span className="pb-due">{t('template.unreviewed')}</span>,
    },
    { key: 'by', title: t('template.by'), render: ({ changedBy }) => changedBy },
  ]
  return (
    <Page title={t('nav.templates')} hint={t('template.hint')}>
      <Card flush>
        <DataTable
          name="care-plan-templates"
          label={t('nav.templates')}
          rows={data?.rows ?? []}
          columns={columns}
          rowKey={({ code, version }) => `${code} ${version}`}
          rowName={(row) => said(row.title)}
          to={({ code, version }) => `/care-plan-templates/${code}?version=${version}`}
          empty={<Empty title={t('template.empty')} />}
        />
      </Card>
      <SimilarityCard />
    </Page>
  )
}
