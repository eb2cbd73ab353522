import { CopyrightOutlined, ImportOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { z } from 'zod'
import {
  Empty,
  InstantText,
  ListPage,
  ProblemAlert,
  Row,
  SideDrawer,
  Status,
  useAddress,
  useApi,
  useGo,
  useOpened,
  useT,
  type Column,
} from '../../../../platform/web/index.ts'
import { listDefinitions } from '../../contract/questionnaire.ts'
import { PrintBlank } from '../print-form.tsx'
import { useWords } from '../response-row.tsx'
import { ImportDrawer } from './import-drawer.tsx'
import { fitsFilter, linesOf, type CatalogueLine } from './lines.ts'
import { NewQuestionnaire } from './new-questionnaire.tsx'

const filterSchema = z.object({
  q: z.string().optional(),
  state: z.enum(['active', 'draft', 'retired']).optional(),
  sensitivity: z.enum(['ordinary', 'mental']).optional(),
})

/** 问卷: what the house asks, in which version, and what is being drafted. */
export function QuestionnaireListPage() {
  const t = useT('questionnaire')
  const inWords = useWords()
  const [filter, change] = useAddress(filterSchema)
  const making = useOpened('make')
  const go = useGo()
  const { data, error, refetch } = useApi(listDefinitions)
  const lines = linesOf(data?.rows ?? [])
  const choices = (key: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`${key}.${value}`) }))
  return (
    <ListPage<CatalogueLine>
      title={t('nav.questionnaires')}
      hint={t('catalogue.hint')}
      actions={
        data?.can.draft && (
          <Row>
            <Button icon={<CopyrightOutlined />} onClick={() => go('/questionnaire-templates')}>
              {t('template.open')}
            </Button>
            <Button icon={<ImportOutlined />} onClick={() => making.open('import')}>
              {t('catalogue.import')}
            </Button>
            <Button type="primary" icon={<PlusOutlined />} onClick={() => making.open('new')}>
              {t('catalogue.new')}
            </Button>
          </Row>
        )
      }
      above={<ProblemAlert problem={error} onRetry={() => void refetch()} />}
      filters={{
        state: filter,
        change,
        fields: [
          { kind: 'text', key: 'q', label: t('catalogue.search') },
          {
            kind: 'choice',
            key: 'state',
            label: t('catalogue.state'),
            options: choices('catalogue.states', ['active', 'draft', 'retired']),
          },
          {
            kind: 'choice',
            key: 'sensitivity',
            label: t('catalogue.sensitivity'),
            options: choices('design.settings', ['ordinary', 'mental']),
          },
        ],
      }}
      name="questionnaires"
      label={t('nav.questionnaires')}
      rows={lines.filter((line) => fitsFilter(line, filter))}
      columns={useColumns()}
      rowKey={({ code }) => code}
      rowName={({ title }) => inWords(title)}
      to={({ code }) => `/questionnaires/${code}`}
      empty={<Empty title={t('catalogue.empty')} />}
    >
      <SideDrawer title={t('catalogue.new')} open={making.id === 'new'} onClose={making.close}>
        <NewQuestionnaire onCancel={making.close} />
      </SideDrawer>
      <SideDrawer title={t('catalogue.import')} open={making.id === 'import'} onClose={making.close} widthPx={680}>
        <ImportDrawer known={lines} />
      </SideDrawer>
    </ListPage>
  )
}

function useColumns(): Column<CatalogueLine>[] {
  const t = useT('questionnaire')
  const inWords = useWords()
  return [
    { key: 'title', title: t('catalogue.title'), render: ({ title }) => inWords(title) },
    { key: 'code', title: t('catalogue.code'), render: ({ code }) => <span className="pb-number">{code}</span> },
    {
      key: 'version',
      title: t('catalogue.version'),
      card: 'aside',
      render: ({ active, draft }) => (
        <Row>
          {active && <Status tone="good">{t('catalogue.inForce', { version: active.version })}</Status>}
          {draft && <Status tone="due">{t('catalogue.draft', { version: draft.version })}</Status>}
          {!active && !draft && <Status>{t('catalogue.states.retired')}</Status>}
        </Row>
      ),
    },
    { key: 'questions', title: t('catalogue.questions'), number: true, render: ({ newest }) => newest.questions },
    { key: 'answers', title: t('catalogue.answers'), number: true, render: ({ answers }) => answers },
    {
      key: 'changed',
      title: t('catalogue.changed'),
      render: ({ newest }) => (
        <span>
          {newest.changedBy}{' '}
          <span className="pb-hint">
            <InstantText at={newest.changedAt} />
          </span>
        </span>
      ),
    },
    {
      key: 'sensitivity',
      title: t('catalogue.sensitivity'),
      optional: true,
      render: ({ newest }) => t(`design.settings.${newest.sensitivity}`),
    },
    {
      key: 'paper',
      title: t('catalogue.paper'),
      render: ({ code, active, newest, title }) => (
        <PrintBlank code={code} version={(active ?? newest).version} name={inWords(title)} small />
      ),
    },
  ]
}
