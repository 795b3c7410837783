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

SELECT
  "t1"."category",
  "t1"."criterion",
  COUNT(*) AS "raters",
  AVG("t1"."rating") AS "rating",
  STDDEV_SAMP("t1"."rating") AS "spread"
FROM (
  SELECT
    *
  FROM "category_ratings" AS "t0"
  WHERE
    COALESCE("t0"."rated_on", MAKE_DATE(2026, 6, 29)) <= MAKE_DATE(2026, 6, 29)
) AS "t1"
GROUP BY
  1,
  2;

SELECT
  "t1"."item_id",
  COUNT(DISTINCT "t1"."supplier_id") FILTER(WHERE
    "t1"."counts") AS "sources"
FROM (
  SELECT
    "t0"."item_id",
    "t0"."supplier_id",
    "t0"."qualified",
    "t0"."lead_time_days",
    COALESCE("t0"."qualified", FALSE) AS "counts"
  FROM "item_sources" AS "t0"
  WHERE
    "t0"."item_id" IS NOT NULL
) AS "t1"
GROUP BY
  1;

SELECT
  "t1"."item_id",
  COUNT("t1"."lead_time_days") AS "n",
  AVG("t1"."lead_time_days") AS "lead",
  STDDEV_SAMP("t1"."lead_time_days") AS "lead_sd"
FROM (
  SELECT
    "t0"."item_id",
    "t0"."supplier_id",
    "t0"."qualified",
    "t0"."lead_time_days",
    COALESCE("t0"."qualified", FALSE) AS "counts"
  FROM "item_sources" AS "t0"
  WHERE
    COALESCE("t0"."qualified", FALSE) AND "t0"."item_id" IS NOT NULL
) AS "t1"
GROUP BY
  1;

WITH "t9" AS (
  SELECT
    "t8"."item_id",
    DATE_DIFF('DAY', "t8"."order_date", "t8"."receipt_date") AS "lead",
    DATE_DIFF('DAY', "t8"."promised_date", "t8"."receipt_date") AS "delay"
  FROM (
    SELECT
      "t4"."po_id",
      "t4"."line_id",
      "t4"."supplier_id",
      "t4"."item_id",
      "t4"."order_date",
      "t4"."promised_date",
      "t4"."ordered_quantity",
      "t7"."receipt_id",
      "t7"."receipt_date",
      "t7"."received_quantity",
      "t7"."so_far"
    FROM (
      SELECT
        "t0"."po_id",
        "t0"."line_id",
        "t0"."supplier_id",
        "t0"."item_id",
        "t0"."order_date",
        "t0"."promised_date",
        "t0"."ordered_quantity"
      FROM "purchase_order_lines" AS "t0"
      WHERE
        "t0"."ordered_quantity" > 0 AND COALESCE("t0"."status", 'open') <> 'cancelled'
    ) AS "t4"
    INNER JOIN (
      SELECT
        *
      FROM (
        SELECT
          "t2"."receipt_id",
          "t2"."po_id",
          "t2"."line_id",
          "t2"."receipt_date",
          "t2"."received_quantity",
          SUM("t2"."received_quantity") OVER (
            PARTITION BY "t2"."po_id", "t2"."line_id"
            ORDER BY "t2"."receipt_date" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
          ) AS "so_far"
        FROM (
          SELECT
            *
          FROM "receipts" AS "t1"
          WHERE
            "t1"."receipt_date" <= MAKE_DATE(2026, 6, 29)
        ) AS "t2"
      ) AS "t5"
      WHERE
        "t5"."receipt_date" >= MAKE_DATE(2025, 6, 30)
    ) AS "t7"
      ON "t4"."po_id" = "t7"."po_id" AND "t4"."line_id" = "t7"."line_id"
  ) AS "t8"
  WHERE
    "t8"."so_far" >= (
      "t8"."ordered_quantity" * 0.999999999
    )
    AND (
      "t8"."so_far" - "t8"."received_quantity"
    ) < (
      "t8"."ordered_quantity" * 0.999999999
    )
)
SELECT
  *
