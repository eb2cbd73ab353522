import { RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Row, Status, useT, type Tone } from '../../../../platform/web/index.ts'
import type { Saving } from './use-autosave.ts'

const TONES: Record<Saving, Tone> = {
  saved: 'good',
  unsaved: 'plain',
  saving: 'plain',
  failed: 'due',
  conflict: 'danger',
}

/** Back, forth, and whether it has arrived. */
export function Toolbar({
  history,
  saving,
  left,
}: {
  history: { canUndo: boolean; canRedo: boolean; undo: () => void; redo: () => void }
  saving: Saving
  left: boolean
}) {
  const t = useT('questionnaire')
  return (
    <div className="pb-design-bar">
      <Row>
        <Button icon={<UndoOutlined />} disabled={!history.canUndo} onClick={history.undo} title="Ctrl Z">
          {t('design.undo')}
        </Button>
        <Button icon={<RedoOutlined />} disabled={!history.canRedo} onClick={history.redo} title="Ctrl Shift Z">
          {t('design.redo')}
        </Button>
        <span role="status">
          <Status tone={TONES[saving]}>{t(`design.saving.${saving}`)}</Status>
        </span>
        {left && <span className="pb-hint">{t('design.restored')}</span>}
      </Row>
    </div>
  )
}
