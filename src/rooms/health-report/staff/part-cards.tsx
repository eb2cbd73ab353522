import { Button } from 'antd'
import { Card, Flag, InstantText, Row, Stack, Status, useAction, useSay, useT, type T } from '../../../platform/web/index.ts'
import {
  getComposition,
  listCompositions,
  signParts,
  takeBackSignature,
  type CompositionView,
  type ReportPart,
} from '../contract/composition.ts'

const CHANGED = [getComposition, listCompositions]

/** Each part with its results, what is marked first, and its signature below. */
export function PartCards({ composition }: { composition: CompositionView }) {
  return composition.parts.map((part) => <PartCard key={part.key} composition={composition} part={part} />)
}

function PartCard({ composition, part }: { composition: CompositionView; part: ReportPart }) {
  const t = useT('health-report')
  const marked = part.items.filter(({ flag }) => flag !== '')
  const rest = part.items.filter(({ flag }) => flag === '')
  return (
    <Card title={part.title} extra={<Signature composition={composition} part={part} />}>
      <Stack tight>
        {marked.length > 0 && <ItemTable t={t} label={t('part.marked', { part: part.title })} items={marked} />}
        {rest.length > 0 && (
          <details open={marked.length === 0 && rest.length <= 12}>
            <summary>{t('part.rest', { count: rest.length })}</summary>
            <ItemTable t={t} label={t('part.restOf', { part: part.title })} items={rest} />
          </details>
        )}
        {part.narrative && (
          <>
            {part.narrative.finding && (
              <p style={{ margin: 0, whiteSpace: 'pre-line' }}>
                <span className="pb-hint">{t('part.finding')}</span> {part.narrative.finding}
              </p>
            )}
            {part.narrative.impression && (
              <p style={{ margin: 0, whiteSpace: 'pre-line' }}>
                <span className="pb-hint">{t('part.impression')}</span> <strong>{part.narrative.impression}</strong>
              </p>
            )}
          </>
        )}
        {part.examiner && <span className="pb-hint">{t('part.examiner', { name: part.examiner })}</span>}
      </Stack>
    </Card>
  )
}

function ItemTable({ t, label, items }: { t: T; label: string; items: ReportPart['items'] }) {
  return (
    <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={label}>
      <table className="pb-chart-table" style={{ width: '100%', tableLayout: 'fixed' }}>
        <thead>
          <tr>
            <th scope="col">{t('part.item')}</th>
            <th scope="col">{t('part.result')}</th>
            <th scope="col">{t('part.unit')}</th>
            <th scope="col">{t('part.range')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.name}>
              <th scope="row">{item.name}</th>
              <td className="pb-number">
                {item.flag ? (
                  <strong>
                    {item.value} <Flag code={FLAG_CODES[item.flag]} />
                  </strong>
                ) : (
                  item.value
                )}
              </td>
              <td className="pb-unit">{item.unit}</td>
              <td className="pb-number">{item.rangeText}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const FLAG_CODES = { '↑': 'H', '↓': 'L', 异常: 'A' } as const

function Signature({ composition: { id, can }, part }: { composition: CompositionView; part: ReportPart }) {
  const t = useT('health-report')
  const say = useSay()
  const params = { compositionId: id }
  const sign = useAction(signParts, { invalidates: CHANGED })
  const takeBack = useAction(takeBackSignature, { invalidates: CHANGED })
  const { signature } = part
  const back = () => takeBack.mutateAsync({ params, body: { part: part.key } })
  const put = () =>
    sign.mutate(
      { params, body: { parts: [{ key: part.key, hash: part.hash }] } },
      {
        onSuccess: () => say.undoable({ text: t('said.signedPart', { part: part.title }), undo: back }),
        onError: say.problem,
      },
    )
  if (!signature)
    return (
      <Row>
        {part.changed && <Status tone="due">{t('part.changed')}</Status>}
        {can.sign ? (
          <Button size="small" loading={sign.isPending} onClick={put}>
            {t('act.sign')}
            <span className="pb-sr">{part.title}</span>
          </Button>
        ) : (
          <Status tone="plain">{t('part.unsigned')}</Status>
        )}
      </Row>
    )
  return (
    <Row>
      <Status tone="good">{t('list.signed', { name: signature.name })}</Status>
      <span className="pb-hint">
        <InstantText at={signature.at} />
      </span>
      {can.sign && signature.mine && (
        <Button type="text" size="small" loading={takeBack.isPending} onClick={() => void back().catch(say.problem)}>
          {t('act.takeBack')}
          <span className="pb-sr">{part.title}</span>
        </Button>
      )}
    </Row>
  )
}
