"""Tables as pictures: each function takes a DataFrame and draws on ``ax``, or on a new figure, and returns the Axes.

Pictures are made for a page of 900 pixels. Colours are Okabe and Ito's, told apart by colour-blind eyes; nothing is
said by colour alone, and every number stands beside its mark.
"""

from analysis.plots.accounts import plot_independence, plot_leanings, plot_statements
from analysis.plots.chains import plot_chains
from analysis.plots.entities import plot_entities, plot_mentions
from analysis.plots.incidents import plot_incidents
from analysis.plots.maps import outside, plot_places
from analysis.plots.matrix import plot_together
from analysis.plots.ranges import plot_ranges
from analysis.plots.times import plot_times
from analysis.plots.toll import plot_toll
from analysis.wording import date_words, figure_words

__all__ = ["date_words", "figure_words", "outside", "plot_chains", "plot_entities", "plot_incidents",
           "plot_independence", "plot_leanings", "plot_mentions", "plot_places", "plot_ranges", "plot_statements",
           "plot_times", "plot_together", "plot_toll"]
