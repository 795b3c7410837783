SELECT
  *
FROM "customers";

SELECT
  "t1"."customer_id",
  "t1"."criterion",
  COUNT(*) AS "raters",
  AVG("t1"."rating") AS "rating",
  STDDEV_SAMP("t1"."rating") AS "spread"
FROM (
  SELECT
    *
  FROM "account_ratings" AS "t0"
  WHERE
    COALESCE("t0"."rated_on", MAKE_DATE(2026, 6, 29)) <= MAKE_DATE(2026, 6, 29)
) AS "t1"
GROUP BY
  1,
  2;

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

SELECT
  "t1"."customer_id",
  SUM("t1"."cost") AS "cost",
  COUNT(*) AS "entries"
FROM (
  SELECT
    *
  FROM "service_costs" AS "t0"
  WHERE
    "t0"."service_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
) AS "t1"
GROUP BY
  1;

SELECT
  MIN("t0"."order_date") AS "day"
FROM "sales_order_lines" AS "t0";

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
    "t0"."order_date" BETWEEN MAKE_DATE(2024, 6, 30) AND MAKE_DATE(2025, 6, 29)
) AS "t1"
GROUP BY
  1;

SELECT
  "t1"."customer_id",
  MIN("t1"."order_date") AS "first",
  MAX("t1"."order_date") AS "last"
FROM (
  SELECT
    *
  FROM "sales_order_lines" AS "t0"
  WHERE
    "t0"."order_date" <= MAKE_DATE(2026, 6, 29) AND "t0"."quantity" > 0
) AS "t1"
GROUP BY
  1;

SELECT
  "t6"."customer_id",
  COUNT(DISTINCT "t6"."product_line") AS "product_lines"
FROM (
  SELECT
    "t5"."order_id",
    "t5"."line_id",
    "t5"."customer_id",
    "t5"."product_id",
    "t5"."order_date",
    "t5"."due_date",
    "t5"."ship_date",
    "t5"."quantity",
    "t5"."revenue",
    "t5"."cost",
    "t4"."product_line"
  FROM (
    SELECT
      *
    FROM "sales_order_lines" AS "t0"
    WHERE
      "t0"."order_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
      AND "t0"."quantity" > 0
  ) AS "t5"
  INNER JOIN (
    SELECT
      "t1"."product_id",
      "t1"."product_line"
    FROM "products" AS "t1"
  ) AS "t4"
    ON "t5"."product_id" = "t4"."product_id"
) AS "t6"
GROUP BY
  1;

SELECT
  DATE_DIFF('DAY', "t1"."due_date", "t1"."ship_date") AS "days",
  COUNT(*) AS "lines"
FROM (
  SELECT
    *
  FROM "sales_order_lines" AS "t0"
  WHERE
    "t0"."due_date" IS NOT NULL AND "t0"."ship_date" <= MAKE_DATE(2026, 6, 29)
) AS "t1"
GROUP BY
  1;

SELECT
  "t1"."customer_id",
  COUNT(*) AS "lines",
  SUM(
    CAST(CASE
      WHEN (
        "t1"."ship_date" IS NOT NULL
      ) AND (
        "t1"."ship_date" <= "t1"."due_date"
      )
      THEN 1
      ELSE 0
    END AS DOUBLE)
  ) AS "in_time"
FROM (
  SELECT
    *
  FROM "sales_order_lines" AS "t0"
  WHERE
    "t0"."quantity" > 0
    AND "t0"."due_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
) AS "t1"
GROUP BY
  1;

SELECT
  "t2"."customer_id",
  COUNT(*) AS "invoices",
  SUM("t2"."open") AS "open",
  SUM("t2"."amount") AS "amount",
  SUM("t2"."amount" * "t2"."late") AS "late",
  SUM("t2"."amount" * "t2"."amount") AS "squares",
  SUM("t2"."amount" * "t2"."amount" * "t2"."late") AS "late_squares",
  SUM("t2"."amount" * "t2"."amount" * "t2"."late" * "t2"."late") AS "late_late_squares"
