import { Card, Facts, Go, InstantText, useLocale, useT } from '../../../platform/web/index.ts'
import type { IssueShown } from '../contract/newsletter.ts'
import { useLang } from './words.ts'

/** Who wrote it, who approved it, by which campaign it went, and what is in it. */
export function IssueStanding({ issue }: { issue: IssueShown }) {
  const t = useT('newsletter')
  const lang = useLang()
  const locale = useLocale()
  const { definition, campaign, decidedAt } = issue
  return (
    <Card title={t('standing.title')}>
      <Facts
        items={[
          [t('standing.editors'), new Intl.ListFormat(locale).format(issue.editors)],
          [t('standing.changed'), <InstantText key="c" at={issue.changedAt} />],
          [t('standing.decided'), issue.decidedBy && `${issue.decidedBy}`],
          [t('standing.decidedAt'), decidedAt && <InstantText key="d" at={decidedAt} />],
          [t('standing.note'), issue.note || null],
          [t('standing.sent'), issue.sentAt && <InstantText key="s" at={issue.sentAt} />],
          [
            t('standing.campaign'),
            campaign && (
              <Go key="l" to={`/campaigns/${campaign.id}`}>
                {t(`standing.campaign_${campaign.state}`)}
              </Go>
            ),
          ],
        ]}
      />
      {!issue.can.write && (
        <ol aria-label={t('articles')} style={{ margin: '12px 0 0', paddingInlineStart: 24 }}>
          {definition.articles.map(({ card, title, source, date }) => (
            <li key={card}>
              {title[lang]}{' '}
              <span className="pb-hint">{source[lang].includes(date) ? source[lang] : `${source[lang]} ${date}`}</span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
