"""What a reader sees of a panel's table in a browser, worked out without one."""

import json
import re

from analysis.panels.table import Table


def in_order(table: Table, column: str) -> list[object]:
    """What is read in a column once the browser has sorted by it."""
    rows = json.loads(table._dt_args["data_json"])
    at = list(table.shown).index(column)
    [about] = [about for about in table._dt_args["columnDefs"] if about["targets"] == at]
    by = int(re.search(r"row\[(\d+)\]", about.get("render", f"row[{at}]"))[1])
    order = sorted(range(len(rows)), key=lambda n: (rows[n][by] == -1, rows[n][by]))
    return table.shown[column].iloc[order].tolist()
