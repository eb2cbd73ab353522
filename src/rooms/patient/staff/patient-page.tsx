import {
  Empty,
  GroupedTabs,
  Loading,
  Page,
  PATIENT_TAB_GROUPS,
  ProblemAlert,
  useApi,
  usePathParam,
  useSlot,
  useT,
} from '../../../platform/web/index.ts'
import { getPatient } from '../contract/patient.ts'
import { PatientHeader } from './patient-header.tsx'

/** The patient's page: who it is, always in sight, and what every room has to tell. */
export function PatientPage() {
  const t = useT('patient')
  const patientId = usePathParam('patientId')
  const tabs = useSlot('patientTabs')
  const { data, error, isLoading, refetch } = useApi(getPatient, { params: { patientId } }, { keep: false })
  if (error) {
    return (
      <Page title={t('nav.patient')}>
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
      </Page>
    )
  }
  if (isLoading || !data) return <Loading lines={6} />
  const groups = PATIENT_TAB_GROUPS.map((key) => ({ key, label: t(`group.${key}`) }))
  const items = tabs
    .filter(({ isFor }) => isFor?.(data) ?? true)
    .map(({ key, group, label, component: Tab }) => ({ key, group, label, content: <Tab patientId={patientId} /> }))
  return (
    <PatientHeader patient={data}>
      {items.length > 0 ? (
        <GroupedTabs label={t('header.parts')} groups={groups} items={items} />
      ) : (
        <Empty title={t('header.noTabs')} />
      )}
    </PatientHeader>
  )
}
