import { Alert } from 'antd'
import {
  DateText,
  Go,
  Loading,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  useApi,
  useT,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { previewMerge, type listProposals } from '../contract/merge.ts'
import { MergeForm } from './merge-form.tsx'
import { UndoForm } from './undo-form.tsx'

type Proposal = OutputOf<typeof listProposals>['rows'][number]

export interface MergeDrawerProps {
  /** The row of the list, when it is among those at hand: it knows the merge to undo. */
  proposal: Proposal | undefined
  proposalId: string | undefined
  onClose: () => void
}

/** One pair, side by side: to merge, to dismiss, or to undo. */
export function MergeDrawer({ proposal, proposalId, onClose }: MergeDrawerProps) {
  const t = useT('patient')
  const isOpen = proposalId !== undefined
  const { data, error } = useApi(
    previewMerge,
    { params: { proposalId: proposalId ?? '' } },
    { enabled: isOpen && (!proposal || proposal.state === 'open'), keep: false },
  )
  const settled = proposal && proposal.state !== 'open' ? proposal : undefined
  return (
    <SideDrawer title={t('merge.compare')} open={isOpen} onClose={onClose} widthPx={760}>
      {settled ? (
        <Settled proposal={settled} onClose={onClose} />
      ) : error ? (
        <ProblemAlert problem={error} />
      ) : data ? (
        <MergeForm key={proposalId} preview={data} onDone={onClose} />
      ) : (
        <Loading />
      )}
    </SideDrawer>
  )
}

function Settled({ proposal, onClose }: { proposal: Proposal; onClose: () => void }) {
  const t = useT('patient')
  const { left, right, merge, decided } = proposal
  return (
    <Stack>
      <Alert
        type="info"
        title={
          <>
            {t(`merge.tabs.${proposal.state}`)} · {decided.by} <DateText date={decided.at?.slice(0, 10)} />{' '}
            {decided.reason && <em>“{decided.reason}”</em>}
          </>
        }
      />
      <Row>
        {[left, right].map((person) => (
          <Go key={person.id} to={`/patients/${person.id}`}>
            {person.name}（{t(`words.state.${person.state}`)}）
          </Go>
        ))}
      </Row>
      {merge && (
        <UndoForm
          mergeId={merge.id}
          name={left.state === 'merged' ? right.name : left.name}
          until={merge.undoUntil}
          onDone={onClose}
        />
      )}
    </Stack>
  )
}
