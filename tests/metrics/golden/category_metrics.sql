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
  "t7"."category",
  COUNT(DISTINCT "t7"."supplier_id") FILTER(WHERE
    "t7"."counts") AS "sources"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t5"."item_id",
      "t5"."supplier_id",
      "t5"."qualified",
      "t5"."lead_time_days",
      "t5"."counts",
      "t4"."item_id" AS "item_id_right",
      "t4"."category"
    FROM (
      SELECT
        "t0"."item_id",
        "t0"."supplier_id",
        "t0"."qualified",
        "t0"."lead_time_days",
        COALESCE("t0"."qualified", FALSE) AS "counts"
      FROM "item_sources" AS "t0"
    ) AS "t5"
    LEFT OUTER JOIN (
      SELECT
        "t1"."item_id",
        "t1"."category"
      FROM "items" AS "t1"
    ) AS "t4"
      ON "t5"."item_id" = "t4"."item_id"
  ) AS "t6"
  WHERE
    "t6"."category" IS NOT NULL
) AS "t7"
GROUP BY
  1;

SELECT
  "t7"."category",
  COUNT("t7"."lead_time_days") AS "n",
  AVG("t7"."lead_time_days") AS "lead",
  STDDEV_SAMP("t7"."lead_time_days") AS "lead_sd"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t5"."item_id",
      "t5"."supplier_id",
      "t5"."qualified",
      "t5"."lead_time_days",
      "t5"."counts",
      "t4"."item_id" AS "item_id_right",
      "t4"."category"
    FROM (
      SELECT
        "t0"."item_id",
        "t0"."supplier_id",
        "t0"."qualified",
        "t0"."lead_time_days",
        COALESCE("t0"."qualified", FALSE) AS "counts"
      FROM "item_sources" AS "t0"
      WHERE
        COALESCE("t0"."qualified", FALSE)
    ) AS "t5"
    LEFT OUTER JOIN (
      SELECT
        "t1"."item_id",
        "t1"."category"
      FROM "items" AS "t1"
    ) AS "t4"
      ON "t5"."item_id" = "t4"."item_id"
  ) AS "t6"
  WHERE
    "t6"."category" IS NOT NULL
) AS "t7"
GROUP BY
  1;

WITH "t14" AS (
  SELECT
    "t4"."category",
    "t13"."lead",
    "t13"."delay"
  FROM (
    SELECT
      "t11"."po_id",
      "t11"."line_id",
      "t11"."supplier_id",
      "t11"."item_id",
      "t11"."order_date",
      "t11"."promised_date",
      "t11"."ordered_quantity",
      "t11"."receipt_id",
      "t11"."receipt_date",
      "t11"."received_quantity",
      "t11"."so_far",
      DATE_DIFF('DAY', "t11"."order_date", "t11"."receipt_date") AS "lead",
      DATE_DIFF('DAY', "t11"."promised_date", "t11"."receipt_date") AS "delay"
    FROM (
      SELECT
        "t7"."po_id",
        "t7"."line_id",
        "t7"."supplier_id",
        "t7"."item_id",
        "t7"."order_date",
        "t7"."promised_date",
        "t7"."ordered_quantity",
        "t10"."receipt_id",
        "t10"."receipt_date",
        "t10"."received_quantity",
        "t10"."so_far"
      FROM (
        SELECT
          "t1"."po_id",
          "t1"."line_id",
          "t1"."supplier_id",
          "t1"."item_id",
          "t1"."order_date",
          "t1"."promised_date",
          "t1"."ordered_quantity"
        FROM "purchase_order_lines" AS "t1"
        WHERE
          "t1"."ordered_quantity" > 0 AND COALESCE("t1"."status", 'open') <> 'cancelled'
      ) AS "t7"
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            "t5"."receipt_id",
            "t5"."po_id",
            "t5"."line_id",
            "t5"."receipt_date",
            "t5"."received_quantity",
            SUM("t5"."received_quantity") OVER (
              PARTITION BY "t5"."po_id", "t5"."line_id"
              ORDER BY "t5"."receipt_date" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ) AS "so_far"
          FROM (
            SELECT
              *
            FROM "receipts" AS "t2"
            WHERE
              "t2"."receipt_date" <= MAKE_DATE(2026, 6, 29)
          ) AS "t5"
        ) AS "t8"
        WHERE
          "t8"."receipt_date" >= MAKE_DATE(2025, 6, 30)
      ) AS "t10"
        ON "t7"."po_id" = "t10"."po_id" AND "t7"."line_id" = "t10"."line_id"
    ) AS "t11"
    WHERE
      "t11"."so_far" >= (
        "t11"."ordered_quantity" * 0.999999999
      )
      AND (
        "t11"."so_far" - "t11"."received_quantity"
      ) < (
        "t11"."ordered_quantity" * 0.999999999
      )
  ) AS "t13"
  LEFT OUTER JOIN (
    SELECT
      "t0"."item_id",
      "t0"."category"
    FROM "items" AS "t0"
  ) AS "t4"
    ON "t13"."item_id" = "t4"."item_id"
)
SELECT
  *
