import { SideDrawer, useOpened, useT } from '../../../platform/web/index.ts'
import { FACT_ENTRIES, isEntry, type Entry } from './entry-bar.tsx'
import { FactForm } from './fact-form.tsx'
import { MeasureForm } from './measure-form.tsx'

type FactEntry = (typeof FACT_ENTRIES)[number]
const isFactEntry = (entry: Entry): entry is FactEntry => (FACT_ENTRIES as readonly string[]).includes(entry)

/** One drawer for all that staff enter: `?entry=blood-pressure`. */
export function EntryDrawer({ patientId }: { patientId: string }) {
  const t = useT('observation')
  const { id, close } = useOpened('entry')
  const entry = isEntry(id) ? id : undefined
  return (
    <SideDrawer title={entry ? t(`entry.${entry}`) : ''} open={entry !== undefined} onClose={close} widthPx={480}>
      {entry &&
        (isFactEntry(entry) ? (
          <FactForm key={entry} patientId={patientId} kind={entry} onDone={close} />
        ) : (
          <MeasureForm key={entry} patientId={patientId} entry={entry} onDone={close} />
        ))}
    </SideDrawer>
  )
}
