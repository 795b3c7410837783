"""The same answers in DuckDB's SQL, written by hand: one query a theme, each table read as rarely as it can be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

PLACED = "ordered_quantity > 0 AND coalesce(status, 'open') <> 'cancelled'"
ENOUGH = "0.999999999"

BOUGHT = f"""
WITH pairs AS (
  SELECT supplier_id, item_id, sum(ordered_quantity * unit_price) AS value,
    sum(ordered_quantity * unit_price) FILTER (standard > 0) AS paid, sum(ordered_quantity * standard) AS agreed
  FROM lines LEFT JOIN (
    SELECT item_id, supplier_id, coalesce(nullif(s.standard_price, 0), nullif(i.standard_price, 0)) AS standard
    FROM item_sources s JOIN items i USING (item_id)
  ) USING (item_id, supplier_id)
  WHERE {PLACED} AND order_date BETWEEN $start AND $end GROUP BY ALL
), alone AS (
  SELECT item_id, min(supplier_id) AS supplier_id FROM item_sources WHERE qualified
  GROUP BY item_id HAVING count(DISTINCT supplier_id) = 1
), shares AS (
  SELECT supplier_id, sum(s.value * s.value / c.value) / sum(s.value) AS dependence_on_them
  FROM (SELECT supplier_id, category, sum(value) AS value FROM pairs JOIN items USING (item_id) GROUP BY ALL) s
  JOIN (SELECT category, sum(value) AS value FROM pairs JOIN items USING (item_id) GROUP BY ALL) c USING (category)
  GROUP BY supplier_id
)
SELECT p.supplier_id, sum(value) AS spend, count(*) AS items, count(a.item_id) AS sole_source_items,
  100 * sum(paid) / sum(agreed) AS price_index, sum(paid) - sum(agreed) AS price_variance,
  any_value(dependence_on_them) AS dependence_on_them
FROM pairs p LEFT JOIN alone a USING (item_id, supplier_id) LEFT JOIN shares USING (supplier_id) GROUP BY p.supplier_id
"""
MATCHED = f"""
WITH pairs AS (
  SELECT supplier_id, item_id, order_date >= $start AS now, sum(ordered_quantity * unit_price) AS v,
    sum(ordered_quantity) AS q
  FROM lines WHERE {PLACED} AND order_date BETWEEN $before AND $end GROUP BY ALL
)
SELECT n.supplier_id,
  100 * sqrt(sum(n.v) / sum(b.v / b.q * n.q) * sum(n.v / n.q * b.q) / sum(b.v)) AS price_index_matched
FROM pairs n JOIN pairs b USING (supplier_id, item_id) WHERE n.now AND NOT b.now GROUP BY n.supplier_id
"""
DUE = f"""
WITH judged AS (
  SELECT l.po_id, l.line_id, supplier_id, any_value(ordered_quantity) AS ordered,
    any_value(ordered_quantity * unit_price) AS value,
    least(coalesce(sum(received_quantity), 0), ordered) AS arrived,
    coalesce(sum(received_quantity) FILTER (receipt_date <= promised_date), 0) AS in_time,
    coalesce(sum(received_quantity) FILTER (receipt_date < promised_date - 3), 0) AS before,
    in_time >= ordered * {ENOUGH} AS complete, before >= ordered * {ENOUGH} AS early,
    least(in_time, ordered) AS counted, counted - least(before, ordered) AS within
  FROM (FROM lines WHERE {PLACED} AND promised_date BETWEEN $start AND $end) l
  LEFT JOIN (FROM receipts WHERE receipt_date <= $end) r ON l.po_id = r.po_id AND l.line_id = r.line_id
  GROUP BY l.po_id, l.line_id, supplier_id
), orders AS (
  SELECT supplier_id, po_id, count(*) AS n, count(*) FILTER (complete AND NOT early) AS on_time,
    count(*) FILTER (early) AS early, count(*) FILTER (NOT complete) AS late, sum(counted / ordered) AS filled,
    sum(value) AS value, sum(value) FILTER (complete AND NOT early) AS on_time_value,
    sum(value * counted / ordered) AS filled_value, sum(ordered) AS ordered, sum(counted) AS counted,
    sum(within) AS within, sum(arrived) AS arrived
  FROM judged GROUP BY supplier_id, po_id
)
SELECT supplier_id, sum(on_time) / sum(n) AS on_time_rate, sum(filled) / sum(n) AS in_full_rate,
  sum(on_time) / sum(n) AS otif_rate, coalesce(sum(on_time_value), 0) / sum(value) AS on_time_rate_by_value,
  sum(filled_value) / sum(value) AS in_full_rate_by_value, sum(counted) / sum(ordered) AS in_full_rate_by_unit,
  sum(within) / sum(ordered) AS otif_rate_by_unit, avg((on_time = n)::INT) AS otif_rate_by_order,
  sum(arrived) / sum(ordered) AS fill_rate, sum(early) / sum(n) AS early_rate, sum(late) / sum(n) AS late_rate
