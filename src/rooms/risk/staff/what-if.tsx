import { Button, Form, Slider, Switch } from 'antd'
import { useState } from 'react'
import { evaluate } from '../../../clinical/instrument/core/instrument.ts'
import { instrumentByCode } from '../../../clinical/instrument/registry.ts'
import { Row, Stack, Status, useT } from '../../../platform/web/index.ts'
import type { Assessment, RiskLine } from '../contract/risk.ts'
import { moversOf, type Mover } from './mover.ts'
import { bandOf, numberOf, toneOf, useBilingual, valueWords } from './words.ts'

export interface WhatIfProps {
  line: RiskLine
  newest: Assessment
}

type Moved = Record<string, number | boolean>

/** Moves only what a person may change and the model tells truly, and computes by the same functions as the server. */
export function WhatIf({ line, newest }: WhatIfProps) {
  const t = useT('risk')
  const [moved, setMoved] = useState<Moved>({})
  const instrument = instrumentByCode(line.instrument)
  const form = instrument?.forms.find(({ code }) => code === newest.form)
  if (!instrument || !form) return <p>{t('whatIf.none')}</p>
  const movers = moversOf(form.inputs, newest.inputs)
  if (movers.length === 0) return <p>{t('whatIf.none')}</p>
  const given = Object.fromEntries(newest.inputs.map(({ input, value }) => [input, value]))
  const then = evaluate({ ...instrument, forms: [form] }, { ...given, ...moved })
  return (
    <Stack>
      <p className="pb-hint">{t('whatIf.hint')}</p>
      <Outcome label={t('whatIf.now')} line={line} band={newest.band} value={newest.value} />
      <div aria-live="polite">
        {then.refused ? (
          <p>{t('whatIf.refused')}</p>
        ) : (
          <Outcome label={t('whatIf.then')} line={line} band={then.band ?? null} value={then.value ?? null} />
        )}
      </div>
      <Form layout="vertical" component="div" requiredMark={false}>
        {movers.map((mover) => (
          <MoverField
            key={mover.input}
            mover={mover}
            value={moved[mover.input] ?? mover.value}
            onMove={(value) => setMoved({ ...moved, [mover.input]: value })}
          />
        ))}
      </Form>
      <Row>
        <Button onClick={() => setMoved({})}>{t('whatIf.reset')}</Button>
      </Row>
      <p className="pb-hint">{t('notice')}</p>
    </Stack>
  )
}

function Outcome({
  label,
  line,
  band,
  value,
}: {
  label: string
  line: RiskLine
  band: string | null
  value: number | null
}) {
  const words = useBilingual()
  const known = bandOf(line, band)
  return (
    <Row>
      <span className="pb-hint">{label}</span>
      {known && <Status tone={toneOf(known)}>{words(known.title)}</Status>}
      <strong>{numberOf(line, value)}</strong>
    </Row>
  )
}

function MoverField({
  mover,
  value,
  onMove,
}: {
  mover: Mover
  value: number | boolean
  onMove: (value: number | boolean) => void
}) {
  const t = useT('risk')
  const words = useBilingual()
  const label = `${words(mover.label)} ${valueWords(t, value, mover.unit)}`
  return (
    <Form.Item label={label}>
      {typeof value === 'boolean' ? (
        <Switch checked={value} onChange={onMove} aria-label={words(mover.label)} />
      ) : (
        <Slider
          min={mover.min}
          max={mover.max}
          step={mover.step}
          value={value}
          onChange={onMove}
          ariaLabelForHandle={words(mover.label)}
          tooltip={{ open: false }}
        />
      )}
    </Form.Item>
  )
}
