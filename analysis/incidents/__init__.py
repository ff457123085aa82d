"""Claims of all articles to incidents, and incidents to low, best and high under a counting policy.

``link`` says which claims are about one event, and why. ``totals`` counts each incident under a ``Policy`` without
ever adding two statements about the same dead, and writes a ledger of every claim it used or left out. ``overall``
adds up incidents that are known to be different, and says what the sum covers.
"""

from analysis.incidents.figures import root_words
from analysis.incidents.linking import Linked, link
from analysis.incidents.overall import DATE_UNKNOWN, Overall, by_time, overall
from analysis.incidents.policies import DEFAULT, POLICIES, Policy
from analysis.incidents.totals import all_totals, totals

__all__ = ["DATE_UNKNOWN", "DEFAULT", "POLICIES", "Linked", "Overall", "Policy", "all_totals", "by_time",
           "link", "overall", "root_words", "totals"]