FROM orders GROUP BY supplier_id
"""
LEAD = f"""
WITH complete AS (
  SELECT supplier_id, receipt_date - order_date AS lead, receipt_date - promised_date AS delay
  FROM (
    SELECT po_id, line_id, receipt_date, received_quantity,
      sum(received_quantity) OVER (PARTITION BY po_id, line_id ORDER BY receipt_date, receipt_id) AS so_far
    FROM receipts WHERE receipt_date <= $end
  ) JOIN (FROM lines WHERE {PLACED}) USING (po_id, line_id)
  WHERE receipt_date >= $start AND so_far >= ordered_quantity * {ENOUGH}
    AND so_far - received_quantity < ordered_quantity * {ENOUGH}
)
SELECT supplier_id, avg(lead) AS lead_time_days, stddev(lead) AS lead_time_sd,
  quantile_cont(lead::DOUBLE, 0.5) AS lead_time_p50, quantile_cont(lead::DOUBLE, 0.9) AS lead_time_p90,
  avg(delay) AS delay_days, stddev(delay) AS delay_sd,
  CASE WHEN count(delay) > 1 THEN quantile_cont(delay::DOUBLE, 0.9) - quantile_cont(delay::DOUBLE, 0.5) END
    AS delay_p90_p50
FROM complete WHERE lead >= 0 GROUP BY supplier_id
"""
REJECTS = """
SELECT supplier_id, sum(least(rejected_quantity, units)) / sum(units) AS reject_rate FROM (
  SELECT supplier_id, rejected_quantity,
    CASE WHEN inspected_quantity > 0 THEN inspected_quantity ELSE received_quantity END AS units
  FROM inspections JOIN (FROM receipts WHERE receipt_date BETWEEN $start AND $end) USING (receipt_id)
  JOIN lines USING (po_id, line_id)
) GROUP BY supplier_id
"""
INVOICES = f"""
WITH checked AS (
  SELECT i.supplier_id, i.quantity * i.unit_price AS value, coalesce(
    l.supplier_id = i.supplier_id AND i.unit_price * {ENOUGH} <= l.unit_price * 1.02
    AND so_far * {ENOUGH} <= coalesce(arrived, 0), FALSE) AS fine
  FROM (
    SELECT *, sum(quantity) OVER (PARTITION BY po_id, line_id ORDER BY invoice_date, invoice_id
      ROWS UNBOUNDED PRECEDING) AS so_far
    FROM invoices WHERE quantity > 0 AND invoice_date <= $end
  ) i LEFT JOIN lines l ON i.po_id = l.po_id AND i.line_id = l.line_id
  LEFT JOIN (
    SELECT po_id, line_id, sum(received_quantity) AS arrived FROM receipts WHERE receipt_date <= $end GROUP BY ALL
  ) r ON i.po_id = r.po_id AND i.line_id = r.line_id
  WHERE invoice_date >= $start
)
SELECT supplier_id, avg(fine::INT) AS invoice_accuracy,
  coalesce(sum(value) FILTER (fine), 0) / sum(value) AS invoice_accuracy_by_value
FROM checked GROUP BY supplier_id
"""
COVER = f"""
SELECT supplier_id, sum(value) FILTER (EXISTS (
  FROM contracts c WHERE c.supplier_id = d.supplier_id AND order_date BETWEEN start_date AND end_date
)) AS covered
FROM (
  SELECT supplier_id, order_date, sum(ordered_quantity * unit_price) AS value
  FROM lines WHERE {PLACED} AND order_date BETWEEN $start AND $end GROUP BY ALL
) d GROUP BY supplier_id
"""


def answer(folder: Path, start: date, end: date, memory: str) -> tuple[pd.DataFrame, dict[str, float]]:
    """Figures by supplier."""
    settings = {"threads": 2, "preserve_insertion_order": False, "memory_limit": memory}
    found = []
    with duckdb.connect(config=settings) as connection:
        connection.execute("SET temp_directory = ?", [str(folder.parent / "spill")])
        for name in ("items", "item_sources", "receipts", "inspections", "invoices", "contracts"):
            connection.execute(f"CREATE VIEW {name} AS FROM '{folder / name}.parquet'")
        connection.execute(f"CREATE VIEW lines AS FROM '{folder}/purchase_order_lines.parquet'")
        days = {"start": start, "end": end, "before": start.replace(year=start.year - 1)}
        for query in (BOUGHT, MATCHED, DUE, LEAD, REJECTS, INVOICES, COVER):
            used = {name: day for name, day in days.items() if f"${name}" in query}
            answered = connection.sql(query, params=used).to_arrow_table().to_pandas()
            found.append(answered.set_index("supplier_id"))
    figures = pd.concat(found, axis="columns").astype(float)
    figures["contract_cover"] = figures.pop("covered").fillna(0.0) / figures["spend"]
    return figures, {}
