-- Every charge with its amounts: billed = fund + person + refused, to the fen; minutes and shares are rounded half up.
CREATE TEMP VIEW priced AS
SELECT c.*, b.billed_fen, p.payable_fen - r.person_fen AS fund_fen, r.person_fen, b.billed_fen - p.payable_fen AS refused_fen,
  CASE
    WHEN c.refused OR (c.price_fen IS NULL AND NOT c.by_day) THEN 'refused'
    WHEN c.paid_minutes < c.minutes THEN 'cut'
    ELSE 'paid'
  END AS outcome
FROM charge c
CROSS JOIN LATERAL (SELECT CASE WHEN c.by_day OR c.price_fen IS NULL THEN 0 WHEN c.kind = 'day' THEN c.price_fen ELSE (c.minutes * c.price_fen + 30) / 60 END AS billed_fen) b
CROSS JOIN LATERAL (SELECT CASE WHEN c.refused OR b.billed_fen = 0 THEN 0 WHEN c.kind = 'day' OR c.paid_minutes = c.minutes THEN b.billed_fen ELSE (c.paid_minutes * c.price_fen + 30) / 60 END AS payable_fen) p
CROSS JOIN LATERAL (SELECT p.payable_fen - (p.payable_fen * c.fund_ratio_bp + 5000) / 10000 AS person_fen) r;
