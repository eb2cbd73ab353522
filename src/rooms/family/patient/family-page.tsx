import { useState } from 'react'
import { Card, Go, Loaded, Nothing, OwnPage, useOwn, useT } from '../../../platform/patient-web/index.ts'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { listMyFamily } from '../contract/own.ts'
import { InviteForm } from './invite-form.tsx'
import { KinCard } from './kin-card.tsx'
import { LinkCard } from './link-card.tsx'
import { useDay } from './use-day.ts'
import './family.css'

type Family = OutputOf<typeof listMyFamily>

/** 家人: whom I have let in, for what, until when; and to take it back in one tap. */
export function FamilyPage() {
  const t = useT('family')
  const own = useOwn(listMyFamily)
  return (
    <OwnPage title={t('my.title')}>
      <p>{t('my.about')}</p>
      <Loaded of={own}>{(data) => <Kin data={data} onChanged={own.reload} />}</Loaded>
      <Go to="/my/who-looked" className="pp-more">
        {t('my.whoLooked')}
        <span aria-hidden="true">›</span>
      </Go>
    </OwnPage>
  )
}

function Kin({ data, onChanged }: { data: Family; onChanged: () => void }) {
  const t = useT('family')
  const [isInviting, setInviting] = useState(false)
  const [given, setGiven] = useState<{ name: string; link: string }>()
  const [said, setSaid] = useState('')
  const standing = data.rows.filter(({ state }) => state === 'active' || state === 'invited')
  const past = data.rows.filter((row) => !standing.includes(row))
  const onLink = (name: string, link: string) => {
    setInviting(false)
    setGiven({ name, link })
    onChanged()
  }
  return (
    <>
      <OwnAge data={data} />
      <p role="status">{said}</p>
      {given && <LinkCard {...given} onDone={() => setGiven(undefined)} />}
      {standing.length === 0 && !isInviting && !given && <Nothing>{t('my.none')}</Nothing>}
      {standing.map((one) => (
        <KinCard
          key={one.id}
          one={one}
          onLink={onLink}
          onChanged={(words = '') => {
            setSaid(words)
            onChanged()
          }}
        />
      ))}
      <Invite
        data={data}
        isOpen={isInviting}
        isGiven={given !== undefined}
        onOpen={() => setInviting(true)}
        onInvited={onLink}
      />
      {past.length > 0 && <Past rows={past} />}
    </>
  )
}

/** The day on which the child decides: said beforehand to the guardian, and afterwards to the young person. */
function OwnAge({ data }: { data: Family }) {
  const t = useT('family')
  const day = useDay()
  const wasGuardians = data.rows.some(({ endedBecause }) => endedBecause === 'own-age')
  if (data.ownAgeSoonOn)
    return (
      <Card title={t('my.ownAge.title', { day: day(data.ownAgeSoonOn) })}>
        <p>{t('my.ownAge.guardian')}</p>
      </Card>
    )
  if (data.forGuardian) return <p className="pp-hint">{t('my.aboutGuardian')}</p>
  return wasGuardians ? <p>{t('my.ownAge.young')}</p> : null
}

function Invite({
  data,
  isOpen,
  isGiven,
  onOpen,
  onInvited,
}: {
  data: Family
  isOpen: boolean
  isGiven: boolean
  onOpen: () => void
  onInvited: (name: string, link: string) => void
}) {
  const t = useT('family')
  if (!data.ready) return <p className="pp-hint">{t('my.notReady')}</p>
  if (isOpen) return <InviteForm onInvited={onInvited} />
  if (isGiven) return null
  return (
    <p>
      <button type="button" className="pp-button pp-wide" onClick={onOpen}>
        {t('my.invite')}
      </button>
    </p>
  )
}

function Past({ rows }: { rows: Family['rows'] }) {
  const t = useT('family')
  return (
    <Card title={t('my.past')}>
      {rows.map((one) => (
        <p key={one.id} className="pp-hint">
          {t('my.nameWith', { name: one.name, relation: t(`my.relation.${one.relation}`) })} ·{' '}
          {one.endedBecause ? t(`my.because.${one.endedBecause}`) : t(`my.state.${one.state}`)}
        </p>
      ))}
    </Card>
  )
}
