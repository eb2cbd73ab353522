import { Empty, ListPage, ProblemAlert, Status, useApi, useT, type Column } from '../../../../platform/web/index.ts'
import { listTemplates, type TemplateSummary } from '../../contract/templates.ts'
import { useWords } from '../response-row.tsx'

const TONES = { wanting: 'due', draft: 'due', active: 'good', retired: 'plain' } as const

/** 自备文字的量表: scoring is here, the words an institution brings. */
export function TemplatesPage() {
  const t = useT('questionnaire')
  const inWords = useWords()
  const { data, error, refetch } = useApi(listTemplates)
  return (
    <ListPage<TemplateSummary>
      title={t('template.title')}
      hint={t('template.hint')}
      breadcrumbs={[{ label: t('nav.questionnaires'), to: '/questionnaires' }]}
      above={<ProblemAlert problem={error} onRetry={() => void refetch()} />}
      name="questionnaire-templates"
      label={t('template.title')}
      rows={data?.rows ?? []}
      columns={useColumns()}
      rowKey={({ code }) => code}
      rowName={({ title }) => inWords(title)}
      to={({ code }) => `/questionnaire-templates/${code}`}
      empty={<Empty title={t('catalogue.empty')} />}
    />
  )
}

function useColumns(): Column<TemplateSummary>[] {
  const t = useT('questionnaire')
  const inWords = useWords()
  return [
    { key: 'title', title: t('catalogue.title'), render: ({ title }) => inWords(title) },
    { key: 'questions', title: t('catalogue.questions'), number: true, render: ({ questions }) => questions },
    {
      key: 'state',
      title: t('catalogue.state'),
      card: 'aside',
      render: ({ state }) => <Status tone={TONES[state]}>{t(`template.state.${state}`)}</Status>,
    },
    {
      key: 'licence',
      title: t('design.settings.licence'),
      render: ({ licence }) => <span className="pb-hint">{inWords(licence)}</span>,
    },
  ]
}
