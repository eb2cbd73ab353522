import '../../questionnaire/staff/designer/designer.css'
import './follow-up.css'
import { InputNumber } from 'antd'
import { useMemo, useState } from 'react'
import { DateText, ProblemAlert, Stack, Status, useApi, useT } from '../../../platform/web/index.ts'
import { Labelled } from '../../questionnaire/staff/designer/labelled.tsx'
import { beginningsFor, loadOf, measureIntake, peaksOf, type DayLoad } from '../contract/load.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import { ENTER_AT_ONCE, firstStepOn, spreadOf, type Beginning, type Days } from '../contract/spread.ts'
import { addDays, daysBetween } from '../../../platform/clock.ts'
import { STEP_OWNERS, type StepOwner } from '../contract/step.ts'

/** So far the strips reach at least and at most. */
const LEAST_DAYS = 35
const MOST_DAYS = 180
/** Behind the last beginning, so that its first step is seen. */
const BEHIND_DAYS = 21
/** More for one colleague on one day is said aloud. */
const MUCH = 30

/**
 * What a pathway asks of whom on which day, all at once and spread: reckoned on the page, counted by the house.
 * @param people of a list that is put in; absent: whom the pathway would take in by itself
 */
export function LoadPreview({ definition, people }: { definition: ProtocolDefinition; people?: number }) {
  const t = useT('follow-up')
  const [supposed, suppose] = useState<number>()
  const asked = useAsked(definition)
  const { data, error, refetch } = useApi(measureIntake, { body: { definition: asked } })
  const count = people ?? supposed ?? data?.entering ?? 0
  const shown = useMemo(() => {
    if (!data) return undefined
    const shut = new Set(data.shut)
    const days: Days = { today: data.today, isOpen: (day) => !shut.has(firstStepOn(definition, day)) }
    const entered = people === undefined ? data.enteredToday : ENTER_AT_ONCE
    const begun = { entered, begins: new Map(data.begins.map((one) => [one.on, one.count])) }
    return [false, true].map((isSpread) => {
      const beginnings = beginningsFor(definition, count, begun, days, isSpread)
      const last = beginnings.at(-1)?.on ?? data.today
      const reach = Math.min(MOST_DAYS, Math.max(LEAST_DAYS, daysBetween(data.today, last) + BEHIND_DAYS))
      return { beginnings, last, loads: loadOf(definition, beginnings, data.today, reach) }
    }) as [Variant, Variant]
  }, [data, definition, count, people])
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data || !shown) return <p className="pb-hint">{t('load.counting')}</p>
  const spreads = spreadOf(definition) !== undefined
  return (
    <section className="pb-load" aria-label={t('load.title')}>
      <Stack tight>
        {people === undefined && (
          <Labelled label={t('load.supposed')}>
            <InputNumber
              min={0}
              max={2_000_000}
              precision={0}
              value={count}
              onChange={(n) => suppose(n ?? undefined)}
            />
          </Labelled>
        )}
        <p className="pb-hint">
          {people === undefined &&
            (data.entering === null
              ? t('load.unknown')
              : t(data.few ? 'load.few' : 'load.entering', { count: data.entering }))}
          {data.waiting > 0 && ` ${t('load.waiting', { count: data.waiting })}`}
        </p>
        {count > 0 && (
          <>
            <Side title={t('load.atOnce')} variant={shown[0]} staff={data.staff} />
            {spreads && <Side title={t('load.spread')} variant={shown[1]} staff={data.staff} />}
            <Strips loads={shown[spreads ? 1 : 0].loads} />
          </>
        )}
      </Stack>
    </section>
  )
}

interface Variant {
  beginnings: Beginning[]
  last: string
  loads: DayLoad[]
}

/** The part of a definition that the house's answer hangs on, so that it is not asked at each letter. */
function useAsked(definition: ProtocolDefinition): ProtocolDefinition {
  const [asked, ask] = useState(definition)
  if (askedBy(asked) === askedBy(definition)) return asked
  ask(definition)
  return definition
}

const askedBy = ({ code, entry, steps }: ProtocolDefinition) =>
  JSON.stringify([code, entry, steps.map(({ owner }) => owner)])

function Side({
  title,
  variant: { beginnings, last, loads },
  staff,
}: {
  title: string
  variant: Variant
  staff: Partial<Record<StepOwner, number>>
}) {
  const t = useT('follow-up')
  const most = Math.max(0, ...beginnings.map(({ count }) => count))
  return (
    <div className="pb-load-side">
      <strong>{title}</strong>
      <p>
        {t('load.begin', { most })} {t('load.last')} <DateText date={last} />
      </p>
      <ul>
        {peaksOf(loads).map(({ role, on, count }) => {
          const people = role === 'messages' ? undefined : staff[role]
          const each = people ? Math.ceil(count / people) : undefined
          return (
            <li key={role}>
              {role === 'messages' ? t('load.messages') : t(`owner.${role}`)} {t('load.peak')} <DateText date={on} />{' '}
              <strong className="pb-number">{t('load.pieces', { count })}</strong>{' '}
              {each !== undefined && (
                <Status tone={each > MUCH ? 'danger' : 'plain'}>{t('load.each', { people, count: each })}</Status>
              )}
              {people === 0 && <Status tone="danger">{t('load.nobody')}</Status>}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** One strip for each role and one for what is sent, a bar a day; the same in a table. */
function Strips({ loads }: { loads: readonly DayLoad[] }) {
  const t = useT('follow-up')
  const rows = [
    { key: 'begin', name: t('load.beginning'), of: (load: DayLoad) => load.begin },
    ...STEP_OWNERS.map((role) => ({ key: role, name: t(`owner.${role}`), of: (load: DayLoad) => load.work[role] })),
    { key: 'messages', name: t('load.messages'), of: (load: DayLoad) => load.messages },
  ].filter(({ of }) => loads.some((load) => of(load) > 0))
  const busy = loads.filter((load) => rows.some(({ of }) => of(load) > 0))
  return (
    <>
      {rows.map(({ key, name, of }) => {
        const most = Math.max(...loads.map(of))
        return (
          <div key={key} className="pb-load-strip">
            <span>{name}</span>
            <span className="pb-load-bars" role="img" aria-label={t('load.strip', { name, most })}>
              {loads.map((load) => (
                <i
                  key={load.on}
                  title={`${load.on} ${of(load)}`}
                  style={{ height: of(load) === 0 ? 1 : Math.max(2, Math.round((of(load) / most) * 36)) }}
                />
              ))}
            </span>
            <span className="pb-number">{most}</span>
          </div>
        )
      })}
      <p className="pb-load-ends pb-hint">
        <DateText date={loads[0]!.on} />
        <DateText date={loads.at(-1)!.on} />
      </p>
      <details>
        <summary>{t('load.byDay')}</summary>
        <div className="pb-load-table">
          <table>
            <thead>
              <tr>
                <th>{t('load.day')}</th>
                {rows.map(({ key, name }) => (
                  <th key={key}>{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {busy.map((load) => (
                <tr key={load.on}>
                  <th>
                    <DateText date={load.on} />
                  </th>
                  {rows.map(({ key, of }) => (
                    <td key={key} className="pb-number">
                      {of(load) || ''}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
      <p className="pb-hint">{t('load.how', { until: addDays(loads[0]!.on, loads.length - 1) })}</p>
    </>
  )
}
