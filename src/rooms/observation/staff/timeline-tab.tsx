import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Checkbox, Alert } from 'antd'
import { z } from 'zod'
import { dateIn } from '../../../platform/clock.ts'
import {
  call,
  Card,
  DateText,
  Empty,
  listOf,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  useAddress,
  useLocale,
  useSlot,
  useT,
  useTimeZone,
  type TimelineSource,
} from '../../../platform/web/index.ts'
import { timelinePage, type TimelineEndpoint } from '../contract/timeline.ts'
import { hasMore, nextEntries, type SourceState } from './merge-timeline.ts'
import { TimelineRow } from './timeline-row.tsx'

const PAGE = 30
const filter = z.object({ only: listOf(z.string()) })
type Source = TimelineSource & { room: string }

/** What happened, from every room, in one order. */
export function TimelineTab({ patientId }: { patientId: string }) {
  const t = useT('observation')
  const timeZone = useTimeZone()
  const sources = useSlot('timelineSources') as Source[]
  const [{ only = [] }, change] = useAddress(filter)
  const shown = only.length > 0 ? sources.filter(({ key }) => only.includes(key)) : sources
  const { data, error, isLoading, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useEntries(
    patientId,
    shown,
  )
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (isLoading || !data) return <Loading lines={8} />
  const rows = data.pages.flatMap((page) => page.rows)
  const silent = [...new Set(data.pages.flatMap((page) => page.silent))]
  const days = Map.groupBy(rows, (row) => dateIn(new Date(row.at), timeZone))
  return (
    <Stack>
      {sources.length > 1 && (
        <Row>
          <span className="pb-hint">{t('timeline.only')}</span>
          <Checkbox.Group
            options={sources.map(({ key, label }) => ({ value: key, label }))}
            value={only}
            onChange={(keys) => change({ only: keys as string[] })}
          />
        </Row>
      )}
      {silent.length > 0 && (
        <Alert
          type="warning"
          title={t('timeline.silent', {
            sources: sources
              .filter(({ key }) => silent.includes(key))
              .map(({ label }) => label)
              .join('、'),
          })}
        />
      )}
      {rows.length === 0 && <Empty title={t('timeline.empty')} hint={t('timeline.emptyHint')} />}
      {[...days].map(([day, entries]) => (
        <Card key={day} title={<DateText date={day} />}>
          <Stack>
            {entries.map((entry) => (
              <TimelineRow key={`${entry.source} ${entry.id}`} entry={entry} />
            ))}
          </Stack>
        </Card>
      ))}
      {hasNextPage && (
        <Row>
          <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('timeline.more')}
          </Button>
        </Row>
      )}
    </Stack>
  )
}

function useEntries(patientId: string, sources: readonly Source[]) {
  const locale = useLocale()
  const endpoints = new Map(sources.map(({ key, endpoint }) => [key, endpoint as TimelineEndpoint]))
  const ask = async (source: string, cursor: string | undefined) =>
    timelinePage.parse(
      await call(endpoints.get(source)!, {
        params: { patientId },
        query: { limit: PAGE, ...(cursor ? { cursor } : {}) },
      }),
    )
  return useInfiniteQuery({
    queryKey: ['patient-timeline', patientId, sources.map(({ key }) => key), locale],
    queryFn: ({ pageParam }) => nextEntries(pageParam, ask, PAGE),
    initialPageParam: sources.map(({ key, room }): SourceState => ({
      source: key,
      room,
      waiting: [],
      cursor: undefined,
    })),
    getNextPageParam: (last) => (hasMore(last.states) ? last.states : undefined),
  })
}
