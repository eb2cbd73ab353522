import { useApiPages } from '../../../platform/web/index.ts'
import { patientRecordings } from '../contract/listen.ts'
import { RecordingList } from './recording-list.tsx'

/** 通话录音 of one person. */
export function PatientRecordingsTab({ patientId }: { patientId: string }) {
  const rows = useApiPages(patientRecordings, {
    params: { patientId: patientId as never },
    query: { limit: 30 },
  } as never)
  return <RecordingList rows={rows} ofOne />
}
