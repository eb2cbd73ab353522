import { Card, Explained, Loaded, MoreAbout, Nothing, OwnPage, useOwn } from '../../../platform/patient-web/index.ts'
import { myNodules, type MyNodule } from '../contract/my.ts'
import { useNoduleWords } from './nodule-words.ts'

/** 我的结节: what it is, when to look again, what to do, and whom to call; only what a physician has settled. */
export function NodulesPage() {
  const { t } = useNoduleWords()
  const own = useOwn(myNodules)
  return (
    <OwnPage title={t('my.title')}>
      <Loaded of={own}>
        {({ rows, phone }) => (
          <>
            {rows.length === 0 && <Nothing>{t('my.none')}</Nothing>}
            {rows.map((nodule) => (
              <Nodule key={nodule.id} nodule={nodule} />
            ))}
            {rows.length > 0 && <p className="pp-hint">{phone ? t('my.contact', { phone }) : t('my.contactBare')}</p>}
          </>
        )}
      </Loaded>
    </OwnPage>
  )
}

function Nodule({ nodule }: { nodule: MyNodule }) {
  const { t, text, day, name } = useNoduleWords()
  const { state, card, sizeMm, lastScanOn, gone, unchanged, recheck } = nodule
  return (
    <Card title={name(nodule)}>
      {state === 'closed' && <p>{t('my.closed')}</p>}
      {state === 'looking' && <p>{t('my.waiting')}</p>}
      {card && (
        <p>
          <strong>{text(card.title)}</strong>
        </p>
      )}
      {card && (
        <p>
          <Explained text={text(card.meaning)} />
        </p>
      )}
      {state === 'settled' && gone && <p>{t('my.gone', { date: day(lastScanOn) })}</p>}
      {state === 'settled' && sizeMm !== null && (
        <p>
          {t('my.size', { date: day(lastScanOn), mm: sizeMm })} {unchanged && t('my.within')}
        </p>
      )}
      {state !== 'closed' && <NextLook recheck={recheck} settled={state === 'settled'} />}
      {card && <Lines title={t('my.todo')} lines={card.todo.map(text)} />}
      {card && <Lines title={t('my.earlier')} lines={card.earlier.map(text)} />}
      <MoreAbout topics={[`organ:${nodule.organ}`]} />
    </Card>
  )
}

function NextLook({ recheck, settled }: { recheck: MyNodule['recheck']; settled: boolean }) {
  const { t, day } = useNoduleWords()
  if (!recheck) return settled ? <p>{t('my.noDay')}</p> : null
  if (recheck.past) return <p>{t('my.past', { date: day(recheck.dueOn) })}</p>
  if (recheck.kind === 'refer') return <p>{t('my.refer', { date: day(recheck.dueOn) })}</p>
  return (
    <p>
      {t('my.next')} <strong>{t('my.nextDay', { date: day(recheck.dueOn) })}</strong>
    </p>
  )
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  )
}
