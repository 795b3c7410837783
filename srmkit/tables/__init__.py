"""Tables come in, are checked, and are accounted for to the last row."""

from srmkit.tables.catalogue import CATALOGUE, Column, Table
from srmkit.tables.column_map import ColumnMap
from srmkit.tables.dataset import Dataset
from srmkit.tables.health import DataHealth
from srmkit.tables.in_place import connect_dataset
from srmkit.tables.opening import open_dataset
from srmkit.tables.reading import keep_dataset, read_dataset, read_frames

__all__ = [
    "CATALOGUE",
    "Column",
    "ColumnMap",
    "DataHealth",
    "Dataset",
    "Table",
    "connect_dataset",
    "keep_dataset",
    "open_dataset",
    "read_dataset",
    "read_frames",
]
