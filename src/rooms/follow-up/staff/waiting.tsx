import { Button } from 'antd'
import { Card, DateText, InstantText, Stack, Status, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { enrol, type WaitLine } from '../contract/run.ts'
import type { Beginning } from '../contract/spread.ts'
import { CHANGED_BY_ACT, useSaid } from './words.ts'
import './follow-up.css'

/** A pathway that begins for a person on a later day, and the way to begin it now. */
export function WaitCard({ patientId, wait, canBegin }: { patientId: string; wait: WaitLine; canBegin: boolean }) {
  const t = useT('follow-up')
  const said = useSaid()
  const say = useSay()
  const begin = useAction(enrol, { invalidates: CHANGED_BY_ACT, onDone: () => say.done(t('said.enrolled')) })
  return (
    <Card
      title={said(wait.protocolName)}
      extra={
        <span className="pb-row">
          <Status tone="due">{t('wait.state')}</Status>
          {canBegin && (
            <Button
              size="small"
              loading={begin.isPending}
              onClick={() =>
                begin.mutate(
                  { params: { patientId: patientId as never }, body: { protocol: wait.protocol, reason: '' } },
                  { onError: say.problem },
                )
              }
            >
              {t('wait.now')}
            </Button>
          )}
        </span>
      }
    >
      <p>
        {t('wait.will')} <DateText date={wait.beginsOn} />
      </p>
      <p className="pb-hint">
        {t(`entry.${wait.entryKey}`)} · <InstantText at={wait.since} /> · {t('wait.why')}
      </p>
    </Card>
  )
}

/** How many wait for a pathway, by the day on which they begin. */
export function WaitingCard({ waiting }: { waiting: readonly Beginning[] }) {
  const t = useT('follow-up')
  if (waiting.length === 0) return null
  const count = waiting.reduce((sum, one) => sum + one.count, 0)
  return (
    <Card title={t('wait.title', { count })}>
      <Stack tight>
        <p>
          {t('wait.next')} <DateText date={waiting[0]!.on} /> · {t('load.last')} <DateText date={waiting.at(-1)!.on} />
        </p>
        <details>
          <summary>{t('load.byDay')}</summary>
          <ul className="pb-wait-days">
            {waiting.map((one) => (
              <li key={one.on}>
                <DateText date={one.on} /> <span className="pb-number">{t('wait.people', { count: one.count })}</span>
              </li>
            ))}
          </ul>
        </details>
        <p className="pb-hint">{t('wait.hint')}</p>
      </Stack>
    </Card>
  )
}
