import '../staff/without-eval.ts'
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { language, Notice, Screen, useT, type PatientPage } from '../../platform/patient-web/index.ts'
import '../../platform/patient-web/patient.css'
import { loadTexts } from './texts.ts'

// Eager: these files only describe; the pages behind them are fetched when they are opened.
const files = import.meta.glob<{ pages: PatientPage[] }>('../../rooms/*/patient/pages.ts', { eager: true })
const pages = Object.values(files).flatMap((file) => file.pages)

/** The page of an address, with its last part. Patients come by a link and leave: no router is needed. */
function pageOf(address: string) {
  const [, first = '', parameter = ''] = address.split('/')
  const page = pages.find(({ path }) => path.split('/')[1] === first)
  return page && parameter ? { page, parameter: decodeURIComponent(parameter) } : undefined
}

function NoPage() {
  const t = useT('web')
  return (
    <Screen>
      <Notice title={t('patient.noPage')} />
    </Screen>
  )
}

await language.start(loadTexts)
const found = pageOf(location.pathname)
const Page = found && lazy(async () => ({ default: await found.page.load() }))

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Suspense fallback={<Screen>{null}</Screen>}>{Page ? <Page parameter={found.parameter} /> : <NoPage />}</Suspense>
  </StrictMode>,
)
