-- The lines of the month that is drafted, for the length of the transaction.
CREATE TEMP TABLE fee_draft (
  conclusion_id uuid NOT NULL, institution_id uuid NOT NULL, number text NOT NULL, kind text NOT NULL, grade smallint NOT NULL, concluded_on date NOT NULL, price_fen bigint, amount_fen bigint, code text NOT NULL, overturned_by uuid, overturned_grade smallint
) ON COMMIT DROP
