import { getComplaint, listComplaints, patientComplaints } from '../contract/complaint.ts'

/** What has to be asked for again when a complaint has changed. */
export const CHANGED_BY_ACT = [listComplaints, getComplaint, patientComplaints]
