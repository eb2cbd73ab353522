import diabetesVisit from '../content/forms/diabetes-visit.json' with { type: 'json' }
import hypertensionVisit from '../content/forms/hypertension-visit.json' with { type: 'json' }
import postSurgerySurvey from '../content/forms/post-surgery-survey.json' with { type: 'json' }
import { formDefinition, type FormDefinition } from '../contract/form.ts'

/** All versions of the forms, newest last. A version that was answered is never edited: a change is a further file. */
const forms: FormDefinition[] = [hypertensionVisit, diabetesVisit, postSurgerySurvey].map((content) =>
  formDefinition.parse(content),
)

/** A form in a version, or in its newest. */
export function findForm(code: string, version?: number): FormDefinition | undefined {
  return forms
    .filter((form) => form.code === code)
    .findLast((form) => version === undefined || form.version === version)
}
