import { Button } from 'antd'
import {
  Go,
  InstantText,
  Loading,
  ProblemAlert,
  Stack,
  useApiPages,
  useCan,
  useGo,
  useT,
} from '../../../platform/web/index.ts'
import { patientHomeVisits } from '../contract/home-visit.ts'
import { OutcomeStatus } from './visit-list.tsx'
import './home-visit.css'

/** Beside a follow-up: the visits that were made for it, and the way to one. */
export function FollowUpPart({
  patientId,
  followUpId,
  isOpen,
}: {
  patientId: string
  followUpId: string
  isOpen: boolean
}) {
  const t = useT('home-visit')
  const go = useGo()
  const mayWrite = useCan('home-visit.write')
  const { data, error, refetch } = useApiPages(patientHomeVisits, {
    params: { patientId: patientId as never },
    query: { limit: 10, followUp: followUpId },
  } as never)
  const rows = data?.rows ?? []
  if (data && rows.length === 0 && !(isOpen && mayWrite)) return null
  return (
    <section aria-label={t('list.one')}>
      <h3>{t('list.one')}</h3>
      <Stack tight>
        {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
        {!data && !error && <Loading lines={1} />}
        {rows.map((row) => (
          <div key={row.id} className="pb-row">
            <Go to={`/patients/${patientId}?tab=home-visits&visit=${row.id}`}>
              <InstantText at={row.arrivedAt} />
            </Go>
            <OutcomeStatus visit={row} />
            <span className="pb-hint">{row.staff.name}</span>
          </div>
        ))}
        {isOpen && mayWrite && (
          <div>
            <Button onClick={() => go(`/home-visits/new?patient=${patientId}&followUp=${followUpId}`)}>
              {t('act.goThere')}
            </Button>
          </div>
        )}
      </Stack>
    </section>
  )
}
