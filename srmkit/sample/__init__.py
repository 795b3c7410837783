"""The sample company: generated tables with planted facts, clean or with the mess of real exports."""

from srmkit.sample.company import Company, make_company
from srmkit.sample.files import changed_tables, read_truth, write_company
from srmkit.sample.ledger import write_ledger
from srmkit.sample.mess import messy, write_messy
from srmkit.sample.settings import SampleSettings

__all__ = [
    "Company",
    "SampleSettings",
    "changed_tables",
    "make_company",
    "messy",
    "read_truth",
    "write_company",
    "write_ledger",
    "write_messy",
]
