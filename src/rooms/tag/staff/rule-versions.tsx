import { Card, InstantText, Stack, Status, useT } from '../../../platform/web/index.ts'
import type { RuleView } from '../contract/tag.ts'
import { useSentence } from './use-sentence.ts'

/** All versions, newest first: who drafted and who published each, and what it said. */
export function RuleVersions({ versions }: { versions: readonly RuleView[] }) {
  const t = useT('tag')
  const sentence = useSentence()
  return (
    <Card title={t('rule.versions')}>
      <Stack>
        {versions.map((version) => (
          <div key={version.version}>
            <div className="pb-row">
              <Status tone={version.state === 'published' ? 'good' : version.state === 'draft' ? 'due' : 'plain'}>
                {t('rules.versionNumber', { version: version.version })} · {t(`state.${version.state}`)}
              </Status>
              <span className="pb-hint">
                {version.author ? t('rule.drafted', { name: version.author }) : t(`origin.${version.origin}`)}
                {version.publishedBy && ` · ${t('rule.publishedBy', { name: version.publishedBy })}`}{' '}
                <InstantText at={version.publishedAt ?? version.createdAt} />
              </span>
            </div>
            <div>{version.sentence ? sentence(version.sentence) : t('rules.byHand')}</div>
          </div>
        ))}
      </Stack>
    </Card>
  )
}
