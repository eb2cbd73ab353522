import { useState, type FormEvent } from 'react'
import { call, useT } from '../../../platform/patient-web/index.ts'
import type { ProxyScope } from '../../../platform/contract/endpoint.ts'
import { inviteMine } from '../contract/own.ts'
import { MONTHS, RELATIONS, type Relation } from '../contract/words.ts'
import { ScopeFields } from './scope-fields.tsx'

/** 请一位家人: who, what they are to me, their phone, what for and how long. */
export function InviteForm({ onInvited }: { onInvited: (name: string, link: string) => void }) {
  const t = useT('family')
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const [relation, setRelation] = useState<Relation>('child')
  const [scopes, setScopes] = useState<ProxyScope[]>(['view'])
  const [months, setMonths] = useState<(typeof MONTHS)[number]>(12)
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim().length < 2 || phone.trim().length < 5) return setFault(t('my.form.need'))
    setBusy(true)
    setFault('')
    try {
      const { link } = await call(inviteMine, { body: { name, phone, relation, scopes, months } })
      onInvited(name, link)
    } catch (error) {
      setFault((error as { title: string }).title)
      setBusy(false)
    }
  }
  return (
    <form className="pp-card pp-form" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{t('my.invite')}</h2>
      <p>
        <label htmlFor="kin-name">{t('my.form.name')}</label>
        <input
          id="kin-name"
          className="pp-input"
          maxLength={40}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </p>
      <p>
        <label htmlFor="kin-relation">{t('my.form.relation')}</label>
        <select
          id="kin-relation"
          className="pp-input"
          value={relation}
          onChange={(event) => setRelation(event.target.value as Relation)}
        >
          {RELATIONS.map((one) => (
            <option key={one} value={one}>
              {t(`my.relation.${one}`)}
            </option>
          ))}
        </select>
      </p>
      <p>
        <label htmlFor="kin-phone">{t('my.form.phone')}</label>
        <input
          id="kin-phone"
          className="pp-input"
          inputMode="tel"
          autoComplete="off"
          maxLength={30}
          value={phone}
          aria-describedby="kin-phone-hint"
          onChange={(event) => setPhone(event.target.value)}
        />
      </p>
      <p id="kin-phone-hint" className="pp-hint">
        {t('my.form.phoneHint')}
      </p>
      <ScopeFields chosen={scopes} onChange={setScopes} />
      <p>
        <label htmlFor="kin-months">{t('my.form.months')}</label>
        <select
          id="kin-months"
          className="pp-input"
          value={months}
          onChange={(event) => setMonths(Number(event.target.value) as typeof months)}
        >
          {MONTHS.map((one) => (
            <option key={one} value={one}>
              {t(`my.form.month.${one}`)}
            </option>
          ))}
        </select>
      </p>
      <p className="pp-fault" role="alert">
        {fault}
      </p>
      <button type="submit" className="pp-button pp-wide" disabled={busy}>
        {t('my.form.send')}
      </button>
    </form>
  )
}
