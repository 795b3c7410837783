SELECT
  *
FROM "suppliers";

SELECT
  "t1"."supplier_id",
  "t1"."criterion",
  COUNT(*) AS "raters",
  AVG("t1"."rating") AS "rating",
  STDDEV_SAMP("t1"."rating") AS "spread"
FROM (
  SELECT
    *
  FROM "supplier_ratings" AS "t0"
  WHERE
    COALESCE("t0"."rated_on", MAKE_DATE(2026, 6, 29)) <= MAKE_DATE(2026, 6, 29)
) AS "t1"
GROUP BY
  1,
  2;

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
  COUNT("t0"."qualified") AS "qualified"
FROM "item_sources" AS "t0";

SELECT
  "t9"."supplier_id",
  COUNT(DISTINCT "t9"."item_id") AS "items"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t6"."supplier_id",
      "t6"."item_id",
      "t6"."lines",
      "t7"."sources",
      "t7"."source"
    FROM (
      SELECT
        "t3"."supplier_id",
        "t3"."item_id",
        COUNT(*) AS "lines"
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
      ) AS "t3"
      GROUP BY
        1,
        2
    ) AS "t6"
    INNER JOIN (
      SELECT
        "t2"."item_id",
        COUNT(DISTINCT "t2"."supplier_id") AS "sources",
        MIN("t2"."supplier_id") AS "source"
      FROM (
        SELECT
          "t1"."item_id",
          "t1"."supplier_id",
          "t1"."qualified",
          "t1"."lead_time_days",
          COALESCE("t1"."qualified", FALSE) AS "counts"
        FROM "item_sources" AS "t1"
        WHERE
          COALESCE("t1"."qualified", FALSE)
      ) AS "t2"
      GROUP BY
        1
    ) AS "t7"
      ON "t6"."item_id" = "t7"."item_id"
  ) AS "t8"
  WHERE
    "t8"."sources" = 1 AND "t8"."source" = "t8"."supplier_id"
) AS "t9"
GROUP BY
  1;

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
  "t29"."supplier_id",
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
  WHERE
    "t28"."supplier_id" IS NOT NULL
) AS "t29"
GROUP BY
  1;

SELECT
  COUNT(*) AS "lines",
  SUM(CAST("t1"."promised_date" IS NULL AS INT)) AS "without"
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
  "t21"."supplier_id",
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
    AND "t20"."supplier_id" IS NOT NULL
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
  "t9"."supplier_id",
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
    "t8"."supplier_id" IS NOT NULL
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
  "t10"."supplier_id",
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
    AND "t9"."supplier_id" IS NOT NULL
) AS "t10"
GROUP BY
  1;

SELECT
  "t20"."supplier_id",
  COUNT(*) AS "invoices",
  SUM("t20"."right") AS "right"
FROM (
  SELECT
    "t19"."invoice_id",
    "t19"."supplier_id",
    CAST(CASE
      WHEN (
        "t19"."ordered_from" = "t19"."supplier_id"
      )
      AND (
        (
          "t19"."unit_price" * 0.999999999
        ) <= (
          "t19"."ordered_price" * 1.02
        )
      )
      AND (
        (
          "t19"."so_far" * 0.999999999
        ) <= COALESCE("t19"."arrived", 0.0)
      )
      THEN 1
      ELSE 0
    END AS DOUBLE) AS "right"
  FROM (
    SELECT
      "t9"."invoice_id",
      "t9"."po_id",
      "t9"."line_id",
      "t9"."supplier_id",
      "t9"."invoice_date",
      "t9"."due_date",
      "t9"."paid_date",
      "t9"."quantity",
      "t9"."unit_price",
      "t7"."po_id" AS "po_id_ordered",
      "t7"."line_id" AS "line_id_ordered",
      "t7"."ordered_from",
      "t7"."ordered_price",
      "t15"."po_id" AS "po_id_arrived",
      "t15"."line_id" AS "line_id_arrived",
      "t15"."arrived",
      "t18"."invoice_id" AS "invoice_id_so_far",
      "t18"."so_far"
    FROM (
      SELECT
        *
      FROM "invoices" AS "t0"
      WHERE
        "t0"."quantity" > 0
        AND "t0"."invoice_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
    ) AS "t9"
    LEFT OUTER JOIN (
      SELECT
        "t1"."po_id",
        "t1"."line_id",
        "t1"."supplier_id" AS "ordered_from",
        "t1"."unit_price" AS "ordered_price"
      FROM "purchase_order_lines" AS "t1"
    ) AS "t7"
      ON "t9"."po_id" = "t7"."po_id" AND "t9"."line_id" = "t7"."line_id"
    LEFT OUTER JOIN (
      SELECT
        "t12"."po_id",
        "t12"."line_id",
        SUM("t12"."quantity") AS "arrived"
      FROM (
        SELECT
          "t8"."po_id",
          "t8"."line_id",
          "t8"."receipt_date",
          SUM("t8"."received_quantity") AS "quantity"
        FROM (
          SELECT
            *
          FROM "receipts" AS "t2"
          WHERE
            "t2"."receipt_date" <= MAKE_DATE(2026, 6, 29)
        ) AS "t8"
        GROUP BY
          1,
          2,
          3
      ) AS "t12"
      GROUP BY
        1,
        2
    ) AS "t15"
      ON "t9"."po_id" = "t15"."po_id" AND "t9"."line_id" = "t15"."line_id"
    LEFT OUTER JOIN (
      SELECT
        "t16"."invoice_id",
        SUM("t16"."quantity") AS "so_far"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t10"."invoice_id",
            "t10"."po_id",
            "t10"."line_id",
            "t10"."invoice_date",
            "t11"."quantity",
            "t11"."earlier_id",
            "t11"."earlier_date"
          FROM (
            SELECT
              "t0"."invoice_id",
              "t0"."po_id",
              "t0"."line_id",
              "t0"."invoice_date"
            FROM "invoices" AS "t0"
            WHERE
              "t0"."quantity" > 0
          ) AS "t10"
          INNER JOIN (
            SELECT
              "t0"."po_id",
              "t0"."line_id",
              "t0"."quantity",
              "t0"."invoice_id" AS "earlier_id",
              "t0"."invoice_date" AS "earlier_date"
            FROM "invoices" AS "t0"
            WHERE
              "t0"."quantity" > 0
          ) AS "t11"
            ON "t10"."po_id" = "t11"."po_id" AND "t10"."line_id" = "t11"."line_id"
        ) AS "t13"
        WHERE
          (
            "t13"."earlier_date" < "t13"."invoice_date"
          )
          OR (
            (
              "t13"."earlier_date" = "t13"."invoice_date"
            )
            AND (
              "t13"."earlier_id" <= "t13"."invoice_id"
            )
          )
      ) AS "t16"
      GROUP BY
        1
    ) AS "t18"
      ON "t9"."invoice_id" = "t18"."invoice_id"
  ) AS "t19"
) AS "t20"
GROUP BY
  1;