FROM (
  SELECT
    "t11"."item_id",
    "t11"."days",
    "t11"."lines",
    'lead' AS "what"
  FROM (
    SELECT
      "t10"."item_id",
      "t10"."lead" AS "days",
      COUNT(*) AS "lines"
    FROM "t9" AS "t10"
    GROUP BY
      1,
      2
  ) AS "t11"
) AS "t13"
UNION ALL
SELECT
  *
FROM (
  SELECT
    "t14"."item_id",
    "t14"."days",
    "t14"."lines",
    'delay' AS "what"
  FROM (
    SELECT
      "t12"."item_id",
      "t12"."delay" AS "days",
      COUNT(*) AS "lines"
    FROM (
      SELECT
        *
      FROM "t9" AS "t10"
      WHERE
        "t10"."delay" IS NOT NULL AND "t10"."lead" >= 0
    ) AS "t12"
    GROUP BY
      1,
      2
  ) AS "t14"
) AS "t15";

SELECT
  "t9"."item_id",
  SUM("t9"."units") AS "units",
  SUM("t9"."rejected") AS "rejected"
FROM (
  SELECT
    "t8"."receipt_id",
    "t8"."supplier_id",
    "t8"."item_id",
    CASE
      WHEN "t8"."inspected_quantity" > 0
      THEN "t8"."inspected_quantity"
      ELSE "t8"."received_quantity"
    END AS "units",
    LEAST(
      "t8"."rejected_quantity",
      CASE
        WHEN "t8"."inspected_quantity" > 0
        THEN "t8"."inspected_quantity"
        ELSE "t8"."received_quantity"
      END
    ) AS "rejected"
  FROM (
    SELECT
      "t7"."receipt_id",
      "t7"."po_id",
      "t7"."line_id",
      "t7"."receipt_date",
      "t7"."received_quantity",
      "t3"."inspected_quantity",
      "t3"."rejected_quantity",
      "t6"."supplier_id",
      "t6"."item_id"
    FROM (
      SELECT
        *
      FROM "receipts" AS "t0"
      WHERE
        "t0"."receipt_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
    ) AS "t7"
    INNER JOIN "inspections" AS "t3"
      ON "t7"."receipt_id" = "t3"."receipt_id"
    INNER JOIN (
      SELECT
        "t2"."po_id",
        "t2"."line_id",
        "t2"."supplier_id",
        "t2"."item_id"
      FROM "purchase_order_lines" AS "t2"
    ) AS "t6"
      ON "t7"."po_id" = "t6"."po_id" AND "t7"."line_id" = "t6"."line_id"
  ) AS "t8"
  WHERE
    "t8"."item_id" IS NOT NULL
) AS "t9"
GROUP BY
  1;

SELECT
  MIN("t0"."order_date") AS "day"
FROM "purchase_order_lines" AS "t0";

SELECT
  *
FROM (
  SELECT
    "t1"."supplier_id",
    "t1"."item_id",
    SUM(
      CASE
        WHEN "t1"."order_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
        THEN "t1"."value"
        ELSE 0.0
      END
    ) AS "value",
    SUM(
      CASE
        WHEN "t1"."order_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
        THEN "t1"."ordered_quantity"
        ELSE 0.0
      END
    ) AS "units",
    SUM(
      CASE
        WHEN "t1"."order_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
        THEN 0.0
        ELSE "t1"."value"
      END
    ) AS "value_before",
    SUM(
      CASE
        WHEN "t1"."order_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
        THEN 0.0
        ELSE "t1"."ordered_quantity"
      END
    ) AS "units_before"
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
      AND "t0"."order_date" BETWEEN MAKE_DATE(2024, 6, 30) AND MAKE_DATE(2026, 6, 29)
  ) AS "t1"
  GROUP BY
    1,
    2
) AS "t2"
WHERE
  "t2"."value" > 0 AND "t2"."value_before" > 0;
