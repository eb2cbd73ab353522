import { Button } from 'antd'
import { z } from 'zod'
import {
  Card,
  Empty,
  Figures,
  Go,
  Loading,
  Page,
  ProblemAlert,
  SideDrawer,
  SpanChoice,
  spanOf,
  Stack,
  useAddress,
  useApi,
  useCan,
  useT,
  useToday,
} from '../../../platform/web/index.ts'
import { FIGURES, getCallFigures, type CallFigures } from '../contract/figures.ts'
import './call-desk.css'
import { DaysChart } from './days-chart.tsx'
import { FigureRows } from './figure-rows.tsx'
import { RateText } from './rate-text.tsx'
import { clockText } from './words.tsx'

const schema = z.object({
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
  figure: z.enum(FIGURES).optional(),
  team: z.string().optional(),
})

/** 电话随访统计: each figure with what it is of, how sure it is, and the rows behind it. */
export function FiguresPage() {
  const t = useT('call-desk')
  const today = useToday()
  const mayMatch = useCan('recording.rule.write')
  const [address, change] = useAddress(schema)
  const span = spanOf(address, today)
  const { data, error, refetch } = useApi(getCallFigures, { query: span })
  return (
    <Page
      title={t('figures.title')}
      hint={t('figures.hint')}
      actions={mayMatch && <Go to="/call-sounds">{t('sounds.title')}</Go>}
    >
      <Stack>
        <SpanChoice span={span} onChange={change} />
        {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
        {!data && !error && <Loading lines={8} />}
        {data && <Shown figures={data} onOpen={(figure, team) => change({ figure, team }, { push: true })} />}
      </Stack>
      <SideDrawer
        title={address.figure ? t(`figures.name.${address.figure}`) : ''}
        open={address.figure !== undefined}
        onClose={() => change({ figure: undefined, team: undefined })}
        widthPx={720}
      >
        {address.figure && <FigureRows figure={address.figure} team={address.team} span={span} />}
      </SideDrawer>
    </Page>
  )
}

interface ShownProps {
  figures: CallFigures
  onOpen: (figure: (typeof FIGURES)[number], team?: string) => void
}

function Shown({ figures, onOpen }: ShownProps) {
  const t = useT('call-desk')
  const { all } = figures
  if (all.calls === 0 && all.rates.coverage.of === 0)
    return <Empty title={t('figures.empty')} hint={t('figures.emptyHint')} />
  return (
    <>
      <div className="cd-rates">
        {FIGURES.map((code) => (
          <section key={code} className="pb-card" aria-label={t(`figures.name.${code}`)}>
            <h2>{t(`figures.name.${code}`)}</h2>
            <p className="cd-rate">
              <RateText rate={all.rates[code]} />
            </p>
            <p className="pb-hint">{t(`figures.means.${code}`)}</p>
            <Button type="link" size="small" style={{ padding: 0 }} onClick={() => onOpen(code)}>
              {t('figures.open', { count: all.rates[code].of })}
            </Button>
          </section>
        ))}
      </div>
      <Figures
        items={[
          { key: 'calls', label: t('figures.calls'), value: all.calls },
          { key: 'talks', label: t('figures.talks'), value: all.talk.talks },
          { key: 'total', label: t('figures.talkTotal'), value: clockText(all.talk.totalSeconds) },
          {
            key: 'median',
            label: t('figures.talkMedian'),
            value: all.talk.medianSeconds === null ? '–' : clockText(all.talk.medianSeconds),
          },
        ]}
      />
      <DaysChart days={figures.days} />
      <Teams figures={figures} onOpen={onOpen} />
      {figures.people && figures.people.length > 0 && <People people={figures.people} />}
    </>
  )
}

function Teams({ figures: { teams }, onOpen }: ShownProps) {
  const t = useT('call-desk')
  return (
    <Card title={t('figures.teams')}>
      <div className="cd-scroll" tabIndex={0} role="region" aria-label={t('figures.teams')}>
        <table className="cd-table">
          <thead>
            <tr>
              <th scope="col">{t('figures.team')}</th>
              <th scope="col">{t('figures.calls')}</th>
              {FIGURES.map((code) => (
                <th key={code} scope="col">
                  {t(`figures.name.${code}`)}
                </th>
              ))}
              <th scope="col">{t('figures.talkMedian')}</th>
            </tr>
          </thead>
          <tbody>
            {teams.map((team) => (
              <tr key={team.departmentId ?? 'none'}>
                <th scope="row">{team.name ?? t('figures.noTeam')}</th>
                <td className="pb-number">{team.calls}</td>
                {FIGURES.map((code) => (
                  <td key={code}>
                    <button type="button" className="pb-link" onClick={() => onOpen(code, team.departmentId ?? 'none')}>
                      <RateText rate={team.rates[code]} short />
                    </button>
                  </td>
                ))}
                <td className="pb-number">
                  {team.talk.medianSeconds === null ? '–' : clockText(team.talk.medianSeconds)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

function People({ people }: { people: NonNullable<CallFigures['people']> }) {
  const t = useT('call-desk')
  return (
    <Card title={t('figures.people')}>
      <p className="pb-hint">{t('figures.peopleHint')}</p>
      <div className="cd-scroll" tabIndex={0} role="region" aria-label={t('figures.people')}>
        <table className="cd-table">
          <thead>
            <tr>
              <th scope="col">{t('figures.person')}</th>
              <th scope="col">{t('figures.calls')}</th>
              <th scope="col">{t('figures.answered')}</th>
              <th scope="col">{t('figures.talkTotal')}</th>
            </tr>
          </thead>
          <tbody>
            {people.map((one) => (
              <tr key={one.staffId}>
                <th scope="row">{one.name}</th>
                <td className="pb-number">{one.calls}</td>
                <td className="pb-number">{one.answered}</td>
                <td className="pb-number">{clockText(one.talkSeconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}
