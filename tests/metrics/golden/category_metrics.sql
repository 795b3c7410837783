SELECT
  *
FROM (
  SELECT
    "t7"."supplier_id",
    "t7"."category",
    SUM("t7"."value") AS "value"
  FROM (
    SELECT
      *
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
        "t3"."item_id" AS "item_id_right",
        "t3"."category"
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
      ) AS "t5"
      LEFT OUTER JOIN (
        SELECT
          "t1"."item_id",
          "t1"."category"
        FROM "items" AS "t1"
      ) AS "t3"
        ON "t5"."item_id" = "t3"."item_id"
    ) AS "t6"
    WHERE
      "t6"."category" IS NOT NULL
  ) AS "t7"
  GROUP BY
    1,
    2
) AS "t8"
WHERE
  "t8"."value" > 0;

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
  SUM("t7"."value") AS "value",
  COUNT(*) AS "lines",
  COUNT(DISTINCT "t7"."item_id") AS "items"
FROM (
  SELECT
    *
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
      "t3"."item_id" AS "item_id_right",
      "t3"."category"
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
    ) AS "t5"
    LEFT OUTER JOIN (
      SELECT
        "t1"."item_id",
        "t1"."category"
      FROM "items" AS "t1"
    ) AS "t3"
      ON "t5"."item_id" = "t3"."item_id"
  ) AS "t6"
  WHERE
    "t6"."category" IS NOT NULL
) AS "t7"
GROUP BY
  1;

SELECT
  COUNT("t0"."qualified") AS "qualified"
FROM "item_sources" AS "t0";

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
  COUNT("t0"."lead_time_days") AS "lead_time_days"
FROM "item_sources" AS "t0";

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

WITH "t10" AS (
  SELECT
    "t5"."po_id",
    "t5"."line_id",
    "t5"."receipt_date",
    SUM("t5"."received_quantity") AS "quantity"
  FROM (
    SELECT
      *
    FROM "receipts" AS "t2"
    WHERE
      "t2"."receipt_date" <= MAKE_DATE(2026, 6, 29)
  ) AS "t5"
  GROUP BY
    1,
    2,
    3
)
SELECT
  "t27"."category",
  COUNT(*) AS "lines",
  AVG("t27"."lead") AS "lead",
  STDDEV_SAMP("t27"."lead") AS "lead_sd",
  COUNT("t27"."delay") AS "promised",
  STDDEV_SAMP("t27"."delay") AS "delay_sd"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t25"."po_id",
      "t25"."line_id",
      "t25"."supplier_id",
      "t25"."item_id",
      "t25"."order_date",
      "t25"."promised_date",
      "t25"."ordered_quantity",
      "t25"."unit_price",
      "t25"."status",
      "t25"."currency",
      "t25"."freight",
      "t25"."order_total",
      "t25"."unit",
      "t25"."value",
      "t25"."completed",
      "t25"."lead",
      "t25"."delay",
      "t4"."item_id" AS "item_id_right",
      "t4"."category"
    FROM (
      SELECT
        "t23"."po_id",
        "t23"."line_id",
        "t23"."supplier_id",
        "t23"."item_id",
        "t23"."order_date",
        "t23"."promised_date",
        "t23"."ordered_quantity",
        "t23"."unit_price",
        "t23"."status",
        "t23"."currency",
        "t23"."freight",
        "t23"."order_total",
        "t23"."unit",
        "t23"."value",
        "t23"."completed",
        DATE_DIFF('DAY', "t23"."order_date", "t23"."completed") AS "lead",
        DATE_DIFF('DAY', "t23"."promised_date", "t23"."completed") AS "delay"
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
          "t22"."completed"
        FROM (
          SELECT
            "t1"."po_id",
            "t1"."line_id",
            "t1"."supplier_id",
            "t1"."item_id",
            "t1"."order_date",
            "t1"."promised_date",
            "t1"."ordered_quantity",
            "t1"."unit_price",
            "t1"."status",
            "t1"."currency",
            "t1"."freight",
            "t1"."order_total",
            "t1"."unit",
            "t1"."ordered_quantity" * "t1"."unit_price" AS "value"
          FROM "purchase_order_lines" AS "t1"
          WHERE
            "t1"."ordered_quantity" > 0 AND COALESCE("t1"."status", 'open') <> 'cancelled'
        ) AS "t8"
        INNER JOIN (
          SELECT
            "t20"."po_id",
            "t20"."line_id",
            MIN("t20"."receipt_date") AS "completed"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t18"."po_id",
                "t18"."line_id",
                "t18"."receipt_date",
                "t18"."so_far",
                "t9"."ordered_quantity"
              FROM (
                SELECT
                  "t16"."po_id",
                  "t16"."line_id",
                  "t16"."receipt_date",
                  SUM("t16"."earlier_quantity") AS "so_far"
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
                    FROM "t10" AS "t12"
                    INNER JOIN (
                      SELECT
                        "t11"."po_id",
                        "t11"."line_id",
                        "t11"."receipt_date" AS "earlier_date",
                        "t11"."quantity" AS "earlier_quantity"
                      FROM "t10" AS "t11"
                    ) AS "t14"
                      ON "t12"."po_id" = "t14"."po_id" AND "t12"."line_id" = "t14"."line_id"
                  ) AS "t15"
                  WHERE
                    "t15"."earlier_date" <= "t15"."receipt_date"
                ) AS "t16"
                GROUP BY
                  1,
                  2,
                  3
              ) AS "t18"
              INNER JOIN (
                SELECT
                  "t1"."po_id",
                  "t1"."line_id",
                  "t1"."ordered_quantity"
                FROM "purchase_order_lines" AS "t1"
                WHERE
                  "t1"."ordered_quantity" > 0 AND COALESCE("t1"."status", 'open') <> 'cancelled'
              ) AS "t9"
                ON "t18"."po_id" = "t9"."po_id" AND "t18"."line_id" = "t9"."line_id"
            ) AS "t19"
            WHERE
              "t19"."so_far" >= (
                "t19"."ordered_quantity" * 0.999999999
              )
          ) AS "t20"
          GROUP BY
            1,
            2
        ) AS "t22"
          ON "t8"."po_id" = "t22"."po_id" AND "t8"."line_id" = "t22"."line_id"
      ) AS "t23"
      WHERE
        "t23"."completed" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
        AND DATE_DIFF('DAY', "t23"."order_date", "t23"."completed") >= 0
    ) AS "t25"
    LEFT OUTER JOIN (
      SELECT
        "t0"."item_id",
        "t0"."category"
      FROM "items" AS "t0"
    ) AS "t4"
      ON "t25"."item_id" = "t4"."item_id"
  ) AS "t26"
  WHERE
    "t26"."category" IS NOT NULL
) AS "t27"
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
  COUNT("t0"."standard_price") AS "standard_price"
