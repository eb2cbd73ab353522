import { Button } from 'antd'
import {
  Card,
  FactLines,
  InstantText,
  Row,
  Status,
  useAction,
  useSay,
  useT,
  type T,
} from '../../../platform/web/index.ts'
import { undoMove, type Move, type Relationship } from '../contract/lifecycle.ts'
import { MOVED } from './changed.ts'
import './lifecycle.css'

/** Every move with who or what made it and why; the last one by hand may be taken back. */
export function MovesCard({ patientId, data }: { patientId: string; data: Relationship }) {
  const t = useT('lifecycle')
  const say = useSay()
  const undo = useAction(undoMove, {
    invalidates: MOVED,
    // In the place of the way back that the move itself had offered.
    onDone: () => say.done(t('move.undone'), `relationship ${patientId}`),
  })
  const back = () =>
    undo.mutate(
      { params: { patientId: patientId as never }, body: { revision: data.revision } },
      { onError: say.problem },
    )
  return (
    <Card title={t('history.title')}>
      {data.moves.length === 0 && <p className="pb-hint">{t('history.none')}</p>}
      <ol className="lc-moves">
        {data.moves.map((move, n) => (
          <li key={move.id}>
            <MoveLine patientId={patientId} move={move} />
            {n === 0 && data.can.undo && (
              <Button size="small" loading={undo.isPending} onClick={back}>
                {t('move.undo')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Card>
  )
}

function MoveLine({ patientId, move }: { patientId: string; move: Move }) {
  const t = useT('lifecycle')
  const to = t(`stage.${move.to}`)
  return (
    <>
      <Row>
        <strong>
          {move.kind === 'resumed'
            ? t('history.resumed')
            : move.from
              ? t('history.move', { from: t(`stage.${move.from}`), to })
              : t('history.began', { to })}
        </strong>
        <span className="pb-hint">
          <InstantText at={move.at} />
        </span>
        <span className="pb-hint">{whoOf(t, move)}</span>
        {move.undone && <Status>{t('history.undone')}</Status>}
      </Row>
      {move.because && <p>{move.because}</p>}
      {move.restsUntil && <p className="pb-hint">{t('history.rests', { date: move.restsUntil })}</p>}
      {move.facts.length > 0 && <FactLines facts={move.facts} patientId={patientId} />}
    </>
  )
}

function whoOf(t: T, move: Move): string {
  if (move.kind === 'rule')
    return move.ruleVersion === null ? t('history.ruleStart') : t('history.rule', { version: move.ruleVersion })
  if (move.kind === 'undo') return t('history.undo', { by: move.by })
  if (move.kind === 'merge') return t('history.merge')
  if (move.kind === 'unmerge') return t('history.unmerge')
  return move.by
}
