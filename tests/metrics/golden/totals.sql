SELECT
  "t1"."supplier_id",
  SUM("t1"."value") AS "value",
  COUNT(*) AS "lines",
  COUNT(DISTINCT "t1"."item_id") AS "items"
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
    AND "t0"."supplier_id" IS NOT NULL
) AS "t1"
GROUP BY
  1;

SELECT
  "t1"."po_id",
  MAX("t1"."order_total") AS "total"
FROM (
  SELECT
    *
  FROM "purchase_order_lines" AS "t0"
  WHERE
    "t0"."order_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
) AS "t1"
GROUP BY
  1;

SELECT
  COUNT(DISTINCT "t1"."po_id") AS "orders"
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
) AS "t1";

SELECT
  COUNT("t0"."active") AS "active"
FROM "suppliers" AS "t0";

SELECT
  *
FROM "suppliers";

SELECT
  COUNT("t0"."receipt_date") AS "receipt_date"
FROM "receipts" AS "t0";

SELECT
  COUNT("t0"."promised_date") AS "promised_date"
FROM "purchase_order_lines" AS "t0";

SELECT
  DATE_DIFF('DAY', "t8"."promised_date", "t8"."received") AS "days",
  COUNT(*) AS "lines"
FROM (
  SELECT
    "t4"."po_id",
    "t4"."line_id",
    "t4"."supplier_id",
    "t4"."item_id",
    "t4"."order_date",
    "t4"."promised_date",
    "t4"."ordered_quantity",
    "t4"."unit_price",
    "t4"."status",
    "t4"."currency",
    "t4"."freight",
    "t4"."order_total",
    "t4"."unit",
    "t4"."value",
    "t7"."received"
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
      AND "t0"."promised_date" IS NOT NULL
  ) AS "t4"
  INNER JOIN (
    SELECT
      "t5"."po_id",
      "t5"."line_id",
      MAX("t5"."receipt_date") AS "received"
    FROM (
      SELECT
        "t2"."po_id",
        "t2"."line_id",
        "t2"."receipt_date",
        SUM("t2"."received_quantity") AS "quantity"
      FROM (
        SELECT
          *
        FROM "receipts" AS "t1"
        WHERE
          "t1"."receipt_date" <= MAKE_DATE(2026, 6, 29)
      ) AS "t2"
      GROUP BY
        1,
        2,
        3
    ) AS "t5"
    GROUP BY
      1,
      2
  ) AS "t7"
    ON "t4"."po_id" = "t7"."po_id" AND "t4"."line_id" = "t7"."line_id"
) AS "t8"
GROUP BY
  1;

WITH "t9" AS (
  SELECT
    "t2"."po_id",
    "t2"."line_id",
    "t2"."receipt_date",
    SUM("t2"."received_quantity") AS "quantity"
  FROM (
    SELECT
      *
    FROM "receipts" AS "t1"
    WHERE
      "t1"."receipt_date" <= MAKE_DATE(2026, 6, 29)
  ) AS "t2"
  GROUP BY
    1,
    2,
    3
)
SELECT
  COUNT(*) AS "lines",
  SUM("t29"."on_time") AS "on_time",
  SUM("t29"."filled") AS "filled",
  SUM("t29"."on_time_in_full") AS "on_time_in_full",
  SUM("t29"."value") AS "value",
  SUM("t29"."value" * "t29"."value") AS "value_squares",
  SUM("t29"."on_time" * "t29"."value") AS "on_time_value",
  SUM("t29"."filled" * "t29"."value") AS "filled_value",
  SUM("t29"."on_time_in_full" * "t29"."value") AS "on_time_in_full_value"
