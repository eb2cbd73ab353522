import { useState } from 'react'
import {
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  Status,
  TabSet,
  useApi,
  useT,
} from '../../../platform/web/index.ts'
import { mediaVersions, readMedia, type MediaView } from '../contract/items.ts'
import { MediaForm } from './media-form.tsx'
import { MediaRead } from './media-read.tsx'
import { stateTone, stateWords, useBilingual } from './words.ts'

/** A card: as a phone shows it, where it is used, its next version, who publishes it. `?card=ldl.1`, `?card=new` */
export function MediaDrawer({ opened, onClose }: { opened: string | undefined; onClose: () => void }) {
  const t = useT('media')
  const words = useBilingual()
  const [code = '', version = ''] = opened?.split('.') ?? []
  const isNew = opened === 'new'
  const { data, error } = useApi(
    readMedia,
    { params: { code, version: Number(version) } },
    { enabled: opened !== undefined && !isNew, keep: false },
  )
  return (
    <SideDrawer
      title={isNew ? t('library.new') : data ? words(data.title) : ''}
      open={opened !== undefined}
      onClose={onClose}
      widthPx={860}
    >
      {isNew && <MediaForm card={undefined} onDone={onClose} />}
      {!isNew && <ProblemAlert problem={error} />}
      {!isNew && !data && !error && <Loading lines={6} />}
      {!isNew && data && <Body key={`${data.code}.${data.version}.${data.revision}`} card={data} onClose={onClose} />}
    </SideDrawer>
  )
}

function Body({ card, onClose }: { card: MediaView; onClose: () => void }) {
  const t = useT('media')
  const [tab, setTab] = useState('read')
  const items = [
    { key: 'read', label: t('tab.read'), content: <MediaRead card={card} onClose={onClose} /> },
    ...(card.can.edit
      ? [{ key: 'edit', label: t('tab.edit'), content: <MediaForm card={card} onDone={onClose} /> }]
      : []),
    { key: 'versions', label: t('tab.versions'), content: <Versions code={card.code} /> },
  ]
  return <TabSet items={items} active={tab} onChange={setTab} />
}

function Versions({ code }: { code: string }) {
  const t = useT('media')
  const { data, error } = useApi(mediaVersions, { params: { code } })
  if (error) return <ProblemAlert problem={error} />
  if (!data) return <Loading />
  return (
    <Stack tight>
      {data.rows.map((row) => (
        <Row key={row.version}>
          <strong>{t('card.version', { version: row.version })}</strong>
          <Status tone={stateTone(row)}>{stateWords(t, row)}</Status>
          <span className="pb-hint">
            {t('card.changedBy', { by: row.changedBy })} <InstantText at={row.changedAt} />
          </span>
          {row.publishedAt && (
            <span className="pb-hint">
              {t('card.publishedBy', { by: row.publishedBy ?? '' })} <InstantText at={row.publishedAt} />
            </span>
          )}
        </Row>
      ))}
    </Stack>
  )
}
