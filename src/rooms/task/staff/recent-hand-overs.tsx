import { InstantText, useAction, useApi, useSay, useT } from '../../../platform/web/index.ts'
import { listHandOvers, undoHandOver } from '../contract/hand-over.ts'
import { CHANGED_BY_ACT } from './changed.ts'

/** Hand-overs of the last day, each with its way back. */
export function RecentHandOvers() {
  const t = useT('task')
  const say = useSay()
  const { data } = useApi(listHandOvers)
  const undo = useAction(undoHandOver, {
    invalidates: CHANGED_BY_ACT,
    onDone: ({ undone, kept }) => say.done(t(kept > 0 ? 'said.undoneSome' : 'said.undone', { count: undone, kept })),
  })
  const batches = data?.batches ?? []
  if (batches.length === 0) return null
  return (
    <ul className="pb-stack pb-stack-tight" aria-label={t('handOver.recent')}>
      {batches.map(({ id, toName, count, byName, at, reason }) => (
        <li key={id}>
          <InstantText at={at} /> {t('handOver.line', { by: byName, count, name: toName, reason })}{' '}
          <button type="button" className="pb-link" disabled={undo.isPending} onClick={() => undo.mutate({ params: { batchId: id } }, { onError: say.problem })}>
            {t('handOver.undo', { count })}
          </button>
        </li>
      ))}
    </ul>
  )
}
