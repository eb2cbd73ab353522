import { ExportOutlined, PlayCircleOutlined, RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Row, Status, useT, type Tone } from '../../../../platform/web/index.ts'
import type { Saving } from './use-draft.ts'

const TONES: Record<Saving, Tone> = {
  saved: 'good',
  unsaved: 'plain',
  saving: 'plain',
  failed: 'due',
  unfinished: 'due',
  refused: 'danger',
  conflict: 'danger',
}

/** Back, forth, whether it has arrived, and the trial walk. */
export function Toolbar({
  history,
  saving,
  refusal,
  isDraft,
  left,
  readOnly,
  onWalk,
  onExport,
}: {
  history: { canUndo: boolean; canRedo: boolean; undo: () => void; redo: () => void }
  saving: Saving
  refusal: string | undefined
  /** The house has a draft: else what is in force is shown, and nothing is kept before it is changed. */
  isDraft: boolean
  left: boolean
  readOnly: boolean
  onWalk: () => void
  onExport: () => void
}) {
  const t = useT('follow-up')
  return (
    <div className="pb-path-bar">
      <Row>
        <Button type="primary" icon={<PlayCircleOutlined />} onClick={onWalk}>
          {t('design.walk.open')}
        </Button>
        <Button icon={<ExportOutlined />} onClick={onExport}>
          {t('exchange.export')}
        </Button>
        {!readOnly && (
          <>
            <Button icon={<UndoOutlined />} disabled={!history.canUndo} onClick={history.undo} title="Ctrl Z">
              {t('design.undo')}
            </Button>
            <Button icon={<RedoOutlined />} disabled={!history.canRedo} onClick={history.redo} title="Ctrl Shift Z">
              {t('design.redo')}
            </Button>
            <span role="status" data-saving={saving}>
              {saving === 'saved' && !isDraft ? (
                <Status>{t('design.untouched')}</Status>
              ) : (
                <Status tone={TONES[saving]}>{t(`design.saving.${saving}`)}</Status>
              )}
            </span>
            {saving === 'refused' && <span className="pb-danger">{refusal}</span>}
            {left && <span className="pb-hint">{t('design.restored')}</span>}
          </>
        )}
      </Row>
    </div>
  )
}