FROM (
  SELECT
    "t28"."po_id",
    "t28"."line_id",
    "t28"."supplier_id",
    "t28"."item_id",
    "t28"."value",
    "t28"."on_time",
    "t28"."filled",
    "t28"."on_time" * CAST(CASE WHEN "t28"."filled" >= 0.999999999 THEN 1 ELSE 0 END AS DOUBLE) AS "on_time_in_full"
  FROM (
    SELECT
      "t27"."po_id",
      "t27"."line_id",
      "t27"."supplier_id",
      "t27"."item_id",
      "t27"."order_date",
      "t27"."promised_date",
      "t27"."ordered_quantity",
      "t27"."unit_price",
      "t27"."status",
      "t27"."currency",
      "t27"."freight",
      "t27"."order_total",
      "t27"."unit",
      "t27"."value",
      "t27"."po_id_units",
      "t27"."line_id_units",
      "t27"."in_time",
      "t27"."po_id_days",
      "t27"."line_id_days",
      "t27"."completed",
      DATE_DIFF('DAY', "t27"."promised_date", "t27"."completed") AS "delay",
      LEAST(COALESCE("t27"."in_time", 0.0) / "t27"."ordered_quantity", 1.0) AS "filled",
      CAST(CASE
        WHEN (
          "t27"."completed" IS NOT NULL
        )
        AND (
          DATE_DIFF('DAY', "t27"."promised_date", "t27"."completed") <= 0
        )
        AND (
          DATE_DIFF('DAY', "t27"."promised_date", "t27"."completed") >= -3
        )
        THEN 1
        ELSE 0
      END AS DOUBLE) AS "on_time"
    FROM (
      SELECT
        "t6"."po_id",
        "t6"."line_id",
        "t6"."supplier_id",
        "t6"."item_id",
        "t6"."order_date",
        "t6"."promised_date",
        "t6"."ordered_quantity",
        "t6"."unit_price",
        "t6"."status",
        "t6"."currency",
        "t6"."freight",
        "t6"."order_total",
        "t6"."unit",
        "t6"."value",
        "t20"."po_id" AS "po_id_units",
        "t20"."line_id" AS "line_id_units",
        "t20"."in_time",
        "t26"."po_id" AS "po_id_days",
        "t26"."line_id" AS "line_id_days",
        "t26"."completed"
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
          AND "t0"."promised_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
      ) AS "t6"
      LEFT OUTER JOIN (
        SELECT
          "t17"."po_id",
          "t17"."line_id",
          SUM("t17"."quantity") AS "in_time"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t7"."po_id",
              "t7"."line_id",
              "t7"."promised_date",
              "t11"."receipt_date",
              "t11"."quantity"
            FROM (
              SELECT
                "t0"."po_id",
                "t0"."line_id",
                "t0"."promised_date"
              FROM "purchase_order_lines" AS "t0"
              WHERE
                "t0"."ordered_quantity" > 0
                AND COALESCE("t0"."status", 'open') <> 'cancelled'
                AND "t0"."promised_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
            ) AS "t7"
            INNER JOIN "t9" AS "t11"
              ON "t7"."po_id" = "t11"."po_id" AND "t7"."line_id" = "t11"."line_id"
          ) AS "t15"
          WHERE
            DATE_DIFF('DAY', "t15"."promised_date", "t15"."receipt_date") <= 0
        ) AS "t17"
        GROUP BY
          1,
          2
      ) AS "t20"
        ON "t6"."po_id" = "t20"."po_id" AND "t6"."line_id" = "t20"."line_id"
      LEFT OUTER JOIN (
        SELECT
          "t24"."po_id",
          "t24"."line_id",
          MIN("t24"."receipt_date") AS "completed"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t22"."po_id",
              "t22"."line_id",
              "t22"."receipt_date",
              "t22"."so_far",
              "t8"."ordered_quantity"
            FROM (
              SELECT
                "t18"."po_id",
                "t18"."line_id",
                "t18"."receipt_date",
                SUM("t18"."earlier_quantity") AS "so_far"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t12"."po_id",
                    "t12"."line_id",
                    "t12"."receipt_date",
                    "t12"."quantity",
                    "t14"."earlier_date",
                    "t14"."earlier_quantity"
                  FROM "t9" AS "t12"
                  INNER JOIN (
                    SELECT
                      "t10"."po_id",
                      "t10"."line_id",
                      "t10"."receipt_date" AS "earlier_date",
                      "t10"."quantity" AS "earlier_quantity"
                    FROM "t9" AS "t10"
                  ) AS "t14"
                    ON "t12"."po_id" = "t14"."po_id" AND "t12"."line_id" = "t14"."line_id"
                ) AS "t16"
                WHERE
                  "t16"."earlier_date" <= "t16"."receipt_date"
              ) AS "t18"
              GROUP BY
                1,
                2,
                3
            ) AS "t22"
            INNER JOIN (
              SELECT
                "t0"."po_id",
                "t0"."line_id",
                "t0"."ordered_quantity"
              FROM "purchase_order_lines" AS "t0"
              WHERE
                "t0"."ordered_quantity" > 0 AND COALESCE("t0"."status", 'open') <> 'cancelled'
            ) AS "t8"
              ON "t22"."po_id" = "t8"."po_id" AND "t22"."line_id" = "t8"."line_id"
          ) AS "t23"
          WHERE
            "t23"."so_far" >= (
              "t23"."ordered_quantity" * 0.999999999
            )
        ) AS "t24"
        GROUP BY
          1,
          2
      ) AS "t26"
        ON "t6"."po_id" = "t26"."po_id" AND "t6"."line_id" = "t26"."line_id"
    ) AS "t27"
  ) AS "t28"
) AS "t29";

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
  SUM("t1"."revenue") AS "revenue",
  SUM("t1"."revenue" - "t1"."cost") AS "margin",
  COUNT(DISTINCT "t1"."customer_id") AS "customers"
FROM (
  SELECT
    *
  FROM "sales_order_lines" AS "t0"
  WHERE
    "t0"."order_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
) AS "t1";
