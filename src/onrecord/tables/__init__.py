"""Release → flat tables, one a kind of thing, for spreadsheets, data frames and databases.

A row can stand alone: it has the address of what it is about, the exact words, the chain of who says it, the
sources, and what it rests on. Claims are in a table of their own, vague times and qualified numbers in several columns.
"""

from onrecord.tables.columns import Cell, Column, Table
from onrecord.tables.ground import Ground
from onrecord.tables.kinds import TABLES

__all__ = ["TABLES", "Cell", "Column", "Ground", "Table"]
