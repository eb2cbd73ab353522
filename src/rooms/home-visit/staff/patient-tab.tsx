import { Button } from 'antd'
import { Row, Stack, useApiPages, useCan, useGo, useT } from '../../../platform/web/index.ts'
import { patientHomeVisits } from '../contract/home-visit.ts'
import { VisitList } from './visit-list.tsx'

/** 家访 of one person. */
export function PatientVisitsTab({ patientId }: { patientId: string }) {
  const t = useT('home-visit')
  const go = useGo()
  const mayWrite = useCan('home-visit.write')
  const rows = useApiPages(patientHomeVisits, {
    params: { patientId: patientId as never },
    query: { limit: 30 },
  } as never)
  return (
    <Stack>
      {mayWrite && (
        <Row>
          <Button type="primary" onClick={() => go(`/home-visits/new?patient=${patientId}`)}>
            {t('act.new')}
          </Button>
        </Row>
      )}
      <VisitList rows={rows} ofOne />
    </Stack>
  )
}
