import { useEffect, useState } from 'react'
import { useAction } from '../../../platform/web/index.ts'
import type { Answers } from '../contract/form.ts'
import { proposeClass, type ProposalView, type VisitView } from '../contract/visit.ts'
import type { VisitValues } from './visit-form.tsx'

/** Quiet for so long, and the answers so far are reckoned. */
const QUIET_MS = 400

/** What the answers so far speak for; follows what is typed. */
export function useProposal(visit: VisitView, values: VisitValues | undefined): ProposalView | undefined {
  const [proposal, setProposal] = useState<ProposalView>()
  const { mutateAsync: ask } = useAction(proposeClass)
  // As text, so that the same answers are asked about once.
  const asked = JSON.stringify({ actualOn: values?.actualOn, way: values?.way, answers: values?.answers ?? {} })
  const { id, today } = visit
  useEffect(() => {
    const { actualOn, way, answers } = JSON.parse(asked) as Partial<VisitValues> & { answers: Answers }
    if (!actualOn || !way || actualOn > today) return undefined
    let stale = false
    const timer = setTimeout(() => {
      const given = Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== null))
      ask({ params: { occurrenceId: id }, body: { way, actualOn, answers: given } })
        .then((next) => stale || setProposal(next))
        // What is half typed may not be read yet; the form itself says what is wrong when it is sent.
        .catch(() => {})
    }, QUIET_MS)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [asked, ask, id, today])
  return proposal
}
