import { PlusOutlined } from '@ant-design/icons'
import { Dropdown, Button, Input } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { useRef } from 'react'
import { useT } from '../../../../platform/web/index.ts'

/** A value of the person that may stand in a text: its name in Liquid, and what people call it. */
export interface Value {
  name: string
  label: string
}

export interface WordsFieldProps {
  label: string
  value: string
  most: number
  /** Several lines. */
  rows?: number
  hint?: string
  values?: readonly Value[]
  onChange: (words: string) => void
}

/** Words of a block: what is typed, and a value of the person put in where the cursor stands. */
export function WordsField({ label, value, most, rows, hint, values = [], onChange }: WordsFieldProps) {
  const t = useT('message')
  const area = useRef<TextAreaRef>(null)
  const insert = (name: string) => {
    const field = area.current?.resizableTextArea?.textArea
    const [from, to] = [field?.selectionStart ?? value.length, field?.selectionEnd ?? value.length]
    onChange(`${value.slice(0, from)}{{ ${name} }}${value.slice(to)}`)
    field?.focus()
  }
  return (
    <div className="pb-block-field">
      <span className="pb-block-label">
        {label}
        {values.length > 0 && (
          <Dropdown
            trigger={['click']}
            menu={{
              items: values.map(({ name, label: words }) => ({ key: name, label: words })),
              onClick: ({ key }) => insert(key),
            }}
          >
            <Button size="small" type="text" icon={<PlusOutlined />}>
              {t('blocks.insert')}
            </Button>
          </Dropdown>
        )}
      </span>
      {rows ? (
        <Input.TextArea
          ref={area}
          aria-label={label}
          value={value}
          maxLength={most}
          autoSize={{ minRows: rows, maxRows: 16 }}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <Input aria-label={label} value={value} maxLength={most} onChange={(event) => onChange(event.target.value)} />
      )}
      {hint && <small className="pb-hint">{hint}</small>}
    </div>
  )
}
