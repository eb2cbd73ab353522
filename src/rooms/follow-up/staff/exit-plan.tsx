import { Input, Radio } from 'antd'
import { DraftForm, Field, SideDrawer, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { exitRun, type RunView } from '../contract/run.ts'
import { EXITS_BY_HAND } from '../contract/words.ts'
import { CHANGED_BY_ACT, useSaid } from './words.ts'

interface Values {
  reason: (typeof EXITS_BY_HAND)[number]
  note: string
}

/** Ends a plan; says what goes with it. */
export function ExitPlan({ run, onClose }: { run: RunView; onClose: () => void }) {
  const t = useT('follow-up')
  const said = useSaid()
  const say = useSay()
  const exit = useAction(exitRun, {
    invalidates: CHANGED_BY_ACT,
    onDone: () => {
      say.done(t('said.exited', { name: said(run.protocolName) }))
      onClose()
    },
  })
  const open = run.occurrences.filter(({ state }) => state === 'due' || state === 'planned').length
  return (
    <SideDrawer title={t('plan.exitTitle', { name: said(run.protocolName) })} open onClose={onClose}>
      <p className="pb-hint" style={{ marginBottom: 16 }}>
        {t('plan.exitReach', { count: open })}
      </p>
      <DraftForm<Values>
        name={`exit-${run.id}`}
        submit={t('plan.exit')}
        onCancel={onClose}
        onSubmit={(body) => exit.mutateAsync({ params: { runId: run.id }, body })}
      >
        <Field name="reason" label={t('field.exitReason')} required>
          <Radio.Group options={EXITS_BY_HAND.map((value) => ({ value, label: t(`exit.${value}`) }))} />
        </Field>
        <Field name="note" label={t('field.reason')} required>
          <Input maxLength={300} />
        </Field>
      </DraftForm>
    </SideDrawer>
  )
}
