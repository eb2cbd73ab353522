import { Segmented } from 'antd'
import { useState } from 'react'
import {
  Card,
  DataTable,
  Empty,
  ProblemAlert,
  Stack,
  useApi,
  useLocale,
  useT,
  type Column,
} from '../../../platform/web/index.ts'
import { planSimilarity, SIMILARITY_DAYS } from '../contract/similarity.ts'

type Line = NonNullable<ReturnType<typeof useApi<typeof planSimilarity>>['data']>['rows'][number]

/** 方案相似度: whether plans are fitted to people, or a template is signed again and again. */
export function SimilarityCard() {
  const t = useT('care-plan')
  const locale = useLocale()
  const [days, setDays] = useState<number>(SIMILARITY_DAYS[0])
  const { data, error, refetch } = useApi(planSimilarity, { query: { days } as never })
  const columns: Column<Line>[] = [
    { key: 'title', title: t('template.name'), render: ({ title }) => (locale === 'en' ? title.en : title.zh) },
    { key: 'count', title: t('similar.count'), number: true, render: ({ count }) => count },
    {
      key: 'unchanged',
      title: t('similar.unchanged'),
      number: true,
      render: ({ unchanged, count }) => share(unchanged, count),
    },
    {
      key: 'median',
      title: t('similar.median'),
      number: true,
      render: ({ medianPercent }) => (medianPercent === null ? '–' : `${medianPercent}%`),
    },
    { key: 'alike', title: t('similar.alike'), number: true, render: ({ alike, count }) => share(alike, count) },
  ]
  return (
    <Card
      title={t('similar.title')}
      extra={
        <Segmented
          aria-label={t('similar.window')}
          value={days}
          options={SIMILARITY_DAYS.map((value) => ({ value, label: t('similar.days', { days: value }) }))}
          onChange={setDays}
        />
      }
    >
      <Stack tight>
        <p className="pb-hint">{t('similar.hint')}</p>
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
        <DataTable
          name="care-plan-similarity"
          label={t('similar.title')}
          rows={data?.rows ?? []}
          columns={columns}
          rowKey={({ code }) => code}
          rowName={({ title }) => title.zh}
          empty={<Empty title={t('similar.empty')} />}
        />
      </Stack>
    </Card>
  )
}

/** “3 / 12”: small numbers stay numbers. */
const share = (part: number, of: number) => (of === 0 ? '–' : `${part} / ${of}`)