FROM (
  SELECT
    "t16"."category",
    "t16"."days",
    "t16"."lines",
    'lead' AS "what"
  FROM (
    SELECT
      "t15"."category",
      "t15"."lead" AS "days",
      COUNT(*) AS "lines"
    FROM "t14" AS "t15"
    GROUP BY
      1,
      2
  ) AS "t16"
) AS "t18"
UNION ALL
SELECT
  *
FROM (
  SELECT
    "t19"."category",
    "t19"."days",
    "t19"."lines",
    'delay' AS "what"
  FROM (
    SELECT
      "t17"."category",
      "t17"."delay" AS "days",
      COUNT(*) AS "lines"
    FROM (
      SELECT
        *
      FROM "t14" AS "t15"
      WHERE
        "t15"."delay" IS NOT NULL AND "t15"."lead" >= 0
    ) AS "t17"
    GROUP BY
      1,
      2
  ) AS "t19"
) AS "t20";

SELECT
  "t15"."category",
  SUM("t15"."units") AS "units",
  SUM("t15"."rejected") AS "rejected"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t13"."receipt_id",
      "t13"."supplier_id",
      "t13"."item_id",
      "t13"."units",
      "t13"."rejected",
      "t7"."item_id" AS "item_id_right",
      "t7"."category"
    FROM (
      SELECT
        "t11"."receipt_id",
        "t11"."supplier_id",
        "t11"."item_id",
        CASE
          WHEN "t11"."inspected_quantity" > 0
          THEN "t11"."inspected_quantity"
          ELSE "t11"."received_quantity"
        END AS "units",
        LEAST(
          "t11"."rejected_quantity",
          CASE
            WHEN "t11"."inspected_quantity" > 0
            THEN "t11"."inspected_quantity"
            ELSE "t11"."received_quantity"
          END
        ) AS "rejected"
      FROM (
        SELECT
          "t10"."receipt_id",
          "t10"."po_id",
          "t10"."line_id",
          "t10"."receipt_date",
          "t10"."received_quantity",
          "t4"."inspected_quantity",
          "t4"."rejected_quantity",
          "t9"."supplier_id",
          "t9"."item_id"
        FROM (
          SELECT
            *
          FROM "receipts" AS "t1"
          WHERE
            "t1"."receipt_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
        ) AS "t10"
        INNER JOIN "inspections" AS "t4"
          ON "t10"."receipt_id" = "t4"."receipt_id"
        INNER JOIN (
          SELECT
            "t3"."po_id",
            "t3"."line_id",
            "t3"."supplier_id",
            "t3"."item_id"
          FROM "purchase_order_lines" AS "t3"
        ) AS "t9"
          ON "t10"."po_id" = "t9"."po_id" AND "t10"."line_id" = "t9"."line_id"
      ) AS "t11"
    ) AS "t13"
    LEFT OUTER JOIN (
      SELECT
        "t0"."item_id",
        "t0"."category"
      FROM "items" AS "t0"
    ) AS "t7"
      ON "t13"."item_id" = "t7"."item_id"
  ) AS "t14"
  WHERE
    "t14"."category" IS NOT NULL
) AS "t15"
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
