import { InputNumber } from 'antd'
import { DraftForm, Field, SideDrawer, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { draftProtocol, getProtocol, listProtocols } from '../contract/catalogue.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import { useSaid } from './words.ts'

interface Values {
  steps: Record<string, { months?: number; days?: number; before?: number; after?: number }>
  targets: Record<string, number>
}

/** The next version: how often, how wide the window, which limits. What else changes is written to the API. */
export function DraftProtocol({
  code,
  from,
  onClose,
}: {
  code: string
  from: ProtocolDefinition
  onClose: () => void
}) {
  const t = useT('follow-up')
  const said = useSaid()
  const say = useSay()
  const draft = useAction(draftProtocol, {
    invalidates: [getProtocol, listProtocols],
    onDone: ({ version }) => {
      say.done(t('said.drafted', { version }))
      onClose()
    },
  })
  const targets = from.classing?.kind === 'control' ? from.classing.targets : []
  const initial: Values = {
    steps: Object.fromEntries(
      from.steps.map((step) => [
        step.code,
        {
          ...step.after,
          before: 'days' in step.window.before ? step.window.before.days : step.window.before.percent,
          after: 'days' in step.window.after ? step.window.after.days : step.window.after.percent,
        },
      ]),
    ),
    targets: Object.fromEntries(targets.map((one) => [`${one.item}-${one.fromAge}`, one.value])),
  }
  return (
    <SideDrawer title={t('protocol.newDraft')} open onClose={onClose}>
      <DraftForm<Values>
        name={`protocol-${code}`}
        initial={initial}
        submit={t('protocol.saveDraft')}
        onCancel={onClose}
        onSubmit={(values) => draft.mutateAsync({ params: { code }, body: { definition: changed(from, values) } })}
      >
        {from.steps.map((step) => (
          <section key={step.code} className="pb-visit-group">
            <h3>{said(step.name)}</h3>
            <div className="pb-visit-fields">
              {step.after && (
                <Field
                  name={['steps', step.code, step.after.months ? 'months' : 'days']}
                  label={t(step.after.months ? 'protocol.everyMonths' : 'protocol.everyDays')}
                >
                  <InputNumber min={1} max={step.after.months ? 24 : 366} style={{ width: '100%' }} />
                </Field>
              )}
              {(['before', 'after'] as const).map((side) => (
                <Field
                  key={side}
                  name={['steps', step.code, side]}
                  label={t(side === 'before' ? 'protocol.windowBefore' : 'protocol.windowAfter', {
                    unit: 'days' in step.window[side] ? t('protocol.days') : '%',
                  })}
                >
                  <InputNumber min={0} max={100} style={{ width: '100%' }} />
                </Field>
              ))}
            </div>
          </section>
        ))}
        {targets.length > 0 && (
          <section className="pb-visit-group">
            <h3>{t('protocol.classing')}</h3>
            <div className="pb-visit-fields">
              {targets.map((one) => (
                <Field
                  key={`${one.item}-${one.fromAge}`}
                  name={['targets', `${one.item}-${one.fromAge}`]}
                  label={`${t(`item.${one.item}`)} ${one.op}${one.fromAge > 0 ? t('protocol.fromAge', { count: one.fromAge }) : ''}`}
                >
                  <InputNumber style={{ width: '100%' }} />
                </Field>
              ))}
            </div>
          </section>
        )}
      </DraftForm>
    </SideDrawer>
  )
}

/** The definition with what was changed; reviewed anew. */
function changed(from: ProtocolDefinition, { steps, targets }: Values): ProtocolDefinition {
  const margin = (was: ProtocolDefinition['steps'][number]['window']['before'], now: number | undefined) =>
    now === undefined ? was : 'days' in was ? { days: now } : { percent: now }
  const classing = from.classing
  return {
    ...from,
    reviewer: null,
    steps: from.steps.map((step) => {
      const { months, days, before, after } = steps[step.code] ?? {}
      const next =
        step.after &&
        (step.after.months ? { months: months ?? step.after.months } : { days: days ?? step.after.days ?? 0 })
      return {
        ...step,
        after: next,
        window: { before: margin(step.window.before, before), after: margin(step.window.after, after) },
      }
    }),
    classing:
      classing?.kind === 'control'
        ? {
            ...classing,
            targets: classing.targets.map((one) => ({
              ...one,
              value: targets[`${one.item}-${one.fromAge}`] ?? one.value,
            })),
          }
        : classing,
  }
}
