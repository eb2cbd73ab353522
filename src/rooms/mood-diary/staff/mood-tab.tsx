import { Button } from 'antd'
import {
  Card,
  DateText,
  Empty,
  Loading,
  ProblemAlert,
  Stack,
  TrendChart,
  useApiPages,
  useT,
  type RowOf,
  type TrendPoint,
} from '../../../platform/web/index.ts'
import { readDiary } from '../contract/mood-diary.ts'

type Entry = RowOf<typeof readDiary>

/** As the person was asked: 1 very bad to 5 very good. */
const STEPS = { min: 1, max: 5, step: 1 }

/** 情绪日记: what the client has shared with whoever looks. */
export function MoodTab({ patientId }: { patientId: string }) {
  const t = useT('mood-diary')
  const diary = useApiPages(readDiary, { params: { patientId: patientId as never } })
  if (diary.error) return <ProblemAlert problem={diary.error} onRetry={() => void diary.refetch()} />
  if (!diary.data) return <Loading lines={5} />
  const { rows } = diary.data
  if (rows.length === 0) return <Empty title={t('tab.empty')} hint={t('tab.emptyHint')} />
  return (
    <Stack>
      <p className="pb-hint">{t('tab.shared')}</p>
      <Card>
        <TrendChart
          title={t('tab.mood')}
          unit=""
          series={[{ name: t('tab.mood'), points: moods(rows) }]}
          scale={STEPS}
          heightPx={160}
        />
      </Card>
      {nights(rows).length > 1 && (
        <Card>
          <TrendChart
            title={t('tab.sleep')}
            unit={t('tab.hours')}
            series={[{ name: t('tab.sleep'), points: nights(rows) }]}
            heightPx={160}
          />
        </Card>
      )}
      <Card title={t('tab.list')}>
        <Stack>
          {rows.map((entry) => (
            <EntryLine key={entry.id} entry={entry} />
          ))}
        </Stack>
        {diary.hasNextPage && (
          <Button type="text" loading={diary.isFetchingNextPage} onClick={() => void diary.fetchNextPage()}>
            {t('tab.earlier')}
          </Button>
        )}
      </Card>
    </Stack>
  )
}

function EntryLine({ entry }: { entry: Entry }) {
  const t = useT('mood-diary')
  return (
    <div>
      <strong>
        <DateText date={entry.on} />
      </strong>{' '}
      {t(`tab.moodOf.${entry.mood}`)}
      {entry.sleepHours !== null && ` · ${t('tab.slept', { hours: entry.sleepHours })}`}
      {entry.note && <p style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', marginBlock: 4 }}>{entry.note}</p>}
    </div>
  )
}

const moods = (rows: readonly Entry[]): TrendPoint[] =>
  rows.map(({ on, mood }) => ({ at: on, value: mood })).toReversed()

const nights = (rows: readonly Entry[]): TrendPoint[] =>
  rows.flatMap(({ on, sleepHours }) => (sleepHours === null ? [] : [{ at: on, value: sleepHours }])).toReversed()
