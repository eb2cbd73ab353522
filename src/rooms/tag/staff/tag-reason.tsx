import { Facts, InstantText, Stack, useT, useShipped } from '../../../platform/web/index.ts'
import type { PatientTag } from '../contract/tag.ts'
import { TagFacts } from './tag-facts.tsx'
import { useBilingual } from './words.ts'

/** Why a tag is there: what it means, by which rule or whom, the facts that fired it, since when and until when. */
export function TagReason({ patientId, tag }: { patientId: string; tag: PatientTag }) {
  const t = useT('tag')
  const shipped = useShipped()
  const words = useBilingual()
  const rule =
    tag.ruleVersion === null
      ? t('reason.rule')
      : `${t('reason.rule')} · ${t('reason.ruleVersion', { version: tag.ruleVersion })}`
  const origin = { rule, manual: '', room: t('reason.system') }[tag.source]
  return (
    <Stack tight>
      <p style={{ margin: 0 }}>{words(tag.explanation)}</p>
      {tag.facts.length > 0 && (
        <div>
          <div className="pb-hint">{t('reason.facts')}</div>
          <TagFacts patientId={patientId} code={tag.code} />
        </div>
      )}
      {origin && <div className="pb-hint">{origin}</div>}
      <Facts
        items={[
          [t('reason.source'), tag.ruleSource && shipped(tag.ruleSource)],
          [t('reason.by'), tag.source === 'manual' ? tag.setBy : null],
          [t('reason.note'), tag.note],
          [t('reason.setAt'), <InstantText key="set" at={tag.setAt} />],
          [t('reason.expiresAt'), tag.expiresAt && <InstantText key="expires" at={tag.expiresAt} />],
          [t('reason.refusedAt'), tag.refusedAt && <InstantText key="refused" at={tag.refusedAt} />],
          [t('reason.suppressedBecause'), tag.suppressedBecause],
          [t('reason.suppressedBy'), tag.suppressedBy],
          [t('reason.suppressedAt'), tag.suppressedAt && <InstantText key="suppressed" at={tag.suppressedAt} />],
        ]}
      />
    </Stack>
  )
}
