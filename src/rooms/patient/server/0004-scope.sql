-- Whose somebody is, answered from the index alone: a search among one's own customers asks it of a thousand hits.
create index patient_scope on patient (organization_id, id) include (doctor_id, manager_id, counsellor_id);
