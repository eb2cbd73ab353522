import { ControlOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover } from 'antd'
import { useT } from '../language/use-t.ts'
import { shownColumns, type Column } from './column.ts'

export interface ColumnChooserProps<Row> {
  columns: readonly Column<Row>[]
  chosen: readonly string[] | undefined
  onChoose: (keys: string[] | undefined) => void
}

export function ColumnChooser<Row>({ columns, chosen, onChoose }: ColumnChooserProps<Row>) {
  const t = useT('web')
  const shown = shownColumns(columns, chosen).map(({ key }) => key)
  const content = (
    <div className="pb-stack pb-stack-tight" role="group" aria-label={t('list.columns')}>
      {columns.slice(1).map(({ key, title }) => (
        <Checkbox
          key={key}
          checked={shown.includes(key)}
          onChange={({ target }) => onChoose(target.checked ? [...shown, key] : shown.filter((other) => other !== key))}
        >
          {title}
        </Checkbox>
      ))}
      <button type="button" className="pb-link" onClick={() => onChoose(undefined)}>
        {t('list.columnsReset')}
      </button>
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomRight" content={content}>
      <Button type="text" size="small" icon={<ControlOutlined />}>
        {t('list.columns')}
      </Button>
    </Popover>
  )
}
