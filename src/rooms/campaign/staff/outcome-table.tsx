import { Card, Columns, Empty, Go, Stack, useT } from '../../../platform/web/index.ts'
import type { CampaignShown } from '../contract/campaign.ts'
import { NO_REASON, type PeopleFilter } from '../contract/outcome.ts'
import { messageLineWords, peopleLineWords } from './words.ts'

interface Line {
  key: string
  words: string
  count: number
  /** Of the people behind it, where the reader may see some. */
  to: string | undefined
}

/** What became of everybody and of every message, each with its reason; each table adds up to its sum. */
export function OutcomeTable({ data }: { data: CampaignShown }) {
  const t = useT('campaign')
  const m = useT('message')
  const behind = (asked: Record<string, string>) =>
    data.can.people ? `/campaigns/${data.id}?${new URLSearchParams({ tab: 'people', ...asked }).toString()}` : undefined
  const people = data.runs.map(({ state, reason, count }): Line => {
    const asked = { state, reason: reason ?? NO_REASON } satisfies PeopleFilter
    return { key: `${state} ${asked.reason}`, words: peopleLineWords(t, asked), count, to: behind(asked) }
  })
  const messages = data.messages.map(({ channel, state, reason, count }): Line => {
    const asked = { channel, message: state, messageReason: reason ?? NO_REASON } satisfies PeopleFilter
    return {
      key: `${channel} ${state} ${asked.messageReason}`,
      words: messageLineWords(m, asked),
      count,
      to: behind(asked),
    }
  })
  return (
    <Stack tight>
      {data.can.people && <p className="pb-hint">{t('outcome.opens')}</p>}
      <Columns minPx={360}>
        <Sums title={t('outcome.people')} lines={people} empty={t('outcome.nobody')} sum={t('outcome.sum')} />
        <Sums title={t('outcome.messages')} lines={messages} empty={t('outcome.nothing')} sum={t('outcome.sum')} />
      </Columns>
    </Stack>
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
          {lines.map(({ key, words, count, to }) => (
            <tr key={key}>
              <th scope="row">{to ? <Go to={to}>{words}</Go> : words}</th>
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
