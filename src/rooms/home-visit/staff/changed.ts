import { useQueryClient } from '@tanstack/react-query'
import { getHomeVisit, homeVisitTimeline, listHomeVisits, patientHomeVisits } from '../contract/home-visit.ts'

/** What any act on a visit changes. */
export const CHANGED = [getHomeVisit, listHomeVisits, patientHomeVisits, homeVisitTimeline]

/** Asks again for what is shown of visits, once files have arrived that no act has sent. */
export function useRefreshVisits(): () => Promise<unknown> {
  const client = useQueryClient()
  return () => Promise.all(CHANGED.map(({ name }) => client.invalidateQueries({ queryKey: [name] })))
}
