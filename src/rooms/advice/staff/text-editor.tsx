import { Button, Input } from 'antd'
import { checkPlain } from '../../../clinical/plain-language/index.ts'
import { Stack, useT } from '../../../platform/web/index.ts'
import type { GivenText } from '../contract/words.ts'

/** Advice as the person will read it, line by line; what reads badly is said beside it. */
export function TextEditor({ text, onChange }: { text: GivenText; onChange: (text: GivenText) => void }) {
  const t = useT('advice')
  return (
    <Stack>
      <Line label={t('text.title')} value={text.title} onChange={(title) => onChange({ ...text, title })} />
      <Line label={t('text.summary')} value={text.summary} onChange={(summary) => onChange({ ...text, summary })} />
      <Lines
        label={t('text.points')}
        add={t('text.addPoint')}
        lines={text.points}
        onChange={(points) => onChange({ ...text, points })}
      />
      <Lines
        label={t('text.avoid')}
        add={t('text.addAvoid')}
        lines={text.avoid}
        onChange={(avoid) => onChange({ ...text, avoid })}
      />
    </Stack>
  )
}

interface LinesProps {
  label: string
  add: string
  lines: readonly string[]
  onChange: (lines: string[]) => void
}

function Lines({ label, add, lines, onChange }: LinesProps) {
  const t = useT('advice')
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <legend>{label}</legend>
      <Stack tight>
        {lines.map((line, n) => (
          <div key={n} style={{ display: 'flex', gap: 8, alignItems: 'start' }}>
            <div style={{ flex: 1 }}>
              <Line
                hidden
                label={t('text.nth', { label, n: n + 1 })}
                value={line}
                onChange={(value) => onChange(lines.map((one, at) => (at === n ? value : one)))}
              />
            </div>
            <Button
              aria-label={t('text.remove', { label, n: n + 1 })}
              onClick={() => onChange(lines.filter((_one, at) => at !== n))}
            >
              {t('text.less')}
            </Button>
          </div>
        ))}
        <div>
          <Button size="small" onClick={() => onChange([...lines, ''])}>
            {add}
          </Button>
        </div>
      </Stack>
    </fieldset>
  )
}

interface LineProps {
  label: string
  value: string
  /** The label is for listeners only. */
  hidden?: boolean
  onChange: (value: string) => void
}

function Line({ label, value, hidden = false, onChange }: LineProps) {
  const t = useT('advice')
  const [fault] = checkPlain(value)
  return (
    <label style={{ display: 'block' }}>
      <span className={hidden ? 'pb-sr' : undefined}>{label}</span>
      <Input.TextArea
        autoSize={{ minRows: 1, maxRows: 5 }}
        maxLength={600}
        value={value}
        onChange={(e) => onChange(e.target.value)}
      />
      {fault && (
        <span className="pb-hint">
          {fault.instead
            ? t('text.instead', { text: fault.text, instead: fault.instead })
            : t('text.hard', { text: fault.text.length > 12 ? `${fault.text.slice(0, 12)}…` : fault.text })}
        </span>
      )}
    </label>
  )
}
