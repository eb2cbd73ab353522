import { Card, Columns, Empty, useT } from '../../../platform/web/index.ts'
import type { CampaignShown } from '../contract/campaign.ts'

interface Line {
  key: string
  words: string
  count: number
}

/** What became of everybody and of every message, each with its reason; each table adds up to its sum. */
export function OutcomeTable({ data }: { data: CampaignShown }) {
  const t = useT('campaign')
  const m = useT('message')
  const people = data.runs.map(({ state, reason, count }): Line => ({
    key: `${state} ${reason ?? ''}`,
    words: [t(`runState.${state}`), reason && t(`runReason.${reason}`)].filter(Boolean).join(' · '),
    count,
  }))
  const messages = data.messages.map(({ channel, state, reason, count }): Line => ({
    key: `${channel} ${state} ${reason ?? ''}`,
    words: [m(`channel.${channel}`), m(`state.${state}`), reason && m(`reason.${reason}`)].filter(Boolean).join(' · '),
    count,
  }))
  return (
    <Columns minPx={360}>
      <Sums title={t('outcome.people')} lines={people} empty={t('outcome.nobody')} sum={t('outcome.sum')} />
      <Sums title={t('outcome.messages')} lines={messages} empty={t('outcome.nothing')} sum={t('outcome.sum')} />
    </Columns>
  )
}

function Sums({ title, lines, empty, sum }: { title: string; lines: readonly Line[]; empty: string; sum: string }) {
  if (lines.length === 0)
    return (
      <Card title={title}>
        <Empty title={empty} />
      </Card>
    )
  return (
    <Card title={title}>
      <table className="pb-campaign-sums">
        <tbody>
          {lines.map(({ key, words, count }) => (
            <tr key={key}>
              <th scope="row">{words}</th>
              <td>{count.toLocaleString()}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{sum}</th>
            <td>{lines.reduce((total, { count }) => total + count, 0).toLocaleString()}</td>
          </tr>
        </tfoot>
      </table>
    </Card>
  )
}
