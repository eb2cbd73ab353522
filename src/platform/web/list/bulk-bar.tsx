import { Button } from 'antd'
import { useState } from 'react'
import { useT } from '../language/use-t.ts'
import { may, useMe } from '../page/session.ts'
import type { BulkAction } from './column.ts'

/** Appears when rows are chosen and says to how many it will be done. */
export function BulkBar<Row>({ rows, actions, onClear }: { rows: Row[]; actions: readonly BulkAction<Row>[]; onClear: () => void }) {
  const t = useT('web')
  const me = useMe()
  const [running, setRunning] = useState<string>()
  const run = async (action: BulkAction<Row>) => {
    setRunning(action.key)
    try {
      await action.run(rows)
      onClear()
    } finally {
      setRunning(undefined)
    }
  }
  return (
    <div className="pb-bulk" role="region" aria-label={t('list.bulk')}>
      <span role="status">{t('list.chosen', { count: rows.length })}</span>
      {actions
        .filter(({ permission }) => may(me, permission))
        .map((action) => (
          <Button key={action.key} size="small" danger={action.danger ?? false} loading={running === action.key} onClick={() => void run(action).catch(() => {})}>
            {action.label}
          </Button>
        ))}
      <button type="button" className="pb-link" onClick={onClear}>
        {t('list.clear')}
      </button>
    </div>
  )
}
