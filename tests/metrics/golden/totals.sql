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
  SUM("t2"."placed") AS "orders",
  SUM("t2"."total") AS "total"
FROM (
  SELECT
    "t1"."po_id",
    MAX("t1"."order_total") AS "total",
    MAX(
      CASE
        WHEN (
          "t1"."ordered_quantity" > 0
        )
        AND (
          COALESCE("t1"."status", 'open') <> 'cancelled'
        )
        THEN 1
        ELSE 0
      END
    ) AS "placed"
  FROM (
    SELECT
      *
    FROM "purchase_order_lines" AS "t0"
    WHERE
      "t0"."order_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
  ) AS "t1"
  GROUP BY
    1
) AS "t2";

SELECT
  *
FROM "suppliers";

WITH "t9" AS (
  SELECT
    "t8"."supplier_id",
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
    "t11"."supplier_id",
    "t11"."days",
    "t11"."lines",
    'lead' AS "what"
  FROM (
    SELECT
      "t10"."supplier_id",
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
    "t14"."supplier_id",
    "t14"."days",
    "t14"."lines",
    'delay' AS "what"
  FROM (
    SELECT
      "t12"."supplier_id",
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
  COUNT(*) AS "lines",
  SUM("t10"."on_time") AS "on_time",
  SUM("t10"."early") AS "early",
  SUM("t10"."late") AS "late",
  SUM("t10"."filled") AS "filled",
  SUM("t10"."value") AS "value",
  SUM("t10"."value" * "t10"."value") AS "value_squares",
  SUM("t10"."on_time" * "t10"."value") AS "on_time_value",
  SUM("t10"."filled" * "t10"."value") AS "filled_value",
  SUM("t10"."ordered") AS "units",
  SUM("t10"."ordered" * "t10"."ordered") AS "unit_squares",
  SUM("t10"."in_time") AS "in_time_units",
  SUM("t10"."in_window") AS "in_window_units",
  SUM("t10"."arrived") AS "arrived_units"
FROM (
  SELECT
    "t9"."po_id",
    "t9"."line_id",
    "t9"."ordered",
    "t9"."value",
    "t9"."arrived",
    "t9"."in_time",
    "t9"."too_early",
    "t9"."complete",
    "t9"."early",
    "t9"."complete" - "t9"."early" AS "on_time",
    1.0 - "t9"."complete" AS "late",
    "t9"."in_time" / "t9"."ordered" AS "filled",
    "t9"."in_time" - "t9"."too_early" AS "in_window"
  FROM (
    SELECT
      "t8"."po_id",
      "t8"."line_id",
      "t8"."ordered",
      "t8"."value",
      LEAST("t8"."arrived", "t8"."ordered") AS "arrived",
      LEAST("t8"."in_time", "t8"."ordered") AS "in_time",
      LEAST("t8"."too_early", "t8"."ordered") AS "too_early",
      CAST(CASE WHEN "t8"."in_time" >= (
        "t8"."ordered" * 0.999999999
      ) THEN 1 ELSE 0 END AS DOUBLE) AS "complete",
      CAST(CASE WHEN "t8"."too_early" >= (
        "t8"."ordered" * 0.999999999
      ) THEN 1 ELSE 0 END AS DOUBLE) AS "early"
    FROM (
      SELECT
        "t7"."po_id",
        "t7"."line_id",
        MAX("t7"."ordered_quantity") AS "ordered",
        MAX("t7"."value") AS "value",
        SUM("t7"."units") AS "arrived",
        COALESCE(SUM("t7"."units_in_time"), 0.0) AS "in_time",
        COALESCE(SUM("t7"."units_before"), 0.0) AS "too_early"
      FROM (
        SELECT
          "t6"."po_id",
          "t6"."line_id",
          "t6"."promised_date",
          "t6"."ordered_quantity",
          "t6"."value",
          "t6"."po_id_receipt",
          "t6"."line_id_receipt",
          "t6"."receipt_date",
          "t6"."received_quantity",
          COALESCE("t6"."received_quantity", 0.0) AS "units",
          CASE
            WHEN DATE_DIFF('DAY', "t6"."promised_date", "t6"."receipt_date") <= 0
            THEN "t6"."received_quantity"
            ELSE 0.0
          END AS "units_in_time",
          CASE
            WHEN DATE_DIFF('DAY', "t6"."promised_date", "t6"."receipt_date") < -3
            THEN "t6"."received_quantity"
            ELSE 0.0
          END AS "units_before"
        FROM (
          SELECT
            "t5"."po_id",
            "t5"."line_id",
            "t5"."promised_date",
            "t5"."ordered_quantity",
            "t5"."value",
            "t4"."po_id" AS "po_id_receipt",
            "t4"."line_id" AS "line_id_receipt",
            "t4"."receipt_date",
            "t4"."received_quantity"
          FROM (
            SELECT
              "t0"."po_id",
              "t0"."line_id",
              "t0"."promised_date",
              "t0"."ordered_quantity",
              "t0"."ordered_quantity" * "t0"."unit_price" AS "value"
            FROM "purchase_order_lines" AS "t0"
            WHERE
              "t0"."ordered_quantity" > 0
              AND COALESCE("t0"."status", 'open') <> 'cancelled'
              AND "t0"."promised_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
          ) AS "t5"
          LEFT OUTER JOIN (
            SELECT
              "t1"."po_id",
              "t1"."line_id",
              "t1"."receipt_date",
              "t1"."received_quantity"
            FROM "receipts" AS "t1"
            WHERE
              "t1"."receipt_date" <= MAKE_DATE(2026, 6, 29)
          ) AS "t4"
            ON "t5"."po_id" = "t4"."po_id" AND "t5"."line_id" = "t4"."line_id"
        ) AS "t6"
      ) AS "t7"
      GROUP BY
        1,
        2
    ) AS "t8"
  ) AS "t9"
) AS "t10";

SELECT
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
) AS "t9";

SELECT
  "t1"."customer_id",
  COUNT(*) AS "lines",
  COUNT("t1"."cost") AS "costed",
  SUM("t1"."revenue") AS "revenue",
  SUM(CASE WHEN "t1"."cost" IS NOT NULL THEN "t1"."revenue" ELSE 0.0 END) AS "costed_revenue",
  SUM("t1"."revenue" - "t1"."cost") AS "margin",
  COUNT(DISTINCT "t1"."order_id") FILTER(WHERE
    "t1"."quantity" > 0) AS "orders"
FROM (
  SELECT
    *
  FROM "sales_order_lines" AS "t0"
  WHERE
    "t0"."order_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
) AS "t1"
GROUP BY
  1;
