"""Claims of all articles to incidents, and incidents to low, best and high under a counting policy.

``link`` says which claims are about one event, and why. ``totals`` counts each incident under a ``Policy`` without
ever adding two statements about the same dead, and writes a ledger of every claim it used or left out.
"""

from analysis.incidents.linking import Link, link
from analysis.incidents.policies import DEFAULT, POLICIES, Policy
from analysis.incidents.totals import totals

__all__ = ["DEFAULT", "POLICIES", "Link", "Policy", "link", "totals"]
