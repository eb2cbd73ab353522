import { useEffect, useState } from 'react'
import { useAction } from '../../../platform/web/index.ts'
import { proposeClass, type ProposalView, type VisitView } from '../contract/visit.ts'
import type { VisitValues } from './visit-form.tsx'

/** Quiet for so long, and the answers so far are reckoned. */
const QUIET_MS = 400

/** What the answers so far speak for; follows what is typed. */
export function useProposal(visit: VisitView, values: VisitValues | undefined): ProposalView | undefined {
  const [proposal, setProposal] = useState<ProposalView>()
  const ask = useAction(proposeClass)
  const { actualOn, way, answers = {} } = values ?? {}
  const key = JSON.stringify([actualOn, way, answers])
  useEffect(() => {
    if (!actualOn || !way || actualOn > visit.today) return undefined
    let stale = false
    const timer = setTimeout(() => {
      const given = Object.fromEntries(
        Object.entries(answers).filter(([, value]) => value !== undefined && value !== null),
      )
      ask
        .mutateAsync({ params: { occurrenceId: visit.id }, body: { way, actualOn, answers: given as never } })
        .then((next) => stale || setProposal(next))
        // What is half typed may not be read yet; the form itself says what is wrong when it is sent.
        .catch(() => {})
    }, QUIET_MS)
    return () => {
      stale = true
      clearTimeout(timer)
    }
    // The key stands for what is asked about.
  }, [key, visit.id])
  return proposal
}
