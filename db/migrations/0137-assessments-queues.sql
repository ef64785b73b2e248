-- Queues after the assessment read indexes in their order: orders, conclusions, letters that wait.
CREATE INDEX dispatch_order_newest ON assessments.dispatch_order (district_code, issued_at DESC, id DESC) INCLUDE (township_code, state, assessment_institution_id, application_id, due_on, late_on, appointment_on, assigned_at);
COMMENT ON INDEX assessments.dispatch_order_newest IS 'The list of orders in its order; carries what its filters and the wall ask for.';
CREATE INDEX conclusion_list ON assessments.conclusion (district_code, concluded_on DESC, id DESC) INCLUDE (township_code, person_id, grade, effective_on, valid_until_on, ended_on, origin, number, application_id, assessment_id);
COMMENT ON INDEX assessments.conclusion_list IS 'The list of conclusions in its order; carries what its filters and the wall ask for.';
CREATE INDEX delivery_done ON assessments.delivery (district_code, conclusion_id) INCLUDE (township_code, person_id, assessment_institution_id) WHERE outcome = 'delivered';
CREATE INDEX person_deceased ON people.person (district_code, id) WHERE deceased_on IS NOT NULL;
