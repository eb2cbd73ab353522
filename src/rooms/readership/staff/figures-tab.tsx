import { z } from 'zod'
import {
  DateInput,
  Empty,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  useAddress,
  useApi,
  useT,
  useToday,
} from '../../../platform/web/index.ts'
import { addDays } from '../../../platform/clock.ts'
import { readingFigures } from '../contract/readership.ts'
import { ReadersDrawer } from './readers-drawer.tsx'
import { MEASURES, ReadingTable } from './reading-table.tsx'

const addressSchema = z.object({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  rows: z.string().optional(),
  of: z.enum(MEASURES).optional(),
})
const DAYS = 30

export function FiguresTab() {
  const t = useT('readership')
  const today = useToday()
  const [address, change] = useAddress(addressSchema)
  const { from = addDays(today, 1 - DAYS), to = today, rows, of } = address
  const { data, error, refetch } = useApi(readingFigures, { query: { from, to } })
  return (
    <Stack>
      <Row>
        <label>
          {t('reading.from')} <DateInput value={from} onChange={(value) => change({ from: value })} />
        </label>
        <label>
          {t('reading.to')} <DateInput value={to} onChange={(value) => change({ to: value })} />
        </label>
      </Row>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data?.lines.length === 0 && <Empty title={t('reading.empty')} hint={t('reading.emptyHint')} />}
      {data && data.lines.length > 0 && (
        <ReadingTable
          lines={data.lines}
          total={data.total}
          {...(data.can.rows
            ? { linkOf: (template, measure) => `?${new URLSearchParams({ from, to, rows: template, of: measure })}` }
            : {})}
        />
      )}
      {data?.can.rows && rows && of && (
        <ReadersDrawer
          span={{ from, to }}
          template={rows}
          name={data.lines.find(({ template }) => template === rows)?.name ?? rows}
          of={of}
          onClose={() => change({ rows: undefined, of: undefined })}
        />
      )}
    </Stack>
  )
}
