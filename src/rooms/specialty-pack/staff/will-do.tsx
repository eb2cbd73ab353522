import { Stack, useT } from '../../../platform/web/index.ts'
import { PART_KINDS } from '../contract/pack.ts'
import type { PackView, PartView, Plan } from '../contract/specialty-pack.ts'
import { useSaid } from './words.ts'

/** In the order in which they matter to whoever decides; `rules` are alert rules that wait for their doctor. */
const SHOWN = ['put', 'lay', 'rules', 'renew', 'restore', 'taken', 'kept', 'off', 'there'] as const

/** What installing, or an update, does with the parts: said before it is done. */
export function WillDo({ pack }: { pack: PackView }) {
  const t = useT('specialty-pack')
  const said = useSaid()
  const groups = Map.groupBy(pack.content, groupOf)
  return (
    <Stack tight>
      {SHOWN.map((group) => {
        const parts = groups.get(group) ?? []
        if (parts.length === 0) return null
        const title = t(`will.${group}`, { count: parts.length })
        const names = parts.map(({ kind, name }) => `${said(name)}${t('inBrackets', { text: t(`kind.${kind}`) })}`)
        return (
          <section key={group} aria-label={title}>
            <h3>{title}</h3>
            <p className="pb-hint">{t(`willHint.${group}`)}</p>
            <p>{group === 'there' ? <Kinds parts={parts} /> : names.join(t('comma'))}</p>
          </section>
        )
      })}
    </Stack>
  )
}

function groupOf({ kind, plan }: PartView): Plan | 'rules' {
  return kind === 'alert-rule' && plan === 'lay' ? 'rules' : plan
}

/** What stays as it is, by number: the page below names each. */
function Kinds({ parts }: { parts: readonly PartView[] }) {
  const t = useT('specialty-pack')
  const counts = PART_KINDS.map((kind) => ({ kind, count: parts.filter((part) => part.kind === kind).length }))
  return (
    <>
      {counts
        .filter(({ count }) => count > 0)
        .map(({ kind, count }) => `${t(`kind.${kind}`)} ${count}`)
        .join(t('comma'))}
    </>
  )
}
