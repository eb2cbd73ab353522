import { useState } from 'react'
import { Empty, Loading, SideDrawer, Stack, useApi, useT } from '../../../platform/web/index.ts'
import { ruleVersions, type RuleView } from '../contract/tag.ts'
import { RuleActs } from './rule-acts.tsx'
import { RuleForm } from './rule-form.tsx'
import { RuleText } from './rule-text.tsx'
import { RuleVersions } from './rule-versions.tsx'
import { linesOf } from './rule-line.ts'
import { useBilingual } from './words.ts'

export interface RuleDrawerProps {
  /** Which tag is open; `new` begins one. */
  code: string | undefined
  rules: readonly RuleView[]
  can: { write: boolean; publish: boolean }
  onClose: () => void
  onOpen: (code: string) => void
}

/** One tag: its rule in words, its draft, who published what, and the form that changes it. */
export function RuleDrawer({ code, rules, can, onClose, onOpen }: RuleDrawerProps) {
  const t = useT('tag')
  const words = useBilingual()
  const [editing, setEditing] = useState(false)
  const line = linesOf(rules).find((one) => one.code === code)
  const leave = () => {
    setEditing(false)
    onClose()
  }
  const isNew = code === 'new' && can.write
  const name = line ? words(line.shown.definition.name) : ''
  const title = isNew ? t('edit.newTitle') : !line ? t('rule.notFound') : editing ? t('edit.title', { name }) : name
  return (
    <SideDrawer title={title} open={code !== undefined} onClose={leave} widthPx={isNew || editing ? 1080 : 720}>
      {isNew ? (
        <RuleForm rules={rules} from={undefined} onDone={onOpen} onCancel={leave} />
      ) : !line ? (
        <Empty title={t('rule.notFound')} />
      ) : editing ? (
        <RuleForm
          key={line.code}
          rules={rules}
          from={line.draft ?? line.shown}
          onDone={() => setEditing(false)}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <Stack>
          {line.draft && line.shown.state !== 'draft' && (
            <RuleText title={t('rule.draftOf', { version: line.draft.version })} rule={line.draft} />
          )}
          <RuleText
            title={
              line.shown.state === 'draft'
                ? t('rule.draftOf', { version: line.shown.version })
                : t('rules.versionNumber', { version: line.shown.version })
            }
            rule={line.shown}
          />
          <RuleActs line={line} can={can} onEdit={() => setEditing(true)} />
          <Versions code={line.code} />
        </Stack>
      )}
    </SideDrawer>
  )
}

function Versions({ code }: { code: string }) {
  const { data } = useApi(ruleVersions, { params: { code } }, { keep: false })
  return data ? <RuleVersions versions={data.versions} /> : <Loading lines={2} />
}