SELECT
  "t8"."supplier_id",
  SUM("t8"."value") AS "value"
FROM (
  SELECT
    "t7"."po_id",
    "t7"."line_id",
    "t7"."supplier_id",
    MAX("t7"."value") AS "value"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t5"."po_id",
        "t5"."line_id",
        "t5"."supplier_id",
        "t5"."order_date",
        "t5"."value",
        "t3"."start_date",
        "t3"."end_date"
      FROM (
        SELECT
          "t0"."po_id",
          "t0"."line_id",
          "t0"."supplier_id",
          "t0"."order_date",
          "t0"."ordered_quantity" * "t0"."unit_price" AS "value"
        FROM "purchase_order_lines" AS "t0"
        WHERE
          "t0"."ordered_quantity" > 0
          AND COALESCE("t0"."status", 'open') <> 'cancelled'
          AND "t0"."order_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
      ) AS "t5"
      INNER JOIN (
        SELECT
          "t1"."supplier_id",
          "t1"."start_date",
          "t1"."end_date"
        FROM "contracts" AS "t1"
      ) AS "t3"
        ON "t5"."supplier_id" = "t3"."supplier_id"
    ) AS "t6"
    WHERE
      "t6"."order_date" BETWEEN "t6"."start_date" AND "t6"."end_date"
  ) AS "t7"
  GROUP BY
    1,
    2,
    3
) AS "t8"
GROUP BY
  1;

SELECT
  "t2"."party_id",
  COUNT(*) AS "tickets",
  SUM("t2"."waiting") AS "waiting",
  AVG("t2"."days") AS "days",
  STDDEV_SAMP("t2"."days") AS "days_sd"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t0"."ticket_id",
      "t0"."role",
      "t0"."party_id",
      "t0"."topic",
      "t0"."opened_date",
      "t0"."answered_date",
      "t0"."hours",
      CASE
        WHEN (
          "t0"."answered_date" IS NULL
        )
        OR (
          "t0"."answered_date" > MAKE_DATE(2026, 6, 29)
        )
        THEN 1
        ELSE 0
      END AS "waiting",
      DATE_DIFF(
        'DAY',
        "t0"."opened_date",
        CASE
          WHEN (
            "t0"."answered_date" IS NULL
          )
          OR (
            "t0"."answered_date" > MAKE_DATE(2026, 6, 29)
          )
          THEN MAKE_DATE(2026, 6, 29)
          ELSE "t0"."answered_date"
        END
      ) AS "days"
    FROM "tickets" AS "t0"
    WHERE
      "t0"."role" = 'supplier'
      AND "t0"."opened_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
  ) AS "t1"
  WHERE
    "t1"."days" >= 0
) AS "t2"
GROUP BY
  1;

SELECT
  "t1"."supplier_id",
  COUNT(*) AS "certificates"
FROM (
  SELECT
    *
  FROM "certificates" AS "t0"
  WHERE
    "t0"."valid_until" >= MAKE_DATE(2026, 6, 29)
    AND COALESCE("t0"."valid_from", MAKE_DATE(2026, 6, 29)) <= MAKE_DATE(2026, 6, 29)
) AS "t1"
GROUP BY
  1;
