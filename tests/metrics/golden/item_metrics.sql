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
    AND "t0"."item_id" IS NOT NULL
) AS "t1"
GROUP BY
  1;

SELECT
  COUNT("t0"."qualified") AS "qualified"
FROM "item_sources" AS "t0";

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
  COUNT("t0"."lead_time_days") AS "lead_time_days"
FROM "item_sources" AS "t0";

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

SELECT
  COUNT("t0"."receipt_date") AS "receipt_date"
FROM "receipts" AS "t0";

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

WITH "t7" AS (
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
  "t21"."item_id",
  COUNT(*) AS "lines",
  AVG("t21"."lead") AS "lead",
  STDDEV_SAMP("t21"."lead") AS "lead_sd",
  COUNT("t21"."delay") AS "promised",
  STDDEV_SAMP("t21"."delay") AS "delay_sd"
FROM (
  SELECT
    "t20"."po_id",
    "t20"."line_id",
    "t20"."supplier_id",
    "t20"."item_id",
    "t20"."order_date",
    "t20"."promised_date",
    "t20"."ordered_quantity",
    "t20"."unit_price",
    "t20"."status",
    "t20"."currency",
    "t20"."freight",
    "t20"."order_total",
    "t20"."unit",
    "t20"."value",
    "t20"."completed",
    DATE_DIFF('DAY', "t20"."order_date", "t20"."completed") AS "lead",
    DATE_DIFF('DAY', "t20"."promised_date", "t20"."completed") AS "delay"
  FROM (
    SELECT
      "t5"."po_id",
      "t5"."line_id",
      "t5"."supplier_id",
      "t5"."item_id",
      "t5"."order_date",
      "t5"."promised_date",
      "t5"."ordered_quantity",
      "t5"."unit_price",
      "t5"."status",
      "t5"."currency",
      "t5"."freight",
      "t5"."order_total",
      "t5"."unit",
      "t5"."value",
      "t19"."completed"
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
        "t0"."ordered_quantity" > 0 AND COALESCE("t0"."status", 'open') <> 'cancelled'
    ) AS "t5"
    INNER JOIN (
      SELECT
        "t17"."po_id",
        "t17"."line_id",
        MIN("t17"."receipt_date") AS "completed"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t15"."po_id",
            "t15"."line_id",
            "t15"."receipt_date",
            "t15"."so_far",
            "t6"."ordered_quantity"
          FROM (
            SELECT
              "t13"."po_id",
              "t13"."line_id",
              "t13"."receipt_date",
              SUM("t13"."earlier_quantity") AS "so_far"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t9"."po_id",
                  "t9"."line_id",
                  "t9"."receipt_date",
                  "t9"."quantity",
                  "t11"."earlier_date",
                  "t11"."earlier_quantity"
                FROM "t7" AS "t9"
                INNER JOIN (
                  SELECT
                    "t8"."po_id",
                    "t8"."line_id",
                    "t8"."receipt_date" AS "earlier_date",
                    "t8"."quantity" AS "earlier_quantity"
                  FROM "t7" AS "t8"
                ) AS "t11"
                  ON "t9"."po_id" = "t11"."po_id" AND "t9"."line_id" = "t11"."line_id"
              ) AS "t12"
              WHERE
                "t12"."earlier_date" <= "t12"."receipt_date"
            ) AS "t13"
            GROUP BY
              1,
              2,
              3
          ) AS "t15"
          INNER JOIN (
            SELECT
              "t0"."po_id",
              "t0"."line_id",
              "t0"."ordered_quantity"
            FROM "purchase_order_lines" AS "t0"
            WHERE
              "t0"."ordered_quantity" > 0 AND COALESCE("t0"."status", 'open') <> 'cancelled'
          ) AS "t6"
            ON "t15"."po_id" = "t6"."po_id" AND "t15"."line_id" = "t6"."line_id"
        ) AS "t16"
        WHERE
          "t16"."so_far" >= (
            "t16"."ordered_quantity" * 0.999999999
          )
      ) AS "t17"
      GROUP BY
        1,
        2
    ) AS "t19"
      ON "t5"."po_id" = "t19"."po_id" AND "t5"."line_id" = "t19"."line_id"
  ) AS "t20"
  WHERE
    "t20"."completed" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
    AND DATE_DIFF('DAY', "t20"."order_date", "t20"."completed") >= 0
    AND "t20"."item_id" IS NOT NULL
) AS "t21"
GROUP BY
  1;

