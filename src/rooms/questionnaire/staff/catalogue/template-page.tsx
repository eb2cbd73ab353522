import { Button, Input } from 'antd'
import { useState } from 'react'
import {
  Card,
  Go,
  Loading,
  NotFound,
  Page,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useAction,
  useApi,
  useGo,
  useLocale,
  usePathParam,
  useSay,
  useT,
  useShipped,
} from '../../../../platform/web/index.ts'
import { listDefinitions, readDefinition, versionsOf } from '../../contract/questionnaire.ts'
import { draftFromTemplate, listTemplates, type TemplateSummary } from '../../contract/templates.ts'
import { Labelled } from '../designer/labelled.tsx'
import { useWords } from '../response-row.tsx'
import { BringTexts } from './bring-texts.tsx'
import { TextTable } from './text-table.tsx'
import { sameQuestions, templateByCode, wantedTexts, type GivenText, type Template } from './template-texts.ts'

/** One scale whose words are brought: the licence, the words, by what right, and the draft that a colleague publishes. */
export function TemplatePage() {
  const t = useT('questionnaire')
  const inWords = useWords()
  const code = usePathParam('code')
  const { data, error, refetch } = useApi(listTemplates)
  const template = templateByCode(code)
  const summary = data?.rows.find((one) => one.code === code)
  const breadcrumbs = [
    { label: t('nav.questionnaires'), to: '/questionnaires' },
    { label: t('template.title'), to: '/questionnaire-templates' },
  ]
  if (!template) return <NotFound />
  return (
    <Page title={inWords(template.title)} hint={inWords(template.about)} breadcrumbs={breadcrumbs}>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {summary && (
        <Stack>
          <Standing summary={summary} template={template} />
          {data?.can.draft && <Texts key={code} template={template} summary={summary} />}
        </Stack>
      )}
    </Page>
  )
}

/** 需要自备题目文字, and whose the words are. */
function Standing({ summary, template }: { summary: TemplateSummary; template: Template }) {
  const t = useT('questionnaire')
  const shipped = useShipped()
  const inWords = useWords()
  const tone = { wanting: 'due', draft: 'due', active: 'good', retired: 'plain' } as const
  return (
    <Card
      title={t('template.standing')}
      extra={<Status tone={tone[summary.state]}>{t(`template.state.${summary.state}`)}</Status>}
    >
      <Stack>
        <p>
          {t(`template.means.${summary.state}`, { name: summary.changedBy })}{' '}
          {summary.state !== 'wanting' && (
            <Go to={`/questionnaires/${summary.code}`}>{t('template.toQuestionnaire')}</Go>
          )}
        </p>
        <p>
          <strong>{t('design.settings.licence')}</strong> {inWords(template.licence)}
        </p>
        <p className="pb-hint">
          {t('design.settings.source')}
          {t('design.says.colon')}
          {shipped(template.source)}
        </p>
        <p className="pb-hint">
          {t('catalogue.sensitivity')}
          {t('design.says.colon')}
          {t(`design.settings.${template.sensitivity}`)}
        </p>
      </Stack>
    </Card>
  )
}

function Texts({ template, summary }: { template: Template; summary: TemplateSummary }) {
  const t = useT('questionnaire')
  const say = useSay()
  const go = useGo()
  const locale = useLocale()
  const language = locale === 'en' ? 'en' : 'zh'
  const [texts, setTexts] = useState<ReadonlyMap<string, GivenText>>(new Map())
  const [right, setRight] = useState('')
  const make = useAction(draftFromTemplate, {
    invalidates: [listTemplates, listDefinitions, readDefinition, versionsOf],
    onDone: () => {
      say.done(t('template.made'))
      go(`/questionnaires/${template.code}`)
    },
  })
  const wanted = wantedTexts(template)
  const lacking = wanted.filter(({ code, optional }) => !optional && !texts.get(code)?.zh.trim())
  const same = sameQuestions(template, texts)
  const body = {
    texts: [...texts].map(([code, { zh, en }]) => ({ code, zh, en })).filter(({ zh, en }) => zh || en),
    right,
    revision: summary.revision,
  }
  return (
    <>
      <BringTexts
        template={template}
        texts={texts}
        language={language}
        onBrought={(brought) => setTexts((before) => new Map([...before, ...brought]))}
      />
      <Card
        title={t('template.texts')}
        extra={
          <Status tone={lacking.length === 0 ? 'good' : 'due'}>
            {lacking.length === 0 ? t('template.whole') : t('template.lacking', { count: lacking.length })}
          </Status>
        }
      >
        <TextTable
          wanted={wanted}
          texts={texts}
          same={new Set(same)}
          language={language}
          onChange={(code, text) => setTexts((before) => new Map(before).set(code, text))}
        />
      </Card>
      <Card title={t('template.right')}>
        <Stack>
          <Labelled label={t('template.rightLabel')} hint={t('template.rightHint')} wide>
            <Input maxLength={200} value={right} onChange={({ target }) => setRight(target.value)} />
          </Labelled>
          <ProblemAlert problem={make.error} />
          <Row>
            <Button
              type="primary"
              loading={make.isPending}
              disabled={lacking.length > 0 || right.trim().length < 2}
              onClick={() => make.mutate({ params: { code: template.code }, body })}
            >
              {t('template.make')}
            </Button>
            <span className="pb-hint">{t(summary.revision > 0 ? 'template.overDraft' : 'template.second')}</span>
          </Row>
        </Stack>
      </Card>
    </>
  )
}
