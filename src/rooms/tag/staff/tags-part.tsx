import { Button } from 'antd'
import { useState } from 'react'
import { Row, TagChip, useApi, useCan, useNarrow, useOpened, useT } from '../../../platform/web/index.ts'
import { listPatientTags, type PatientTag } from '../contract/tag.ts'
import { AddTagDrawer } from './add-tag-drawer.tsx'
import { SuppressDrawer } from './suppress-drawer.tsx'
import { TagAct } from './tag-act.tsx'
import { TagReason } from './tag-reason.tsx'
import { WhyDrawer } from './why-drawer.tsx'
import { byWeight, toneOf } from './rule-line.ts'
import { useBilingual } from './words.ts'

/** How many tags the head of the page shows at once; it stays in sight and must not grow tall. */
const SHOWN = { wide: 6, narrow: 2 }

/** As tall as a finger needs at least (WCAG 2.2, 2.5.8). */
const TARGET = { minHeight: 24 }

/** The tags of a patient beside the name, each with its reason; those set aside are one quiet word. */
export function TagsPart({ patientId }: { patientId: string }) {
  const t = useT('tag')
  const narrow = useNarrow()
  const adding = useOpened('addTag')
  const canAdd = useCan('tag.write')
  const canPick = useCan('tag.rule.read')
  const [all, setAll] = useState(false)
  const [quiet, setQuiet] = useState(false)
  const [suppressing, setSuppressing] = useState<PatientTag>()
  const [asked, setAsked] = useState<PatientTag>()
  const { data } = useApi(listPatientTags, { params: { patientId: patientId as never } }, { keep: false })
  if (!data) return null
  const active = byWeight(data.tags.filter(({ state }) => state === 'active'))
  const suppressed = data.tags.filter(({ state }) => state === 'suppressed')
  const most = narrow ? SHOWN.narrow : SHOWN.wide
  const shown = all ? active : active.slice(0, most)
  const chip = (tag: PatientTag) => (
    <Chip
      key={`${tag.code} ${tag.source}`}
      patientId={patientId}
      tag={tag}
      canWrite={data.can.write}
      onSuppress={setSuppressing}
      onWhy={setAsked}
    />
  )
  return (
    <>
      {shown.map(chip)}
      {active.length > most && (
        <button type="button" className="pb-link" style={TARGET} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('chips.less') : t('chips.more', { count: active.length - most })}
        </button>
      )}
      {suppressed.length > 0 && (
        <button type="button" className="pb-link" style={TARGET} aria-expanded={quiet} onClick={() => setQuiet(!quiet)}>
          {t('chips.suppressed', { count: suppressed.length })}
        </button>
      )}
      {quiet && suppressed.map(chip)}
      {canAdd && canPick && (
        <button type="button" className="pb-link" style={TARGET} onClick={() => adding.open('new')}>
          {t('chips.add')}
        </button>
      )}
      {canAdd && canPick && (
        <AddTagDrawer patientId={patientId} open={adding.id !== undefined} onClose={adding.close} />
      )}
      <SuppressDrawer patientId={patientId} tag={suppressing} onClose={() => setSuppressing(undefined)} />
      <WhyDrawer patientId={patientId} tag={asked} onClose={() => setAsked(undefined)} />
    </>
  )
}

interface ChipProps {
  patientId: string
  tag: PatientTag
  canWrite: boolean
  onSuppress: (tag: PatientTag) => void
  onWhy: (tag: PatientTag) => void
}

function Chip({ patientId, tag, canWrite, onSuppress, onWhy }: ChipProps) {
  const t = useT('tag')
  const words = useBilingual()
  const name = words(tag.name)
  const isQuiet = tag.state === 'suppressed'
  return (
    <TagChip
      label={isQuiet ? t('chips.suppressedName', { name }) : name}
      tone={isQuiet ? 'plain' : toneOf(tag.tone)}
      because={<TagReason patientId={patientId} tag={tag} />}
      action={
        (canWrite || tag.condition) && (
          <Row>
            {canWrite && <TagAct patientId={patientId} tag={tag} onSuppress={() => onSuppress(tag)} />}
            {tag.condition && (
              <Button size="small" type="text" onClick={() => onWhy(tag)}>
                {t('why.open')}
              </Button>
            )}
          </Row>
        )
      }
    />
  )
}
