import { z } from 'zod'
import {
  Empty,
  Loading,
  ProblemAlert,
  SpanChoice,
  spanOf,
  Stack,
  useAddress,
  useApi,
  useT,
  useToday,
} from '../../../platform/web/index.ts'
import { readingFigures } from '../contract/readership.ts'
import { ReadersDrawer } from './readers-drawer.tsx'
import { MEASURES, ReadingTable } from './reading-table.tsx'

const addressSchema = z.object({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  rows: z.string().optional(),
  of: z.enum(MEASURES).optional(),
})

export function FiguresTab() {
  const t = useT('readership')
  const today = useToday()
  const [address, change] = useAddress(addressSchema)
  const { rows, of } = address
  const { from, until: to } = spanOf({ from: address.from, until: address.to }, today)
  const { data, error, refetch } = useApi(readingFigures, { query: { from, to } })
  return (
    <Stack>
      <SpanChoice
        span={{ from, until: to }}
        onChange={({ from: first, until }) =>
          change({ ...(first ? { from: first } : {}), ...(until ? { to: until } : {}) })
        }
      />
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
