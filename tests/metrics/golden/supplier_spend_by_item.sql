SELECT
  "t10"."supplier_id",
  "t10"."item_id",
  SUM("t10"."value") AS "value",
  COUNT(*) AS "lines",
  SUM(CASE WHEN "t10"."promised_date" IS NULL THEN 1 ELSE 0 END) AS "unpromised",
  COUNT("t10"."standard") AS "compared",
  SUM(CASE WHEN "t10"."standard" IS NOT NULL THEN "t10"."value" ELSE 0.0 END) AS "paid",
  SUM("t10"."standard") AS "standard",
  SUM("t10"."apart" * "t10"."apart") AS "apart_squares",
  SUM("t10"."apart" * "t10"."standard") AS "apart_products",
  SUM("t10"."standard" * "t10"."standard") AS "standard_squares"
FROM (
  SELECT
    "t9"."po_id",
    "t9"."line_id",
    "t9"."supplier_id",
    "t9"."item_id",
    "t9"."order_date",
    "t9"."promised_date",
    "t9"."ordered_quantity",
    "t9"."value",
    "t9"."item_id_agreed",
    "t9"."supplier_id_agreed",
    "t9"."agreed",
    "t9"."item_id_general",
    "t9"."general",
    COALESCE("t9"."agreed", "t9"."general") * "t9"."ordered_quantity" AS "standard",
    "t9"."value" - (
      COALESCE("t9"."agreed", "t9"."general") * "t9"."ordered_quantity"
    ) AS "apart"
  FROM (
    SELECT
      "t8"."po_id",
      "t8"."line_id",
      "t8"."supplier_id",
      "t8"."item_id",
      "t8"."order_date",
      "t8"."promised_date",
      "t8"."ordered_quantity",
      "t8"."value",
      "t6"."item_id" AS "item_id_agreed",
      "t6"."supplier_id" AS "supplier_id_agreed",
      "t6"."agreed",
      "t7"."item_id" AS "item_id_general",
      "t7"."general"
    FROM (
      SELECT
        "t0"."po_id",
        "t0"."line_id",
        "t0"."supplier_id",
        "t0"."item_id",
        "t0"."order_date",
        "t0"."promised_date",
        "t0"."ordered_quantity",
        "t0"."ordered_quantity" * "t0"."unit_price" AS "value"
      FROM "purchase_order_lines" AS "t0"
      WHERE
        "t0"."ordered_quantity" > 0
        AND COALESCE("t0"."status", 'open') <> 'cancelled'
        AND "t0"."order_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
    ) AS "t8"
    LEFT OUTER JOIN (
      SELECT
        "t1"."item_id",
        "t1"."supplier_id",
        "t1"."standard_price" AS "agreed"
      FROM "item_sources" AS "t1"
      WHERE
        "t1"."standard_price" > 0
    ) AS "t6"
      ON "t8"."item_id" = "t6"."item_id" AND "t8"."supplier_id" = "t6"."supplier_id"
    LEFT OUTER JOIN (
      SELECT
        "t2"."item_id",
        "t2"."standard_price" AS "general"
      FROM "items" AS "t2"
      WHERE
        "t2"."standard_price" > 0
    ) AS "t7"
      ON "t8"."item_id" = "t7"."item_id"
  ) AS "t9"
) AS "t10"
GROUP BY
  1,
  2;

SELECT
  *
FROM "items";
