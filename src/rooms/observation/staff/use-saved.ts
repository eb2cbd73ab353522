import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useSay, useT } from '../../../platform/web/index.ts'

const READS = [
  'overview',
  'timeline',
  'listIndicators',
  'courses',
  'listReports',
  'getReport',
  'listFacts',
  'compareReports',
]

/** After the record has changed: says so, and has everything that shows it asked again. */
export function useSaved(): (text?: string) => Promise<void> {
  const t = useT('observation')
  const say = useSay()
  const client = useQueryClient()
  return useCallback(
    async (text) => {
      say.done(text ?? t('saved'))
      await Promise.all([
        ...READS.map((name) => client.invalidateQueries({ queryKey: [`observation.${name}`] })),
        client.invalidateQueries({ queryKey: ['patient-timeline'] }),
      ])
    },
    [client, say, t],
  )
}
