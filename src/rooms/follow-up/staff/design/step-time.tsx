import { InputNumber, Switch } from 'antd'
import { ConditionBuilder, Stack, useT } from '../../../../platform/web/index.ts'
import { Labelled } from '../../../questionnaire/staff/designer/labelled.tsx'
import { STEP_OWNERS, type StepOwner } from '../../contract/step.ts'
import { intervalWords, useSaid } from '../words.ts'
import { useDesign, useStep } from './context.ts'
import { IntervalInput, MarginInput, NeededWords, PickInput } from './words-input.tsx'

type Ending = 'never' | 'times' | 'until'

/** When: the day, the window, how often, how soon, and who looks after it when nobody does. */
export function StepTime() {
  const t = useT('follow-up')
  const said = useSaid()
  const { definition, axis, edit, readOnly } = useDesign()
  const { step, set } = useStep()
  const place = axis.lanes.flatMap(({ placed }) => placed).find((one) => one.step === step.code)
  const begins = step.first !== null
  const before = definition.steps.find((one) => one.code === place?.after)
  const repeats = step.next === step.code
  const { recurrence } = step
  const ending: Ending = recurrence?.times !== undefined ? 'times' : recurrence?.until ? 'until' : 'never'
  const repeat = (on: boolean) =>
    on
      ? set({
          next: step.code,
          after: step.after ?? { months: 1 },
          recurrence: { times: 3, then: repeats ? null : step.next },
        })
      : set({ next: recurrence?.then ?? null, recurrence: undefined })
  const end = (kind: Ending) => {
    const then = recurrence?.then ?? null
    set({
      recurrence:
        kind === 'never' ? undefined : kind === 'times' ? { times: 3, then } : { until: { months: 12 }, then },
    })
  }
  const owners = [
    { value: '' as const, label: t('design.time.nobody') },
    ...STEP_OWNERS.map((value) => ({ value, label: t(`owner.${value}`) })),
  ]
  return (
    <Stack tight>
      {begins && (
        <IntervalInput
          label={t('design.time.first', { anchor: t(`anchor.${definition.anchor}`) })}
          value={step.first!}
          onChange={(first) => set({ first })}
        />
      )}
      {(!begins || (step.after && !repeats)) && (
        <IntervalInput
          label={before ? t('design.time.after', { name: said(before.name) }) : t('design.time.afterAny')}
          value={step.after ?? { days: 7 }}
          onChange={(after) => set({ after })}
        />
      )}
      {place && (
        <p className="pb-hint">{t('design.time.falls', { day: place.day, from: place.from, until: place.until })}</p>
      )}
      <div className="pb-path-pair">
        <MarginInput
          label={t('design.time.before')}
          value={step.window.before}
          onChange={(margin) => set({ window: { ...step.window, before: margin } })}
        />
        <MarginInput
          label={t('design.time.afterwards')}
          value={step.window.after}
          onChange={(margin) => set({ window: { ...step.window, after: margin } })}
        />
      </div>
      <Labelled label={t('design.time.repeat')}>
        <Switch checked={repeats} onChange={repeat} />
      </Labelled>
      {repeats && (
        <>
          <IntervalInput
            label={t('design.time.every')}
            least={1}
            value={step.after ?? { months: 1 }}
            onChange={(after) => set({ after })}
          />
          <PickInput
            label={t('design.time.ends')}
            value={ending}
            options={(['times', 'until', 'never'] as const).map((value) => ({
              value,
              label: t(`design.time.end.${value}`),
            }))}
            onChange={end}
          />
          {ending === 'times' && (
            <Labelled label={t('design.time.times')}>
              <InputNumber
                min={1}
                max={500}
                precision={0}
                value={recurrence!.times ?? 3}
                onChange={(times) => times !== null && set({ recurrence: { ...recurrence, times } })}
              />
            </Labelled>
          )}
          {ending === 'until' && (
            <IntervalInput
              label={t('design.time.until', { anchor: t(`anchor.${definition.anchor}`) })}
              value={recurrence!.until ?? { months: 12 }}
              onChange={(until) => set({ recurrence: { ...recurrence, until } })}
            />
          )}
          <p className="pb-hint">
            {t('design.time.repeated', { interval: intervalWords(t, step.after ?? { months: 1 }) })}
          </p>
        </>
      )}
      <div className="pb-path-pair">
        <Labelled label={t('design.time.target')} hint={t('design.time.targetHint')}>
          <InputNumber
            min={1}
            max={8760}
            precision={0}
            value={step.targetTime?.hours ?? null}
            onChange={(hours) => set({ targetTime: hours === null ? undefined : { ...step.targetTime, hours } })}
          />
        </Labelled>
        {step.targetTime && (
          <PickInput
            label={t('design.time.targetTo')}
            value={step.targetTime.escalation ?? ''}
            options={owners}
            onChange={(escalation) =>
              set({
                targetTime: {
                  hours: step.targetTime!.hours,
                  ...(escalation ? { escalation: escalation as StepOwner } : {}),
                },
              })
            }
          />
        )}
      </div>
      <PickInput
        label={t('design.time.escalation')}
        value={step.escalation ?? ''}
        options={owners}
        onChange={(escalation) => set({ escalation: (escalation || null) as StepOwner | null })}
      />
      <Labelled label={t('design.time.onlyIf')}>
        <Switch
          checked={step.onlyIf !== undefined}
          onChange={(on) =>
            set({
              onlyIf: on
                ? {
                    condition: { age: { op: '>=', years: 18 } },
                    otherwise: { zh: '这一步不适合', en: 'Not for this person' },
                  }
                : undefined,
            })
          }
        />
      </Labelled>
      {step.onlyIf && (
        <>
          <ConditionBuilder
            purpose="care"
            readOnly={readOnly}
            value={step.onlyIf.condition as never}
            onChange={(condition, { isWhole }) => {
              if (isWhole)
                edit(
                  (was) => ({
                    ...was,
                    steps: was.steps.map((one) =>
                      one.code === step.code
                        ? { ...one, onlyIf: { ...one.onlyIf!, condition: condition as never } }
                        : one,
                    ),
                  }),
                  `${step.code} only-if`,
                )
            }}
          />
          <NeededWords
            label={t('design.time.otherwise')}
            value={step.onlyIf.otherwise}
            onChange={(otherwise) => set({ onlyIf: { ...step.onlyIf!, otherwise } })}
          />
        </>
      )}
    </Stack>
  )
}
