import '../designer/designer.css'
import { DownloadOutlined, EditOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useMemo } from 'react'
import { read, write } from '../../../../clinical/questionnaire/index.ts'
import {
  AddressTabs,
  Loading,
  Page,
  ProblemAlert,
  Row,
  useApi,
  useGo,
  usePathParam,
  useT,
} from '../../../../platform/web/index.ts'
import { readDefinition, versionsOf, type DefinitionView } from '../../contract/questionnaire.ts'
import { PrintBlank } from '../print-form.tsx'
import { useWords } from '../response-row.tsx'
import { OverviewTab } from './overview-tab.tsx'
import { PublishActs } from './publish-acts.tsx'
import { saveFile } from './save-file.ts'
import { StatisticsTab } from './statistics-tab.tsx'
import { VersionsTab } from './versions-tab.tsx'

/** One questionnaire: what it asks, its versions and what changed between them, what was answered. */
export function QuestionnairePage() {
  const t = useT('questionnaire')
  const inWords = useWords()
  const code = usePathParam('code')
  const go = useGo()
  const history = useApi(versionsOf, { params: { code } })
  const rows = history.data?.rows ?? []
  const newest = rows.find(({ state }) => state === 'draft') ?? rows.find(({ state }) => state === 'active') ?? rows[0]
  const version = useApi(
    readDefinition,
    { params: { code, version: String(newest?.version ?? 1) as never } },
    { enabled: newest !== undefined },
  )
  const error = history.error ?? version.error
  const breadcrumbs = [{ label: t('nav.questionnaires'), to: '/questionnaires' }]
  if (error)
    return (
      <Page title={t('nav.questionnaire')} breadcrumbs={breadcrumbs}>
        <ProblemAlert problem={error} onRetry={() => void Promise.all([history.refetch(), version.refetch()])} />
      </Page>
    )
  if (!history.data || !version.data || version.data.code !== code)
    return (
      <Page title={t('nav.questionnaire')} breadcrumbs={breadcrumbs}>
        <Loading />
      </Page>
    )
  const { data } = version
  return (
    <Page
      title={inWords(data.title)}
      hint={<span className="pb-number">{code}</span>}
      breadcrumbs={breadcrumbs}
      actions={
        <Row>
          <PrintBlank code={code} version={data.version} name={inWords(data.title)} />
          <ExportButton view={data} />
          {history.data.can.design && (
            <Button icon={<EditOutlined />} onClick={() => go(`/questionnaires/${code}/design`)}>
              {t(data.state === 'draft' ? 'catalogue.goOn' : 'catalogue.draftNext')}
            </Button>
          )}
          <PublishActs view={data} history={history.data} />
        </Row>
      }
    >
      <AddressTabs
        items={[
          { key: 'overview', label: t('catalogue.tab.overview'), content: <OverviewTab view={data} /> },
          { key: 'versions', label: t('catalogue.tab.versions'), content: <VersionsTab history={history.data} /> },
          {
            key: 'statistics',
            label: t('catalogue.tab.statistics'),
            content: <StatisticsTab history={history.data} />,
          },
        ]}
      />
    </Page>
  )
}

/** As plain FHIR for another system: the scoring inside an extension, and as calculated items. */
export function ExportButton({ view }: { view: DefinitionView }) {
  const t = useT('questionnaire')
  const { form } = useMemo(() => read(view.definition), [view.definition])
  const save = () => {
    const version = String(view.version)
    const status = { draft: 'draft', active: 'active', retired: 'retired' }[view.state]
    const made = { ...write(form), version, status }
    saveFile(`${view.code}-${version}.json`, 'application/fhir+json', `${JSON.stringify(made, null, 2)}\n`)
  }
  return (
    <Button icon={<DownloadOutlined />} onClick={save}>
      {t('catalogue.export')}
    </Button>
  )
}
