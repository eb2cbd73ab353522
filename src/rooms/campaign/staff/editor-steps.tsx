import { Button, Input, InputNumber, Radio, Select, Switch } from 'antd'
import { useId, type ReactNode } from 'react'
import { call, ConditionBuilder, Row, Stack, useT, type Count } from '../../../platform/web/index.ts'
import { countAudience } from '../contract/campaign.ts'
import type { Success } from '../contract/definition.ts'
import { GOALS, MEASURES } from '../contract/words.ts'
import type { Draft } from './editor-page.tsx'

export interface StepProps {
  draft: Draft
  change: (part: Draft) => void
}

/** A label over its input; the label names it for whoever listens. */
export function Labelled({
  label,
  hint,
  children,
}: {
  label: string
  hint?: string
  children: (id: string) => ReactNode
}) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} style={{ display: 'block', marginBottom: 4 }}>
        {label}
      </label>
      {children(id)}
      {hint && <p className="pb-hint">{hint}</p>}
    </div>
  )
}

/** Without a goal and a measure nothing is kept (S3-5). */
export function GoalStep({ draft, change }: StepProps) {
  const t = useT('campaign')
  const name = draft.name ?? { zh: '', en: '' }
  const success: Success = draft.success ?? { measure: 'read', targetPercent: 30 }
  const measure = (value: Success['measure']) =>
    change({
      success:
        value === 'condition'
          ? {
              measure: value,
              condition: { age: { op: '>=', years: 18 } },
              withinDays: 30,
              targetPercent: success.targetPercent,
            }
          : { measure: value, targetPercent: success.targetPercent },
    })
  return (
    <Stack>
      <Labelled label={t('goal.which')}>
        {(id) => (
          <Radio.Group
            id={id}
            value={draft.goal ?? null}
            onChange={(event) => change({ goal: event.target.value as never })}
            options={GOALS.map((value) => ({ value, label: t(`goal.${value}`) }))}
          />
        )}
      </Labelled>
      <Labelled label={t('edit.nameZh')}>
        {(id) => (
          <Input
            id={id}
            maxLength={60}
            value={name.zh}
            onChange={(event) => change({ name: { ...name, zh: event.target.value } })}
          />
        )}
      </Labelled>
      <Labelled label={t('edit.nameEn')}>
        {(id) => (
          <Input
            id={id}
            maxLength={90}
            value={name.en}
            onChange={(event) => change({ name: { ...name, en: event.target.value } })}
          />
        )}
      </Labelled>
      <Labelled label={t('overview.aim')} hint={t('edit.aimHint')}>
        {(id) => (
          <Input.TextArea
            id={id}
            maxLength={300}
            autoSize={{ minRows: 2 }}
            value={draft.aim ?? ''}
            onChange={(event) => change({ aim: event.target.value })}
          />
        )}
      </Labelled>
      <Labelled label={t('overview.success')} hint={t('edit.successHint')}>
        {(id) => (
          <Row>
            <Select
              id={id}
              style={{ minWidth: 220 }}
              value={success.measure}
              onChange={measure}
              options={MEASURES.map((value) => ({ value, label: t(`success.short_${value}`) }))}
            />
            <InputNumber
              aria-label={t('success.targetLabel')}
              min={1}
              max={100}
              suffix="%"
              value={success.targetPercent}
              onChange={(value) => change({ success: { ...success, targetPercent: value ?? 30 } })}
            />
          </Row>
        )}
      </Labelled>
      {success.measure === 'condition' && (
        <>
          <Labelled label={t('success.within')}>
            {(id) => (
              <InputNumber
                id={id}
                min={1}
                max={365}
                value={success.withinDays}
                onChange={(value) => change({ success: { ...success, withinDays: value ?? 30 } })}
              />
            )}
          </Labelled>
          <ConditionBuilder
            purpose="audience"
            value={success.condition}
            onChange={(condition) => change({ success: { ...success, condition } })}
          />
        </>
      )}
      <Sources draft={draft} change={change} />
    </Stack>
  )
}

function Sources({ draft, change }: StepProps) {
  const t = useT('campaign')
  const sources = draft.sources ?? []
  const set = (at: number, part: Partial<(typeof sources)[number]>) =>
    change({ sources: sources.map((one, n) => (n === at ? { ...one, ...part } : one)) })
  return (
    <Labelled label={t('overview.sources')} hint={t('edit.sourcesHint')}>
      {(id) => (
        <Stack tight>
          {sources.map((source, at) => (
            // A source has no name but its place.
            <Row key={at}>
              <Input
                aria-label={t('edit.sourceTitle')}
                style={{ minWidth: 260 }}
                value={source.title}
                onChange={(event) => set(at, { title: event.target.value })}
              />
              <InputNumber
                aria-label={t('edit.sourceYear')}
                min={1950}
                max={2100}
                value={source.year}
                onChange={(value) => set(at, { year: value ?? 2024 })}
              />
              <Button onClick={() => change({ sources: sources.filter((_one, n) => n !== at) })}>
                {t('edit.remove')}
              </Button>
            </Row>
          ))}
          <Button id={id} onClick={() => change({ sources: [...sources, { title: '', year: 2024 }] })}>
            {t('edit.addSource')}
          </Button>
        </Stack>
      )}
    </Labelled>
  )
}

/** For whom, in words and a number while one edits. */
export function AudienceStep({ draft, change }: StepProps) {
  const t = useT('campaign')
  const ask = `campaign-${useId().replace(/\W/g, '')}`
  const count: Count = async (condition, signal) => {
    const answer = await call(countAudience, { body: { audience: condition, ask } }, { signal })
    const told = answer.faults.map(({ code, value }) => t(`fault.${code}`, { value }))
    if (answer.ended === 'too-long') told.push(t('count.tooLong'))
    if (answer.fewerThan !== null) told.push(t('count.few', { few: answer.fewerThan }))
    return {
      count: answer.count,
      of: answer.of,
      faults: told,
    }
  }
  const everybody = draft.audience === null
  return (
    <Stack>
      <Row>
        <Switch
          aria-label={t('overview.everybody')}
          checked={everybody}
          onChange={(all) => change({ audience: all ? null : { age: { op: '>=', years: 18 } } })}
        />
        <span>{t('overview.everybody')}</span>
      </Row>
      {!everybody && draft.audience && (
        <ConditionBuilder
          purpose="audience"
          value={draft.audience}
          onChange={(audience) => change({ audience })}
          count={count}
        />
      )}
      <p className="pb-hint">{t('edit.audienceHint')}</p>
      <Row>
        <Switch
          aria-label={t('overview.leave')}
          checked={Boolean(draft.leaveWhen)}
          onChange={(on) => change({ leaveWhen: on ? { age: { op: '>=', years: 120 } } : null })}
        />
        <span>{t('edit.leave')}</span>
      </Row>
      {draft.leaveWhen && (
        <ConditionBuilder purpose="audience" value={draft.leaveWhen} onChange={(leaveWhen) => change({ leaveWhen })} />
      )}
    </Stack>
  )
}
