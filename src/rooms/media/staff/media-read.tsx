import { Alert, Button } from 'antd'
import { Columns, Facts, Row, Stack, Status, useAction, useSay, useT, useShipped } from '../../../platform/web/index.ts'
import {
  discardMedia,
  listMedia,
  mediaVersions,
  publishMedia,
  readMedia,
  retireMedia,
  type MediaFault,
  type MediaView,
} from '../contract/items.ts'
import { PhonePreview } from './phone-preview.tsx'
import { stateTone, stateWords, useBilingual } from './words.ts'

/** What a card says on a phone, beside it where people find it and what it rests on. */
export function MediaRead({ card, onClose }: { card: MediaView; onClose: () => void }) {
  const t = useT('media')
  const shipped = useShipped()
  const { definition } = card
  return (
    <Stack>
      <Row>
        <Status tone={stateTone(card)}>{stateWords(t, card)}</Status>
        <Acts card={card} onClose={onClose} />
      </Row>
      <Faults faults={card.faults} />
      <Columns minPx={360}>
        <PhonePreview definition={definition} pictures={card.pictures} />
        <Stack>
          <Usage card={card} />
          <Facts
            items={[
              [t('card.words'), definition.words.join(t('my.separator'))],
              [
                t('card.source'),
                <ul key="sources" style={{ margin: 0, paddingInlineStart: 18 }}>
                  {[...new Set([...definition.steps, ...definition.honest].map(({ source }) => source))].map((one) => (
                    <li key={one}>{shipped(one)}</li>
                  ))}
                </ul>,
              ],
              [t('card.licence'), card.shipped ? `${definition.licence} · ${t('card.shipped')}` : definition.licence],
              [t('card.reviewer'), definition.reviewer ?? t('card.reviewerOpen')],
              [t('card.expiresOn'), definition.expiresOn],
            ]}
          />
        </Stack>
      </Columns>
    </Stack>
  )
}

/** Beside which results and words people find it, and how often it was opened. */
function Usage({ card }: { card: MediaView }) {
  const t = useT('media')
  const words = useBilingual()
  const { usage, definition } = card
  const separator = t('my.separator')
  const indicators = usage.indicators.map(words).join(separator)
  return (
    <section>
      <h3>{t('card.shownAt')}</h3>
      {indicators && <p>{t('card.shownAtIndicators', { names: indicators })}</p>}
      {definition.words.length > 0 && <p>{t('card.shownAtWords', { names: definition.words.join(separator) })}</p>}
      {!indicators && definition.words.length === 0 && <p>{t('card.shownNowhere')}</p>}
      <p className="pb-hint">{t('card.counts', { opened: usage.opened, sent: usage.sent })}</p>
    </section>
  )
}

function Faults({ faults }: { faults: readonly MediaFault[] }) {
  const t = useT('media')
  if (faults.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={t('fault.count', { count: faults.length })}
      description={
        <ul style={{ margin: 0, paddingInlineStart: 18 }}>
          {faults.slice(0, 8).map(({ where, kind, text, instead }) => (
            <li key={`${where} ${kind} ${text}`}>
              {t(`fault.${kind}`, { text })}
              {instead && t('fault.instead', { instead })}
            </li>
          ))}
        </ul>
      }
    />
  )
}

/** Publishing by the second person, discarding a draft, retiring. */
function Acts({ card, onClose }: { card: MediaView; onClose: () => void }) {
  const t = useT('media')
  const say = useSay()
  const done = (words: string) => ({
    invalidates: [listMedia, readMedia, mediaVersions],
    onDone: () => {
      say.done(words)
      onClose()
    },
  })
  const publish = useAction(publishMedia, done(t('card.published')))
  const retire = useAction(retireMedia, done(t('card.retired')))
  const discard = useAction(discardMedia, done(t('card.discarded')))
  const params = { code: card.code }
  return (
    <>
      {card.can.publish && (
        <Button
          type="primary"
          disabled={card.faults.length > 0}
          loading={publish.isPending}
          onClick={() => publish.mutate({ params, body: { revision: card.revision } }, { onError: say.problem })}
        >
          {t('card.publish')}
        </Button>
      )}
      {card.state === 'draft' && !card.can.publish && <span className="pb-hint">{t('card.waits')}</span>}
      {card.state === 'draft' && card.can.edit && (
        <Button loading={discard.isPending} onClick={() => discard.mutate({ params }, { onError: say.problem })}>
          {t('card.discard')}
        </Button>
      )}
      {card.can.retire && (
        <Button danger loading={retire.isPending} onClick={() => retire.mutate({ params }, { onError: say.problem })}>
          {t('card.retire')}
        </Button>
      )}
    </>
  )
}
