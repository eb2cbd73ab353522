import { Button } from 'antd'
import {
  Card,
  Empty,
  Loading,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  Status,
  useAction,
  useApi,
  useOpened,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { listNoduleCards, listNoduleCardsToWrite, publishNoduleCard, type CardView } from '../contract/card.ts'
import { CardForm } from './card-form.tsx'
import { useBilingual } from './words.tsx'

/** What people read and what may worry them; a change is a draft until another colleague has published it. */
export function CardsTab() {
  const t = useT('nodule')
  const words = useBilingual()
  const opened = useOpened('card')
  const { data, error, refetch } = useApi(listNoduleCardsToWrite)
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  if (data.rows.length === 0) return <Empty title={t('cards.empty')} />
  const card = newestOf(data.rows, opened.id)
  return (
    <Stack>
      <p className="pb-hint">{t('cards.hint')}</p>
      {(['education', 'worry'] as const).map((kind) => (
        <Card key={kind} title={t(`cards.${kind}`)}>
          <Stack tight>
            {data.rows
              .filter(({ definition }) => definition.kind === kind)
              .map((one) => (
                <CardLine key={`${one.code} ${one.version}`} card={one} onEdit={() => opened.open(one.code)} />
              ))}
          </Stack>
        </Card>
      ))}
      <SideDrawer title={card ? words(card.title) : ''} open={card !== undefined} onClose={opened.close} widthPx={720}>
        {card && <CardForm key={`${card.code} ${card.version}`} card={card} onClose={opened.close} />}
      </SideDrawer>
    </Stack>
  )
}

function newestOf(rows: readonly CardView[], code: string | undefined): CardView | undefined {
  return rows.filter((one) => one.code === code).toSorted((a, b) => b.version - a.version)[0]
}

function CardLine({ card, onEdit }: { card: CardView; onEdit: () => void }) {
  const t = useT('nodule')
  const say = useSay()
  const words = useBilingual()
  const publish = useAction(publishNoduleCard, {
    invalidates: [listNoduleCardsToWrite, listNoduleCards],
    onDone: () => say.done(t('cards.published')),
  })
  const { definition } = card
  const organ = definition.kind === 'education' ? t(`organ.${definition.organ}`) : ''
  return (
    <Row>
      <span>
        {organ && <span className="pb-hint">{organ} </span>}
        <strong>{words(card.title)}</strong>{' '}
        <Status tone={card.state === 'draft' ? 'due' : 'good'}>{t(`cards.${card.state}`)}</Status>{' '}
        <span className="pb-hint">
          {t('cards.byWhom', { name: card.changedByName })}
          {definition.reviewer === null && ` · ${t('talk.unreviewed')}`}
        </span>
      </span>
      {card.can.includes('edit') && (
        <Button size="small" onClick={onEdit}>
          {t('cards.edit')}
          <span className="pb-sr">{words(card.title)}</span>
        </Button>
      )}
      {card.can.includes('publish') && (
        <Button
          size="small"
          type="primary"
          loading={publish.isPending}
          onClick={() =>
            publish.mutate({ params: { code: card.code }, body: { version: card.version } }, { onError: say.problem })
          }
        >
          {t('cards.publish')}
          <span className="pb-sr">{words(card.title)}</span>
        </Button>
      )}
    </Row>
  )
}
