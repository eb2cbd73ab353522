import { Input, InputNumber, Select } from 'antd'
import { ConditionBuilder, Row, Stack, useApi, useT } from '../../../platform/web/index.ts'
import { getTemplate, listTemplates } from '../../message/contract/template.ts'
import type { SendStep, Step, TrialStep, WaitStep } from '../contract/definition.ts'
import { useLang } from './words.ts'

/** What one step asks to be filled in. */
export function StepFields({ step, onChange }: { step: Step; onChange: (step: Step) => void }) {
  const t = useT('campaign')
  if (step.kind === 'send') return <SendFields step={step} onChange={onChange} />
  if (step.kind === 'wait') return <WaitFields step={step} onChange={onChange} />
  if (step.kind === 'split')
    return (
      <ConditionBuilder
        purpose="audience"
        value={step.condition}
        onChange={(condition) => onChange({ ...step, condition })}
      />
    )
  if (step.kind === 'trial') return <TrialFields step={step} onChange={onChange} />
  return <p className="pb-hint">{t('path.exit')}</p>
}

function SendFields({ step, onChange }: { step: SendStep; onChange: (step: SendStep) => void }) {
  const t = useT('campaign')
  const m = useT('message')
  const lang = useLang()
  const { data } = useApi(listTemplates)
  const { data: template } = useApi(getTemplate, { params: { code: step.template } })
  const definition = template?.current?.definition
  const variables = (definition?.variables ?? []).filter(({ name }) => !['when', 'whenEn', 'link'].includes(name))
  return (
    <Stack tight>
      <Row>
        <Select
          aria-label={t('send.template')}
          showSearch
          optionFilterProp="label"
          style={{ minWidth: 260 }}
          value={step.template}
          onChange={(code) => onChange({ ...step, template: code, values: {} })}
          options={(data?.rows ?? []).map((line) => ({ value: line.code, label: line.name[lang] }))}
        />
        <Select
          aria-label={t('send.channels')}
          mode="multiple"
          allowClear
          placeholder={t('path.channelsOfTemplate')}
          style={{ minWidth: 220 }}
          value={step.channels ?? []}
          onChange={(channels) =>
            onChange({ ...step, channels: channels.length > 0 ? channels : undefined } as SendStep)
          }
          options={(definition?.channels ?? []).map((value) => ({ value, label: m(`channel.${value}`) }))}
        />
        <Select
          aria-label={t('send.how')}
          style={{ minWidth: 160 }}
          value={step.how}
          onChange={(how) => onChange({ ...step, how })}
          options={(['each', 'ladder'] as const).map((value) => ({ value, label: t(`send.how_${value}`) }))}
        />
        <InputNumber
          aria-label={t('send.valid')}
          prefix={t('send.valid')}
          style={{ width: 190 }}
          min={0.25}
          max={720}
          value={step.validHours}
          onChange={(validHours) => onChange({ ...step, validHours: validHours ?? 24 })}
        />
      </Row>
      {variables.map(({ name, label, example }) => (
        <Input
          key={name}
          aria-label={label[lang]}
          prefix={label[lang]}
          placeholder={example[lang]}
          maxLength={300}
          value={step.values[name] ?? ''}
          onChange={(event) => onChange({ ...step, values: { ...step.values, [name]: event.target.value } })}
        />
      ))}
    </Stack>
  )
}

const WAITS = ['after', 'anchor', 'clock', 'condition'] as const

function WaitFields({ step, onChange }: { step: WaitStep; onChange: (step: WaitStep) => void }) {
  const t = useT('campaign')
  const { until } = step
  const kind = WAITS.find((one) => one in until)!
  const set = (changed: WaitStep['until']) => onChange({ ...step, until: changed })
  const begin: Record<(typeof WAITS)[number], WaitStep['until']> = {
    after: { after: { days: 1, hours: 0 } },
    anchor: { anchor: { days: -1, hours: 0 } },
    clock: { clock: '09:30' },
    condition: { condition: { age: { op: '>=', years: 18 } }, atMostDays: 7 },
  }
  const number = (label: string, value: number, change: (value: number) => void) => (
    <InputNumber
      aria-label={label}
      suffix={label}
      style={{ width: 130 }}
      value={value}
      onChange={(next) => change(next ?? 0)}
    />
  )
  return (
    <Stack tight>
      <Row>
        <Select
          aria-label={t('wait.how')}
          style={{ minWidth: 200 }}
          value={kind}
          onChange={(next) => set(begin[next])}
          options={WAITS.map((value) => ({ value, label: t(`wait.${value}`) }))}
        />
        {'after' in until && (
          <>
            {number(t('wait.days'), until.after.days, (days) => set({ after: { ...until.after, days } }))}
            {number(t('wait.hours'), until.after.hours, (hours) => set({ after: { ...until.after, hours } }))}
          </>
        )}
        {'anchor' in until && (
          <>
            {number(t('wait.days'), until.anchor.days, (days) => set({ anchor: { ...until.anchor, days } }))}
            {number(t('wait.hours'), until.anchor.hours, (hours) => set({ anchor: { ...until.anchor, hours } }))}
          </>
        )}
        {'clock' in until && (
          <Input
            aria-label={t('wait.clock')}
            style={{ width: 110 }}
            placeholder="09:30"
            value={until.clock}
            onChange={(event) => set({ clock: event.target.value })}
          />
        )}
        {'condition' in until &&
          number(t('wait.atMost'), until.atMostDays, (atMostDays) => set({ ...until, atMostDays }))}
      </Row>
      {'anchor' in until && <p className="pb-hint">{t('wait.anchorHint')}</p>}
      {'condition' in until && (
        <ConditionBuilder
          purpose="audience"
          value={until.condition}
          onChange={(condition) => set({ ...until, condition })}
        />
      )}
    </Stack>
  )
}

function TrialFields({ step, onChange }: { step: TrialStep; onChange: (step: TrialStep) => void }) {
  const t = useT('campaign')
  const set = (at: number, part: object) =>
    onChange({ ...step, arms: step.arms.map((arm, n) => (n === at ? { ...arm, ...part } : arm)) })
  return (
    <Row>
      {step.arms.map((arm, at) => (
        // Arms are told apart by their place; their names are being typed.
        <Row key={at}>
          <Input
            aria-label={t('trial.name')}
            style={{ width: 110 }}
            maxLength={20}
            value={arm.name}
            onChange={(event) => set(at, { name: event.target.value })}
          />
          <InputNumber
            aria-label={t('trial.share')}
            min={1}
            max={99}
            suffix="%"
            value={arm.share}
            onChange={(share) => set(at, { share: share ?? 50 })}
          />
        </Row>
      ))}
    </Row>
  )
}
