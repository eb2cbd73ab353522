import { useState } from 'react'
import { z } from 'zod'
import {
  Empty,
  Facts,
  Go,
  Loading,
  Page,
  ProblemAlert,
  Stack,
  useAddress,
  useApi,
  useGo,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { prepareHomeVisit } from '../contract/home-visit.ts'
import type { VisitView } from '../contract/words.ts'
import './home-visit.css'
import { NewVisitForm, type Prepared } from './new-visit-form.tsx'
import { useTakenPhotos } from './photo-picker.tsx'
import { PhotosOnTheirWay } from './photos-on-their-way.tsx'

const address = z.object({ patient: z.uuid().optional(), followUp: z.uuid().optional(), task: z.uuid().optional() })

/** 记录家访: written down at the door, on a phone, with or without a line. */
export function NewVisitPage() {
  const t = useT('home-visit')
  const [{ patient, followUp, task }] = useAddress(address)
  const { data, error, refetch } = useApi(
    prepareHomeVisit,
    {
      params: { patientId: (patient ?? '') as never },
      query: { ...(followUp ? { followUp } : {}), ...(task ? { task } : {}) },
    },
    { enabled: patient !== undefined },
  )
  return (
    <Page title={t('form.title')} width="reading" hint={data && <About prepared={data} />}>
      {patient === undefined && <Empty title={t('form.nobody')} hint={t('form.nobodyHint')} />}
      {/* Once the form stands, a line that is gone takes nothing away. */}
      {error && !data && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {patient !== undefined && !data && !error && <Loading lines={8} />}
      {data && <Visit key={data.patient.id} prepared={data} />}
    </Page>
  )
}

function About({ prepared: { patient, followUp, task } }: { prepared: Prepared }) {
  const t = useT('home-visit')
  return (
    <Facts
      items={[
        [
          t('list.who'),
          <Go key="who" to={`/patients/${patient.id}`}>
            {patient.name}
          </Go>,
        ],
        [t('field.age'), patient.ageYears === null ? '' : t('age', { count: patient.ageYears })],
        [t('field.called'), patient.called],
        [t('form.forFollowUp'), followUp?.name],
        [t('form.forTask'), task?.title],
      ]}
    />
  )
}

function Visit({ prepared }: { prepared: Prepared }) {
  const t = useT('home-visit')
  const say = useSay()
  const go = useGo()
  const taken = useTakenPhotos()
  const [kept, setKept] = useState<VisitView>()
  const finish = (visit: VisitView) => {
    say.done(t('said.kept', { name: visit.patient.name }))
    // The form of the follow-up is what comes next, where there is one.
    const { followUp } = prepared
    go(
      followUp?.isOpen && visit.outcome === 'seen'
        ? `/follow-ups?visit=${followUp.id}&way=home`
        : `/patients/${visit.patient.id}?tab=home-visits&visit=${visit.id}`,
    )
  }
  if (kept)
    return <PhotosOnTheirWay visit={kept} photos={taken.photos} onArrived={taken.drop} onAll={() => finish(kept)} />
  return (
    <Stack>
      <NewVisitForm
        prepared={prepared}
        taken={taken}
        onKept={(visit, withPhotos) => (withPhotos ? setKept(visit) : finish(visit))}
      />
    </Stack>
  )
}
