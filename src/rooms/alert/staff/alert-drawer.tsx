import { Alert } from 'antd'
import {
  Facts,
  Go,
  InstantText,
  Loading,
  ProblemAlert,
  SideDrawer,
  Stack,
  useApi,
  useCan,
  useT,
  useShipped,
} from '../../../platform/web/index.ts'
import { getAlert } from '../contract/alert.ts'
import type { AlertView } from '../contract/words.ts'
import { AlertActs } from './alert-acts.tsx'
import { AlertLog, Attempts } from './alert-log.tsx'
import { AlertMarks, AlertState, ClassChip, rangeWords, ResultText } from './alert-words.tsx'
import { AlertClock, useNow } from './clock.tsx'
import { PersonLine } from './person-line.tsx'

/** An alert at the side: whom it is about, the value, what one may do now, and all that was done. */
export function AlertDrawer({ alertId, onClose }: { alertId: string | undefined; onClose: () => void }) {
  const t = useT('alert')
  const { data, error, refetch } = useApi(
    getAlert,
    { params: { alertId: (alertId ?? '') as never } },
    { enabled: alertId !== undefined, keep: false },
  )
  return (
    <SideDrawer title={t('drawer.title')} open={alertId !== undefined} onClose={onClose}>
      {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <Stack>
          <Head alert={data} />
          <AlertActs key={`${data.id} ${data.version}`} alert={data} />
          <Details alert={data} />
          <Attempts alert={data} />
          <AlertLog alert={data} />
        </Stack>
      )}
    </SideDrawer>
  )
}

function Head({ alert }: { alert: AlertView }) {
  const t = useT('alert')
  const now = useNow()
  const mayOpen = useCan('patient.read')
  const { patient } = alert
  const hint = alert.withdrawn ? 'withdrawnHint' : alert.correctedAt ? 'correctedHint' : undefined
  return (
    <div className="pb-stack pb-stack-tight">
      <div className="pb-row">
        <ClassChip of={alert.class} long />
        <AlertState alert={alert} />
        <AlertClock alert={alert} now={now} />
        <AlertMarks alert={alert} />
      </div>
      <div className="pb-row" style={{ fontSize: 16 }}>
        {mayOpen ? (
          <Go to={`/patients/${patient.id}`}>
            <PersonLine patient={patient} />
          </Go>
        ) : (
          <PersonLine patient={patient} />
        )}
        {patient.phoneMasked && <span className="pb-number pb-hint">{patient.phoneMasked}</span>}
      </div>
      <div style={{ fontSize: 18 }}>
        <ResultText alert={alert} />
      </div>
      {hint && <Alert type="warning" showIcon title={t(`drawer.${hint}`)} />}
      {patient.deceased && alert.state !== 'closed' && <Alert type="info" showIcon title={t('drawer.deceasedHint')} />}
    </div>
  )
}

function Details({ alert }: { alert: AlertView }) {
  const t = useT('alert')
  const shipped = useShipped()
  const { result, rule, closing } = alert
  return (
    <Facts
      items={[
        [t('drawer.range'), result && rangeWords(result)],
        [t('drawer.found'), <InstantText key="found" at={alert.effectiveAt} />],
        [t('drawer.raised'), <InstantText key="raised" at={alert.raisedAt} />],
        [t('column.handler'), alert.handler?.name],
        [t('drawer.doctor'), alert.patient.doctorName],
        [
          t('drawer.rule'),
          rule &&
            t('drawer.ruleWords', { source: shipped(rule.source), version: rule.version, owner: rule.ownerName ?? '' }),
        ],
        [t('drawer.note'), alert.note],
        [t('column.closedWith'), alert.closedResult && t(`result.${alert.closedResult}`)],
        [t('close.text'), closing?.text],
        [t('close.on'), closing?.on],
      ]}
    />
  )
}
