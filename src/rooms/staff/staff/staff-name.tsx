import { useApi } from '../../../platform/web/index.ts'
import { listDirectory } from '../contract/staff.ts'

/** The name of an active colleague; nothing for nobody. The directory is asked for once and kept. */
export function StaffName({ staffId }: { staffId: string | null | undefined }) {
  const { data } = useApi(listDirectory, { query: { limit: 500 } })
  return <>{data?.staff.find(({ id }) => id === staffId)?.name}</>
}