FROM "items" AS "t0";

SELECT
  COUNT("t0"."standard_price") AS "standard_price"
FROM "item_sources" AS "t0";

SELECT
  "t15"."category",
  COUNT(*) AS "lines",
  SUM("t15"."value") AS "paid",
  SUM("t15"."standard") AS "standard",
  SUM("t15"."value" * "t15"."value") AS "paid_squares",
  SUM("t15"."standard" * "t15"."standard") AS "standard_squares",
  SUM("t15"."value" * "t15"."standard") AS "products"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t13"."supplier_id",
      "t13"."item_id",
      "t13"."value",
      "t13"."standard",
      "t4"."item_id" AS "item_id_right",
      "t4"."category"
    FROM (
      SELECT
        "t11"."supplier_id",
        "t11"."item_id",
        "t11"."value",
        COALESCE("t11"."agreed", "t11"."general") * "t11"."ordered_quantity" AS "standard"
      FROM (
        SELECT
          "t10"."po_id",
          "t10"."line_id",
          "t10"."supplier_id",
          "t10"."item_id",
          "t10"."order_date",
          "t10"."promised_date",
          "t10"."ordered_quantity",
          "t10"."unit_price",
          "t10"."status",
          "t10"."currency",
          "t10"."freight",
          "t10"."order_total",
          "t10"."unit",
          "t10"."value",
          "t9"."item_id" AS "item_id_agreed",
          "t9"."supplier_id" AS "supplier_id_agreed",
          "t9"."agreed",
          "t7"."item_id" AS "item_id_general",
          "t7"."general"
        FROM (
          SELECT
            "t1"."po_id",
            "t1"."line_id",
            "t1"."supplier_id",
            "t1"."item_id",
            "t1"."order_date",
            "t1"."promised_date",
            "t1"."ordered_quantity",
            "t1"."unit_price",
            "t1"."status",
            "t1"."currency",
            "t1"."freight",
            "t1"."order_total",
            "t1"."unit",
            "t1"."ordered_quantity" * "t1"."unit_price" AS "value"
          FROM "purchase_order_lines" AS "t1"
          WHERE
            "t1"."ordered_quantity" > 0
            AND COALESCE("t1"."status", 'open') <> 'cancelled'
            AND "t1"."order_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
        ) AS "t10"
        LEFT OUTER JOIN (
          SELECT
            "t2"."item_id",
            "t2"."supplier_id",
            "t2"."standard_price" AS "agreed"
          FROM "item_sources" AS "t2"
          WHERE
            "t2"."standard_price" > 0
        ) AS "t9"
          ON "t10"."item_id" = "t9"."item_id" AND "t10"."supplier_id" = "t9"."supplier_id"
        LEFT OUTER JOIN (
          SELECT
            "t0"."item_id",
            "t0"."standard_price" AS "general"
          FROM "items" AS "t0"
          WHERE
            "t0"."standard_price" > 0
        ) AS "t7"
          ON "t10"."item_id" = "t7"."item_id"
      ) AS "t11"
      WHERE
        (
          COALESCE("t11"."agreed", "t11"."general") * "t11"."ordered_quantity"
        ) > 0
    ) AS "t13"
    LEFT OUTER JOIN (
      SELECT
        "t0"."item_id",
        "t0"."category"
      FROM "items" AS "t0"
    ) AS "t4"
      ON "t13"."item_id" = "t4"."item_id"
  ) AS "t14"
  WHERE
    "t14"."category" IS NOT NULL
) AS "t15"
GROUP BY
  1;

SELECT
  SUM("t6"."value") AS "value",
  SUM(CASE WHEN "t6"."category" IS NULL THEN "t6"."value" ELSE 0.0 END) AS "without"
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
    "t3"."item_id" AS "item_id_right",
    "t3"."category"
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
  ) AS "t5"
  LEFT OUTER JOIN (
    SELECT
      "t1"."item_id",
      "t1"."category"
    FROM "items" AS "t1"
  ) AS "t3"
    ON "t5"."item_id" = "t3"."item_id"
) AS "t6";
