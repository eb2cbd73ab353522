import { useState } from 'react'
import { call, useT } from '../../../platform/patient-web/index.ts'
import type { ProxyScope } from '../../../platform/contract/endpoint.ts'
import { changeMine, endMine, linkMine, type RelativeView } from '../contract/own.ts'
import { MONTHS } from '../contract/words.ts'
import { ScopeFields } from './scope-fields.tsx'
import { useDay } from './use-day.ts'

interface Props {
  one: RelativeView
  onChanged: (said?: string) => void
  onLink: (name: string, link: string) => void
}

/** One relative: what they may do and until when, when they last looked, and how to take it back. */
export function KinCard({ one, onChanged, onLink }: Props) {
  const t = useT('family')
  const day = useDay()
  const [isChanging, setChanging] = useState(false)
  const [fault, setFault] = useState('')
  const act = (use: () => Promise<void>) =>
    void use().catch((error: unknown) => setFault((error as { title: string }).title))
  const params = { relativeId: one.id }
  return (
    <section className="pp-card pp-kin" aria-label={one.name}>
      <h3>{t('my.nameWith', { name: one.name, relation: t(`my.relation.${one.relation}`) })}</h3>
      <p className="pp-hint">
        {t(`my.state.${one.state}`)} · {one.phoneMasked} ·{' '}
        {t(one.ownAgeOn ? 'my.ownAge.until' : 'my.until', { day: day(one.ownAgeOn ?? one.untilOn) })}
      </p>
      <ul>
        {one.scopes.map((scope) => (
          <li key={scope}>{t(`my.scope.${scope}`)}</li>
        ))}
      </ul>
      {one.state === 'active' && (
        <p className="pp-hint">{one.lastSeenAt ? t('my.lastSeen', { day: day(one.lastSeenAt) }) : t('my.neverSeen')}</p>
      )}
      {one.invitedBy && <p className="pp-hint">{t('my.byStaff', { name: one.invitedBy })}</p>}
      {isChanging && (
        <ChangeForm
          one={one}
          onSave={(scopes, months) =>
            act(async () => {
              await call(changeMine, { params, body: { scopes, months } })
              setChanging(false)
              onChanged()
            })
          }
        />
      )}
      <p className="pp-fault" role="alert">
        {fault}
      </p>
      <div className="pp-kin-acts">
        <button
          type="button"
          className="pp-button"
          data-kind="second"
          onClick={() =>
            act(async () => {
              await call(endMine, { params })
              onChanged(t('my.ended', { name: one.name }))
            })
          }
        >
          {t('my.end')}
        </button>
        <button type="button" className="pp-quiet" aria-expanded={isChanging} onClick={() => setChanging(!isChanging)}>
          {t('my.change')}
        </button>
        <button
          type="button"
          className="pp-quiet"
          onClick={() => act(async () => onLink(one.name, (await call(linkMine, { params })).link))}
        >
          {t('my.newLink')}
        </button>
      </div>
    </section>
  )
}

type Months = (typeof MONTHS)[number] | null

function ChangeForm({ one, onSave }: { one: RelativeView; onSave: (scopes: ProxyScope[], months: Months) => void }) {
  const t = useT('family')
  const [scopes, setScopes] = useState<ProxyScope[]>(one.scopes)
  const [months, setMonths] = useState<Months>(null)
  const id = `more-${one.id}`
  return (
    <>
      <ScopeFields chosen={scopes} onChange={setScopes} />
      <p>
        <label htmlFor={id}>{t('my.more')}</label>
        <select
          id={id}
          className="pp-input"
          value={months ?? ''}
          onChange={(event) => setMonths(event.target.value ? (Number(event.target.value) as Months) : null)}
        >
          <option value="">{t('my.keepUntil')}</option>
          {MONTHS.map((month) => (
            <option key={month} value={month}>
              {t(`my.form.month.${month}`)}
            </option>
          ))}
        </select>
      </p>
      <button type="button" className="pp-button pp-wide" onClick={() => onSave(scopes, months)}>
        {t('my.save')}
      </button>
    </>
  )
}
