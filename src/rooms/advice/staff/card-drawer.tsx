import { Button } from 'antd'
import {
  Facts,
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  Status,
  TabSet,
  useAction,
  useApi,
  useSay,
  useT,
  useShipped,
} from '../../../platform/web/index.ts'
import { useState } from 'react'
import {
  cardVersions,
  discardCard,
  listCards,
  publishCard,
  readCard,
  retireCard,
  type CardView,
} from '../contract/cards.ts'
import { CardForm } from './card-form.tsx'
import { stateTone, stateWords } from './card-list-page.tsx'
import { CardPreview } from './card-preview.tsx'
import { FaultList } from './fault-list.tsx'
import { groundWords } from './ground-line.ts'
import { useBilingual } from './words.ts'

/** A card: what it says on a phone, whom it is for, its next version, who publishes it. `?card=diet-salt.1`, `?card=new` */
export function CardDrawer({ opened, onClose }: { opened: string | undefined; onClose: () => void }) {
  const t = useT('advice')
  const words = useBilingual()
  const [code = '', version = ''] = opened?.split('.') ?? []
  const isNew = opened === 'new'
  const { data, error } = useApi(
    readCard,
    { params: { code, version: Number(version) } },
    { enabled: opened !== undefined && !isNew, keep: false },
  )
  return (
    <SideDrawer
      title={isNew ? t('cards.new') : data ? words(data.title) : ''}
      open={opened !== undefined}
      onClose={onClose}
      widthPx={760}
    >
      {isNew && <CardForm card={undefined} onDone={onClose} />}
      {!isNew && <ProblemAlert problem={error} />}
      {!isNew && !data && !error && <Loading lines={6} />}
      {!isNew && data && (
        <CardBody key={`${data.code}.${data.version}.${data.revision}`} card={data} onClose={onClose} />
      )}
    </SideDrawer>
  )
}

function CardBody({ card, onClose }: { card: CardView; onClose: () => void }) {
  const t = useT('advice')
  const [tab, setTab] = useState('read')
  const items = [
    { key: 'read', label: t('cards.tab.read'), content: <CardRead card={card} onClose={onClose} /> },
    ...(card.can.edit
      ? [{ key: 'edit', label: t('cards.tab.edit'), content: <CardForm card={card} onDone={onClose} /> }]
      : []),
    { key: 'versions', label: t('cards.tab.versions'), content: <Versions code={card.code} /> },
  ]
  return <TabSet items={items} active={tab} onChange={setTab} />
}

function CardRead({ card, onClose }: { card: CardView; onClose: () => void }) {
  const t = useT('advice')
  const shipped = useShipped()
  const words = useBilingual()
  const { definition } = card
  return (
    <Stack>
      <Row>
        <Status tone={stateTone(card)}>{stateWords(t, card)}</Status>
        <Acts card={card} onClose={onClose} />
      </Row>
      <FaultList faults={card.faults} />
      <Row>
        <CardPreview card={definition} language="zh-CN" />
        <CardPreview card={definition} language="en" />
      </Row>
      <Facts
        items={[
          [t('cards.for'), definition.for.map((one) => groundWords(t, words, one)).join(t('list.separator'))],
          [t('cards.only'), (definition.only ?? []).map((one) => groundWords(t, words, one)).join(t('list.separator'))],
          [
            t('cards.who'),
            definition.who
              ? t('cards.whoValue', { from: definition.who.ageFrom ?? 0, to: definition.who.ageTo ?? 120 })
              : null,
          ],
          [t('card.source'), shipped(definition.source)],
          [t('card.licence'), definition.licence],
          [t('card.reviewer'), definition.reviewer ?? t('card.reviewerOpen')],
          [t('card.expiresOn'), definition.expiresOn],
        ]}
      />
      {definition.notFor.length > 0 && (
        <section>
          <h3>{t('cards.notFor')}</h3>
          <ul style={{ margin: 0, paddingInlineStart: 18 }}>
            {definition.notFor.map(({ when, because }) => (
              <li key={JSON.stringify(when)}>
                {groundWords(t, words, when)}
                {t('list.colon')}
                {words(because)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Stack>
  )
}

/** Publishing by the second person, discarding a draft, retiring. */
function Acts({ card, onClose }: { card: CardView; onClose: () => void }) {
  const t = useT('advice')
  const say = useSay()
  const done = (words: string) => ({
    invalidates: [listCards, readCard, cardVersions],
    onDone: () => {
      say.done(words)
      onClose()
    },
  })
  const publish = useAction(publishCard, done(t('cards.published')))
  const retire = useAction(retireCard, done(t('cards.retired')))
  const discard = useAction(discardCard, done(t('cards.discarded')))
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
          {t('cards.publish')}
        </Button>
      )}
      {card.state === 'draft' && !card.can.publish && <span className="pb-hint">{t('cards.waits')}</span>}
      {card.state === 'draft' && card.can.edit && (
        <Button loading={discard.isPending} onClick={() => discard.mutate({ params }, { onError: say.problem })}>
          {t('cards.discard')}
        </Button>
      )}
      {card.can.retire && (
        <Button danger loading={retire.isPending} onClick={() => retire.mutate({ params }, { onError: say.problem })}>
          {t('cards.retire')}
        </Button>
      )}
    </>
  )
}

function Versions({ code }: { code: string }) {
  const t = useT('advice')
  const { data, error } = useApi(cardVersions, { params: { code } })
  if (error) return <ProblemAlert problem={error} />
  if (!data) return <Loading />
  return (
    <Stack tight>
      {data.rows.map((row) => (
        <Row key={row.version}>
          <strong>{t('cards.version', { version: row.version })}</strong>
          <Status tone={stateTone(row)}>{stateWords(t, row)}</Status>
          <span className="pb-hint">
            {t('cards.changedBy', { by: row.changedBy })} <InstantText at={row.changedAt} />
          </span>
          {row.publishedAt && (
            <span className="pb-hint">
              {t('cards.publishedBy', { by: row.publishedBy ?? '' })} <InstantText at={row.publishedAt} />
            </span>
          )}
        </Row>
      ))}
    </Stack>
  )
}
