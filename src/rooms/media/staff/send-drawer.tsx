import { MailOutlined, QrcodeOutlined } from '@ant-design/icons'
import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import {
  DateText,
  Empty,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { TheCode } from '../../patient-access/staff/the-code.tsx'
import { listSentMedia, mailMedia, showMediaCode } from '../contract/sends.ts'
import { findCards } from './find-cards.ts'
import { useBilingual } from './words.ts'

type Listed = OutputOf<typeof listSentMedia>

/** 发图解: choose a card, send its link or let it be scanned; below, what was sent. */
export function SendDrawer({ patientId }: { patientId: string }) {
  const { data, error, refetch } = useApi(listSentMedia, { params: { patientId: patientId as never } }, { keep: false })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={5} />
  return (
    <Stack>
      <Choose patientId={patientId} listed={data} />
      <Sent rows={data.rows} />
    </Stack>
  )
}

function Choose({ patientId, listed }: { patientId: string; listed: Listed }) {
  const t = useT('media')
  const [typed, setTyped] = useState('')
  const [link, setLink] = useState<string>()
  const lacking = !listed.isActive ? 'send.gone' : listed.hasBirthDate ? undefined : 'send.birthDateWanted'
  if (lacking) return <Alert type="info" title={t(lacking)} />
  if (link) return <TheCode link={link} onClose={() => setLink(undefined)} />
  const found = findCards(listed.cards, typed)
  return (
    <Stack tight>
      <p>{t('send.about')}</p>
      {!listed.emailMasked && <span className="pb-hint">{t('send.noMail')}</span>}
      <Input
        value={typed}
        placeholder={t('send.search')}
        aria-label={t('send.search')}
        onChange={({ target }) => setTyped(target.value)}
      />
      {found.length === 0 && <span className="pb-hint">{t('send.none')}</span>}
      {found.map((card) => (
        <Choice key={card.code} patientId={patientId} card={card} email={listed.emailMasked} onLink={setLink} />
      ))}
    </Stack>
  )
}

interface ChoiceProps {
  patientId: string
  card: Listed['cards'][number]
  email: string | null
  onLink: (link: string) => void
}

function Choice({ patientId, card, email, onLink }: ChoiceProps) {
  const t = useT('media')
  const say = useSay()
  const words = useBilingual()
  const invalidates = [listSentMedia]
  const mail = useAction(mailMedia, {
    invalidates,
    onDone: ({ toMasked }) => say.done(t('send.mailed', { address: toMasked })),
  })
  const code = useAction(showMediaCode, { invalidates, onDone: ({ link }) => onLink(link) })
  const input = { params: { patientId: patientId as never, code: card.code } }
  return (
    <article style={{ padding: '8px 0', borderBottom: '1px solid var(--pb-line)' }}>
      <strong>{words(card.title)}</strong>
      <p className="pb-hint" style={{ margin: '2px 0 6px' }}>
        {words(card.summary)}
      </p>
      <Row>
        {email && (
          <Button size="small" icon={<MailOutlined />} loading={mail.isPending} onClick={() => mail.mutate(input)}>
            {t('send.mail', { address: email })}
            <span className="pb-sr">{words(card.title)}</span>
          </Button>
        )}
        <Button size="small" icon={<QrcodeOutlined />} loading={code.isPending} onClick={() => code.mutate(input)}>
          {t('send.code')}
          <span className="pb-sr">{words(card.title)}</span>
        </Button>
      </Row>
      <ProblemAlert problem={mail.error ?? code.error} />
    </article>
  )
}

function Sent({ rows }: { rows: Listed['rows'] }) {
  const t = useT('media')
  const words = useBilingual()
  if (rows.length === 0) return <Empty title={t('send.sentNone')} hint={t('send.sentNoneHint')} />
  return (
    <Stack tight>
      <h3>{t('send.sent')}</h3>
      {rows.map(({ id, title, by, sentOn, sentBy }) => (
        <Row key={id}>
          <span>{words(title)}</span>
          <span className="pb-hint">
            {t(`send.by.${by}`)} · {sentBy} · <DateText date={sentOn} />
          </span>
        </Row>
      ))}
    </Stack>
  )
}
