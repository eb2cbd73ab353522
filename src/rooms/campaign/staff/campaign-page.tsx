import { Alert } from 'antd'
import {
  AddressTabs,
  Card,
  Facts,
  Figures,
  Go,
  InstantText,
  Loading,
  Page,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useApi,
  usePathParam,
  useT,
  type T,
  useShipped,
} from '../../../platform/web/index.ts'
import { readCampaign, type CampaignShown as Shown, type CampaignVersion } from '../contract/campaign.ts'
import { StoppedCard } from './stopped-card.tsx'
import { ControlButtons, DecisionCard } from './acts.tsx'
import { OutcomeTable } from './outcome-table.tsx'
import { PathView } from './path-view.tsx'
import { PeopleTab } from './people-tab.tsx'
import { RelativesNote } from './relatives-note.tsx'
import { ResultsTab } from './results-tab.tsx'
import { stateOf, TONES, triggerWords, useLang } from './words.ts'

type FigureItem = Parameters<typeof Figures>[0]['items'][number]

/** One campaign: what it wants, for whom, its path, what became of it, and what may be done with it now. */
export function CampaignPage() {
  const t = useT('campaign')
  const lang = useLang()
  const campaignId = usePathParam('campaignId')
  const input = { params: { campaignId: campaignId as never } }
  const { data, error, refetch } = useApi(readCampaign, input, { everyMs: 5000 })
  const version = data?.open ?? data?.inForce
  if (!data || !version)
    return (
      <Page title={t('one')} breadcrumbs={[{ label: t('nav.campaigns'), to: '/campaigns' }]}>
        {error ? <ProblemAlert problem={error} onRetry={() => void refetch()} /> : <Loading />}
      </Page>
    )
  const shown = data.state === 'preparing' ? version : (data.inForce ?? version)
  const state = stateOf({ state: data.state, versionState: version.state })
  const items = [
    { key: 'overview', label: t('tab.overview'), content: <Overview data={data} version={shown} /> },
    ...(data.state === 'preparing'
      ? []
      : [
          { key: 'outcome', label: t('tab.outcome'), content: <OutcomeTable data={data} /> },
          { key: 'results', label: t('tab.results'), content: <ResultsTab campaignId={campaignId} /> },
        ]),
    ...(data.can.people && data.state !== 'preparing'
      ? [{ key: 'people', label: t('tab.people'), content: <PeopleTab campaignId={campaignId} version={shown} /> }]
      : []),
    { key: 'history', label: t('tab.history'), content: <History data={data} /> },
  ]
  return (
    <Page
      title={shown.definition.name[lang]}
      breadcrumbs={[{ label: t('nav.campaigns'), to: '/campaigns' }]}
      actions={<ControlButtons data={data} />}
    >
      <Stack>
        <Row>
          <Status tone={TONES[state] ?? 'plain'}>{t(`state.${state}`)}</Status>
          <span className="pb-hint">{t('version', { version: shown.version })}</span>
          {data.isEntering && <span className="pb-hint">{t('entering')}</span>}
        </Row>
        {data.awaySince && <Alert type="warning" showIcon title={t('away.title')} description={t('away.text')} />}
        {data.stoppedWhy && <StoppedCard data={data} why={data.stoppedWhy} />}
        {data.open && <DecisionCard data={data} open={data.open} />}
        <AddressTabs items={items} />
      </Stack>
    </Page>
  )
}

function Overview({ data, version }: { data: Shown; version: CampaignVersion }) {
  const t = useT('campaign')
  const shipped = useShipped()
  const lang = useLang()
  const { definition, sentences, names } = version
  const { success, trigger } = definition
  const waiting = new Map(data.waiting.flatMap(({ step, count }) => (step ? [[step, count] as const] : [])))
  const measure =
    success.measure === 'condition'
      ? t('success.condition', { what: sentences['success']?.[lang] ?? '', days: success.withinDays })
      : t(`success.${success.measure}`)
  return (
    <Stack>
      <RelativesNote version={version} />
      {data.state !== 'preparing' && <Figures items={figuresOf(data, t)} />}
      <Card title={t('overview.goal')}>
        <Facts
          items={[
            [t('list.goal'), t(`goal.${definition.goal}`)],
            [t('overview.aim'), shipped(definition.aim)],
            [t('overview.success'), `${measure} · ${t('success.target', { percent: success.targetPercent })}`],
            [
              t('overview.audience'),
              definition.audience ? (sentences['audience']?.[lang] ?? '') : t('overview.everybody'),
            ],
            [
              t('list.trigger'),
              triggerWords(t, trigger, trigger.kind === 'calendar' ? names[trigger.day]?.[lang] : undefined),
            ],
            [t('overview.leave'), sentences['leave']?.[lang]],
            [
              t('overview.sources'),
              definition.sources
                .map(({ title, year }) => t('overview.source', { title: shipped(title), year }))
                .join(t('overview.sourceJoin')),
            ],
          ]}
        />
      </Card>
      <Card title={t('overview.path')}>
        <PathView
          path={definition.path}
          sentences={sentences}
          templateName={(code) => names[code]?.[lang] ?? code}
          waiting={waiting}
          faults={version.faults}
        />
      </Card>
      <TextLinks version={version} />
    </Stack>
  )
}

/** The texts are kept, previewed and tried out where templates are. */
function TextLinks({ version: { names, definition } }: { version: CampaignVersion }) {
  const t = useT('campaign')
  const lang = useLang()
  const codes = Object.keys(names).filter(
    (code) => definition.trigger.kind !== 'calendar' || code !== definition.trigger.day,
  )
  if (codes.length === 0) return null
  return (
    <Card title={t('overview.texts')}>
      <p className="pb-hint">{t('overview.textsHint')}</p>
      <Row>
        {codes.map((code) => (
          <Go key={code} to={`/message-templates/${code}`}>
            {names[code]?.[lang] ?? code}
          </Go>
        ))}
      </Row>
    </Card>
  )
}

function figuresOf({ runs, messages }: Shown, t: T): FigureItem[] {
  const people = (states: string[]) =>
    runs.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0)
  const told = (states: string[]) =>
    messages.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0)
  return [
    {
      key: 'entered',
      label: t('figure.entered'),
      value: people(['waiting', 'held', 'done', 'left', 'cancelled']).toLocaleString(),
    },
    { key: 'open', label: t('figure.open'), value: people(['waiting']).toLocaleString() },
    {
      key: 'held',
      label: t('figure.held'),
      value: people(['held']).toLocaleString(),
      tone: people(['held']) > 0 ? 'due' : 'plain',
    },
    { key: 'accepted', label: t('figure.accepted'), value: told(['accepted']).toLocaleString(), tone: 'good' },
    { key: 'planned', label: t('figure.planned'), value: told(['planned', 'claimed', 'deferred']).toLocaleString() },
    {
      key: 'refused',
      label: t('figure.refused'),
      value: told(['suppressed', 'blocked', 'expired', 'failed', 'cancelled']).toLocaleString(),
    },
  ]
}

function History({ data }: { data: Shown }) {
  const t = useT('campaign')
  return (
    <Card title={t('tab.history')}>
      <ol className="pb-plain-list">
        {data.events.map(({ kind, detail, by, at }) => (
          <li key={`${at} ${kind}`}>
            {t(`event.${kind}`)}
            {typeof detail['count'] === 'number' && ` · ${t('event.people', { count: detail['count'] })}`}
            {typeof detail['messages'] === 'number' && ` · ${t('event.messages', { count: detail['messages'] })}`}
            {' · '}
            {by} <InstantText at={at} />
          </li>
        ))}
      </ol>
    </Card>
  )
}
