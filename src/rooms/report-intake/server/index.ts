/** The door of the room report-intake. */
import './table.ts'
export { importFiles, type Imported } from './import-files.ts'
export { BATCH as INTAKE_BATCH, processIntake } from './process/process.ts'
export { claimUnclaimed, unclaimedSenders, type UnclaimedSender } from './receive/unclaimed.ts'
export { startIntake, type IntakeOptions, type RunningIntake } from './receive/start-intake.ts'