FROM (
  SELECT
    "t1"."invoice_id",
    "t1"."customer_id",
    "t1"."invoice_date",
    "t1"."due_date",
    "t1"."paid_date",
    "t1"."amount",
    "t1"."open",
    "t1"."days",
    CAST(CASE WHEN "t1"."days" > 0 THEN "t1"."days" ELSE 0 END AS DOUBLE) AS "late"
  FROM (
    SELECT
      "t0"."invoice_id",
      "t0"."customer_id",
      "t0"."invoice_date",
      "t0"."due_date",
      "t0"."paid_date",
      "t0"."amount",
      CASE
        WHEN (
          "t0"."paid_date" IS NULL
        ) OR (
          "t0"."paid_date" > MAKE_DATE(2026, 6, 29)
        )
        THEN 1
        ELSE 0
      END AS "open",
      DATE_DIFF(
        'DAY',
        "t0"."due_date",
        CASE
          WHEN (
            "t0"."paid_date" IS NULL
          ) OR (
            "t0"."paid_date" > MAKE_DATE(2026, 6, 29)
          )
          THEN MAKE_DATE(2026, 6, 29)
          ELSE "t0"."paid_date"
        END
      ) AS "days"
    FROM "sales_invoices" AS "t0"
    WHERE
      "t0"."amount" > 0
      AND "t0"."due_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
  ) AS "t1"
) AS "t2"
GROUP BY
  1;

SELECT
  "t1"."customer_id",
  SUM(
    CASE
      WHEN "t1"."invoice_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
      THEN 1
      ELSE 0
    END
  ) AS "invoices",
  SUM(
    CASE
      WHEN "t1"."invoice_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
      THEN "t1"."amount"
      ELSE 0.0
    END
  ) AS "charged",
  SUM(
    CASE
      WHEN (
        "t1"."paid_date" IS NULL
      ) OR (
        "t1"."paid_date" > MAKE_DATE(2026, 6, 29)
      )
      THEN "t1"."amount"
      ELSE 0.0
    END
  ) AS "open"
FROM (
  SELECT
    *
  FROM "sales_invoices" AS "t0"
  WHERE
    "t0"."invoice_date" <= MAKE_DATE(2026, 6, 29)
) AS "t1"
GROUP BY
  1;

SELECT
  "t1"."party_id",
  COUNT(DISTINCT "t1"."contact_id") FILTER(WHERE
    "t1"."strength" >= 2) AS "contacts",
  COUNT(DISTINCT "t1"."our_person") FILTER(WHERE
    "t1"."strength" >= 1) AS "our_people"
FROM (
  SELECT
    *
  FROM "contacts" AS "t0"
  WHERE
    "t0"."role" = 'customer' AND "t0"."strength" IS NOT NULL
) AS "t1"
GROUP BY
  1;

SELECT
  "t1"."customer_id",
  COUNT(*) AS "closed",
  SUM(CAST(CASE WHEN "t1"."status" = 'won' THEN 1 ELSE 0 END AS DOUBLE)) AS "won",
  SUM(CASE WHEN "t1"."status" = 'won' THEN "t1"."amount" ELSE 0.0 END) AS "won_amount",
  AVG("t1"."days") AS "days",
  STDDEV_SAMP("t1"."days") AS "days_sd"
FROM (
  SELECT
    "t0"."opportunity_id",
    "t0"."customer_id",
    "t0"."created_date",
    "t0"."closed_date",
    "t0"."status",
    "t0"."amount",
    CAST(CASE
      WHEN "t0"."status" = 'won'
      THEN DATE_DIFF('DAY', "t0"."created_date", "t0"."closed_date")
      ELSE NULL
    END AS DOUBLE) AS "days"
  FROM "opportunities" AS "t0"
  WHERE
    "t0"."closed_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
    AND "t0"."status" IN ('won', 'lost')
) AS "t1"
GROUP BY
  1;

SELECT
  "t1"."customer_id",
  COUNT(*) AS "opportunities",
  SUM("t1"."amount") AS "amount"
FROM (
  SELECT
    *
  FROM "opportunities" AS "t0"
  WHERE
    "t0"."created_date" <= MAKE_DATE(2026, 6, 29)
    AND (
      (
        "t0"."closed_date" > MAKE_DATE(2026, 6, 29)
      )
      OR (
        (
          "t0"."status" = 'open'
        ) AND (
          "t0"."closed_date" IS NULL
        )
      )
    )
) AS "t1"
GROUP BY
  1;

SELECT
  "t1"."party_id",
  SUM("t1"."hours") AS "hours"
FROM (
  SELECT
    *
  FROM "tickets" AS "t0"
  WHERE
    "t0"."role" = 'customer'
    AND "t0"."opened_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
) AS "t1"
GROUP BY
  1;

SELECT
  "t1"."party_id",
  "t1"."days",
  "t1"."waiting",
  COUNT(*) AS "tickets"
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
    "t0"."role" = 'customer'
    AND "t0"."opened_date" BETWEEN MAKE_DATE(2025, 6, 30) AND MAKE_DATE(2026, 6, 29)
) AS "t1"
GROUP BY
  1,
  2,
  3;
