import { Button, Select } from 'antd'
import { z } from 'zod'
import { Empty, Loading, ProblemAlert, Row, Stack, useAddress, useApi, useT } from '../../../../platform/web/index.ts'
import { COMPARED_MOST } from '../../contract/indicators.ts'
import { listReports, type ReportLine } from '../../contract/reports.ts'
import { useValueWords } from '../use-value-words.ts'
import { Comparison } from './comparison.tsx'

const address = z.object({ compare: z.string().optional() })
const LISTED_MOST = 200

/** Any exams side by side, chosen by their date; the latest two to begin with. */
export function ExamComparison({ patientId }: { patientId: string }) {
  const t = useT('observation')
  const words = useValueWords()
  const [{ compare }, change] = useAddress(address)
  const { data, error, refetch } = useApi(listReports, { params: { patientId }, query: { limit: LISTED_MOST } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={6} />
  const exams = data.rows.filter(({ items }) => items > 0)
  if (exams.length < 2) return <Empty title={t('compare.fewTitle')} hint={t('compare.few')} />
  const chosen = compare?.split(',').filter(Boolean) ?? idsOf(exams.slice(0, 2))
  const choose = (ids: readonly string[]) => change({ compare: ids.length > 0 ? ids.join(',') : undefined })
  const picks = [
    ['latest', exams.slice(0, 2)],
    ['six', exams.slice(0, COMPARED_MOST)],
    ['ends', [exams[0]!, exams.at(-1)!]],
  ] as const
  return (
    <Stack>
      <div className="pb-unprinted">
        <Row>
          <Select
            mode="multiple"
            aria-label={t('compare.choose', { count: COMPARED_MOST })}
            placeholder={t('compare.placeholder')}
            value={chosen}
            onChange={choose}
            maxCount={COMPARED_MOST}
            optionFilterProp="label"
            style={{ minWidth: 280, flex: '1 1 320px' }}
            options={exams.map(({ id, at, title }) => ({ value: id, label: `${words.day(at)} ${title}` }))}
          />
          {picks.map(([key, some]) => (
            <Button key={key} onClick={() => choose(idsOf(some))}>
              {t(`compare.${key}`)}
            </Button>
          ))}
        </Row>
      </div>
      <Comparison patientId={patientId} reports={chosen.join(',')} />
    </Stack>
  )
}

const idsOf = (exams: readonly ReportLine[]): string[] => exams.map(({ id }) => id)
