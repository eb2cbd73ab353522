/** The door of the room patient. */
export { clearEndedAccess, endAccess, grantAccess, lockPatient, requireVisible } from './access.ts'
export { assignCarers, type Carers } from './carers.ts'
export { setGoodHours } from './good-hours.ts'
export { countActive } from './count-active.ts'
export { halves, isOf, type Divide, type Part } from './halves.ts'
export { matchPatients, type PersonToMatch } from './match.ts'
export { register, registerPatient } from './register.ts'
export { phoneIndex } from './sealed-identity.ts'
export { seesAll, visibleParts, visibleTo } from './scope.ts'
export { wasGuardians } from './rules/identity.ts'
export { addSearchWord, removeSearchWord } from './search.ts'
export { setMainWorry } from './life.ts'
export { mayReadWorry } from './view.ts'
export {
  contactOf,
  mailMaskedOf,
  patientSummaries,
  patientSummary,
  type Contact,
  type PatientSummary,
} from './summary.ts'
export { readRows as spreadsheetRows, type Cell, type ImportFile, type RawRow } from './import/source.ts'
export { storeUpload as storeSpreadsheet } from './import/store-upload.ts'
