import { useQueries } from '@tanstack/react-query'
import { call, useLocale, useSlot, type TimelineSource } from '../../../../platform/web/index.ts'
import { timelinePage, type TimelineEndpoint } from '../../contract/timeline.ts'
import { useValueWords } from '../use-value-words.ts'
import { careEvent, type AxisEvent } from './events.ts'

const MOST = 100

/** Follow-ups and plan visits that other rooms tell of, to be marked beside the values; what cannot be read is missing. */
export function useCareEvents(patientId: string): AxisEvent[] {
  const locale = useLocale()
  const { day } = useValueWords()
  const sources = (useSlot('timelineSources') as TimelineSource[]).filter(({ onAxis }) => onAxis)
  const answers = useQueries({
    queries: sources.map(({ key, endpoint }) => ({
      queryKey: ['axis-events', key, patientId, locale],
      queryFn: async () =>
        timelinePage.parse(await call(endpoint as TimelineEndpoint, { params: { patientId }, query: { limit: MOST } })),
    })),
  })
  return answers.flatMap(({ data }, at) =>
    (data?.rows ?? [])
      .filter(({ code }) => sources[at]!.onAxis!.includes(code))
      .map((entry) => careEvent(entry, day(entry.at))),
  )
}
