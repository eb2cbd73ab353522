import { CalendarOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import {
  Empty,
  ListPage,
  Loading,
  Page,
  ProblemAlert,
  Row,
  Status,
  useApi,
  useGo,
  useT,
  type Column,
} from '../../../platform/web/index.ts'
import { listCampaigns, type CampaignLine } from '../contract/campaign.ts'
import { stateOf, TONES, useLang } from './words.ts'

/** 关怀活动: all campaigns and journeys, with their state and how many people are on their way. */
export function CampaignListPage() {
  const t = useT('campaign')
  const lang = useLang()
  const go = useGo()
  const { data, error, refetch } = useApi(listCampaigns)
  if (!data)
    return (
      <Page title={t('nav.campaigns')}>
        {error ? <ProblemAlert problem={error} onRetry={() => void refetch()} /> : <Loading />}
      </Page>
    )
  const columns: Column<CampaignLine>[] = [
    { key: 'name', title: t('list.name'), render: (line) => line.name[lang] },
    {
      key: 'state',
      title: t('list.state'),
      card: 'aside',
      widthPx: 110,
      render: (line) => <Status tone={TONES[stateOf(line)] ?? 'plain'}>{t(`state.${stateOf(line)}`)}</Status>,
    },
    { key: 'goal', title: t('list.goal'), render: (line) => t(`goal.${line.goal}`), widthPx: 120 },
    { key: 'trigger', title: t('list.trigger'), render: (line) => t(`triggerKind.${line.trigger}`), widthPx: 210 },
    { key: 'entered', title: t('list.entered'), number: true, render: (line) => line.entered.toLocaleString() },
    { key: 'open', title: t('list.open'), number: true, render: (line) => line.open.toLocaleString() },
    { key: 'owner', title: t('list.owner'), render: (line) => line.owner, optional: true },
  ]
  return (
    <ListPage<CampaignLine>
      title={t('nav.campaigns')}
      hint={t('list.hint')}
      actions={
        <Row>
          <Button icon={<CalendarOutlined />} onClick={() => go('/campaigns/calendar')}>
            {t('calendar.title')}
          </Button>
          {data.can.write && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => go('/campaigns/new')}>
              {t('edit.new')}
            </Button>
          )}
        </Row>
      }
      name="campaigns"
      label={t('nav.campaigns')}
      rows={data.rows}
      columns={columns}
      rowKey={({ id }) => id}
      rowName={({ name }) => name[lang]}
      to={({ id }) => `/campaigns/${id}`}
      empty={<Empty title={t('list.none')} />}
    />
  )
}
