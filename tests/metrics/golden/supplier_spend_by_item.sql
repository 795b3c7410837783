SELECT
  *
FROM (
  SELECT
    "t1"."supplier_id",
    "t1"."item_id",
    SUM("t1"."value") AS "value"
  FROM (
    SELECT
      "t0"."po_id",
      "t0"."line_id",
      "t0"."supplier_id",
      "t0"."item_id",
      "t0"."order_date",
      "t0"."promised_date",
      "t0"."ordered_quantity",
      "t0"."unit_price",
      "t0"."status",
      "t0"."currency",
      "t0"."freight",
      "t0"."order_total",
      "t0"."unit",
      "t0"."ordered_quantity" * "t0"."unit_price" AS "value"
    FROM "purchase_order_lines" AS "t0"
    WHERE
      "t0"."ordered_quantity" > 0
      AND COALESCE("t0"."status", 'open') <> 'cancelled'
      AND "t0"."order_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
      AND "t0"."item_id" IS NOT NULL
  ) AS "t1"
  GROUP BY
    1,
    2
) AS "t2"
WHERE
  "t2"."value" > 0;