WITH "t7" AS (
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
  COUNT(*) AS "lines"
FROM (
  SELECT
    "t20"."po_id",
    "t20"."line_id",
    "t20"."supplier_id",
    "t20"."item_id",
    "t20"."order_date",
    "t20"."promised_date",
    "t20"."ordered_quantity",
    "t20"."unit_price",
    "t20"."status",
    "t20"."currency",
    "t20"."freight",
    "t20"."order_total",
    "t20"."unit",
    "t20"."value",
    "t20"."completed",
    DATE_DIFF('DAY', "t20"."order_date", "t20"."completed") AS "lead",
    DATE_DIFF('DAY', "t20"."promised_date", "t20"."completed") AS "delay"
  FROM (
    SELECT
      "t5"."po_id",
      "t5"."line_id",
      "t5"."supplier_id",
      "t5"."item_id",
      "t5"."order_date",
      "t5"."promised_date",
      "t5"."ordered_quantity",
      "t5"."unit_price",
      "t5"."status",
      "t5"."currency",
      "t5"."freight",
      "t5"."order_total",
      "t5"."unit",
      "t5"."value",
      "t19"."completed"
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
        "t0"."ordered_quantity" > 0 AND COALESCE("t0"."status", 'open') <> 'cancelled'
    ) AS "t5"
    INNER JOIN (
      SELECT
        "t17"."po_id",
        "t17"."line_id",
        MIN("t17"."receipt_date") AS "completed"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t15"."po_id",
            "t15"."line_id",
            "t15"."receipt_date",
            "t15"."so_far",
            "t6"."ordered_quantity"
          FROM (
            SELECT
              "t13"."po_id",
              "t13"."line_id",
              "t13"."receipt_date",
              SUM("t13"."earlier_quantity") AS "so_far"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t9"."po_id",
                  "t9"."line_id",
                  "t9"."receipt_date",
                  "t9"."quantity",
                  "t11"."earlier_date",
                  "t11"."earlier_quantity"
                FROM "t7" AS "t9"
                INNER JOIN (
                  SELECT
                    "t8"."po_id",
                    "t8"."line_id",
                    "t8"."receipt_date" AS "earlier_date",
                    "t8"."quantity" AS "earlier_quantity"
                  FROM "t7" AS "t8"
                ) AS "t11"
                  ON "t9"."po_id" = "t11"."po_id" AND "t9"."line_id" = "t11"."line_id"
              ) AS "t12"
              WHERE
                "t12"."earlier_date" <= "t12"."receipt_date"
            ) AS "t13"
            GROUP BY
              1,
              2,
              3
          ) AS "t15"
          INNER JOIN (
            SELECT
              "t0"."po_id",
              "t0"."line_id",
              "t0"."ordered_quantity"
            FROM "purchase_order_lines" AS "t0"
            WHERE
              "t0"."ordered_quantity" > 0 AND COALESCE("t0"."status", 'open') <> 'cancelled'
          ) AS "t6"
            ON "t15"."po_id" = "t6"."po_id" AND "t15"."line_id" = "t6"."line_id"
        ) AS "t16"
        WHERE
          "t16"."so_far" >= (
            "t16"."ordered_quantity" * 0.999999999
          )
      ) AS "t17"
      GROUP BY
        1,
        2
    ) AS "t19"
      ON "t5"."po_id" = "t19"."po_id" AND "t5"."line_id" = "t19"."line_id"
  ) AS "t20"
  WHERE
    "t20"."completed" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
    AND DATE_DIFF('DAY', "t20"."order_date", "t20"."completed") < 0
) AS "t21";

SELECT
  COUNT("t0"."promised_date") AS "promised_date"
FROM "purchase_order_lines" AS "t0";

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
  COUNT("t0"."standard_price") AS "standard_price"
FROM "items" AS "t0";

SELECT
  COUNT("t0"."standard_price") AS "standard_price"
FROM "item_sources" AS "t0";

SELECT
  "t10"."item_id",
  COUNT(*) AS "lines",
  SUM("t10"."value") AS "paid",
  SUM("t10"."standard") AS "standard",
  SUM("t10"."value" * "t10"."value") AS "paid_squares",
  SUM("t10"."standard" * "t10"."standard") AS "standard_squares",
  SUM("t10"."value" * "t10"."standard") AS "products"
FROM (
  SELECT
    "t9"."supplier_id",
    "t9"."item_id",
    "t9"."value",
    COALESCE("t9"."agreed", "t9"."general") * "t9"."ordered_quantity" AS "standard"
  FROM (
    SELECT
      "t8"."po_id",
      "t8"."line_id",
      "t8"."supplier_id",
      "t8"."item_id",
      "t8"."order_date",
      "t8"."promised_date",
      "t8"."ordered_quantity",
      "t8"."unit_price",
      "t8"."status",
      "t8"."currency",
      "t8"."freight",
      "t8"."order_total",
      "t8"."unit",
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
  WHERE
    (
      COALESCE("t9"."agreed", "t9"."general") * "t9"."ordered_quantity"
    ) > 0
    AND "t9"."item_id" IS NOT NULL
) AS "t10"
GROUP BY
  1;

SELECT
  *
FROM "items";
