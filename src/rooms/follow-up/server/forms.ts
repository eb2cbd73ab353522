import companionCall from '../content/forms/companion-call.json' with { type: 'json' }
import diabetesVisit from '../content/forms/diabetes-visit.json' with { type: 'json' }
import hypertensionVisit from '../content/forms/hypertension-visit.json' with { type: 'json' }
import kidneyVisit from '../content/forms/kidney-visit.json' with { type: 'json' }
import oncologyVisit from '../content/forms/oncology-visit.json' with { type: 'json' }
import postSurgerySurvey from '../content/forms/post-surgery-survey.json' with { type: 'json' }
import rehabilitationVisit from '../content/forms/rehabilitation-visit.json' with { type: 'json' }
import { formDefinition, type FormDefinition } from '../contract/form.ts'

/** All versions of the forms, newest last. A version that was answered is never edited: a change is a further file. */
const forms: FormDefinition[] = [
  hypertensionVisit,
  diabetesVisit,
  postSurgerySurvey,
  oncologyVisit,
  kidneyVisit,
  rehabilitationVisit,
  companionCall,
].map((content) => formDefinition.parse(content))

/** A form in a version, or in its newest. */
export function findForm(code: string, version?: number): FormDefinition | undefined {
  return forms
    .filter((form) => form.code === code)
    .findLast((form) => version === undefined || form.version === version)
}
